"""Which functions of a file a task's own tests call: where its words name none or another, these are meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from workbench.crew.aiming.pointing import frames
from workbench.edits.symbols import Symbol
from workbench.model import Excerpt

_CALL = re.compile(r"(?<!def )(?<!function )(?<!\w)([A-Za-z_$][\w$]*)\s*\(")
_GIVEN = re.compile(r"[(,\[]\s*([A-Za-z_$][\w$]*)\s*(?=[,)\]])")
"""What is given to a call, or stands in a list: `assertRaises(ValueError, parse, "x")` calls `parse`."""

_MEMBER = re.compile(r"\.\s*([A-Za-z_$][\w$]*)")
_CALLED_OF = re.compile(r"[\w)\]]\s*\.\s*([A-Za-z_$][\w$]*)\s*\(")
_SETS = re.compile(r"\s*(?:const |let |var )?(?P<names>[\w$][\w$, ]*?)\s*:?=(?!=)")
_TEST = re.compile(r"(?P<indent>\s*)(?:(?:async )?def |func |(?:it|test)(?:\.\w+)?\()")
_IMPORT = re.compile(r"(?m)^\s*(?:from\s+[\w.]+\s+)?import\s+(?:\([^)]*\)|.*)")
_REFUSED = r"(?:raises|assertRaises\w*|throws)\b[^\n]*(?:\n[^\n]*)?\b{name}\b(?!.*\)\.)"
"""Something that fails, as tests say it, and a class that is made there, with nothing asked of it."""
_UNCALLED = frozenset({"__init__", "__post_init__", "__repr__"})
"""Methods with two lines that tests use, or show, whatever they are about; others of that kind have no call to see."""
_SAID = re.compile(r"(\"{3}|'{3})[\s\S]*?\1|/\*[\s\S]*?\*/|(?m:(?:^|\s)#.*$|^\s*//.*$)")
"""What is said about code, where any word may stand; behind code `//` divides in Python."""


def called_by(tests: Sequence[Excerpt], symbols: Sequence[Symbol]) -> tuple[str, ...]:
    """Return the functions and methods that tests call, or may call unseen, in the order of the file.

    A method is meant by its last name; of several that are called so, those of classes that the tests name. A property
    is called by its name alone. What `len(basket)` or `==` calls of a class that the tests name is not to be seen, nor
    how one that is not to be made fails.
    """
    text = _IMPORT.sub("", "\n".join(one.text for one in tests))
    called = {*_CALL.findall(text), *_GIVEN.findall(text)}
    methods = set(_MEMBER.findall(text))
    words = set(re.findall(r"[\w$]+", text))
    found = []
    for symbol in symbols:
        owner, _, last = symbol.name.rpartition(".")
        maker = _last(owner)
        is_unseen = last.startswith("__") and last.endswith("__") and last not in _UNCALLED and maker in words
        if last in {"__init__", "__post_init__", "constructor"}:
            is_unseen = re.search(_REFUSED.format(name=re.escape(maker)), text) is not None
        if symbol.kind == "function" and (is_unseen or last in (methods if owner else called)):
            found.append(symbol.name)
    for last in set(map(_last, found)):
        alike = [name for name in found if _last(name) == last]
        named = [name for name in alike if _last(name.rpartition(".")[0]) in words]
        if len(alike) > 1 and named:
            found = [name for name in found if name not in alike or name in named]
    return tuple(dict.fromkeys(found))


def asked_where_it_fails(output: str, tests: Sequence[Excerpt], symbols: Sequence[Symbol]) -> str | None:
    """Return the one function that tests call in the lines where they fail; None where these call several.

    Where they call none, that which made what they look at: `past = book.history()`, two lines above.

    Args:
        output: what a failed check printed, with lines of the tests by file and number.
        tests: the tests' files, as far as they are known.
        symbols: those of the file that they test.
    """
    rows = _failing_rows(output, tests)
    known = called_by(tests, symbols)
    for lines in ([_line(*row) for row in rows], [text for row in rows for text in _set_before(*row)]):
        some = [Excerpt(path="", first=1, last=1, text=text) for text in lines]
        called = [name for name in called_by(some, symbols) if name in known]
        if called:
            return called[0] if len(called) == 1 else None
    return None


def done_before(output: str, tests: Sequence[Excerpt], symbols: Sequence[Symbol], asked: str) -> tuple[str, ...]:
    """Return the other methods of a class that tests call before they fail where they ask for one of its methods.

    What a list has is asked of one method, and another one may have put it there.
    """
    rows = _failing_rows(output, tests)
    owner = asked.rpartition(".")[0]
    if not rows or not owner:
        return ()
    called = {*_CALLED_OF.findall("\n".join(_ahead(*rows[-1])))}
    alike = [one.name for one in symbols if one.kind == "function" and one.name.rpartition(".")[0] == owner]
    return tuple(name for name in alike if name != asked and _last(name) in called)


def _failing_rows(output: str, tests: Sequence[Excerpt]) -> list[tuple[Excerpt, int]]:
    """Return where tests fail, in its order: each file with a line of it. Go tells a file by its last name alone."""
    return [
        (one, row)
        for path, row in frames(output)
        for one in tests
        if _ends_alike(PurePosixPath(path).parts, PurePosixPath(one.path).parts)
        and one.first <= row <= one.last
        and row - one.first < one.text.count("\n") + 1
    ]


def _set_before(test: Excerpt, row: int) -> list[str]:
    """Return the lines of a test that set what a later line has: `past := book.History("Weber")`."""
    names = {*re.findall(r"[A-Za-z_$][\w$]*", _line(test, row))}
    return [
        text
        for text in _ahead(test, row)
        if (found := _SETS.match(text)) and names & {*re.findall(r"[\w$]+", found["names"])}
    ]


def _ahead(test: Excerpt, row: int) -> list[str]:
    """Return the lines before one in its own test, of several in a file."""
    ahead = [_line(test, one) for one in range(test.first, row)]
    line = _line(test, row)
    inner = len(line) - len(line.lstrip())
    begins = [at for at, text in enumerate(ahead) if (found := _TEST.match(text)) and len(found["indent"]) < inner]
    return ahead[begins[-1] if begins else 0 :]


def _ends_alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    known = min(len(one), len(other))
    return one[-known:] == other[-known:]


def _line(test: Excerpt, row: int) -> str:
    return test.text.split("\n")[row - test.first]


def led_to(text: str, symbols: Sequence[Symbol], names: Sequence[str]) -> frozenset[str]:
    """Return the symbols of a file that others can lead to, by the names that stand in them, these included.

    A method or field stands behind a point: a variable `part` is no `Stock.part`.
    """
    lines = text.split("\n")
    bodies = {symbol.name: "\n".join(lines[symbol.first - 1 : symbol.last]) for symbol in symbols}
    found, new = set(names), list(names)
    while new:
        body = _SAID.sub(" ", bodies.get(new.pop(), ""))
        words, members = set(re.findall(r"[\w$]+", body)), set(_MEMBER.findall(body))
        more = [name for name in bodies if name not in found and _last(name) in (members if "." in name else words)]
        found.update(more)
        new += more
    return frozenset(found)


def _last(name: str) -> str:
    return name.rpartition(".")[2]

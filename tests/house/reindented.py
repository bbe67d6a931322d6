"""Functions of real files given back with one small change and another layout, with the bytes that must come of it.

A model that repeats a function keeps its words and loses its white space: the margin, the steps, the space at the ends.
What must come is always the file with the change alone.
"""

from __future__ import annotations

import ast
import random
import tokenize
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import StringIO

MARK = "nanite_mark"


@dataclass(frozen=True)
class Given:
    """One answer that is a function: `expected` are the bytes that must come of it, if anything does."""

    name: str
    before: bytes
    answer: str
    expected: bytes


@dataclass
class Body:
    """The lines of a function after a change, without endings, and what each of them is.

    Attributes:
        base: the white space before its first line.
        inside: the numbers of lines that begin within a string.
        first_words: the numbers of lines that begin a statement.
    """

    lines: list[str]
    base: str
    inside: set[int]
    first_words: set[int]


Layout = Callable[[Body, random.Random], list[str]]


def margin_of(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" \t"))]


def body_of(lines: list[str]) -> Body | None:
    base = margin_of(lines[0])
    inside: set[int] = set()
    first_words: set[int] = set()
    begins = True
    depth = 0
    opened = 0
    try:
        found = list(tokenize.generate_tokens(StringIO("\n".join(lines) + "\n").readline))
    except (tokenize.TokenError, SyntaxError):
        return None
    skipped = {tokenize.INDENT, tokenize.DEDENT, tokenize.NL, tokenize.COMMENT, tokenize.ENDMARKER}
    for token in found:
        name = tokenize.tok_name[token.type]
        if begins and token.type not in skipped:
            first_words.add(token.start[0] - 1)
            begins = False
        begins = begins or token.type == tokenize.NEWLINE
        opened = opened if depth else token.start[0]
        depth += name.endswith("STRING_START") - name.endswith("STRING_END")
        if not depth and name.endswith(("STRING", "STRING_END")):
            inside.update(range(opened, token.end[0]))
    return Body(lines, base, inside, first_words)


# Layouts: what a model does to the white space of all lines.


def _each(body: Body, change: Callable[[str], str], *, strings: bool = False, blank: bool = False) -> list[str]:
    return [
        change(line) if (line.strip() or blank) and (strings or number not in body.inside) else line
        for number, line in enumerate(body.lines)
    ]


def _less(margin: str) -> Callable[[str], str]:
    def change(line: str) -> str:
        here = margin_of(line)
        return line.removeprefix(margin) if line.startswith(margin) else line[len(here) :]

    return change


def _in_tabs(line: str) -> str:
    width = len(margin_of(line).expandtabs(4))
    return "\t" * (width // 4) + " " * (width % 4) + line.lstrip(" \t")


def _in_twos(line: str) -> str:
    width = len(margin_of(line).expandtabs(4))
    return "  " * (width // 4) + " " * (width % 4) + line.lstrip(" \t")


def _in_eights(line: str) -> str:
    width = len(margin_of(line).expandtabs(4))
    return " " * (width // 4 * 8 + width % 4) + line.lstrip(" \t")


def _as_it_is(body: Body, _: random.Random) -> list[str]:
    return list(body.lines)


def _dedented(*, strings: bool) -> Layout:
    return lambda body, _: _each(body, _less(body.base), strings=strings)


def _further(space: str, *, strings: bool) -> Layout:
    return lambda body, _: _each(body, lambda line: space + line, strings=strings)


def _rewritten(change: Callable[[str], str], *, strings: bool, dedented: bool) -> Layout:
    def layout(body: Body, _: random.Random) -> list[str]:
        less = _less(body.base if dedented else "")
        return _each(body, lambda line: change(less(line)), strings=strings)

    return layout


def _spaced(*, strings: bool, some: bool) -> Layout:
    def layout(body: Body, chance: random.Random) -> list[str]:
        def change(line: str) -> str:
            return line if line.endswith("\\") or (some and chance.random() < 0.6) else f"{line}  "

        return _each(body, change, strings=strings)

    return layout


def _stripped(body: Body, _: random.Random) -> list[str]:
    return _each(body, str.rstrip, strings=True, blank=True)


def _first_line_bare(*, dedented: int) -> Layout:
    def layout(body: Body, _: random.Random) -> list[str]:
        rest = _each(body, _less(body.base[:dedented]))
        return [body.lines[0].lstrip(" \t"), *rest[1:]]

    return layout


def _only_the_rest_moves(body: Body, _: random.Random) -> list[str]:
    moved = _each(body, lambda line: f"  {line}")
    headed = min((number for number in body.first_words if body.lines[number].lstrip().startswith(_HEADS)), default=0)
    end = min((number for number in body.first_words if number > headed), default=len(body.lines))
    return [*body.lines[:end], *moved[end:]]


_HEADS = ("def ", "async def ")


def _flat_continuations(body: Body, _: random.Random) -> list[str]:
    """Give every line that goes on a statement the same margin, as one does who cannot count columns."""
    made = list(body.lines)
    base = ""
    for number, line in enumerate(body.lines):
        if number in body.first_words or line.lstrip().startswith("#"):
            base = margin_of(line)
        elif line.strip() and number not in body.inside:
            made[number] = f"{base}    {line.lstrip()}"
    return made


def _steps(chooser: Callable[[random.Random, int], str]) -> Layout:
    """Give each block steps of its own."""

    def layout(body: Body, chance: random.Random) -> list[str]:
        made = list(body.lines)
        levels: list[tuple[int, str]] = [(len(body.base.expandtabs()), "")]
        for number, line in enumerate(body.lines):
            if number in body.inside or not line.strip():
                continue
            width = len(margin_of(line).expandtabs())
            if number in body.first_words:
                while len(levels) > 1 and levels[-1][0] > width:
                    levels.pop()
                if width > levels[-1][0]:
                    levels.append((width, levels[-1][1] + chooser(chance, len(levels))))
            told, real = next((one for one in reversed(levels) if one[0] <= width), levels[0])
            made[number] = real + " " * max(0, width - told) + line.lstrip(" \t")
        return made

    return layout


def _strings_only(change: Callable[[str], str]) -> Layout:
    def layout(body: Body, _: random.Random) -> list[str]:
        return [
            change(line) if number in body.inside and line.strip() else line for number, line in enumerate(body.lines)
        ]

    return layout


def _blank_lines_filled(body: Body, _: random.Random) -> list[str]:
    return _each(body, lambda line: line if line.strip() else body.base + "    ", blank=True)


def _blank_lines_emptied(body: Body, _: random.Random) -> list[str]:
    return _each(body, lambda line: line if line.strip() else "", blank=True)


LAYOUTS: dict[str, Layout] = {
    "as it is": _as_it_is,
    "dedented": _dedented(strings=False),
    "dedented, strings too": _dedented(strings=True),
    "4 further": _further("    ", strings=False),
    "4 further, strings too": _further("    ", strings=True),
    "1 further": _further(" ", strings=False),
    "a tab further": _further("\t", strings=False),
    "tabs": _rewritten(_in_tabs, strings=False, dedented=False),
    "tabs, dedented": _rewritten(_in_tabs, strings=False, dedented=True),
    "tabs, dedented, strings too": _rewritten(_in_tabs, strings=True, dedented=True),
    "twos": _rewritten(_in_twos, strings=False, dedented=False),
    "twos, dedented": _rewritten(_in_twos, strings=False, dedented=True),
    "twos, dedented, strings too": _rewritten(_in_twos, strings=True, dedented=True),
    "eights": _rewritten(_in_eights, strings=False, dedented=True),
    "space at the ends": _spaced(strings=False, some=False),
    "space at the ends, strings too": _spaced(strings=True, some=False),
    "space at some ends": _spaced(strings=False, some=True),
    "no space at the ends": _stripped,
    "first line bare": _first_line_bare(dedented=0),
    "first line bare, rest dedented": _first_line_bare(dedented=4),
    "only the rest further": _only_the_rest_moves,
    "flat continuations": _flat_continuations,
    "steps at random": _steps(lambda chance, _: " " * chance.randint(1, 8)),
    "steps mixed": _steps(lambda _, depth: "\t" if depth % 2 else "  "),
    "strings at the margin": _strings_only(str.lstrip),
    "strings further": _strings_only(lambda line: f"    {line}"),
    "blank lines filled": _blank_lines_filled,
    "blank lines emptied": _blank_lines_emptied,
}


# Changes: what the model was asked for.


def changed(text: str, first: int, last: int, chance: random.Random) -> Iterator[tuple[str, list[str]]]:
    """Yield some changes of lines `first` to `last` of a text, from 1, each with all lines of the function after it."""
    lines = text.split("\n")
    own = lines[first - 1 : last]
    body = body_of(own)
    if body is None:
        return
    ends = [number for number in sorted(body.first_words) if _is_simple(body, number)]
    if ends:
        at = chance.choice(ends)
        line = f"{margin_of(own[at])}{MARK} = 1"
        yield "a line before", [*own[:at], line, *own[at:]]
        at = chance.choice(ends)
        margin = margin_of(own[at])
        step = "\t" if "\t" in margin else "    "
        line = f"{margin}if {MARK}:"
        yield "two lines before", [*own[:at], line, f"{margin}{step}{MARK} = 2", *own[at:]]
        at = chance.choice(ends)
        yield "a line changed", [*own[:at], f"{own[at].rstrip()}; {MARK} = 3", *own[at + 1 :]]
    goes_on = [at for at in range(1, len(own)) if _goes_on(body, at)]
    if goes_on:
        at = chance.choice(goes_on)
        yield "a line within a call", [*own[:at], f"{margin_of(own[at])}*{MARK},", *own[at:]]
    worded = [at for at in sorted(body.inside) if own[at].strip() and own[at].strip()[0].isalpha()]
    if worded:
        at = chance.choice(worded)
        word = own[at].split()[0]
        yield "a word in a string", [*own[:at], own[at].replace(word, MARK, 1), *own[at + 1 :]]
        yield "a line in a string", [*own[:at], f"{margin_of(own[at])}{MARK}", *own[at:]]


def _is_simple(body: Body, at: int) -> bool:
    """Return whether a line is a whole simple statement that others may stand before."""
    line = body.lines[at]
    if at == 0 or (at + 1 < len(body.lines) and at + 1 not in body.first_words and body.lines[at + 1].strip()):
        return False
    try:
        parsed = ast.parse(line.strip()).body
    except SyntaxError:
        return False
    if len(parsed) != 1 or "#" in line or line.rstrip().endswith("\\"):
        return False
    return isinstance(parsed[0], ast.Assign | ast.Return | ast.Expr | ast.AugAssign | ast.Raise) and not _is_text(
        parsed[0]
    )


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _goes_on(body: Body, at: int) -> bool:
    """Return whether a line is one argument of a call with another before it on a line of its own."""
    if at in body.first_words or at in body.inside or at - 1 in body.inside or at - 1 in body.first_words:
        return False
    line, above = body.lines[at], body.lines[at - 1]
    return (
        margin_of(line) == margin_of(above)
        and above.rstrip().endswith(",")
        and line.rstrip().endswith(",")
        and line.strip()[0].isalpha()
        and "=" not in line + above
        and "for" not in line
    )


def functions(text: str) -> Iterator[tuple[int, int]]:
    """Yield the lines of each outermost function and method on lines of its own whose name is unique."""
    tree = ast.parse(text)
    every = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)]
    names = [node.name for node in every]
    lines = text.split("\n")

    def look(body: list[ast.stmt]) -> Iterator[tuple[int, int]]:
        for node in body:
            if isinstance(node, ast.ClassDef):
                yield from look(node.body)
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or names.count(node.name) > 1:
                continue
            first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
            last = node.end_lineno or 0
            if lines[first - 1].strip()[:1] in {"@", "d", "a"} and last > first:
                yield first, last

    yield from look(tree.body)


def given(text: str, seed: str, most: int = 1_000, layouts: int = 0) -> Iterator[Given]:
    """Yield the answers of one file: every change of each of its functions, in every layout or in some drawn at random.

    `text` has `\\n` at the end of its lines alone; `most` is how many functions are taken.
    """
    chance = random.Random(seed)
    found = list(functions(text))
    lines = text.split("\n")
    for first, last in chance.sample(found, min(most, len(found))):
        for what, new in changed(text, first, last, chance):
            expected = "\n".join([*lines[: first - 1], *new, *lines[last:]])
            body = body_of(new)
            if body is None or not _parses(expected) or expected == text:
                continue
            names = chance.sample(sorted(LAYOUTS), layouts) if layouts else list(LAYOUTS)
            for name in names:
                code = "\n".join(LAYOUTS[name](body, chance))
                if "```" not in code and "~~~" not in code:
                    yield Given(f"{what}, {name}", text.encode(), f"```python\n{code}\n```\n", expected.encode())


def _parses(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True

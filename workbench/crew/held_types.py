"""Types that a model names, held against the code by a type checker: what contradicts it is set right or becomes Any.

A small model guesses at types by names: `day` is a text, `numbers` are whole. That nothing but annotations was added
says only that the program runs as it did; a wrong annotation is still a lie to whoever reads it. So each signature is
tried. Where the checker objects, it often says what is there instead, and that is taken; a type for which nothing fits
is `Any`, which claims nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from workbench.checks.type_errors import TypeFault, type_faults

ANY = "Any"
RESULT = "return"
_ENDS = "return"
"""mypy's code for a function whose end can be reached though it should return something."""

Write = Callable[[Mapping[str, str]], str | None]
"""Returns the file with these types of one function written into it, or None where they cannot be."""

_MADE_OTHERS = re.compile(r'\(got "(?P<got>[^"]+)", expected "')
_DEFAULT = re.compile(
    r'Incompatible default for parameter "(?P<name>\w+)" \(default has type "(?P<has>[^"]+)", parameter has type'
)
_TAKES_NONE_INSIDE = re.compile(r'"(?P<name>\w+)" expects no type arguments')
_SPLIT = re.compile(r"\|(?![^\[]*\])")
"""What stands between alternatives; what is within brackets is no matter of theirs."""

_NONE = re.compile(r"\bNone\b")
_LISTS = re.compile(r"^(?:list|List|set|Set|deque)(?=\[)")


@dataclass(frozen=True)
class Held:
    """Types that do not contradict the code.

    Attributes:
        types: by the names of the arguments, and `return`.
        objections: what the checker said of types that had to become Any, by the same names.
    """

    types: Mapping[str, str]
    objections: Mapping[str, str]


def held(types: Mapping[str, str], write: Write) -> Held:
    """Return types as the code bears them out: those that are contradicted are set right, or are Any.

    What is wrong whatever the types are is nobody's fault. Where no checker answers, the types stay as they are.

    Args:
        types: what a model named, by the names of arguments, and `return`.
        write: writes types into the file.
    """
    wrong = _faults(write, types)
    known = _faults(write, dict.fromkeys(types, ANY)) if wrong else None
    if wrong is None or known is None:
        return Held(types, {})
    current, objections = dict(types), {}
    if any(fault.code == _ENDS for fault in wrong) and RESULT in types:
        # Its end can be reached: the checker wants that said there, too, but the type is what matters to a caller.
        current[RESULT] = _union([types[RESULT], "None"])
        wrong = _faults(write, current) or Counter()
    left = _without_ends(wrong) - known
    for name in _in_order(types, left):
        if not left:
            break
        if current[name] == ANY:
            continue
        for kind in (*_instead(name, current[name], left), ANY):
            trial = current | {name: kind}
            found = _faults(write, trial)
            if found is None or (fewer := _without_ends(found) - known).total() >= left.total():
                continue
            if kind == ANY:
                gone = next(iter(left - fewer), None)
                objections[name] = f"{current[name]}: {gone.message if gone else ''}"
            current, left = trial, fewer
            break
    if left:
        # Only together do they contradict it.
        objections |= {name: f"{kind}: {next(iter(left)).message}" for name, kind in current.items() if kind != ANY}
        current = dict.fromkeys(types, ANY)
    return Held(current, objections)


def _faults(write: Write, types: Mapping[str, str]) -> Counter[TypeFault] | None:
    text = write(types)
    found = type_faults(text) if text is not None else None
    return None if found is None else Counter(fault for fault in found if not _is_of_none(fault))


def _is_of_none(fault: TypeFault) -> bool:
    """Return whether code does not reckon with a None that may well come: its own carelessness, and no wrong type."""
    return fault.code not in {"return-value", _ENDS, "assignment"} and bool(_NONE.search(fault.message))


def _without_ends(faults: Counter[TypeFault]) -> Counter[TypeFault]:
    return Counter({fault: count for fault, count in faults.items() if fault.code != _ENDS})


def _in_order(types: Mapping[str, str], left: Counter[TypeFault]) -> list[str]:
    """Return names in the order in which they are doubted: those whose default is another thing, what is returned."""
    said = " ".join(fault.message for fault in left)
    defaults = {found["name"] for found in _DEFAULT.finditer(said)}
    return sorted(types, key=lambda name: (name not in defaults, name != RESULT))


def _instead(name: str, kind: str, left: Counter[TypeFault]) -> Iterator[str]:
    """Yield types that the checker's words suggest in the place of one."""
    said = [fault.message for fault in left]
    bare = [found["name"] for words in said if (found := _TAKES_NONE_INSIDE.match(words))]
    for one in bare:
        yield re.sub(rf"\b{re.escape(one)}\[[^\[\]]*\]", one, kind)
    if name != RESULT:
        for words in said:
            found = _DEFAULT.search(words)
            if found and found["name"] == name:
                if found["has"].startswith("tuple[") and _LISTS.match(kind):
                    yield _LISTS.sub("Collection", kind)
                    yield _LISTS.sub("Sequence", kind)
                yield from (_written(found["has"]), _union([kind, _written(found["has"])]))
        return
    made = [_written(found["got"]) for words in said if (found := _MADE_OTHERS.search(words))]
    if made:
        yield _union(made)
        yield _union([kind, *made])


def _union(kinds: Iterable[str]) -> str:
    """Return types as alternatives, each once, None last."""
    every = dict.fromkeys(part.strip() for kind in kinds for part in _SPLIT.split(kind))
    return " | ".join(sorted(every, key=lambda one: one == "None"))


def _written(kind: str) -> str:
    """Return a type of the checker's as code has it: what is said of one value is said of all of its kind."""
    text = re.sub(r"Literal\[(['\"]).*?\1\]", "str", kind)
    text = re.sub(r"Literal\[(?:True|False)\]", "bool", text)
    text = re.sub(r"Literal\[-?\d+\]", "int", text)
    return text.replace("tuple[()]", "tuple[Any, ...]").replace("?", "")

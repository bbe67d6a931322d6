"""Where an answer puts new parameters, and those that it forgot to put anywhere.

Whoever calls a function by position knows the parameters that were there. A small model likes to put a new one where
it reads well, in front of them; and it looks at one that the task names without having written it into the header. Both
are mended without a question: the first changes no call that was right, the second says what the task says.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping

from workbench.crew.judging.stated import Function, Parameter, changed_names, functions, parameters, stated
from workbench.crew.wrapping.tail import loaded, stored
from workbench.edits.parses import parses
from workbench.edits.source import Lines

_SAYS_PLACE = re.compile(
    r"\b(?:first|second|third|fourth|1st|2nd|3rd|leading|positional)\s+(?:[\w`]+\s+)?(?:param|arg)"
    r"|\bposition(?:al(?:ly)?)?\b|\bin front\b"
    r"|\b(?:before|between)\s+(?:the\s+)?(?:param|arg|others?\b|old\b|existing\b)",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"\b(?:before|between|after|behind)\s+(?:the\s+)?`?(\w+)", re.IGNORECASE)


def with_new_ones_last(task: str, before: bytes, after: bytes) -> bytes:
    """Return a changed Python file whose functions take new parameters behind all old ones.

    Parameters that must be given stay where they are, as does everything where the task speaks of a place, and where a
    function calls itself.

    Args:
        task: what was asked.
        before: the file as it was.
        after: the file as the answer makes it; returned as it is where nothing has to be changed, or nothing can be.
    """
    old, new = functions(before), functions(after)
    pairs = [(name, old[name], new[name]) for name in changed_names(before, after) if name in old]
    if not pairs or after.startswith(b"\xef\xbb\xbf"):
        return after
    lines = Lines(after.decode("utf-8"))
    swaps: list[tuple[int, int, str]] = []
    for name, was, node in pairs:
        swaps += _added(task, name, was, new, lines)
        if not _SAYS_PLACE.search(task) and parameters(was).keys().isdisjoint(_BESIDE.findall(task)):
            swaps += _moved(was, node, lines)
    text = lines.text
    for begin, end, put in sorted(swaps, reverse=True):
        text = f"{text[:begin]}{put}{text[end:]}"
    return text.encode("utf-8") if swaps and parses(text) else after


def _moved(was: Function, node: Function, lines: Lines) -> Iterator[tuple[int, int, str]]:
    """Yield what puts the new parameters of a function last, each into the place of another."""
    known = set(parameters(was))
    every = parameters(node)
    # Those by keyword only have no place; those by position only have one of their own.
    places = [every[one.arg] for one in node.args.args]
    ordered = [one for one in places if one.node.arg in known] + [one for one in places if one.node.arg not in known]
    if not {one.arg for one in was.args.args} <= set(every):
        # One has another name now: which are new cannot be told.
        return
    if ordered == places or any(one.node.arg not in known and one.default is None for one in places):
        return
    calls = (part.func for part in ast.walk(node) if isinstance(part, ast.Call))
    if any(node.name in (getattr(one, "id", None), getattr(one, "attr", None)) for one in calls):
        return
    spans = [_span(one, lines) for one in places]
    texts = {id(one): lines.text[begin:end] for one, (begin, end) in zip(places, spans, strict=True)}
    for (begin, end), one in zip(spans, ordered, strict=True):
        yield begin, end, texts[id(one)]


def _around(name: str, every: Mapping[str, Function]) -> set[str]:
    """Return what the functions around one bind, which it can look at without having it."""
    parts = name.split(".")
    owners = [every[owner] for end in range(1, len(parts)) if (owner := ".".join(parts[:end])) in every]
    stars = [one.arg for owner in owners for one in (owner.args.vararg, owner.args.kwarg) if one is not None]
    return {one for owner in owners for one in parameters(owner)} | {*stars} | stored(owners)


def _gets_it(task: str, name: str, looked_at: str, every: Mapping[str, Function]) -> bool:
    """Return whether a function is the one, of those around each other that look at something, to get it.

    That is the innermost that the task names, else the outermost.
    """
    family = [
        other
        for other, node in every.items()
        if (f"{other}.".startswith(f"{name}.") or name.startswith(f"{other}.")) and looked_at in loaded([node])
    ]
    words = set(re.findall(r"\w+", task))
    said = [other for other in family if other.rpartition(".")[2] in words]
    return name == (max(said, key=len) if said else min(family, key=len))


def _added(
    task: str, name: str, was: Function, every: Mapping[str, Function], lines: Lines
) -> Iterator[tuple[int, int, str]]:
    """Yield the parameters that a task states and that a function looks at without having them, with their defaults."""
    node = every[name]
    taken = {*parameters(node), *parameters(was), *_around(name, every)}
    unknown = loaded([node]) - stored([node]) - taken - loaded([was]) - stored([was])
    missing = [one for one in stated(task) if one in unknown and _gets_it(task, name, one, every)]
    if not missing or node.args.vararg or node.args.kwarg or node.args.posonlyargs:
        return
    given = list(parameters(node).values())
    if given:
        _, end = _span(given[-1], lines)
        yield end, end, "".join(f", {one}={stated(task)[one]}" for one in missing)


def _span(one: Parameter, lines: Lines) -> tuple[int, int]:
    begin, end = lines.span(one.node)
    return (begin, end) if one.default is None else (begin, lines.span(one.default)[1])

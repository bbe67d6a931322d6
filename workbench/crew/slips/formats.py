"""What is written otherwise than the task shows it: the digits of a clock, a sign with its blank, a message."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.judging.stated import parameters
from workbench.crew.slips.righted import FORMATTED, Changed, Righted

_CLOCK = re.compile(r"(?<!\d)\d{1,3}:\d\d(?::\d\d)?(?!\d)")
_CLOCK_VALUES = re.compile(r"\{[^{}:!]+(?::0?2d?)?\}(?::\{[^{}:!]+(?::0?2d?)?\}){1,2}")
_OF_TIME = re.compile(r"hour|minute|seconds|clock|(?<![\w.])60(?![\w.])", re.IGNORECASE)
"""Code that has to do with time; the lines and columns, scores and sizes that look like one have none of it."""

_PIECES = frozenset({"split", "rsplit", "partition", "rpartition", "groups", "group"})
"""Methods that give texts: these have their digits, and `format("5", "02")` is 50."""

_BARE = re.compile(r":\{([^{}:!]+)\}")
_QUOTED = re.compile(r"(?<!\w)(?:'([^'\n]{1,12})'|\"([^\"\n]{1,12})\"|`([^`\n]{1,12})`)(?!\w)")
_DOTS = {"…": "...", "...": "…"}
_OF_MESSAGES = re.compile(r"\b(?:messages?|errors?|say\w*|names?|shows?|tells?|reports?)\b", re.IGNORECASE)
_CLEANS = frozenset({"replace", "strip", "lstrip", "rstrip", "lower", "upper", "casefold", "translate", "join"})
_CLEANS |= {"removeprefix", "removesuffix", "expandtabs"}
"""Methods that give a text as it was meant; what others give may be what a message is to say."""

_REPEATED: tuple[type[ast.AST], ...] = (
    ast.For,
    ast.While,
    ast.comprehension,
    ast.ListComp,
    ast.SetComp,
    ast.DictComp,
    ast.GeneratorExp,
)
_REPEATED += (ast.Lambda, ast.JoinedStr, ast.FunctionDef, ast.AsyncFunctionDef)


def with_two_digits(changed: Changed) -> Righted | None:
    """Return an answer that writes a time of day or a length in new words with two digits behind each colon.

    `f"{hours}:{minutes}:{seconds}"` gives 1:0:0. A check that has 1:15:12 does not see it.
    """
    said = changed.task + (ast.get_docstring(changed.node) or "")
    text = changed.lines.text
    if not _CLOCK.search(said) or not _OF_TIME.search(text[slice(*changed.lines.span(changed.node))]):
        return None
    swaps: list[tuple[int, int, str]] = []
    texts = set(_pieces(changed))
    for part in changed.new:
        if not isinstance(part, ast.JoinedStr) or texts & {
            one.id for one in ast.walk(part) if isinstance(one, ast.Name)
        }:
            continue
        begin, end = changed.lines.span(part)
        found = FORMATTED.fullmatch(text[begin:end])
        body = found["body"] if found else ""
        if found and _CLOCK_VALUES.fullmatch(body) and (padded := _BARE.sub(r":{\1:02}", body)) != body:
            swaps.append((begin + found.start("body"), begin + found.end("body"), padded))
    return changed.righted("two digits stand behind a colon", *swaps) if swaps else None


def _pieces(changed: Changed) -> Iterator[str]:
    """Yield the names that stand for pieces of a text."""
    for part in ast.walk(changed.node):
        match part:
            case ast.Assign(targets=[goal], value=ast.Call(func=ast.Attribute(attr=how))) if how in _PIECES:
                yield from (one.id for one in ast.walk(goal) if isinstance(one, ast.Name))


def as_quoted(changed: Changed) -> Iterator[Righted | None]:
    """Yield an answer with a new sign as the task quotes it: `" #"` with its blank for `"#"`, `"…"` for three dots."""
    quoted = dict.fromkeys("".join(groups) for groups in _QUOTED.findall(changed.task))
    alike = {sign: sign.strip() for sign in quoted if sign.strip() and sign != sign.strip()}
    alike |= {sign: other for sign, other in _DOTS.items() if sign in quoted and other not in quoted}
    for part in changed.new:
        if not isinstance(part, ast.Constant) or not isinstance(part.value, str):
            continue
        begin, end = changed.lines.span(part)
        written = changed.lines.text[begin:end]
        for sign, other in alike.items():
            if part.value == other and written in {repr(part.value), f'"{part.value}"'}:
                quote = written[0]
                yield changed.righted(f"{sign!r} as the task has it", (begin, end, f"{quote}{sign}{quote}"))


def said_as_given(changed: Changed) -> Righted | None:
    """Return an answer that cleans a text at once with it cleaned where it is read, for a message to say what came.

    `text = text.replace(".", ":")` before `raise ValueError(f"no time: {text!r}")` tells of a text that nobody wrote.
    """
    if changed.was is None or _OF_MESSAGES.search(changed.task):
        return None
    for place, one in enumerate(changed.node.body):
        match one:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=ast.Attribute(attr=how)) as value):
                if (
                    how not in _CLEANS
                    or one not in changed.new
                    or name not in parameters(changed.was)
                    or len(changed.sets(name)) != 1
                ):
                    continue
                told, read = _looks(changed, name)
                of_value = {id(part) for part in ast.walk(value)}
                read = [part for part in read if id(part) not in of_value]
                behind = {id(part) for step in changed.node.body[place + 1 :] for part in ast.walk(step)}
                if told and len(read) == 1 and {id(part) for part in (*told, *read)} <= behind:
                    return _read_there(changed, one, value, read[0])
    return None


def _looks(changed: Changed, name: str) -> tuple[list[ast.Name], list[ast.Name]]:
    """Return where a name is looked at in messages of exceptions that were raised before, and where else."""
    old = {ast.dump(part) for part in ast.walk(changed.was) if isinstance(part, ast.Raise)} if changed.was else set()
    raised = [part for part in ast.walk(changed.node) if isinstance(part, ast.Raise) and ast.dump(part) in old]
    within = {id(part) for one in raised for part in ast.walk(one)}
    looks = changed.looks(name)
    return [one for one in looks if id(one) in within], [one for one in looks if id(one) not in within]


def _read_there(changed: Changed, step: ast.Assign, value: ast.Call, read: ast.Name) -> Righted | None:
    """Return the answer without a first step, and with its value where the name was read, if that is once and first."""
    lines = changed.lines
    inner: ast.AST | None = read
    while inner is not None and inner is not changed.node:
        if isinstance(inner, _REPEATED):
            return None
        inner = changed.holders.get(id(inner))
    span, place = lines.span(step), lines.span(read)
    if not changed.have_their_lines(span) or not changed.stand_there([place], read.id):
        return None
    begin, end = lines.start(step.lineno), lines.start((step.end_lineno or step.lineno) + 1)
    written = lines.text[slice(*lines.span(value))]
    if "\n" in written:
        return None
    return changed.righted(f"`{read.id}` is said as it was given", (begin, end, ""), (*place, written))

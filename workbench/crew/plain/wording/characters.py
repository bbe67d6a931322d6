"""Characters that a text is freed of, or that are read as others: `should also drop dots`, `accept 9.30 as well`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.plain.places import Finder, Swap, alone, made, parts, put, said_as, spot
from workbench.crew.plain.rows import before, free_name, given_back, instead
from workbench.crew.plain.wording.signs import named_signs
from workbench.crew.slips.righted import Changed, Righted

_NAMES = {
    r"dots?|full stops?|periods?|points": ".",
    r"(?:round )?brackets?|parenthes[ie]s": "()",
    r"euro signs?": "€",
    r"pound signs?": "£",
    r"dollar signs?": "$",
    r"stars?|asterisks?": "*",
    r"hash(?:es| signs?)?|number signs?": "#",
    r"hyphenated|double-barrelled": "-",
    r"double quotes?|quotation marks?": '"',
    r"exclamation marks?": "!",
    r"question marks?": "?",
    r"ampersands?": "&",
}
_DROPS = said_as(
    r"\b(?:drop\w*|remov\w+|strip\w*|delet\w+|ignor\w+|without|leav\w+ out|tak\w+ out|get rid of|throw\w* (?:out|away)"
    r"|not (?:count|matter)|make no difference)\b"
)
_NOT_ASKED = said_as(
    r"\b(?:not|never|n't|no longer|stop) (?:be )?(?:drop|remov|strip|delet|ignor|split|turn|replac)\w*"
)
_PLUS = said_as(
    r"\b(?:leading|double|initial) (?P<quote>['\"]?)(?P<old>\d{1,3})(?P=quote)(?: \w+){0,3} (?:into|to|with|by)"
    r" (?:an? )?['\"]?(?:\+|plus\b)"
    r"|(?P<quote2>['\"]?)\b(?P<old2>\d{1,3})(?P=quote2) at the (?:beginning|start|front)(?: \w+){0,2}"
    r" (?:into|to|with|by) (?:an? )?['\"]?(?:\+|plus\b)"
)
_IN_A_ROW = said_as(r"\b(?:in a row|consecutive|double|repeated|two|several|runs? of)\b")
_TO_END = said_as(
    r"\b(?:everything|all|anything|whatever|the rest|what comes)\b[^.;]{0,20}\b(?:from|after|behind)\b[^.;'\"]{0,12}"
    r"(['\"])(?P<sign>[^'\"\n]{1,3})\1|(['\"])(?P<sign2>[^'\"\n]{1,3})\3 (?:begins|starts) an? comment"
)
_ONLY_TAKES = said_as(r"\b(?:accept\w*|understand\w*|take|read|allow\w*|before or after)\b")
_CUTS = frozenset({"split", "rsplit", "partition", "rpartition", "join"})
_TAKEN_SIGNS = "€£$+"
_CLASS = re.compile(r"\[(?P<inner>[^\]\\^][^\]\\]*)\]\+?")
_ENDS = frozenset({"strip", "upper", "lower", "title", "replace", "lstrip", "rstrip", "casefold"})


def signs_of(task: str) -> list[str]:
    """Return the signs that a task names, or quotes alone, each once."""
    more = [
        sign for name, signs in _NAMES.items() for sign in signs if re.search(rf"\b(?:{name})\b", task, re.IGNORECASE)
    ]
    bare = [sign for sign in "€£$" if sign in task]
    return list(dict.fromkeys([*named_signs(task), *more, *bare]))


def dropped(changed: Changed) -> Iterator[Righted]:
    """Yield a text freed of the signs that a task names, where it is cleaned already."""
    for part in parts(changed) if (signs := _to_drop(changed)) else ():
        match part:
            case ast.For(target=ast.Name(id=name), iter=ast.Constant(value=str(held)) as all_of) if _takes_out(
                part, name
            ):
                new = held + "".join(sign for sign in signs if sign not in held)
                if span := spot(changed, all_of):
                    plus = _as_plus(changed)
                    yield from put(changed, f"`{new!r}` are taken out", (*span, _as_written(changed, span, new)), *plus)
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="re"), attr="sub"),
                args=[ast.Constant(value=str(pattern)) as given, ast.Constant(value=""), *_],
            ) if (found := _CLASS.fullmatch(pattern)) and (span := spot(changed, given)):
                inner = found["inner"]
                new = "".join(re.escape(sign) for sign in signs if sign not in inner)
                text = changed.lines.text[slice(*span)]
                wider = text.replace(f"[{inner}", f"[{new}{inner}")
                yield from put(changed, f"`{new}` is taken out too", (*span, wider))
            case ast.Call(func=ast.Attribute(attr="maketrans"), args=[_, _, ast.Constant(value=str(held)) as all_of]):
                new = held + "".join(sign for sign in signs if sign not in held)
                if span := spot(changed, all_of):
                    yield from put(changed, f"`{new!r}` are taken out", (*span, _as_written(changed, span, new)))
            case ast.Compare(ops=[ast.NotIn()], comparators=[ast.Constant(value=str(held)) as all_of]) if len(held) > 1:
                new = held + "".join(sign for sign in signs if sign not in held)
                if span := spot(changed, all_of):
                    yield from put(changed, f"`{new!r}` are taken out", (*span, _as_written(changed, span, new)))
    for value in _cleaned(changed):
        old = {sign for sign in signs if f".replace({sign!r}, '')" in ast.unparse(value)}
        end = "".join(f'.replace({_double(sign)}, "")' for sign in signs if sign not in old)
        if end and (span := spot(changed, value)):
            yield from _without(changed, value, span, end)


def _to_drop(changed: Changed) -> list[str]:
    """Return the signs that a task wants taken out: of what is only to be taken too, those that stand at a number.

    None at which the function splits a text.
    """
    task = changed.task
    if _NOT_ASKED.search(task) or _TO_END.search(task):
        return []
    calls = [part for part in parts(changed) if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute)]
    cuts = [part for part in calls if isinstance(part.func, ast.Attribute) and part.func.attr in _CUTS and part.args]
    between = {ast.unparse(part.args[0]) for part in cuts}
    signs = [sign for sign in signs_of(_PLUS.sub("", task)) if repr(sign) not in between]
    drops = _DROPS.search(task)
    return signs if drops else [sign for sign in signs if sign in _TAKEN_SIGNS and _ONLY_TAKES.search(task)]


def _takes_out(loop: ast.For, name: str) -> bool:
    return f".replace({name}, '')" in ast.unparse(loop)


def _without(changed: Changed, value: ast.expr, span: tuple[int, int], end: str) -> Iterator[Righted]:
    """Yield a cleaned text with more taken out; before its blanks go, where those are all that goes from its ends."""
    match value:
        case ast.Call(func=ast.Attribute(value=inner, attr="strip"), args=[]) if not isinstance(
            changed.holders.get(id(value)), ast.Return
        ) and (held := spot(changed, inner)):
            yield from made(changed, f"`{end}`", (*held, f"{alone(changed, inner)}{end}"))
        case _:
            yield from made(changed, f"`{end}`", (*span, f"{alone(changed, value)}{end}"))


def _cleaned(changed: Changed) -> Iterator[ast.expr]:
    """Yield the texts that are cleaned by methods of texts, the longest expressions of them."""
    for part in parts(changed):
        holder = changed.holders.get(id(part))
        if (
            isinstance(part, ast.Call) and not isinstance(holder, ast.Attribute | ast.JoinedStr | ast.FormattedValue)
        ) or (isinstance(part, ast.Call) and isinstance(holder, ast.Attribute) and holder.attr not in _ENDS):
            match part.func:
                case ast.Attribute(attr=attr) if attr in _ENDS:
                    yield part


def begun_otherwise(changed: Changed) -> Iterator[Righted]:
    """Yield what is given back with another beginning, where a task says so: `a leading 00 into +`."""
    swaps = _as_plus(changed)
    if swaps and not _NOT_ASKED.search(changed.task):
        yield from put(changed, "another beginning", *swaps)


def _as_plus(changed: Changed) -> list[Swap]:
    found, back = _PLUS.search(changed.task), given_back(changed)
    if found is None or back is None:
        return []
    statement, value, said = back
    old = found["old"] or found["old2"]
    name = value.id if isinstance(value, ast.Name) else free_name(changed, "number", "result", "cleaned")
    if not name:
        return []
    rows = [f'if {name}.startswith("{old}"):', f'    {name} = "+" + {name}[{len(old)}:]']
    if isinstance(value, ast.Name):
        row = before(changed, statement, rows)
    else:
        row = instead(changed, statement, [f"{name} = {said}", *rows, f"return {name}"])
    return [row] if row else []


def never_in_a_row(changed: Changed) -> Iterator[Righted]:
    """Yield what is given back with one sign where there are several of a kind in a row."""
    signs = [sign for sign in signs_of(changed.task) if sign in "-_/.,+* "] if _IN_A_ROW.search(changed.task) else []
    back = given_back(changed)
    if len(signs) != 1 or back is None:
        return
    statement, value, _ = back
    sign = signs[0]
    inner = value.func.value if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) else value
    if isinstance(inner, ast.Name):
        rows = [f'while "{sign * 2}" in {inner.id}:', f'    {inner.id} = {inner.id}.replace("{sign * 2}", "{sign}")']
        row = before(changed, statement, rows)
        yield from put(changed, f"one `{sign}` each", row) if row else ()


def without_the_rest(changed: Changed) -> Iterator[Righted]:
    """Yield a text without what begins at a sign: `drop everything from ' #' on`."""
    found = _TO_END.search(changed.task)
    if found is None or _NOT_ASKED.search(changed.task):
        return
    sign = _double(found["sign"] or found["sign2"])
    for part in parts(changed):
        match part:
            case ast.Call(func=ast.Attribute(value=value, attr="strip"), args=[]) if span := spot(changed, value):
                cut = f"{alone(changed, value)}.split({sign})[0]"
                yield from made(changed, f"without what follows {sign}", (*span, cut))


def split_at_blanks_and(changed: Changed) -> Iterator[Righted]:
    """Yield a text that is split at blanks split at another sign too, that the task names."""
    for sign in signs_of(changed.task) if not _NOT_ASKED.search(changed.task) else ():
        for part in parts(changed):
            match part:
                case ast.Call(func=ast.Attribute(value=value, attr="split"), args=[]) if sign.strip() and (
                    span := spot(changed, value)
                ):
                    new = f'{alone(changed, value)}.replace({_double(sign)}, " ")'
                    yield from made(changed, f"`{new}.split()`", (*span, new))


def _double(text: str) -> str:
    return repr(text) if '"' in text or "\\" in text else f'"{text}"'


def _as_written(changed: Changed, span: tuple[int, int], text: str) -> str:
    quote = changed.lines.text[span[0]]
    return f"{quote}{text}{quote}" if quote in "'\"" and quote not in text and "\\" not in text else repr(text)


FINDERS: tuple[Finder, ...] = (
    begun_otherwise,
    dropped,
    never_in_a_row,
    without_the_rest,
    split_at_blanks_and,
)

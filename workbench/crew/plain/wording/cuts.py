"""A text that is cut ends with dots, so that one sees that there was more: `text[: width - 3] + "..."`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.judging.stated import parameters
from workbench.crew.plain.places import (
    Finder,
    Sure,
    fields_beside,
    made,
    parts,
    put,
    quoted,
    said_as,
    spot,
    written,
)
from workbench.crew.slips.righted import Changed, Righted, at_the_top

_CUTS = re.compile(
    r"\b(?:cut|cuts|cutting|shorten\w*|truncat\w*|trimmed|chopped|abbreviat\w*|too long|longer|more than \d+|stops?"
    r"|(?:not|n't) fit)\b",
    re.IGNORECASE,
)
_DOTS = re.compile(r"['\"`\u2018\u201c]( ?(?:\.{2,3}|\u2026|\[(?:\.{3}|\u2026)\]))['\"`\u2019\u201d]")
_DOTS_IN_WORDS = re.compile(r"\b(?:three|3) dots\b", re.IGNORECASE)
_ELLIPSIS = re.compile(r"\b(?:an|the) ellipsis\b", re.IGNORECASE)
_FIT = re.compile(
    r"\b(?:counts? (?:too|as well|towards?)|counted (?:too|in)|also counts?|(?:dots|they|it) fit|including (?:the|them)"
    r"|(?:never|not|n't)(?: \w+){0,2}? (?:longer|wider|more|exceed\w*)|at most|altogether|in all|in total"
    r"|no (?:longer|wider|more) than|together|as a whole|still fits?|stays? within|dots included)\b",
    re.IGNORECASE,
)
_ON_TOP = re.compile(
    r"\b(?:on top|in addition|(?:not|n't) counted|(?:not|n't) count|after (?:them|it|that|those)|behind them"
    r"|followed by|(?:its|the|their) first \d+)\b",
    re.IGNORECASE,
)
_LONGER = re.compile(
    r"\b(?:longer than|more than|over) (?P<most>\d+)(?: (?:characters|letters|signs|chars))?\b", re.IGNORECASE
)
_FIRST = re.compile(r"\bfirst (?P<kept>\d+)\b", re.IGNORECASE)
_WHOLE_WORDS = re.compile(
    r"\b(?:middle of (?:a |the )?words?|(?:whole|full|complete) words?|between (?:two )?words|word boundary"
    r"|(?:not|never|n't) (?:cut|break|split) (?:in )?(?:a |the )?words?)\b",
    re.IGNORECASE,
)
_WIDTH = re.compile(r"\b(?:width|limit|most|length|max\w*|size)\b")
_AGAIN = (ast.Name, ast.Attribute)


def dots_at_the_cut(changed: Changed) -> Iterator[Righted]:
    """Yield a text that is cut with the dots that a task names, where it was too long; as long as the task says."""
    dots = _dots(changed.task)
    for part in parts(changed) if dots and _CUTS.search(changed.task) else ():
        match part:
            case ast.Subscript(value=text, slice=ast.Slice(lower=None, upper=ast.expr() as most, step=None)) if (
                isinstance(text, _AGAIN) and isinstance(most, (*_AGAIN, ast.Constant))
            ):
                for one in _ways(changed.task, dots):
                    yield from _ending(changed, part, written(changed, text), most, dots, fits=one)


def dots_for_the_rest(changed: Changed) -> Iterator[Righted]:
    """Yield a parameter that is cut at the length which a task names, with dots behind: `title[:30] + "..."`."""
    dots, most = _dots(changed.task), _LONGER.search(changed.task)
    if not dots or most is None or any(isinstance(part, ast.Slice) for part in parts(changed)):
        return
    kept = _FIRST.search(changed.task)
    limit = int(most["most"])
    ways = _ways(changed.task, dots)
    left = int(kept["kept"]) if kept else limit - len(dots) if ways == [True] else limit if ways == [False] else 0
    names = [name for name, one in parameters(changed.node).items() if _is_text(one.node.annotation)]
    said = [name for name in names if re.search(rf"\b{name.rpartition('_')[2]}s?\b", changed.task)]
    if len(said) == 1 and 0 < left <= limit and not changed.sets(said[0]) and len(changed.looks(said[0])) == 1:
        (name,) = said
        one = at_the_top(changed, [f"if len({name}) > {limit}:", f'    {name} = {name}[:{left}] + "{dots}"'])
        yield from [one] if one and _is_written_out(changed, name) else []


def cut_between_words(changed: Changed) -> Iterator[Righted]:
    """Yield a text that is cut with dots behind it cut at the last blank instead."""
    for part in parts(changed) if _WHOLE_WORDS.search(changed.task) else ():
        match part:
            case ast.BinOp(
                left=ast.Subscript(slice=ast.Slice(lower=None, upper=ast.expr(), step=None)) as cut, op=ast.Add()
            ) if span := spot(changed, cut):
                new = f'{written(changed, cut)}.rsplit(" ", 1)[0]'
                yield from made(changed, f"`{new}`", (*span, new))


def _dots(task: str) -> str:
    """Return what a task wants behind a cut; nothing where it names nothing, or two things."""
    found = {one[1] for one in _DOTS.finditer(task)}
    for shown in quoted(task) if not found else ():
        rest = re.fullmatch(r"(?P<kept>.*\w ?)(?P<dots>\.{3}|\u2026)", shown)
        if rest and any(one != shown and one.startswith(rest["kept"].rstrip()) for one in quoted(task)):
            found.add(rest["dots"])
    found |= {"..."} if not found and _DOTS_IN_WORDS.search(task) else set()
    found |= {"\u2026"} if not found and _ELLIPSIS.search(task) else set()
    return found.pop() if len(found) == 1 else ""


def _ways(task: str, dots: str) -> list[bool]:
    """Return whether the dots are a part of the length: what an example shows, or words say; else both are tried."""
    for shown in quoted(task):
        if shown.endswith(dots) and len(shown) > len(dots):
            rest = task.replace(f"'{shown}'", "").replace(f'"{shown}"', "")
            lengths = {int(one) for one in re.findall(r"(?<![\w.])\d+(?![\w.]\d)", rest)}
            if (len(shown) in lengths) != (len(shown) - len(dots) in lengths):
                return [len(shown) in lengths]
    fits, tops = _FIT.search(task) is not None, _ON_TOP.search(task) is not None
    return [fits] if fits != tops else [True, False]


def _ending(
    changed: Changed, part: ast.Subscript, text: str, most: ast.expr, dots: str, *, fits: bool
) -> Iterator[Righted]:
    limit, holder, span = written(changed, most), changed.holders.get(id(part)), spot(changed, part)
    if span is None or _has_ending(changed, part):
        return
    less = int(most.value) - len(dots) if isinstance(most, ast.Constant) and isinstance(most.value, int) else None
    upper = limit if not fits else f" {limit} - {len(dots)}" if less is None else str(less)
    if less is not None and less < 1:
        return
    new = f'{text}[:{upper}] + "{dots}"'
    if _is_asked(changed, part, text):
        yield from made(changed, f"`{new}`", (*span, new))
    elif isinstance(holder, ast.Return) and changed.have_their_lines(changed.lines.span(holder)):
        begin, margin = changed.lines.span(holder)[0], changed.lines.indent(holder.lineno)
        whole = f"if len({text}) <= {limit}:\n{margin}    return {text}\n{margin}"
        yield from put(changed, f"`{new}`", (begin, begin, whole), (*span, new))
    else:
        new = f"{text} if len({text}) <= {limit} else {new}"
        yield from made(changed, f"`{new}`", (*span, new))


def _has_ending(changed: Changed, part: ast.Subscript) -> bool:
    """Return whether something is put behind what is cut already."""
    return isinstance(changed.holders.get(id(part)), ast.BinOp | ast.FormattedValue | ast.Compare)


def _is_asked(changed: Changed, part: ast.Subscript, text: str) -> bool:
    """Return whether a text is cut only where a question about its length was answered."""
    holder = changed.holders.get(id(part))
    while holder is not None and holder is not changed.node:
        if isinstance(holder, ast.If | ast.IfExp) and f"len({text})" in ast.unparse(holder.test):
            return True
        holder = changed.holders.get(id(holder))
    asked = [one for one in changed.node.body if isinstance(one, ast.If) and isinstance(one.body[-1], ast.Return)]
    return any(f"len({text})" in ast.unparse(one.test) for one in asked)


def _is_text(annotation: ast.expr | None) -> bool:
    return annotation is None or ast.unparse(annotation) == "str"


def _is_written_out(changed: Changed, name: str) -> bool:
    """Return whether a name only is a part of a text that is put together."""
    return all(
        isinstance(changed.holders.get(id(look)), ast.FormattedValue | ast.BinOp | ast.Return)
        for look in changed.looks(name)
    )


FINDERS: tuple[Finder, ...] = (dots_at_the_cut, dots_for_the_rest, cut_between_words)

_PLAINLY = said_as(
    r"^(?=.*\b(?:should|must|let|please|want|use|put|add)\b)(?!.*\b(?:remov\w*|blanks?|spaces?|wrong|"
    r"unless|except|instead|parameter|option\w*|argument|words?|only (?:if|when|for|where)|rais\w*|middle"
    r"|begin\w*|lines?(?! must)|html|never end|not end|rows?|default|stays?|start)\b)"
)


def surely_dots(changed: Changed) -> Iterator[Righted]:
    """Yield what `dots_at_the_cut` does of a text, where no other number is named than the code has."""
    bare = re.sub(r"'[^'\n]*'|\"[^\"\n]*\"|\([^)\n]*\)", " ", changed.task)
    numbers = set(re.findall(r"(?<![\w.])\d+(?!\w)", bare))
    known = {str(one.value) for one in ast.walk(changed.tree) if isinstance(one, ast.Constant)}
    if numbers <= known | {"3"} and (numbers <= {"3"} or not _WIDTH.search(ast.unparse(changed.node.args))):
        cuts = [one for one in parts(changed) if isinstance(one, ast.Subscript) and isinstance(one.slice, ast.Slice)]
        yield from dots_at_the_cut(changed) if all(_is_surely_text(changed, one) for one in cuts) else ()


def _is_surely_text(changed: Changed, part: ast.Subscript) -> bool:
    """Return whether what is cut is no list, as far as its type tells."""
    match part.value:
        case ast.Name(id=name) if name in changed.names:
            return _is_text(parameters(changed.node)[name].node.annotation)
        case ast.Attribute(attr=field):
            return fields_beside(changed, field).get(field, "str") == "str"
    return True


def surely_dots_for_the_rest(changed: Changed) -> Iterator[Righted]:
    """Yield what `dots_for_the_rest` does, of the one parameter that the words before the length are of."""
    found = _LONGER.search(changed.task)
    names = [one.rpartition("_")[2] for one in changed.names]
    ahead = changed.task[: found.start()] if found else ""
    said = [one for one in names if re.search(rf"\b{one}s?\b", ahead)]
    every = [one for one in names if re.search(rf"\b{one}s?\b", changed.task)]
    if len(said) == 1 and every == said:
        yield from dots_for_the_rest(changed)


SURE: tuple[Sure, ...] = ((surely_dots, _PLAINLY, 1), (surely_dots_for_the_rest, _PLAINLY, 1))

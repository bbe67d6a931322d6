"""A word in the place of a name that is empty or None: 'Dear guest,' where nobody knows who it is."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from workbench.crew.judging.stated import own_parts, parameters
from workbench.crew.plain.places import Finder, Sure, made, put, quoted, said_as, spot
from workbench.crew.slips.righted import FORMATTED, Changed, Righted

_MISSES = (
    r"\b(?:no|without an?|without|missing|empty|blank|unknown)\b[^.;,\n]{{0,20}}\b{name}\b"
    r"|\b{name}s?\b[^.;:\n]{{0,25}}\b(?:is|are|was|be)(?:n't| not)?(?: given as| just| only| simply)?"
    r" (?:empty|blank|missing|unknown|known|given|there|set|none|''|\"\")(?!\w)"
    r"|(?:\b(?:not|never)|n't) (?:have|know|get|give|given|fill in|tell|enter|leave)\b[^.;,\n]{{0,30}}\b{name}\b"
    r"|\b{name}\b[^.;\n]{{0,15}}(?:\b(?:not|never)|n't) (?:known|given|set|there|filled in)\b"
)
_NONE = re.compile(r"\bNone\b")
_EMPTY = re.compile(r"\b(?:empty|blanks?|spaces?)\b|''|\"\"", re.IGNORECASE)
_ONLY_BLANKS = re.compile(r"\b(?:only|just|nothing but) (?:blanks?|spaces?|white ?spaces?)\b", re.IGNORECASE)
_OTHERWISE = re.compile(
    r"\b(?:unless|parameter|argument|option(?:al)?|keyword|rais\w+|error|leav\w*|left out|omit\w*|skip\w*|drop\w*)\b",
    re.IGNORECASE,
)
_PUTS = re.compile(
    r"\b(?:use|put|take|fill in|with|as|greet(?:ed)? (?:them |people )?(?:as|with))"
    r" (?:just |simply |the word |instead )*$",
    re.IGNORECASE,
)
_MOST = 3
_LONGEST = 100
"""Values, and characters, of a text that is compared with one that a task shows; longer ones take long."""

_NUMBERS = re.compile(r"\b(?:int|float|complex|Decimal|bool|Fraction|date|datetime)\b")
_WORD = re.compile(r"[A-Za-z?–-][\w .'&?-]*")


@dataclass(frozen=True)
class _Text:
    """A text that is put together: what stands between its values, and those."""

    between: tuple[str, ...]
    values: tuple[ast.expr, ...]


def word_for_a_name(changed: Changed) -> Iterator[Righted]:
    """Yield a text that is put together with a word for a name that is empty or None, where a task shows the text.

    Nothing is found where the function asks for the name already, or where it may be a number.
    """
    yield from _found(changed, _words)


def word_as_shown(changed: Changed) -> Iterator[Righted]:
    """Yield the same only where a task quotes the whole text as it is with that word."""
    yield from _found(changed, _words_in_text)


def _found(changed: Changed, words_of: Callable[[str, _Text, int], Iterator[str]]) -> Iterator[Righted]:
    if _OTHERWISE.search(changed.task):
        return
    for part in own_parts(changed.node):
        if not isinstance(part, ast.expr) or (text := _text(changed, part)) is None:
            continue
        for place, value in enumerate(text.values):
            own = _name(value)
            if not own or _asks(changed, value) or not _misses(changed.task, own) or _may_be_number(changed, value):
                continue
            words = [*dict.fromkeys(words_of(changed.task, text, place))]
            span = spot(changed, value)
            if len(words) == 1 and span and not (_NONE.search(changed.task) and not isinstance(value, _PLAIN)):
                yield from _or(changed, part, value, span, words[0])


_PLAIN = (ast.Name, ast.Attribute)


def _or(changed: Changed, part: ast.expr, value: ast.expr, span: tuple[int, int], word: str) -> Iterator[Righted]:
    said = changed.lines.text[slice(*span)]
    quote = '"'
    if isinstance(part, ast.JoinedStr):
        found = FORMATTED.fullmatch(changed.lines.text[slice(*changed.lines.span(part))])
        if found is None:
            return
        quote = "'" if found["quote"] == '"' else '"'
    if {quote, "\\"} & {*word}:
        return
    is_stripped = _ONLY_BLANKS.search(changed.task) and isinstance(value, _PLAIN) and not _NONE.search(changed.task)
    new = f"{said}{'.strip()' if is_stripped else ''} or {quote}{word}{quote}"
    if isinstance(part, ast.JoinedStr):
        yield from put(changed, f"`{new}`", (*span, new))
    else:
        yield from made(changed, f"`{new}`", (*span, new))


def _text(changed: Changed, part: ast.expr) -> _Text | None:
    """Return a formatted text, or one that is added up, in its pieces; None of anything else."""
    pieces: list[ast.expr] = []
    match part:
        case ast.JoinedStr(values=pieces):
            bare = (one for one in pieces if isinstance(one, ast.FormattedValue))
            if any(one.conversion != -1 or one.format_spec is not None for one in bare):
                return None
        case ast.BinOp(op=ast.Add()) if not isinstance(changed.holders.get(id(part)), ast.BinOp):
            pieces = list(_added(part))
        case _:
            return None
    between, values = [""], []
    for one in pieces:
        match one:
            case ast.Constant(value=str() as said):
                between[-1] += said
            case ast.FormattedValue(value=value):
                values.append(value)
                between.append("")
            case _:
                values.append(one)
                between.append("")
    return _Text(tuple(between), tuple(values)) if values and any(between) else None


def _added(part: ast.expr) -> Iterator[ast.expr]:
    match part:
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            yield from _added(left)
            yield from _added(right)
        case _:
            yield part


def _name(value: ast.expr) -> str:
    """Return the last name of a name or a field, also of one that is stripped."""
    match value:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Call(func=ast.Attribute(value=inner, attr="strip"), args=[], keywords=[]):
            return _name(inner)
    return ""


def _misses(task: str, name: str) -> bool:
    """Return whether a task says that something is not there: by its name, or the last word of that."""
    names = {name.replace("_", " ").lower(), name.rpartition("_")[2].lower()}
    return any(re.search(_MISSES.format(name=re.escape(one)), task, re.IGNORECASE) for one in names)


def _words_in_text(task: str, text: _Text, place: int) -> Iterator[str]:
    """Yield what a task shows in the place of a value in a text that it quotes; the text may go on behind it."""
    before = "(?:.+?)".join(map(re.escape, text.between[: place + 1]))
    behind = text.between[place + 1]
    is_last = place == len(text.values) - 1
    ahead = [rf"{re.escape(behind.rstrip())}.*"] if behind.strip() else []
    # A text may be shown up to its first comma.
    ahead += [re.escape(behind[0])] if behind[:1] in {",", ".", "!", ":", ";"} else []
    form = re.compile(rf"{before}(?P<word>{_WORD.pattern}?)(?:{'|'.join([*ahead, *(['[,.!:]?'] if is_last else [])])})")
    if text.between[0].strip() and (ahead or is_last) and place < _MOST:
        found = [one["word"] for said in quoted(task) if len(said) < _LONGEST and (one := form.fullmatch(said))]
        # Where only a blank is between two values, nobody knows where the first one ends.
        is_alone = place > 0 and not text.between[place].strip()
        yield from (word for word in found if word != "None" and not (is_alone and " " in word))


def _words(task: str, text: _Text, place: int) -> Iterator[str]:
    """Yield the same, or a word that a task says to be put there, or shows without quotes."""
    found = list(_words_in_text(task, text, place))
    yield from found
    shown = [one for one in quoted(task) if one not in {"None", "null"}]
    lead = text.between[0].strip() if place == 0 else ""
    if lead and not shown:
        end = r"(?=[,.;!:)]|$| (?:if|when|in|instead|then|where|for)\b)"
        bare = rf"(?<!\w){re.escape(lead)} (?P<word>[a-z][\w -]*?){end}"
        yield from (one["word"] for one in re.finditer(bare, task))
    for said in shown if not found else ():
        at = min(task.find(f"{quote}{said}{quote}") % (len(task) + 1) for quote in "'\"")
        if _PUTS.search(task[:at]) and _WORD.fullmatch(said) and not (lead and said.startswith(lead)):
            yield said


def _asks(changed: Changed, value: ast.expr) -> bool:
    """Return whether a function asks already whether a name is there."""
    name = _name(value)
    for part in ast.walk(changed.node):
        match part:
            case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
                if any(_name(one) == name for one in ast.walk(test) if isinstance(one, ast.expr)):
                    return True
            case ast.BoolOp(values=values) if any(_name(one) == name for one in values):
                return True
    return False


def _may_be_number(changed: Changed, value: ast.expr) -> bool:
    match value:
        case ast.Name(id=name) if (known := parameters(changed.node).get(name)) and known.node.annotation:
            return _NUMBERS.search(ast.unparse(known.node.annotation)) is not None
    return False


FINDERS: tuple[Finder, ...] = (word_for_a_name,)
SURE: tuple[Sure, ...] = (
    (
        word_as_shown,
        said_as(
            r"^(?!.*\b(?:unless|except|only if|only when|only for|but|also|too|otherwise|logs?|logg\w+|warn\w*|prints?"
            r"|and|instead of \w+ing|title|upper|lower|case|new|add)\b)(?!.*\bor ['\"])"
        ),
        1,
    ),
)

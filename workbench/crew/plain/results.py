"""Changes of what a function gives back or raises: a floor, a value where there is nothing, a message that names it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench import python_ast
from workbench.crew.judging.stated import own_parts, parameters
from workbench.crew.plain.missing.guards import is_asked, streams
from workbench.crew.plain.missing.wished import wished_values
from workbench.crew.plain.places import made, parts, quoted, spot, written
from workbench.crew.slips.righted import Changed, Righted

_NUMBER = r"-?\d+(?:\.\d+)?"
_BOUND = (
    r"\b(?:(?:never|not)(?: (?:be|gives?|returns?|charge|cost|go|goes|fall|drop|sink|rise|climb|get))?(?: anything)?"
    r" (?:(?P<floor>less|lower|smaller|below|under|fewer)"
    r"|(?P<roof>more|higher|greater|larger|above|over|beyond|exceed))(?: than)?"
    rf"|(?:be|give|return|cost|charge) at (?:(?P<least>least)|(?P<most>most))) (?P<value>{_NUMBER})"
)
_UNIT = r"(?: ?(?:euros?|dollars?|pounds?|cents?|points?|EUR|USD|€|\$))?"
_ENDS = r"(?=\s*(?:[.;:!)](?:\s|$)|,? (?:however|no matter|whatever)\b|$))"
_SOME_UNIT = r"(?: ?(?:[a-z]+s|percent|per cent|€|\$|%|[A-Z]{3}))?"
_LIMITED = rf"\b(?:cap(?:ped)?|limit(?:ed)?)\b[^.;\n]{{0,60}}? (?:at|to) (?P<value>{_NUMBER})"
_NOBODY_MORE = (
    r"\b(?:no|nobody|no one|none|nothing)\b[^.;:\n]{0,50}\b(?:should|must|may|shall|can|gets?|pays?)\b[^.;:\n]{0,20}?"
    rf" more than (?P<value>{_NUMBER})"
)
_AS_ONE = re.compile(
    r"\b(?:as much as|(?:counts?|treated|charged|billed|priced) (?:as|like|for)|at least|never (?:less|fewer) than"
    r"|same as)"
    r" (?:an?|one|1)(?: (?:full|whole|single))? (?P<unit>[a-z]+)\b",
    re.IGNORECASE,
)
_IN_CASES = re.compile(r"\b(?:if|unless|but|except|when|where|for|with)\b", re.IGNORECASE)
_SUBJECT = re.compile(r"(?:The|Our) [^.;:,]+?(?= (?:should|must|may|can|shall)\b)")
_NOT_NEGATIVE = r"(?:never|not) (?:be|give|return|become|get)(?: anything)? (?:negative|below zero|less than zero)\b"
_LITERAL = rf"None|True|False|{_NUMBER}|\[\]|\{{\}}|\(\)|'[^'\n]*'|\"[^\"\n]*\""
_FAILS = re.compile(
    r"\b(?:raises?|gives?|fails? with|crash\w* with|ends? (?:in|with)|stops? with) an? "
    r"(?P<error>IndexError|ValueError|ZeroDivisionError)\b"
)
_WISH = re.compile(
    rf"\b(?:should|must|shall)(?: just| simply| rather)? (?:return|give|be|get the number)(?: just)?"
    rf" `?(?P<value>{_LITERAL})(?![\w(])"
)
_MESSAGES = {
    "list index out of range": "IndexError",
    "max() arg is an empty sequence": "ValueError",
    "min() arg is an empty sequence": "ValueError",
    "division by zero": "ZeroDivisionError",
}
"""What Python says of nothing, and the error that it raises with it."""

_IS_ZERO = re.compile(r"\b([a-z_]\w*) (?:is|are|==) (?:0|zero|empty)\b")
_LOOSE = (ast.IfExp, ast.Lambda, ast.BoolOp, ast.Tuple, ast.NamedExpr, ast.Compare)
_NAMES = re.compile(
    r"\b(?:name|say|tell|show|include|mention|contain|give)s? (?:which |the |what |its )?`?(?P<word>[a-z_]\w*)\b"
)
_PLACE = "_nanite_name_"


def bounded(changed: Changed) -> Iterator[Righted]:
    """Yield a function's one result held above, or below, the number that the task says it never passes."""
    subject = rf"\b{re.escape(changed.node.name)}(?:\(\))? (?:should|must|may|shall|can) "
    wish = re.search(subject + _BOUND + _UNIT + _ENDS, changed.task)
    never_negative = re.search(subject + _NOT_NEGATIVE, changed.task)
    returned = [part for part in parts(changed) if isinstance(part, ast.Return)]
    if not (wish or never_negative) or (wish and _IN_CASES.search(changed.task)) or len(returned) != 1:
        return
    # What a function within it gives back is another matter.
    value = returned[0].value if returned[0] in changed.node.body else None
    if value is None or not _is_number(value):
        return
    if {"min", "max"} & {one.id for one in ast.walk(changed.node) if isinstance(one, ast.Name)} & changed.own:
        return
    function = "min" if wish and (wish["roof"] or wish["most"]) else "max"
    span = spot(changed, value)
    if span:
        new = f"{function}({written(changed, value)}, {wish['value'] if wish else 0})"
        yield from made(changed, f"`{new}`", (*span, new))


def bounded_somewhere(changed: Changed) -> Iterator[Righted]:
    """Yield each result that a function works out held within the number that a task says something never passes."""
    found = said_bound(changed.task)
    if found is None or {"min", "max"} & changed.own:
        return
    function, limit = found
    own = {id(part) for part in own_parts(changed.node)}
    for part in parts(changed):
        if isinstance(part, ast.Return) and part.value is not None and id(part) in own:
            value = part.value
            if not isinstance(value, ast.Constant) and _is_number(value) and (span := spot(changed, value)):
                new = f"{function}({written(changed, value)}, {limit})"
                yield from made(changed, f"`{new}`", (*span, new))


def said_bound(task: str) -> tuple[str, str] | None:
    """Return `min` with the most that a task says something ever is, or `max` with the least; None of neither."""
    wish = re.search(rf"\b(?:should|must|may|shall|can) {_BOUND}{_SOME_UNIT}{_ENDS}", task, re.IGNORECASE)
    limited = re.search(_LIMITED + _SOME_UNIT + _ENDS, task, re.IGNORECASE)
    found = wish or limited or re.search(_NOBODY_MORE, task, re.IGNORECASE)
    if found is None:
        return None
    return "min" if wish is None or wish["roof"] or wish["most"] else "max", found["value"]


def counted_as_one(changed: Changed) -> Iterator[Righted]:
    """Yield a count held at one or more where a task says that something counts as one, or costs as much as one.

    The count is what a name of the task's word is set to ("one night": `nights`), or what the function of it returns.
    """
    found = _AS_ONE.search(changed.task)
    if found is None or "max" in changed.own:
        return
    names = {found["unit"].lower().removesuffix("s") + end for end in ("", "s")}
    own = {id(part) for part in own_parts(changed.node)}
    for part in parts(changed):
        match part:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name.lower() in names:
                pass
            case ast.Return(value=ast.expr() as value) if changed.node.name.lower() in names and id(part) in own:
                pass
            case _:
                continue
        is_count = _is_number(value) or isinstance(value, ast.Call)
        if is_count and not isinstance(value, ast.Constant) and (span := spot(changed, value)):
            new = f"max({written(changed, value)}, 1)"
            yield from made(changed, f"`{new}`", (*span, new))


def is_bounded_otherwise(changed: Changed) -> bool:
    """Return whether a number that is never passed may be another than what a function gives back.

    It may be where it gives several, or where the sentence that says so has a case, or a unit of which neither the
    function's name nor its docstring has a word.
    """
    returns = [part for part in own_parts(changed.node) if isinstance(part, ast.Return)]
    written_out = [part for part in returns if isinstance(part.value, ast.Constant)]
    about = f"{changed.node.name} {ast.get_docstring(changed.node) or ''}".lower().replace("_", " ")
    if re.search(_NOBODY_MORE, changed.task, re.IGNORECASE):
        return True
    is_told = False
    for sentence in re.split(r"(?<=[.;:!?])\s", changed.task):
        if re.search(_BOUND, sentence, re.IGNORECASE) or re.search(_LIMITED, sentence, re.IGNORECASE):
            unit = re.search(rf"{_NUMBER} ?(?P<unit>[a-z]+)\b", sentence)
            subject = _SUBJECT.match(sentence)
            is_told = subject is not None and _is_about(subject[0].lower(), about)
            if subject and _is_given(changed, subject[0].lower()):
                return True
            begin = subject.end() if subject and is_told else 0
            if _IN_CASES.search(sentence, begin) or (unit and unit["unit"].rstrip("s") not in about):
                return True
    found = said_bound(changed.task)
    # What is written out stays within a bound by itself, where the bound is of what the function says it gives.
    is_within = is_told and found is not None and all(_is_within(part.value, *found) for part in written_out)
    return len(returns) - (len(written_out) if is_within else 0) != 1


def _is_given(changed: Changed, subject: str) -> bool:
    """Return whether a subject is something that a function only looks at: the discount of `price(goods, discount)`."""
    word = re.findall(r"\w+", _IN_CASES.split(subject, maxsplit=1)[0])[-1].removesuffix("s")
    looks = {part.attr for part in parts(changed) if isinstance(part, ast.Attribute)} | {*changed.names}
    return word not in changed.node.name.lower() and any(re.match(rf"(?:\w+_)?{word}s?$", one) for one in looks)


def _is_about(subject: str, about: str) -> bool:
    """Return whether all words of a subject are said of a function, those of a case behind the same word there."""
    case = _IN_CASES.search(subject)
    begin = case.start() if case else len(subject)
    words, of_case = (re.findall(r"\w{4,}", part) for part in (subject[:begin], subject[begin:]))
    said = [rf"\b{case[0]}\b[^.;:,]*{re.escape(word.removesuffix('s'))}" for word in of_case] if case else []
    every = [*(re.escape(word.removesuffix("s")) for word in words), *said]
    return bool(every) and all(re.search(one, about) for one in every)


def _is_within(value: ast.expr | None, way: str, limit: str) -> bool:
    number = value.value if isinstance(value, ast.Constant) else None
    if not isinstance(number, int | float) or isinstance(number, bool):
        return False
    return number <= float(limit) if way == "min" else number >= float(limit)


def _is_number(value: ast.expr) -> bool:
    """Return whether an expression is a number, as far as one can see: worked out of some, or counted."""
    match value:
        case ast.BinOp(op=ast.Add(), left=left, right=right):
            return _is_number(left) and _is_number(right)
        case ast.BinOp(op=ast.Mod(), left=ast.Constant(value=str()) | ast.JoinedStr()) | ast.Constant(value=str()):
            return False
        case (
            ast.BinOp() | ast.Call(func=ast.Name(id="round" | "int" | "float" | "abs" | "sum" | "len" | "min" | "max"))
        ):
            return True
        case ast.Attribute(attr="days" | "seconds"):
            return True
    return isinstance(value, ast.UnaryOp | ast.Constant | ast.Name)


def given_where_empty(changed: Changed) -> Iterator[Righted]:
    """Yield what the task says given back where an error is raised today because there is nothing.

    Nothing is found where the function asks for that already, or catches something, or where two values are wished for.
    """
    fails, wish = _FAILS.search(changed.task), _WISH.search(changed.task)
    told = next((error for said, error in _MESSAGES.items() if said in changed.task), "")
    error = fails["error"] if fails else told
    if not error or wish is None or len(wished_values(changed.task)) > 1 or changed.hides("max", "min"):
        return
    for part in parts(changed):
        if not isinstance(part, ast.Return) or part.value is None or isinstance(part.value, _LOOSE):
            continue
        held = list(_of_something(part.value, error))
        if any(is_asked(changed, one) or streams(changed, one) for one in held):
            continue
        sources = {ast.unparse(one) for one in held}
        span = spot(changed, part.value)
        own = {ast.unparse(one.target) for one in ast.walk(part.value) if isinstance(one, ast.comprehension)}
        named = {name for name in _IS_ZERO.findall(changed.task) if name in parameters(changed.node)}
        if len(sources) == 1 and span and not sources & own and named <= sources:
            new = f"{written(changed, part.value)} if {sources.pop()} else {wish['value']}"
            yield from made(changed, f"`{new}`", (*span, new))


def _of_something(value: ast.expr, error: str) -> Iterator[ast.expr]:
    """Yield the names and fields that must not be empty, or 0, or an expression raises an error."""
    for part in ast.walk(value):
        match part:
            case ast.Subscript(value=ast.Name() | ast.Attribute() as held, slice=place) if error == "IndexError":
                if _is_a_place(place):
                    yield held
            case ast.Call(func=ast.Name(id="max" | "min"), args=[ast.Name() | ast.Attribute() as held]) if (
                error == "ValueError" and not part.keywords
            ):
                yield held
            case ast.BinOp(op=ast.Div() | ast.FloorDiv(), right=divisor) if error == "ZeroDivisionError":
                match divisor:
                    case ast.Name() | ast.Attribute():
                        yield divisor
                    case ast.Call(func=ast.Name(id="len"), args=[ast.Name() | ast.Attribute() as held]):
                        yield held


def _is_a_place(place: ast.expr) -> bool:
    """Return whether a subscript is the first place of a list, or the last."""
    return ast.unparse(place) in {"0", "-1"}


def named_in_message(changed: Changed) -> Iterator[Righted]:
    """Yield a message that goes on to say what it is about, where the task shows the message and names the parameter.

    `The error should name the address: 'bad address: nobody'` stands for every address.
    """
    wish = _NAMES.search(changed.task)
    known = [name for name in parameters(changed.node) if name not in {"self", "cls"}]
    if wish is None or wish["word"] not in known:
        return
    name = wish["word"]
    for part in parts(changed):
        match part:
            case ast.Raise(exc=ast.Call(args=[ast.Constant(value=str() as text) as message])):
                for shown in quoted(changed.task):
                    more = re.fullmatch(rf"{re.escape(text)}(?P<sign>:? )(?P<quote>[\"']?)[^\"'\s]+(?P=quote)", shown)
                    if more and (span := spot(changed, message)):
                        said = f"{text}{more['sign']}".replace("{", "{{").replace("}", "}}")
                        new = ast.unparse(python_ast.parse(f"f{said + _PLACE!r}", mode="eval")).replace(
                            _PLACE, f"{{{name}!r}}" if more["quote"] else f"{{{name}}}"
                        )
                        yield from made(changed, f"`{new}`", (*span, _quoted_as(changed.lines.text[slice(*span)], new)))


def _quoted_as(old: str, new: str) -> str:
    """Return a printed f-string in the quotes of the text whose place it takes, where they can stand around it."""
    quote, inner = old[:1], new[2:-1]
    return new if quote not in {"'", '"'} or {quote, "\\"} & set(inner) or '"' in inner else f"f{quote}{inner}{quote}"

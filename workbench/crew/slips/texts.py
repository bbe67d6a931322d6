"""Methods of texts that a small model mixes up, upper for lower or left for right, or calls without what they want."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import TypeGuard

from workbench.crew.slips.righted import Changed, Righted

ANY_CASE = re.compile(
    r"\b(?:any|upper|lower|mixed|letter|same|ignor\w*|regardless of|whatever)(?: the| their| its)?[ -]?case\b"
    r"|\bcase[- ]?(?:in)?sensitiv\w+|\b(?:upper|lower) (?:and|or) (?:upper|lower)\b|\bcapitals?\b"
    r"|\bcase (?:does|is|should|must) not?\b|\bcase doesn't\b|\b(?:upper|lower) letters?\b",
    re.IGNORECASE,
)
"""How a task says that upper and lower case are to be the same."""

_OF_CAPITALS = re.compile(r"\b(?:capitals?|is_?(?:upper|lower|title))\b", re.IGNORECASE)
_FOLDS = frozenset({"lower", "upper", "casefold"})
_PAIRS = (
    ("lower", "upper"),
    ("islower", "isupper"),
    ("startswith", "endswith"),
    ("lstrip", "rstrip"),
    ("removeprefix", "removesuffix"),
    ("ljust", "rjust"),
    ("partition", "rpartition"),
    ("bisect_left", "bisect_right"),
)
_MEANT = {one: other for pair in _PAIRS for one, other in (pair, pair[::-1])}
_STRIPS = {"lstrip": "startswith", "rstrip": "endswith"}
_OF_ENDS = re.compile(r"\b(?:leading|trailing|prefix|suffix|starts?|begin\w*|ends?|ending)\b", re.IGNORECASE)
_COUNTS = re.compile(
    r"\b(?:(?:more than|exactly|only|at most|just) (?:one|1|a single|once)|second|third|last)\b",
    re.IGNORECASE,
)
"""Words of a task for which it matters how many signs of equality there are."""
_OF_EACH = re.compile(
    r"\b(?:characters?|chars?|letters?|vowels?|consonants?|symbols?|signs|marks|any of|either of|each of"
    r"|zeroe?s|all|every|repeated(?:ly)?)\b",
    re.IGNORECASE,
)
"""Words of a task that may mean each of some letters, and no word that is made of them."""

AROUND = re.compile(
    r"\b(?:blanks?|spaces?|white ?spaces?) (?:characters? )?(?:around|at (?:both|the) ends)\b"
    r"|\b(?:surrounding|leading (?:and|or) trailing) (?:blanks?|spaces?|white ?spaces?)\b",
    re.IGNORECASE,
)
"""How a task says that blanks at both ends of a text do not matter."""

AROUND_SIGN = (
    r"\baround (?:(?:the|an?|each|every|its) )?(?:[\"'`][^\w\s]|\w*(?:dash|hyphen|comma|colon|slash|plus|minus|equal"
    r"|sign|dot|point|operator|separator|delimiter|bracket|brace|quote))"
)
"""How a task says that they stand around a sign, which is within a text."""

_CUTS = frozenset({"split", "rsplit", "partition", "rpartition", "splitlines", "findall", "match", "fullmatch"})
_IN_A_TEXT = re.compile(AROUND_SIGN, re.IGNORECASE)
_WITHIN = re.compile(r"\b(?:between|inside|within|(?:all|any) (?:the )?(?:blank|space|white))", re.IGNORECASE)


def mixed_up(changed: Changed) -> Iterator[Righted | None]:
    """Yield the answer with one method of its new lines exchanged for its twin, wherever these call it."""
    calls = [part for part in changed.new if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute)]
    found: dict[str, list[tuple[int, int]]] = {}
    for call in calls:
        assert isinstance(call.func, ast.Attribute)
        name = call.func.attr
        end = changed.lines.span(call.func)[1]
        begin = end - len(name)
        if name in _MEANT and changed.lines.text[begin:end] == name:
            found.setdefault(name, []).append((begin, end))
    for name, spans in found.items():
        yield changed.righted(f"`{name}` is `{_MEANT[name]}`", *((*span, _MEANT[name]) for span in spans))


def cut_once(changed: Changed) -> Righted | None:
    """Return the answer with new lines that cut a text at `=`, and want the two parts, made to cut it once.

    The value of a pair may have a sign of equality in it, unless the task counts them.
    """
    if _COUNTS.search(changed.task):
        return None
    calls = [part for part in changed.new if _cuts_at_equal(part) and _wants_two(changed.holders[id(part)], part)]
    ends = [changed.lines.span(call)[1] - 1 for call in calls]
    return changed.righted("a pair is cut at its first `=`", *((end, end, ", 1") for end in ends)) if ends else None


def _cuts_at_equal(part: ast.AST) -> TypeGuard[ast.Call]:
    match part:
        case ast.Call(func=ast.Attribute(value=ast.Attribute(attr="str"))):
            # A column's texts: pandas takes the number by name alone.
            return False
        case ast.Call(func=ast.Attribute(attr="split"), args=[ast.Constant(value="=" | b"=")], keywords=[]):
            return True
    return False


def _wants_two(holder: ast.AST, call: ast.AST) -> bool:
    match holder:
        case ast.Subscript(value=value, slice=ast.Constant(value=1)):
            return value is call
        case ast.Assign(targets=[ast.Tuple(elts=[_, second])], value=value):
            return value is call and not isinstance(second, ast.Starred)
    return False


def one_end(changed: Changed) -> Righted | None:
    """Return the answer with `lstrip` of a quoted word made what it is taken for: that word is cut off once.

    `lstrip("0x")` takes away every 0 and x that there is at the beginning. Two words that stand in one text, as in
    `lstrip("0x0X")`, are told apart by the task's quotes.
    """
    if not _OF_ENDS.search(changed.task) or _OF_EACH.search(changed.task):
        return None
    formatted = {
        id(part) for text in ast.walk(changed.node) if isinstance(text, ast.JoinedStr) for part in ast.walk(text)
    }
    swaps: list[tuple[int, int, str]] = []
    said = ""
    for part in changed.new:
        match part:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id=name), attr="lstrip" | "rstrip" as method),
                args=[ast.Constant(value=str() as text)],
                keywords=[],
            ) if _may_be_words(text) and id(part) not in formatted and (words := _quoted_words(text, changed.task)):
                given = repr(words[0]) if len(words) == 1 else repr(words)
                size = len(words[0])
                cut = f"{name}[{size}:]" if method == "lstrip" else f"{name}[:-{size}]"
                said = f"({cut} if {name}.{_STRIPS[method]}({given}) else {name})"
                swaps.append((*changed.lines.span(part), said))
    return changed.righted(f"`{said}`", *swaps) if swaps else None


def _may_be_words(text: str) -> bool:
    """Return whether a text is no list of signs or digits."""
    return len(text) > 1 and any(map(str.isalnum, text)) and not text.isdigit()


def _quoted_words(text: str, task: str) -> tuple[str, ...]:
    """Return the words of one length, each quoted by a task, that a text is made of; nothing where there are others."""
    quoted = {found for _, found in re.findall(r"([\"'`])((?:(?!\1).){2,20})\1", task)}
    for size in range(2, len(text) + 1):
        words = tuple(text[at : at + size] for at in range(0, len(text), size))
        if len(text) % size == 0 and all(word in quoted for word in words):
            return tuple(dict.fromkeys(words))
    return ()


def in_one_case(changed: Changed) -> Righted | None:
    """Return the answer with both sides of a comparison in one case, where the task says that case is no matter.

    A model likes to write what it was given in lower case, and to hold it against what was stored as it came.
    """
    if not ANY_CASE.search(changed.task) or _OF_CAPITALS.search(changed.task):
        return None
    folded = dict(_folded_names(changed))
    new = {id(part) for part in changed.new}
    swaps: list[tuple[int, int, str]] = []
    for part in ast.walk(changed.node):
        match part:
            case ast.Compare(left=left, ops=[ast.Eq() | ast.NotEq()], comparators=[right]):
                for side, other in ((left, right), (right, left)):
                    how = _fold_of(side) or (folded.get(side.id, "") if isinstance(side, ast.Name) else "")
                    is_new = id(part) in new or (isinstance(side, ast.Name) and side.id in folded)
                    is_itself = ast.unparse(other) in {ast.unparse(inner) for inner in ast.walk(side)}
                    if how and is_new and not is_itself and not _fold_of(other) and _comes_as_it_is(changed, other):
                        end = changed.lines.span(other)[1]
                        swaps.append((end, end, f".{how}()"))
    said = ", ".join(f"`{how[1:]}`" for how in dict.fromkeys(new for _, _, new in swaps))
    return changed.righted(f"both sides are compared by {said}", *swaps) if swaps else None


def _folded_names(changed: Changed) -> Iterator[tuple[str, str]]:
    """Yield the names that new lines only ever set to a text in one case, each with how."""
    new = {id(part) for part in changed.new}
    for part in changed.new:
        match part:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if how := _fold_of(value):
                if all(id(one) in new for one in changed.sets(name)) and len(changed.sets(name)) == 1:
                    yield name, how


def _fold_of(value: ast.expr) -> str:
    """Return the method by which an expression is in one case, as it is written; nothing where it may be in any."""
    while isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and not value.args:
        if value.func.attr in _FOLDS:
            return value.func.attr
        if value.func.attr != "strip":
            break
        value = value.func.value
    return ""


def _comes_as_it_is(changed: Changed, value: ast.expr) -> bool:
    """Return whether an expression is what was given, or a field of it; what was made of that may be folded."""
    match value:
        case ast.Name(id=root) | ast.Attribute(value=ast.Name(id=root)):
            # What is in capitals is a constant, that knows its own case.
            if ast.unparse(value).rpartition(".")[2].isupper():
                return False
        case ast.Subscript(value=ast.Name(id=root), slice=ast.Constant(value=str())):
            pass
        case _:
            return False
    made = [part for part in ast.walk(changed.node) if isinstance(part, ast.For | ast.comprehension)]
    through = [part.iter for part in made if ast.unparse(part.target) == root]
    if not through:
        return root in changed.names and not changed.sets(root)
    given = {"self", *changed.names}
    roots = {part.id for one in through for part in ast.walk(one) if isinstance(part, ast.Name)}
    return roots <= given and not any(changed.sets(name) for name in roots)


def only_around(changed: Changed) -> Righted | None:
    """Return the answer with blanks taken off both ends, where it takes all of them and the task says those around.

    In a text that is cut, they may be those around its parts.
    """
    if not AROUND.search(changed.task) or _WITHIN.search(changed.task) or _IN_A_TEXT.search(changed.task):
        return None
    if any(isinstance(part, ast.Attribute) and part.attr in _CUTS for part in ast.walk(changed.node)):
        return None
    swaps: list[tuple[int, int, str]] = []
    for part in changed.new:
        match part:
            case ast.Call(
                func=ast.Attribute(value=text, attr="replace"), args=[ast.Constant(value=" "), ast.Constant(value="")]
            ):
                end = changed.lines.span(part)[1]
                begin = changed.lines.span(text)[1]
                if re.fullmatch(r"\.replace\(([\"']) \1, ?([\"'])\2\)", changed.lines.text[begin:end]):
                    swaps.append((begin, end, ".strip()"))
    return changed.righted("blanks around are taken off, and none within", *swaps) if swaps else None

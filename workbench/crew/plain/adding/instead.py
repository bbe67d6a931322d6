"""A new parameter for what is given back, or written, instead of what the function has now: a default, a plural."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.judging.stated import own_parts, yields
from workbench.crew.plain.adding.headed import or_none, with_parameter
from workbench.crew.plain.adding.wished_parameter import SURE_WORDS, is_spelt, wish_of
from workbench.crew.plain.places import Finder, Sure, Swap, parts, said_as, spot, written
from workbench.crew.slips.righted import Changed, Righted

_DEFAULTS = re.compile(r"default|fallback|otherwise|instead|missing|(?:default|fallback)_\w+|\w+_default")
_IS_RETURNED = said_as(
    r"\b(?:return\w*|giv\w+|g[eo]ts?|comes? back|used?|result)\b[^.;]*"
    r"(?:\binstead of None\b|\brather than None\b|\b(?:if|when|where)\b)|\binstead of None\b"
)
_PLURALS = re.compile(r"many|plural|plural_form|plural_word|plural_of|others?|several")
_OF_PLURALS = said_as(
    r"\bplural\w*|\bbatteries\b|\bother counts\b|\bwith an? ['\"]?s\b|\b['\"]s['\"]|\bwords? (?:for|whose)\b"
)


def default_instead_of_none(changed: Changed) -> Iterator[Righted]:
    """Yield a function with a parameter that is returned where it returns None today."""
    wish = wish_of(changed)
    if wish is None or wish.default not in {"", "None"} or not _DEFAULTS.fullmatch(wish.name):
        return
    if not _IS_RETURNED.search(changed.task) or yields(changed.node):
        return
    returned = [one for one in own_parts(changed.node) if isinstance(one, ast.Return) and one.value is not None]
    swaps = [swap for one in returned if one.value is not None for swap in _instead(changed, one.value, wish.name)]
    returns = changed.node.returns
    said = ast.unparse(returns) if returns else ""
    kind = said if "None" in said or "Optional" in said else or_none(changed, said) if said else ""
    if swaps and isinstance(changed.node.body[-1], ast.Return):
        added = (wish.name, kind, "None")
        yield from with_parameter(changed, f"`{wish.name}` instead of None", added, swaps, "what is returned instead")


def default_surely(changed: Changed) -> Iterator[Righted]:
    """Yield such a function where its name is spelt and the task speaks of None."""
    if is_spelt(changed) and re.search(r"\b(?:instead of|rather than) None\b", changed.task):
        yield from default_instead_of_none(changed)


def _instead(changed: Changed, value: ast.expr, name: str) -> Iterator[Swap]:
    """Yield a name in the place of None, or as what a table gives for what it does not have."""
    match value:
        case ast.Constant(value=None) if span := spot(changed, value):
            yield (*span, name)
        case ast.Call(func=ast.Attribute(attr="get"), args=[key], keywords=[]) if span := spot(changed, key):
            yield span[1], span[1], f", {name}"
        case ast.Call(func=ast.Attribute(attr="get"), args=[_, ast.Constant(value=None) as none], keywords=[]) if (
            span := spot(changed, none)
        ):
            yield (*span, name)
        case ast.Call(func=ast.Name(id="next"), args=[_, ast.Constant(value=None) as none]) if span := spot(
            changed, none
        ):
            yield (*span, name)
        case ast.Call(
            func=ast.Name(id="min" | "max"),
            keywords=[*_, ast.keyword(arg="default", value=ast.Constant(value=None) as none)],
        ) if span := spot(changed, none):
            yield (*span, name)
        case ast.IfExp(body=body, orelse=orelse):
            yield from _instead(changed, body, name)
            yield from _instead(changed, orelse, name)


def plural_as_given(changed: Changed) -> Iterator[Righted]:
    """Yield a function with a parameter for the plural of a word, to which it adds an s where none is given."""
    wish = wish_of(changed)
    if wish is None or wish.default not in {"", "None"} or not _PLURALS.fullmatch(wish.name):
        return
    if not _OF_PLURALS.search(changed.task):
        return
    swaps = [swap for part in parts(changed) for swap in _plural(changed, part, wish.name)]
    if len(swaps) == 1:
        added = (wish.name, or_none(changed, "str"), "None")
        yield from with_parameter(
            changed, f"`{wish.name}` is the plural", added, swaps, "the plural; with an s if None"
        )


def plural_surely(changed: Changed) -> Iterator[Righted]:
    """Yield such a function where its name is spelt."""
    if is_spelt(changed):
        yield from plural_as_given(changed)


def _plural(changed: Changed, part: ast.AST, name: str) -> Iterator[Swap]:
    """Yield a word with an s in a text, with the question beside it whether another is given."""
    match part:
        case ast.BinOp(op=ast.Add(), left=ast.Name(id=word) as left, right=ast.Constant(value="s") as right):
            if word in changed.names and (span := spot(changed, part)):
                yield (*span, f"({name} or {written(changed, left)} + {written(changed, right)})")
        case ast.JoinedStr() if span := spot(changed, part):
            text = changed.lines.text[slice(*span)]
            for word in changed.names:
                found = list(re.finditer(rf"\{{{word}\}}s(?![\w'])", text))
                quote = "'" if text.endswith('"') else '"'
                if len(found) == 1 and _ends(part, word):
                    begin, end = found[0].span()
                    yield span[0] + begin, span[0] + end, f"{{{name} or {word} + {quote}s{quote}}}"


def _ends(part: ast.JoinedStr, word: str) -> bool:
    """Return whether a text has an s behind the value of a word, once."""
    pairs = zip(part.values, part.values[1:], strict=False)
    return (
        sum(
            isinstance(one, ast.FormattedValue)
            and isinstance(one.value, ast.Name)
            and one.value.id == word
            and isinstance(after, ast.Constant)
            and re.match(r"s(?!\w)", str(after.value)) is not None
            for one, after in pairs
        )
        == 1
    )


FINDERS: tuple[Finder, ...] = (default_instead_of_none, plural_as_given)
SURE: tuple[Sure, ...] = ((default_surely, SURE_WORDS, 1), (plural_surely, SURE_WORDS, 1))

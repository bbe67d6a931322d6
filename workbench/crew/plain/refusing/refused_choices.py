"""What is refused beside some choices, or beside another value: `not one of LEVELS`, `if end is before start`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.judging.stated import parameters
from workbench.crew.plain.places import Finder, Sure, said_as, set_at_the_top
from workbench.crew.plain.refusing.members import Member, members_of_given, own_members
from workbench.crew.plain.refusing.refusals import Refusal, guard, plain_clause, refusal
from workbench.crew.plain.refusing.refused_numbers import is_named, is_number
from workbench.crew.slips.righted import Changed, Righted

_ITEM = r"(?:'[^'\n]+'|\"[^\"\n]+\"|`?[A-Z][A-Z0-9_]+`?)"
_CHOICES = re.compile(
    r"(?P<ahead>[^.;:!?]*?)\b(?:(?:not|n't) (?:one |any |a member )?(?:of|in|among)|none of|neither(?: of)?"
    r"|(?:anything |something |other )+(?:else )?(?:than|but))(?: either)?(?: the)?(?: \w+s)? "
    rf"(?P<all>{_ITEM}(?:(?:,| and| or| nor|, and|, or|, nor) {_ITEM})*)(?! (?:is|are) (?:ignored|kept))"
)
_UNKNOWN = re.compile(
    r"\b(?:(?:unknown|invalid|unsupported|no such) (?P<a>\w+)|(?P<b>\w+)(?: \w+)? (?:is|are) (?:not known|unknown"
    r"|invalid|not valid|unsupported)|(?P<c>\w+) that (?:does not|doesn't|do not|don't) exist"
    r"|(?P<d>\w+) (?:is|are)(?: not|n't) an? (?:known|valid|existing)|(?P<e>\w+) (?:does not|doesn't) exist)\b",
    re.IGNORECASE,
)
_SIGNS = {
    "before": "<",
    "earlier than": "<",
    "after": ">",
    "later than": ">",
    "less than": "<",
    "lower than": "<",
    "smaller than": "<",
    "fewer than": "<",
    "shorter than": "<",
    "below": "<",
    "under": "<",
    "more than": ">",
    "greater than": ">",
    "higher than": ">",
    "larger than": ">",
    "bigger than": ">",
    "longer than": ">",
    "above": ">",
    "over": ">",
    "beyond": ">",
    "the same as": "==",
    "equal to": "==",
    "equals": "==",
    "exceeds": ">",
    "exceed": ">",
}
_BESIDE = re.compile(
    r"(?P<a>[a-z_]\w*)`?(?: (?:is|are|was|lies|comes|starts|ends))?(?P<not>(?: not|n't))?"
    rf" (?P<sign>{'|'.join(_SIGNS)})(?: or (?P<too>equal to|on|the same as|at))?"
    r" (?:the |its |an? |their )?`?(?P<b>[a-zA-Z_]\w*)"
)
_PAID = re.compile(r"\b(?P<sign>less|more) (?:is |are |was )?(?P<a>\w+) than (?:the )?(?P<b>\w+)")
_SAME = re.compile(r"\b(?P<a>\w+) and (?:the )?(?P<b>\w+)`? (?:is|are) (?:both )?(?:the same|equal|identical)\b")
_OF_TIME = frozenset({"before", "after", "earlier than", "later than"})
_OPPOSITE = {"<": ">=", ">": "<=", "<=": ">", ">=": "<", "==": "!="}
_EMPTY = re.compile(
    r"\b(?P<a>\w+) (?:is|are) (?:empty|blank)\b|\b(?:empty|blank) (?P<b>\w+)|\b(?:no|without(?: any)?) (?P<c>\w+)"
)
_ONLY_BLANKS = re.compile(r"\b(?:blank|blanks|spaces?|white ?space)\b")
_GENERIC = frozenset({"list", "text", "string", "tuple", "dict", "dictionary", "set", "sequence"})


def refused_choices(changed: Changed) -> Iterator[Righted]:
    """Yield the function with an error where a parameter, or a field of one, is none of the values that are named."""
    wish = refusal(changed)
    if wish is None:
        return
    tops = {name: value for name, value in set_at_the_top(changed.tree) if name not in changed.own}
    for found in _CHOICES.finditer(wish.case):
        items = [item.strip("`") for item in re.findall(_ITEM, found["all"])]
        if any(item[0] not in "'\"" and item not in tops for item in items) or any('"' in item[1:-1] for item in items):
            continue
        texts = [f'"{item[1:-1]}"' if item[0] in "'\"" else item for item in items]
        is_many = len(texts) > 1 or (items[0] in tops and isinstance(tops[items[0]], _COLLECTION))
        choices = texts[0] if len(texts) == 1 else f"({', '.join(texts)})"
        for one in _told_of(changed, found["ahead"][-60:]):
            test = f"{one} not in {choices}" if is_many else f"{one} != {choices}"
            yield from _refused_as_unknown(changed, wish, test, one)
    for found in _UNKNOWN.finditer(wish.case):
        word = next(group for group in found.groups() if group)
        for one in _told_of(changed, word):
            label = one.rpartition(".")[2]
            known = [name for name, value in tops.items() if isinstance(value, _COLLECTION) and is_named(name, label)]
            known += [each.text for each in own_members(changed) if each.kind == "many" and _is_field_of(each, label)]
            for each in known[:2]:
                yield from _refused_as_unknown(changed, wish, f"{one} not in {each}", one)


_COLLECTION = (ast.List, ast.Tuple, ast.Set, ast.Dict, ast.Call, ast.ListComp, ast.DictComp, ast.SetComp, ast.BinOp)


def _is_field_of(one: Member, label: str) -> bool:
    return not one.text.endswith(")") and is_named(one.name, label)


def _refused_as_unknown(changed: Changed, wish: Refusal, test: str, one: str) -> Iterator[Righted]:
    label = one.rpartition(".")[2].replace("_", " ")
    name = one.partition(".")[0]
    if name == one and _may_be_none(changed, name):
        test = f"{name} is not None and {test}"
    yield from guard(changed, wish, test, f'f"unknown {label}: {{{one}}}"', name, shown=one)


def _told_of(changed: Changed, words: str) -> list[str]:
    """Return what words name: a parameter, else the field of one."""
    fields = [one.text for one in members_of_given(changed) if not one.text.endswith(")") and is_named(one.name, words)]
    if not fields and (named := [name for name in changed.names if is_named(name, words)]):
        return named[-1:]
    if fields:
        return fields if len(fields) == 1 else []
    texts = [name for name in changed.names if not is_number(changed, name)]
    return texts if len(texts) == 1 and not re.search(r"\b(?:if|when|for)\b(?! it\b| this\b).*\w", words) else []


def refused_beside(changed: Changed) -> Iterator[Righted]:
    """Yield the function with an error where a parameter is less, more or the same as something else that is named."""
    wish = refusal(changed)
    if wish is None:
        return
    every = own_members(changed)
    for pattern in (_BESIDE, _PAID, _SAME):
        for found in pattern.finditer(wish.case):
            groups = found.groupdict()
            said_sign = groups.get("sign") or "the same as"
            sign = _SIGNS[said_sign if said_sign in _SIGNS else f"{said_sign} than"]
            sign += "=" if groups.get("too") and sign != "==" else ""
            is_turned = bool(groups.get("not"))
            ahead = wish.case[: found.start("a")] + found["a"]
            if wanted := re.search(r"(?P<a>\w+) (?:must|should|has to|needs to)(?P<not> not|n't)?(?: be)?$", ahead):
                is_turned, first = not wanted["not"], wanted["a"]
            else:
                first = found["a"]
            sign = _OPPOSITE[sign] if is_turned else sign
            one = _parameter(changed, first, "")
            other = _other(changed, every, found["b"], one)
            if one and other and one != other and sign != "!=":
                said = _said(one, sign, other, is_time=said_sign in _OF_TIME)
                yield from guard(changed, wish, f"{one} {sign} {other}", said, one, other)


def _parameter(changed: Changed, word: str, other: str) -> str:
    named = [name for name in changed.names if name != other and is_named(name, word) and not changed.sets(name)]
    return named[0] if len(named) == 1 and not _may_be_none(changed, named[0]) else ""


def _may_be_none(changed: Changed, name: str) -> bool:
    one = parameters(changed.node)[name]
    kind = ast.unparse(one.node.annotation) if one.node.annotation else ""
    return one.written == "None" or re.search(r"\bNone\b|\bOptional\b", kind) is not None


def _other(changed: Changed, every: list[Member], word: str, one: str) -> str:
    """Return what a word means beside a parameter: another one, or what the object has."""
    if given := _parameter(changed, word, one):
        return given
    if fields := [each.text for each in every if each.name.strip("_") == word and each.kind in {"number", "other"}]:
        return fields[0]
    return ""


def _said(one: str, sign: str, other: str, *, is_time: bool) -> str:
    """Return the message of a comparison, as it is written in a file."""
    if sign == "==":
        return f'"{one} and {other} must differ"'
    if is_time:
        ways = {"<": "must not be before", "<=": "must be after", ">": "must not be after", ">=": "must be before"}
        return f'"{one} {ways[sign]} {other.removeprefix("self.").removesuffix("()")}"'
    ways = {"<": "at least", "<=": "more than", ">": "at most", ">=": "less than"}
    return f'f"{one} must be {ways[sign]} {{{other}}}, not {{{one}}}"'


def refused_where_empty(changed: Changed) -> Iterator[Righted]:
    """Yield the function with an error where a list or a text that it takes has nothing in it."""
    wish = refusal(changed)
    if wish is None:
        return
    for found in _EMPTY.finditer(wish.case):
        word = next(group for group in found.groups() if group)
        holding = [name for name in changed.names if _may_be_empty(changed, name)]
        named = [name for name in holding if is_named(name, word)]
        if not named and (word.lower() in _GENERIC or word == "it"):
            named = holding if len(holding) == 1 else []
        for name in named[-1:]:
            blanks = _ONLY_BLANKS.search(wish.case) and _is_text(changed, name)
            test = f"not {name}.strip()" if blanks else f"not {name}"
            yield from guard(changed, wish, test, f'"{name} must not be empty"', name)


def _is_text(changed: Changed, name: str) -> bool:
    kind = parameters(changed.node)[name].node.annotation
    return kind is None or ast.unparse(kind) == "str"


def _may_be_empty(changed: Changed, name: str) -> bool:
    """Return whether a parameter can be asked for being empty: it must be given, and is no number and no iterator."""
    one = parameters(changed.node)[name]
    if one.node.annotation is None:
        return one.default is None and not is_number(changed, name)
    kind = ast.unparse(one.node.annotation).strip("'\"")
    is_one = re.match(r"(?:str|bytes|list|tuple|dict|set|frozenset|Sequence|Collection|Mapping)\b(?!.*\| None)", kind)
    return one.written != "None" and is_one is not None


_SURE_CHOICE = re.compile(
    rf"(?:the )?`?(?P<a>\w+)`? is (?:not (?:one )?(?:of|in)|none of|neither)"
    rf" {_ITEM}(?:(?:,| and| or| nor|, or|, and) {_ITEM})*",
)
_SURE_BESIDE = re.compile(
    rf"(?:the )?`?(?P<a>\w+)`? is (?:not )?(?:{'|'.join(_SIGNS)})(?: or equal to)? (?:the )?`?(?P<b>\w+)`?"
)
_SURE_EMPTY = re.compile(r"(?:the |an? )?`?(?P<a>\w+)`? (?:is|are) empty")


def surely_refused_choices(changed: Changed) -> Iterator[Righted]:
    """Yield the same where one sentence says it, and names the parameters as the function has them."""
    for pattern, find in (
        (_SURE_CHOICE, refused_choices),
        (_SURE_BESIDE, refused_beside),
        (_SURE_EMPTY, refused_where_empty),
    ):
        found = pattern.fullmatch(plain_clause(changed))
        named = [one for one in found.groupdict().values() if one] if found else []
        if named and all(one in changed.names and not changed.sets(one) for one in named):
            yield from find(changed)


FINDERS: tuple[Finder, ...] = (refused_choices, refused_beside, refused_where_empty)
SURE: tuple[Sure, ...] = ((surely_refused_choices, said_as(r"\b(?:should|must|has to|needs to)\b"), 1),)

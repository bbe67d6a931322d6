"""What is given where there is nothing, or no key, as far as a task's words leave no doubt of it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.judging.stated import own_parts, parameters
from workbench.crew.plain.missing.missing_keys import another_key, another_than_none, value_of_missing
from workbench.crew.plain.missing.new_keys import from_nothing_on
from workbench.crew.plain.missing.nothing_there import FINDERS as WHERE_EMPTY
from workbench.crew.plain.missing.wished import wished
from workbench.crew.plain.places import Finder, Sure, distinct, parts, said_as, set_at_the_top
from workbench.crew.slips.righted import Changed, Righted

_ERROR = re.compile(
    r"\b(?:ValueError|IndexError|Zero ?Division ?(?:Error)?|StatisticsError|StopIteration)\b|\bdivi\w+ by (?:0|zero)\b"
    r"|\bis empty['\"]|\bempty sequence\b|\bout of range\b"
)
_CASE = re.compile(
    r"\b(?:if|when|where|for|with|without|while|as long as|before|after|of|on)\b[^.;]{0,60}?"
    r"\b(?:no|none|nobody|no one|nothing|empty|without an?y?|zero|0|not any|not had|has not|have not)\b"
    r"|\bbefore the first\b|\((?:\[\]|\{\}|\(\))\)|\bwithout any\b|\bfor an? [\w ]{1,20} without\b"
    r"|\b(?:is|are) (?:0|zero|empty)\b",
    re.IGNORECASE,
)
_IS_NOTHING = re.compile(
    r"\b([a-z_]\w*) (?:is|are|==) (?:0|zero|empty)\b|\bno ([a-z_]\w*)\b|\bwithout (?:any )?([a-z_]\w*)"
)
_STARTS_AT_ZERO = re.compile(r"\b(?:start|begin)s? (?:at|with|from) (?:0|zero)\b", re.IGNORECASE)
_OTHERWISE = (
    r"^(?!.*\b(?:unless|except|only|but|also|too|otherwise|logs?|logg\w+|warn\w*|prints?|messages?|flag|round\w*|and|or"
    r"|still|keeps?|negative|less than|below|above|more than|(?:is|are|be) (?-i:None)|some|every|each|both|one of"
    r"|(?:is|are) not (?:a|in)\b(?! (?:the|our))|fewer|less"
    r"|(?:long|old|larg|high|bigg|great|lat|earli)er than|all (?:the )?\w+ (?:is|are|have)"
    r"|(?:no|without(?: any)?) \w+ (?:with|has|have|had|above|from|who|whose|that|in (?!the\b|it\b|there\b)"
    r"|older|younger|longer|of the \w+)"
    r"|for \w+ (?:that|who|which) (?:we|you|they|(?:is|are|has|have|was)(?! (?:not|no|unknown|missing|never))))\b)"
)


def surely_where_empty(changed: Changed) -> Iterator[Righted]:
    """Yield the one change for where there is nothing, of a function that a task names, with its error or its list."""
    found = list(distinct(changed, (one for find in WHERE_EMPTY for one in find(changed))))
    value = wished(changed.task)
    if len(found) != 1 or not _is_named(changed) or not _fits(changed, value) or _does_more(changed):
        return
    names = {name for groups in _IS_NOTHING.findall(changed.task) for name in groups if name}
    mentioned = {name for name in changed.names if name in names}
    is_meant = all(re.search(rf"\b{re.escape(name)}\b", found[0].what) for name in mentioned)
    divisor = re.search(r"\bif (?P<name>\w+) == 0\b|\bif (?P<short>\w+) else\b", found[0].what)
    given = (divisor["name"] or divisor["short"]) if divisor else ""
    if given in changed.names and not re.search(rf"(?<!\w){given}(?!\w)", changed.task):
        # It is something else that is nothing.
        return
    is_told = _ERROR.search(changed.task) is not None or bool(mentioned) or _is_only_list(changed)
    if is_meant and is_told and _CASE.search(changed.task) and not _speaks_of_flag(changed):
        yield found[0]


def surely_under_key(changed: Changed) -> Iterator[Righted]:
    """Yield the one change for a key that is not there, where a function does nothing but look it up."""
    returned = [part for part in own_parts(changed.node) if isinstance(part, ast.Return)]
    looked_up = [part for part in parts(changed) if isinstance(part, ast.Subscript)]
    finders: list[Finder] = []
    if len(returned) == 1 and not looked_up and _is_named(changed):
        finders.append(another_than_none)
    if len(returned) == len(looked_up) == 1 and returned[0].value is looked_up[0] and "KeyError" in changed.task:
        finders.append(value_of_missing)
    if len(looked_up) == 1 and re.search(r"\bfall\w* back\b", changed.task) and _is_known(changed, looked_up[0]):
        finders.append(another_key)
    if _STARTS_AT_ZERO.search(changed.task) and "KeyError" in changed.task and len(looked_up) == 1:
        finders.append(from_nothing_on)
    found = list(distinct(changed, (one for find in finders for one in find(changed))))
    value = wished(changed.task)
    is_fit = (another_than_none not in finders and value_of_missing not in finders) or _fits(changed, value)
    if len(found) == 1 and is_fit and not _does_more(changed) and not _speaks_of_flag(changed):
        yield found[0]


def _is_named(changed: Changed) -> bool:
    """Return whether a task has the name of a function, or all words of it."""
    task = changed.task.lower()
    words = [one for one in changed.node.name.lower().split("_") if one]
    return all(re.search(rf"(?<![a-z]){re.escape(one)}", task) for one in words)


def _does_more(changed: Changed) -> bool:
    """Return whether a function may fail or go on otherwise, or gives several values, so that one is not enough."""
    for part in own_parts(changed.node):
        match part:
            case ast.Raise() | ast.Try() | ast.While() | ast.Return(value=ast.Tuple()):
                return True
    return False


def _is_only_list(changed: Changed) -> bool:
    """Return whether a task speaks of an empty list, and a function gets one, and nothing else."""
    return (
        len(changed.names) == 1 and re.search(r"\bempty list\b|\bthere are none\b|\(\[\]\)", changed.task) is not None
    )


def _speaks_of_flag(changed: Changed) -> bool:
    """Return whether a task names a parameter that switches something."""
    known = parameters(changed.node)
    kinds = {name: ast.unparse(one.node.annotation) if one.node.annotation else "" for name, one in known.items()}
    flags = {name for name, one in known.items() if kinds[name] == "bool" or one.written in {"True", "False"}}
    return any(re.search(rf"\b{re.escape(name)}\b", changed.task) for name in flags)


def _is_known(changed: Changed, part: ast.Subscript) -> bool:
    """Return whether the key that a task quotes is one of a table of the file, or in brackets behind its name."""
    tables = dict(set_at_the_top(changed.tree))
    table = tables.get(part.value.id) if isinstance(part.value, ast.Name) else None
    return isinstance(table, ast.Dict) or re.search(r"\w \(['\"]\w+['\"]\)", changed.task) is not None


def _fits(changed: Changed, value: str) -> bool:
    """Return whether a value is of the kind that a function says it gives, if it says one; a text stands for none."""
    kind = ast.unparse(changed.node.returns) if changed.node.returns else ""
    if not value or value in {"True", "False"}:
        return value != "" and kind in {"", "bool"}
    if value[:1] in "'\"":
        return len(changed.names) == 1 and "self" not in parameters(changed.node) and kind in {"", "str"}
    if re.fullmatch(r"-?\d+(?:\.\d+)?", value):
        return re.fullmatch(r"(?:int|float|Decimal|)(?: \| None)?|Optional\[(?:int|float)\]", kind) is not None
    begins = {"[]": "list", "{}": "dict", "()": "tuple", "set()": "set"}
    return value == "None" or not kind or kind.lower().startswith(begins.get(value, "?"))


SURE: tuple[Sure, ...] = (
    (surely_where_empty, said_as(_OTHERWISE), 1),
    (surely_under_key, said_as(_OTHERWISE), 1),
)

"""What the words of a task say of calls that must go on as they did, and of those that need not."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench import python_ast
from workbench.checks.trial_values import ANY
from workbench.crew.judging.stated import Function, parameters, stated

_NAMED = re.compile(r"\b([A-Z]\w*(?:Error|Exception|Iteration|Warning|Interrupt|Exit))\b")
_OF_ERRORS = re.compile(
    r"\b(?:rais|error|exception|fail|refus|reject|forbid|disallow|invalid|validat|ensure|check that|must |only|assert"
    r"|not allowed|complain)",
    re.IGNORECASE,
)
_OF_NOTHING = re.compile(r"\bnothing\b|\breturn value\b|no longer returns?\b|in place\b", re.IGNORECASE)
_AS_BEFORE = re.compile(r"\b(?:as before|as now|still|stays?|unchanged|without (?:it|them)|otherwise)\b", re.IGNORECASE)

_WISH_FOR_NONE = re.compile(
    r"\b(?:return|give|yield|produce|get|(?:must|should|shall|will|stays?|remains?|becomes?|kept|to) (?:be )?|->|→|=>)"
    r"\s?`*(?:just |plain |only |a )?None\b|\bNone`* (?:instead|rather)|\bNone`* (?:is|gets) (?:returned|given)",
    re.IGNORECASE,
)
_STATES_NONE = re.compile(r"\b(?:returns|gives|yields|returning|giving|returned) `*None\b", re.IGNORECASE)
_WISH = re.compile(r"\b(?:rather|should|must|wants?|needs?|instead|make|have it|let it|raise|return)\b", re.IGNORECASE)

_FAILS = re.compile(
    r"(?<!should )(?<!must )(?<!shall )(?<!to )(?<!will )(?<!let it )(?<!have it )"
    r"\b(?:fails?|crash(?:es)?|breaks?|ends?|dies|blows up)\b[^.;]{0,60}?\b(?:with|in|on)\s+(?:an?\s+)?`?"
    r"\w+(?:Error|Exception)\b"
    r"|\b(?:raises|gives|throws)\s+(?:an?\s+)?`?(?:ZeroDivision|UnboundLocal|Recursion|Attribute)Error\b"
)
"""How a task says that some calls fail today that should not."""

_LITERAL = r"-?\d+|None|True|False|'[^'\n]*'|\"[^\"\n]*\""
_STAYS = re.compile(
    rf"(?:\b(?P<name>[A-Za-z_]\w*)`? ?(?:==?|is|of) ?`?)?(?<![\w.])(?P<value>{_LITERAL})`? "
    r"(?:(?P<same>still (?:is|gives|returns|means)|stays|remains|keeps|goes on|works as|(?:is )?unchanged)"
    r"|(?:is|are) (?:still |also )?(?:fine|ok|okay|allowed|valid|accepted|good)|still works)\b"
)
_NEGATIVE = re.compile(r"\bnegative\b", re.IGNORECASE)
_OTHER_BOUND = re.compile(r"\b(?:zero|positive|non-?negative|nonnegative|at least 1|at least one|less than 1|< ?1)\b")
_ONE_VALUE = (
    r"\b(?:[Ii]f|[Ww]hen|[Ww]here) `?{name}`? ?(?:is|==?|equals) ?`?(?P<value>\d+|'[^'\n]*'|\"[^\"\n]*\")`?[ ,:]"
)
_MORE_VALUES = re.compile(
    r"\b(?:more|less|least|most|greater|larger|smaller|negative|positive|above|below|between|other|others|otherwise|else"
    r"|unless|not|or|any)\b|[<>]",
    re.IGNORECASE,
)


def may_raise(task: str) -> tuple[str, ...]:
    """Return the exceptions that a task speaks of; `ANY` where it speaks of errors and names none."""
    return tuple(dict.fromkeys(_NAMED.findall(task))) or ((ANY,) if _OF_ERRORS.search(task) else ())


def keeps_errors(task: str) -> bool:
    """Return whether a task says that something stays as it is."""
    return bool(_AS_BEFORE.search(task))


def mends_failure(task: str) -> bool:
    """Return whether a task is about calls that fail today, so that those which do not go on as they did."""
    return bool(_FAILS.search(task))


def may_be_none(task: str, node: Function) -> bool:
    """Return whether a task asks for None, or for nothing, to be returned in some case.

    A task that says what is returned today, and then what it wants instead, does not ask for it. One that asks for a
    parameter to be returned, which is None if not given, does.
    """
    if _OF_NOTHING.search(task) or _WISH_FOR_NONE.search(task):
        return True
    for found in _STATES_NONE.finditer(task):
        if not _WISH.search(re.sub(r"^[^.;,]{0,60}\binstead of\b", "", task[found.end() :])):
            return True
    names = [name for name, parameter in parameters(node).items() if parameter.written == "None"]
    returned = (
        rf"\breturn(?:s|ed|ing)?\b[^.;]{{0,40}}\b{name}\b|\b{name}\b[^.;]{{0,60}}\breturned\b" for name in names
    )
    return any(re.search(pattern, task) for pattern in returned)


def staying(task: str) -> Iterator[tuple[str, ast.expr, bool]]:
    """Yield the values for which a task says that they stay as they are, or stay allowed.

    Each comes with the name of its parameter, if it is said, and whether what the function gives must be the same.
    """
    for found in _STAYS.finditer(task):
        yield found["name"] or "", python_ast.parse(found["value"], mode="eval").body, found["same"] is not None


def refuses_negatives(task: str) -> bool:
    """Return whether a task speaks of negative numbers as of a case of their own, so that 0 and 1 are none of it."""
    return bool(_NEGATIVE.search(task)) and not _OTHER_BOUND.search(re.sub(r"at least zero", "", task))


def lone_value(task: str, name: str) -> ast.Constant | None:
    """Return the one value of a parameter of which a task says what happens; None where it says more, or nothing.

    The statement has the form `if count is 1`, and no other sentence speaks of another value.
    """
    told: list[ast.Constant] = []
    default = stated(task).get(name, "None")
    for sentence in re.split(r"(?<=[.;!?])\s+", task):
        if not re.search(rf"\b{name}\b", sentence):
            continue
        found = list(re.finditer(_ONE_VALUE.format(name=name), sentence))
        if len(found) == 1 and not _MORE_VALUES.search(sentence):
            value = python_ast.parse(found[0]["value"], mode="eval").body
            told += [value] if isinstance(value, ast.Constant) else []
            sentence = sentence.replace(found[0]["value"], "", 1)
        if {*re.findall(r"(?<![\w.])-?\d+(?![\w.])|'[^'\n]*'|\"[^\"\n]*\"", sentence)} - {default}:
            return None
    return told[0] if len(told) == 1 else None

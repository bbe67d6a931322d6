"""What a task says of the one new parameter that it wishes for: its name, its default and what calls give for it."""

from __future__ import annotations

import ast
import keyword
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from workbench import python_ast
from workbench.crew.judging.stated import parameters, stated
from workbench.crew.plain.places import parts, said_as
from workbench.crew.slips.righted import Changed

_KIND = r"(?:parameter|argument|option|keyword|kwarg)"
_WHICH = r"(?:(?:new|optional|keyword|first|second|third|fourth|last|extra|additional|further|own)[ ,]+)*"
_NO_NAME = (
    r"(?!(?:to|for|of|with|that|which|in|on|so|and|or|is|by|from|at|as|must|should|may|can|will|if|when|where|whose|what"
    r"|how|the|a|an|it|its|they|we|you|only|just|then|too|also|here|there|now|instead|without|like|telling|saying|giving"
    r"|controlling|specifying|limiting|meaning|defining|deciding|setting|called|named|whether|because|but|not|number of"
    rf"|(?:new|optional|first|second|third|fourth|last|extra|additional|further|other|different|whole|same)\b"
    rf"|{_KIND})\b)"
)
_NAME = rf"{_NO_NAME}([a-z_]\w*)\b(?!\()"
_LETS = r"\b(?:let|lets|allow|possible|able|callers?|choose|can|could|want|would like|make)\b"
_NAMINGS = tuple(
    said
    for said in (
        re.compile(rf"\b{_KIND}(?: called| named)?\s+{_NAME}"),
        re.compile(
            rf"\b(?:the|an?|its|another)\s+{_NAME}(?: (?:to|of|for) [\w.]+)? as (?:an? |its |the )?{_WHICH}{_KIND}\b"
        ),
        re.compile(
            rf"{_LETS}[^.;]*\b(?:choose|give|pass|set|change|decide|specify|override|configure|say)"
            rf" (?:the|an?|another|an?other|a different|their own|its own|his own)"
            rf" (?:number of )?{_NAME}",
            re.IGNORECASE,
        ),
        re.compile(
            r"\b(?:have|take|takes|accept|accepts|get|gets|has|need|needs|want|wants|add|give|gain)\b[^.;]{0,40}?"
            rf"\ban? (?:new |extra )*(?:optional|additional) {_WHICH}{_NAME}",
            re.IGNORECASE,
        ),
        re.compile(
            rf"\b[Mm]ake the {_NAME}(?: of [\w.]+)? (?:configurable|adjustable|an? (?:\w+ )?{_KIND})\b",
        ),
        re.compile(rf"\b{_KIND} for the {_NAME}"),
    )
)
_GIVEN = re.compile(r"(?<![\w.])([a-z_]\w*)=(?=[-\d'\"\[(]|None\b|True\b|False\b|[a-z]+\()")
_LITERAL = (
    r"(?:-?\d+(?:\.\d+)?(?![\w.]*\w)|'[^'\n]*'|\"[^\"\n]*\"|None|True|False"
    r"|(?!(?:By|The|It|This|That|An?|If|Without|Default|Otherwise|As|In)\b)[A-Z]\w+)"
)
_DEFAULTS = (
    re.compile(rf"\bdefault(?:s to|ing to| of| value(?: of| is)?| is|:|)\s+(?!is\b)({_LITERAL})"),
    re.compile(
        rf"(?<![\w'\"])({_LITERAL}),? (?:by|(?:(?:is|stays|remains|being) )?(?:as )?(?:its |the )?)\s?default\b"
    ),
    re.compile(
        rf"(?<![\w'\"])({_LITERAL}),? (?:if|when|where|unless) (?:it(?:'s| is)|none is|nothing is|not)(?: not)? given"
    ),
    re.compile(
        r"\b(?:[Ww]ithout|[Oo]therwise|[Dd]efault|omitted|not given)\b[^.;]{0,40}?"
        rf"\b(?:stays?|remains?|still|keeps?|is|uses?)(?: at| with| as)? ({_LITERAL})(?= as\b|\s*(?:[.;,)]|$))"
    ),
    re.compile(rf"\b(?:stays?|remains?)(?: at)? ({_LITERAL}),? (?:by default|without|if not given|otherwise)\b"),
)
_FOR_WHICH = re.compile(rf"\b{_KIND} [a-z_]\w*(?:=\S+)? to ([A-Za-z_][\w.]*\w)(?=[.,:;(]|\s|$)")
_ASKS = said_as(rf"\b{_KIND}\b|\boptional\b|{_LETS}|\bconfigurable\b")
_OTHERWISE = said_as(
    rf"\b(?:do not|don't|does not|doesn't|no longer|never|no|adding)(?: \w+){{0,4}} {_KIND}\b"
    rf"|\b(?:remove|drop|rename|deprecate|replace)\b[^.;]*\b{_KIND}\b"
    rf"|\bfirst {_KIND}\b|\b(?:required|mandatory|obligatory|positional)\b|\bmust (?:be given|give)\b"
)
"""Words of a parameter that is not wished for, or not as the last one that may be left out."""

SURE_WORDS = said_as(
    r"^(?!.*\b(?:unless|except|also|rais\w*|instead(?! of None)|negative|both|longer|too|twice|but|store\w*|log\w*"
    r"|refus\w*|check\w*|remov\w*|must|never|sort\w*|renam\w*|version|in front|empty|blank|case|strip\w*"
    r"|print\w*|document\w*|docstring|whole|entire|free|callable|function (?:that|which|to)|called if"
    r"|for the (?:first|second|third|last)|only (?:for|if|when)"
    r"|(?:then|and) (?:return|write|add|put|show|use)|(?:if|when) (?!(?:it|none|nothing|not)\b)"
    r"|(?:if|when) it(?:'s| is) (?!(?:not )?(?:given|set|passed|missing|omitted|left|None|there)\b))\b)"
)
"""Words of a task that say nothing beside the parameter."""


_GOES_ON = said_as(
    r"^(?:and |then |but )?(?:without\b|(?:by|the|its|as) default|default|otherwise|if (?:it|none|nothing|not)\b"
    r"|(?:when|where) (?:it|none|nothing|not)\b|(?:it|this|that) (?:stays|remains|is|defaults|should|works)\b"
    r"|(?:so|e\.?g|for (?:example|instance)|as (?:now|before)|everything|nothing|all|those|these|they|only|just)\b"
    r"|with (?:\w+ ?=|it|that|none)\b"
    r"|.*\b(?:stays?|remains?|is|are|be)(?: still)? (?:the|its|our|as)\b.*\b(?:default|now|before)\b"
    r"|.*\b(?:by|as) default\b|\W*$|\W*[\w.]+(?:\(|=))"
)
"""How a sentence begins that says more of a parameter, and nothing beside it."""


def says_more(task: str) -> bool:
    """Return whether a sentence behind the one with the parameter is of something else: another case, or wish."""
    clauses = re.split(r"(?<!e\.g)(?<!\.)[.;] +", " ".join(task.split()))
    asks = [place for place, one in enumerate(clauses) if _ASKS.search(one)]
    return bool(asks) and any(not _GOES_ON.search(one) for one in clauses[asks[0] + 1 :])


@dataclass(frozen=True)
class Wish:
    """A new parameter as a task has it.

    Attributes:
        name: its name.
        default: its default as code, or a word that may be one; empty where none is told.
        examples: what calls in the task give for it.
    """

    name: str
    default: str
    examples: list[object] = field(default_factory=list)


def wish_of(changed: Changed) -> Wish | None:
    """Return the one new parameter that a task wishes for; None where it names none, several, or one that is there."""
    task = changed.task.replace("`", "")
    called = dict(_given(task))
    names = _names(changed, task, called)
    if len(names) != 1 or "\ufeff" in changed.lines.text or _OTHERWISE.search(task):
        return None
    (name,) = names
    told = {one for pattern in _DEFAULTS for one in pattern.findall(task)} | {*filter(None, [stated(task).get(name)])}
    senses = {_sense(one) for one in told}
    if is_taken(changed, name) or len(senses) > 1:
        return None
    return Wish(name, min(told, default=""), called.get(name, []))


def is_spelt(changed: Changed) -> bool:
    """Return whether a task has the function's name, and names no other one that the parameter is for."""
    others = {one.rpartition(".")[2] for one in _FOR_WHICH.findall(changed.task.replace("`", ""))}
    if others - {changed.node.name}:
        return False
    return re.search(rf"(?<!\w){re.escape(changed.node.name)}(?!\w)", changed.task) is not None


def is_taken(changed: Changed, name: str) -> bool:
    """Return whether a function speaks of something by a name already, its own or one from around it."""
    outer = [part.names for part in parts(changed) if isinstance(part, ast.Global | ast.Nonlocal)]
    return name in changed.own or bool(changed.looks(name)) or any(name in names for names in outer)


def _names(changed: Changed, task: str, called: dict[str, list[object]]) -> set[str]:
    """Return the names that a task has for parameters that are not there, those of the plainest words alone."""
    known = {*parameters(changed.node), changed.node.name, "self", "cls"}
    for pattern in _NAMINGS:
        found = {name for name in pattern.findall(task) if not keyword.iskeyword(name)}
        if found - known:
            return found - known
        if found:
            # It speaks of one that is there.
            return set()
    return {*called} - known


def _given(task: str) -> Iterator[tuple[str, list[object]]]:
    """Yield the names that values are given for in a task, each with these values."""
    found: dict[str, list[object]] = {}
    for given in _GIVEN.finditer(task):
        rest = re.match(rf"{_LITERAL}", task[given.end() :])
        found.setdefault(given[1], []).extend([_value(rest[0])] if rest else [])
    yield from found.items()


def _value(text: str) -> object:
    try:
        return python_ast.literal_eval(text)
    except (SyntaxError, ValueError):
        return text


def _sense(text: str) -> str:
    return repr(_value(text))

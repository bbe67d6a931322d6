"""What a task says by example that calls of a function should give: `initials('ann lee') should be 'A.L.'`."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from workbench import python_ast
from workbench.crew.judging.stated import Function, needed

MOST = 6
"""Examples of one task that are looked at."""

_LONGEST = 200
"""Characters of a call, or of a value."""

_PLACES = 2 * MOST
"""Places of a task at which a call, or a value, is looked for."""

_SHOULD = r"(?:should|must|shall|ought to|has to|needs to)"
_GIVES = r"(?:gives?|returns?|is|makes?|yields?|becomes?|comes? out as|be|read|say|means?|->|=>|==|→)"
_SAYS = re.compile(
    r"[`,]?(?:\. (?:That|This)(?: one)?)?\s*"
    rf"(?:(?P<wish>{_SHOULD})\s+)?(?:(?:now|also|still|then|just|only|rather|instead)\s+)*(?P<verb>{_GIVES})"
    r"(?:\s+(?:now|just|only))?\s+`?",
    re.IGNORECASE,
)
_RAISES = re.compile(
    r"[`,]?\s*(?:raises|fails with|crashes with|ends (?:in|with)) (?:an? )?`?[A-Z]\w+`?", re.IGNORECASE
)
_LATER = re.compile(
    rf"(?:\b{_SHOULD}(?: rather| really| instead| just)* (?:give|return|be|read|say)|\b[Mm]ake it"
    r"|\bso that it(?: is| gives| returns)|\b[Rr]eturn)(?: rather| instead| just)? `?(?=[\w'\"\[({-])",
)
_OF_ANOTHER = re.compile(r"['\"\])}]`?\s+$")
"""What stands before a wish that is for another value: `'a' gives 'b', but 'c' should give 'd'`."""

_NOT_BUT = re.compile(r"`?,? (?:instead of|rather than|and not|not|but not) `?", re.IGNORECASE)
_ENDS = re.compile(
    r"[`\s]*(?:$|[.;:!?)\]](?:\s|$)|,(?!\d)"
    r"|(?:and|but|now|today|then|instead|because|so|while|rather|not|too|as well|-|–)\b)"
)
"""What stands behind a value that is all there is: not `1 h 30 min`, nor `'a' for one and 'b' otherwise`."""

_IN_A_CASE = re.compile(
    r"(?i:\b(?:if|unless|when|with|on|where|while|given|after|before|wrong|not so|only)\b)[^.;:]*$"
    r"|\bfor [A-Z][^.;:]*$"
)
"""What stands before a call that is about a case of it."""

_OF_A_CASE = re.compile(
    r"(?i:\b(?:if|unless|when|where|given|only)\b|\bwith (?:an? |the )?\w+(?:=| (?:is |of )?(?=[\d'\"TFN])))[^.;:]*$"
)
"""What stands before a value that is about a case of it; `with dots in it` is what the value is like."""

_OPEN = re.compile(r"(?:^|[:;,.(]|\bthat|\bso|\bas in|\bsuch as)\s*`?$", re.IGNORECASE)
"""What stands before a value that is what is given."""

_AND_MORE = re.compile(r"`?,? (?:and|or) `?[\w'\"\[({-]*\d|`?,? (?:and|or) `?['\"\[({]")
"""What stands behind a value that is one of several."""

_GOES_ON = re.compile(r"`?\s*(?:[-+*/%|&^@](?=\s*[\w'\"(\[])|\.\w|\[|\bif\b)")
"""What stands behind a value that is a part of a longer expression."""

_SAME = re.compile(r"`?,? (?:is|means|should be|should mean|gives) the same as `?")
_TAKES_TOO = re.compile(
    r"\b(?:accepts?|takes?|allows?|understands?|reads?|parses?) `?(?P<one>\S+?)`? (?P<how>as well as|like)"
    r" `?(?P<other>\S+)",
    re.IGNORECASE,
)
"""How a task says that one thing is to be taken as another one is."""

_TAKES = re.compile(
    r"\b(?:accept|understand|tak|allow|pars|read|ignor|recogni[sz]|support|handl|cop[ey])\w*\b", re.IGNORECASE
)
_REFUSES = re.compile(
    r"\b(?:rais\w+|refus\w+(?! as)|reject\w*|errors?|not|never|no longer|unless|without|stays?|still|instead|default\w*"
    r"|gives?|returns?|becomes?|is the same|behind|around|in front of|at the (?:end|start|beginning))\b"
    r"|['\"] as (?:the|an?|its)\b|\w+Error\b|n't\b|->|=>|→",
    re.IGNORECASE,
)
_TEXT = re.compile(
    r"(?<![\w'\"(])(?<!\bis )(?:'[^'\n]{3,60}'|\"[^\"\n]{3,60}\"|(?:'[^'\n]{1,2}'|\"[^\"\n]{1,2}\")"
    r"(?! (?:for|as|between|before|after|in|at|with)\b))(?![\w(]|\.\w| [a-z]{3,}s\b)"
)
"""A text of a task; a short one, or one of a kind (`'https://' links`), is often but a part of what is taken."""

_OF_PARAMETERS = re.compile(r"\b(?:parameter|argument|option|keyword)s?\b", re.IGNORECASE)
_OF_A_PART = re.compile(
    r"\b(?:suffix|prefix|ending|extension|unit|separator|sign|letter|character|symbol|scheme|zone|key|flag|part|encoding"
    r"|mode|order|operator)(?:e?s)?\b[^'\"]*$"
)
"""What stands before texts that are a part of what is taken."""

_LEADS = re.compile(
    r"\b(?:accept|understand|take|allow|recogni[sz]e|support)s?\b[^'\"(]{0,60}"
    r"|\b(?:like|such as|e\.g\.|for example)\s*(?=['\"])",
    re.IGNORECASE,
)
"""What stands before texts that are to be taken."""

_NUMBERS = frozenset({"int", "float", "Decimal", "Fraction"})

_BARE = re.compile(r"(?=[^\W_]*\d)[\w.:/,+-]*\w")
"""A value without quotes that is a text, such as 9.30."""

_AHEAD = re.compile(r"(?:^|[\s(`])(?=['\"\[{(])")
_OF_A_NUMBER = re.compile(
    r"(?<![\w.,'\"+*/%=-])(?<!\b[a-z] )(?P<value>-?\d+(?:\.\d+)?)(?: (?P<unit>[a-z]{1,8}))?"
    r"(?= (?:becomes|should (?:be|become|give|read|say)) )"
)
"""A number, with its unit or without, of which a task says what it becomes: `90 becomes '1 h 30 min'`."""

_UNITS = re.compile(
    r"(?:\w*_)?(?P<unit>(?:milli|micro)?seconds?|secs?|ms|min(?:ute)?s?|hours?|days?|weeks?|months?|years?|cents?|euros?"
    r"|dollars?|pence|pounds?|(?:kilo|milli)?grams?|(?:kilo|centi|milli)?met(?:re|er)s?|km|cm|mm|miles?|feet|inch(?:es)?"
    r"|(?:kilo|mega|giga)?bytes?)"
)
"""A parameter that says in which unit its numbers are."""

_IS_VALUE = re.compile(
    r"(?:^|[:;,(.!?]|\b(?:that|so|such as|as in)|(?:['\"]|['\"\d],) (?:and|but))\s*`?$", re.IGNORECASE
)
"""What stands before a number that is what is given: not `more than 90`, `the default of 3` nor `3 and 4`."""

_BEHIND_A_CASE = re.compile(
    r"(?:^|[.:;!?(]\s*)(?:in|from|for|at|with|without|by|on|under|over|above|below|after|before|until|between)\b"
    r"[^.:;!?]*,[^.:;!?]*$",
    re.IGNORECASE,
)

_IS_CALLED = re.compile(r"`?\s*(?:should|must|shall) (?:be|read|say)\b")
_ONE_SIGN = re.compile(r"'[^\w']'|\"[^\w\"]\"")
_VALUES = (ast.Constant, ast.Tuple, ast.List, ast.Dict, ast.Set, ast.UnaryOp, ast.Load, ast.USub)
_MADE = frozenset({"date", "datetime", "time", "timedelta", "Decimal", "Fraction", "set", "frozenset"})


@dataclass(frozen=True)
class Said:
    """One example: a call, what it should give, and what it gives today if that is said, as expressions of the file."""

    call: str
    wanted: str
    today: str = ""
    is_like: bool = False
    """Whether what is wanted is what another call gives, today as then."""
    is_taken: bool = False
    """Whether it is only wanted that the call gives something, where it raises an error today."""

    @property
    def question(self) -> str:
        """An expression that is true where the example holds."""
        if self.is_taken:
            return f"({self.call},) != ()"
        if re.fullmatch(r"-?\d+\.\d+", self.wanted):
            return f"abs(({self.call}) - ({self.wanted})) < 1e-9"
        return f"({self.call}) == ({self.wanted})"

    @property
    def question_of_today(self) -> str:
        """An expression that is true where the task is right about today, of which it may say nothing."""
        if self.is_like:
            return f"({self.wanted}) == ({self.wanted})"
        return f"({self.call}) == ({self.today})" if self.today else "True"


def said_examples(task: str, name: str, node: Function) -> tuple[Said, ...]:
    """Return what a task says that calls should give; what it says of today stands there too, where that is not told.

    Args:
        task: what is asked.
        name: the function's qualified name; a method is called on something that no example shows.
        node: the function.
    """
    if "." in name:
        return ()
    every = [*_of_calls(task, name), *_of_values(task, name, node), *_of_numbers(task, name, node)]
    every += _taken_too(task, name, node)
    known = {one.call for one in every}
    found = dict.fromkeys([*every, *(one for one in _taken(task, name, node) if one.call not in known)])
    # Of a call that is to give two things something else was said.
    told = [one.call for one in found]
    return tuple(one for one in found if told.count(one.call) == 1)[:MOST]


def _of_calls(task: str, name: str) -> Iterator[Said]:
    """Yield what is said of calls that are written out."""
    for place in islice(re.finditer(rf"(?<![\w.]){re.escape(name)}\(", task), _PLACES):
        call, end = _call(task, place.start())
        if call and not _IN_A_CASE.search(task[: place.start()]) and (found := _said(task, end)):
            yield Said(call, *found)


def _the_one(node: Function) -> ast.arg | None:
    """Return the parameter of a function that takes one thing; None of one that takes several."""
    given = needed(node)
    return given[0] if len(given) == 1 and node.args.vararg is None else None


def _taken_too(task: str, name: str, node: Function) -> Iterator[Said]:
    """Yield what is to be taken as another value is, of a function that takes one text: `accept 9.30 as well as 9:30`.

    Either may be the one that is taken today.
    """
    if (given := _the_one(node)) is None:
        return
    is_text = given.annotation is not None and ast.unparse(given.annotation) == "str"
    for found in islice(_TAKES_TOO.finditer(task), _PLACES):
        one, other = (_text(found[which], is_text) for which in ("one", "other"))
        # One thing that is taken `as well as` another need not mean what that means.
        is_same = found["how"].lower() == "like" or _without_signs(one) == _without_signs(other)
        if one and other and is_same:
            yield Said(f"{name}({one})", f"{name}({other})", is_like=True)
            yield Said(f"{name}({other})", f"{name}({one})", is_like=True)


def _may_make_number(part: ast.AST) -> bool:
    """Return whether a number is made, or may be by another function of the file."""
    match part:
        case ast.Name(id=name):
            return name in _NUMBERS
        case ast.Call(func=ast.Name(id=name)):
            return name[0].islower() and not hasattr(builtins, name)
    return False


def _without_signs(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _taken(task: str, name: str, node: Function) -> Iterator[Said]:
    """Yield the texts that a function is to take, and does not today: `understand short forms too: 'mon', 'tue'`."""
    given = _the_one(node) if _TAKES.search(task) and not _OF_PARAMETERS.search(task) else None
    if given is None or _looks_in(node, given.arg):
        return
    texts = [quoted[0][1:-1] for quoted in _TEXT.finditer(task)]
    makes_numbers = any(map(_may_make_number, ast.walk(node)))
    for sentence in re.split(r"(?<=[.;!?])\s+(?=[A-Z`_a-z])", task):
        if _REFUSES.search(sentence):
            continue
        for lead in islice(_LEADS.finditer(sentence), 2):
            if _OF_A_PART.search(sentence, lead.start(), lead.end()):
                continue
            for quoted in islice(_TEXT.finditer(sentence, lead.end()), 4):
                text = quoted[0][1:-1]
                is_a_part = any(text in other and text != other for other in texts)
                # Where numbers are read, a word is hardly all that is given: `kb` is a unit.
                if not is_a_part and not (makes_numbers and text.isalpha()):
                    yield Said(f"{name}({quoted[0]})", "a value, and no error", is_taken=True)


def _looks_in(node: Function, name: str) -> bool:
    """Return whether a parameter is no text, by how a function looks at it: `config['mode']`, `config.get('mode')`."""
    for part in ast.walk(node):
        match part:
            case ast.Subscript(value=ast.Name(id=owner), slice=ast.Constant(value=str())) if owner == name:
                return True
            case ast.Attribute(value=ast.Name(id=owner), attr=attr) if owner == name and not hasattr(str, attr):
                return True
    return False


def _text(word: str, is_text: bool) -> str:
    """Return a word of a task as a text of Python; nothing where it is none."""
    quoted = re.match(r"'[^']+'|\"[^\"]+\"", word)
    bare = _BARE.match(word) if is_text else None
    return quoted[0] if quoted else repr(bare[0]) if bare else ""


def _of_values(task: str, name: str, node: Function) -> Iterator[Said]:
    """Yield what is said of values alone, where a function takes one: `'7.30' is the same as '7:30'`."""
    if _the_one(node) is None:
        return
    calls = islice(re.finditer(r"\b\w+\(", task), _PLACES)
    spans = [(one.start(), _call(task, one.start())[1]) for one in calls]
    for place in islice(_AHEAD.finditer(task), _PLACES):
        begin = place.end()
        if (
            not _OPEN.search(task[:begin])
            or _OF_A_CASE.search(task[:begin])
            or any(first < begin < last for first, last in spans)
        ):
            continue
        value, end = _value(task, begin)
        if not value:
            continue
        if same := _SAME.match(task, end):
            other, _ = _value(task, same.end())
            if other:
                yield Said(f"{name}({value})", f"{name}({other})")
        elif not _IS_CALLED.match(task, end) and (found := _said(task, end)):
            # A sign that becomes another is one of what is written.
            if _ONE_SIGN.fullmatch(value) and _ONE_SIGN.fullmatch(found[0]):
                continue
            yield Said(f"{name}({value})", *found)


def _of_numbers(task: str, name: str, node: Function) -> Iterator[Said]:
    """Yield what is said of numbers alone, where a function takes one number: `90 becomes '1 h 30 min'`."""
    given = _the_one(node)
    if given is None or given.annotation is None or ast.unparse(given.annotation) not in _NUMBERS - {"Fraction"}:
        return
    for found in islice(_OF_A_NUMBER.finditer(task), _PLACES):
        ahead = task[: found.start()]
        is_of_a_case = _OF_A_CASE.search(ahead) or _BEHIND_A_CASE.search(ahead)
        own, unit = _UNITS.fullmatch(given.arg), found["unit"]
        if own and unit and not own["unit"].startswith(unit.removesuffix("s")):
            continue
        if _IS_VALUE.search(ahead) and not is_of_a_case and (said := _said(task, found.end())):
            yield Said(f"{name}({found['value']})", *said)


def _said(task: str, end: int) -> tuple[str, str] | None:
    """Return what should be given by what stands before `end` in a task, and what is given today; None if not said."""
    if _RAISES.match(task, end):
        told = _later(task, end)
        return (told, "") if told else None
    says = _SAYS.match(task, end)
    if says is None or (says["verb"].lower() in {"be", "read", "say"} and not says["wish"]):
        return None
    value, after = _value(task, says.end())
    if not value or not (_ENDS.match(task, after) or _NOT_BUT.match(task, after)):
        told = _later(task, end) if value else ""
        return (told, "") if told else None
    if says["wish"] or _NOT_BUT.match(task, after):
        return value, ""
    told = _later(task, after)
    return (told, value) if told else (value, "")


def _later(task: str, begin: int) -> str:
    """Return the one value that a task says is wished for after a place, and before another call; nothing if none."""
    rest = task[begin:]
    rest = rest[: other.start()] if (other := re.search(r"\b[a-z_]\w*\(", rest)) else rest
    wishes = list(_LATER.finditer(rest))
    if any(_IN_A_CASE.search(ahead) or _OF_ANOTHER.search(ahead) for ahead in (rest[: one.start()] for one in wishes)):
        return ""
    found = [_value(rest, one.end()) for one in wishes]
    values = {value for value, end in found if _ENDS.match(rest, end) and not _AND_MORE.match(rest, end)}
    return values.pop() if len(values) == 1 == len(found) else ""


def _call(task: str, begin: int) -> tuple[str, int]:
    """Return the call with values that begins at a place of a task, and where it ends; nothing if there is none."""
    for text, stop, node in _parsed(task, begin, lambda text: text.endswith(")")):
        if isinstance(node, ast.Call) and all(map(_is_value, (*node.args, *(one.value for one in node.keywords)))):
            return _alone(task, begin, text, stop)
    return "", begin


def _value(task: str, begin: int) -> tuple[str, int]:
    """Return the longest value that begins at a place of a task, and where it ends; nothing if there is none."""
    best, end = "", begin
    for text, stop, node in _parsed(task, begin, lambda text: text[-1] != "." and text.count("(") <= text.count(")")):
        if not _is_bare_tuple(node, text) and _is_value(node):
            best, end = text, stop
    return _alone(task, begin, best, end)


def _parsed(task: str, begin: int, may_be: Callable[[str], bool]) -> Iterator[tuple[str, int, ast.expr]]:
    """Yield the expressions that begin at a place of a task and end with a word, where each ends, and its tree."""
    for stop in range(begin + 1, min(len(task), begin + _LONGEST) + 1):
        text, rest = task[begin:stop], task[stop : stop + 1]
        if rest.isalnum() or (rest and rest in "_'\"") or (rest and text[-1] in " \n") or not may_be(text):
            continue
        try:
            yield text, stop, python_ast.parse(text, mode="eval").body
        except (SyntaxError, ValueError, MemoryError):
            continue


def _alone(task: str, begin: int, text: str, end: int) -> tuple[str, int]:
    """Return an expression and its end; nothing where it is a part of a longer one."""
    return ("", begin) if text and _GOES_ON.match(task, end) else (text, end)


def _is_bare_tuple(node: ast.expr, text: str) -> bool:
    """Return whether values only stand one after the other."""
    if not isinstance(node, ast.Tuple):
        return False
    return not text.startswith("(") or not isinstance(python_ast.parse(f"f{text}", mode="eval").body, ast.Call)


def _is_value(node: ast.expr) -> bool:
    """Return whether an expression is written out: constants, what holds them, and dates and the like."""
    for part in ast.walk(node):
        match part:
            case ast.Call(func=ast.Name(id=name)) | ast.Name(id=name) if name in _MADE:
                continue
            case _ if not isinstance(part, _VALUES):
                return False
    return True

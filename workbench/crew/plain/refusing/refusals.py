"""A wish to refuse something: the error that a task wants raised, its message, and the guard that raises it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from workbench import python_ast
from workbench.crew.judging.stated import own_parts, work_of
from workbench.crew.plain.places import class_around, put
from workbench.crew.slips.righted import Changed, Righted

_ERROR = r"(?:(?:an?|the|its|our) )?`?(?P<error>[A-Z]\w*)`?"
_MODAL = r"(?:should|must|shall|ought to|has to|have to|needs? to|can|could|would)"
_ADVERBS = r"(?:(?:also|then|rather|just|simply|instead|always|at once|immediately|now|please|in that case),? )*"
_RAISES = re.compile(
    rf"\b(?i:(?:raise|throw|fail with|end (?:in|with)|stop with|result in|lead to)"
    rf"|{_MODAL} {_ADVERBS}(?:be|mean|give|get|cause)"
    rf"|(?:refuse[ds]?|reject(?:ed|s)?|answer(?:ed)?|expect|prefer|want|like|get|have)\b[^.;:!?\n]{{0,40}}?(?: with)?)"
    rf" {_ERROR}(?!\w)"
    rf"|(?<!\w)(?:An? |The )?`?(?P<passive>[A-Z]\w*)`? {_MODAL} {_ADVERBS}be (?:raised|thrown)\b",
)
_STATED = re.compile(rf"\b(?:raises|throws) {_ERROR}(?!\w)")
_NO_WISH = re.compile(
    r"(?:\b(?:not|never|no longer|no more|instead of|rather than|without|stops?|used to|they|we|you|calls|does|did)"
    r"|n't)(?: (?:to|be|also|always|just|simply|anymore|ever|a|an|have))* ?$",
    re.IGNORECASE,
)
_ANY_ERROR = re.compile(r"\b([A-Z]\w*(?:Error|Exception))\b")
_OF_TODAY = re.compile(
    r"\b(?:instead of|not|rather than|crash\w* with|fail\w* with|end\w* (?:in|with)|raises|throws|gives|with|by|to)"
    r"(?: an?| the)? `?$"
)
_UNNAMED = re.compile(
    r"\b(?:refuse[ds]?|reject(?:ed|s)?|forbid|forbidden|disallow(?:ed)?|raise (?:an? |the )?(?:error|exception)"
    r"|(?:must|should|may|can|shall)(?: not|n't|not) (?:be )?(?:accept|allow|possible|permit|take|let)(?:ed)?)\b",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    r"\b(?:unless|except(?! ?ion)|only (?:if|when|for)|optional|parameter|argument|option|keyword|flag to"
    r"|warn(?:s|ing)?|rather than rais\w+|instead of rais\w+"
    r"|(?:not|never|no longer) (?:raise|throw|fail|crash)|(?<!or )return\w* (?:None|True|False|-?\d|\[\]|''|\"\"))\b"
    r"|n't (?:raise|throw|fail|crash)\b",
    re.IGNORECASE,
)
_PLAIN = re.compile(
    r"`?(?:\w+\.)?\w+`?(?:\(\))? (?:should|must|has to|needs to) (?:also |then )?(?:raise|throw) an? `?\w+`? "
    r"(?:if|when) (?P<clause>[^.;:!?]{1,100})\.?"
)
_MESSAGE = re.compile(
    r"(?:\b(?:messages?|text|sa(?:y|ys|ying)|reads?|reading)\b[^.;'\"]{0,30}?|\w(?:Error|Exception)`?[ (:]{1,2})"
    r"(?:'(?P<one>(?:[^'\n]|'(?=\w)|(?<=\s)'[^'\n]*')+)'|\"(?P<two>[^\"\n]+)\")(?!\w)"
)
_NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.]*\w)")
_ERRORS = frozenset(
    {"ValueError", "TypeError", "IndexError", "KeyError", "LookupError", "OverflowError", "RuntimeError"}
    | {"PermissionError", "ArithmeticError", "Exception"}
)


@dataclass(frozen=True)
class Refusal:
    """What a task wants raised: the error, the message that it shows, and the words beside that.

    Attributes:
        is_named: whether the task names the error and wishes for it in so many words.
    """

    error: str
    message: str
    case: str
    is_named: bool


def refusal(changed: Changed) -> Refusal | None:
    """Return what a task wants refused with an error; None where it does not, or the function is a generator."""
    task = " ".join(changed.task.split())
    if _OTHERWISE.search(task) or any(isinstance(part, ast.Yield | ast.YieldFrom) for part in own_parts(changed.node)):
        return None
    wishes = [found for found in _RAISES.finditer(task) if _names_error(changed, _error(found))]
    if any(_NO_WISH.search(task[: found.start()]) for found in wishes):
        return None
    stated = [] if wishes or re.search(rf"\b{_MODAL}\b|\bnow\b|[Bb]ug\b", task) else [*_STATED.finditer(task)]
    named = {_error(found) for found in wishes or stated if _names_error(changed, _error(found))}
    if not named and not _UNNAMED.search(task):
        return None
    if len(named) > 1 or (not named and re.search(r"\b[A-Z]\w*(?:Error|Exception)\b", task)):
        return None
    error = named.pop() if named else _usual(changed)
    if any(found[1] != error and not _OF_TODAY.search(task[: found.start()]) for found in _ANY_ERROR.finditer(task)):
        return None
    shown = _MESSAGE.search(task)
    case = task
    for found in sorted([*wishes, *([shown] if shown else [])], key=lambda one: one.start(), reverse=True):
        # What stands before the error in the same match may be what is refused: "refuse a negative price with a".
        begin = found.start() if found is shown else found.start("error" if found["error"] else "passive")
        case = f"{case[:begin]} ! {case[found.end() :]}"
    message = "".join(group or "" for group in (shown["one"], shown["two"])) if shown else ""
    return Refusal(error, message, case, bool(wishes)) if takes_message(changed, error) else None


def _error(found: re.Match[str]) -> str:
    groups = found.groupdict()
    return groups["error"] or groups.get("passive") or ""


def _names_error(changed: Changed, name: str) -> bool:
    is_class = any(isinstance(one, ast.ClassDef) and one.name == name and one.bases for one in changed.tree.body)
    return name.endswith(("Error", "Exception")) or (is_class and takes_message(changed, name))


def takes_message(changed: Changed, name: str) -> bool:
    """Return whether an error of Python, or of the file, is made of a message alone, as far as one can see."""
    if name in changed.own:
        return False
    classes = {one.name: one for one in changed.tree.body if isinstance(one, ast.ClassDef)}
    if name in classes:
        bases = [ast.unparse(one) for one in classes[name].bases]
        makes = any(isinstance(one, ast.FunctionDef) and one.name == "__init__" for one in classes[name].body)
        is_error = any(base != name and (base in _ERRORS or takes_message(changed, base)) for base in bases)
        return (is_error and not makes) or (makes and _is_raised_so(changed, name))
    return (name in _ERRORS and not changed.hides(name)) or _is_raised_so(changed, name)


def _is_raised_so(changed: Changed, name: str) -> bool:
    """Return whether the file raises an error with one text, and never with anything else."""
    calls = [one for one in ast.walk(changed.tree) if isinstance(one, ast.Call) and ast.unparse(one.func) == name]
    return bool(calls) and all(
        len(one.args) == 1 and not one.keywords and isinstance(one.args[0], ast.JoinedStr | ast.Constant)
        for one in calls
    )


def _usual(changed: Changed) -> str:
    """Return the one error that the class, or the file, raises elsewhere; else a ValueError."""
    for place in (class_around(changed), changed.tree):
        raised = {one.exc for one in ast.walk(place) if isinstance(one, ast.Raise)} if place else set()
        names = {one.func.id for one in raised if isinstance(one, ast.Call) and isinstance(one.func, ast.Name)}
        if len(names) == 1 and takes_message(changed, name := names.pop()):
            return name
    return "ValueError"


def guard(changed: Changed, wish: Refusal, test: str, default: str, *names: str, shown: str = "") -> Iterator[Righted]:
    """Yield the function with an error raised where a test holds, before its work.

    The guard stands behind what sets, or already refuses, one of some names. Nothing where the function asks the same.

    Args:
        changed: the function.
        wish: what is to be raised.
        test: the test as it is written.
        default: the message as it is written in a file, where the task shows none.
        names: the names that the test is about.
        shown: what stands in a message for the example that the task's has, as it is written in a file.
    """
    asked = {ast.unparse(one.test) for one in ast.walk(changed.node) if isinstance(one, ast.If)}
    message = worded(wish, default, test, shown)
    if ast.unparse(python_ast.parse(test, mode="eval")) in asked or not message:
        return
    body = work_of(changed.node)
    place = 0
    while place < len(body) - 1 and _comes_first(body[place], {*names}):
        place += 1
    while place and not _is_about(body[place - 1], {*names}):
        place -= 1
    yield from put_before(changed, body[place], f"if {test}:", f"    raise {wish.error}({message})")


def put_before(changed: Changed, one: ast.stmt, *rows: str) -> Iterator[Righted]:
    """Yield the function with rows before a statement, and before the comment that stands on top of it."""
    lines = changed.lines
    row, margin = one.lineno, lines.indent(one.lineno)
    if lines.text[lines.start(row) : lines.span(one)[0]].strip():
        return
    ends = [each.end_lineno or 0 for each in changed.node.body if each.lineno < one.lineno]
    while row - 1 > max(ends, default=changed.node.lineno) and lines.line(row - 1).startswith(f"{margin}#"):
        row -= 1
    at = lines.start(row)
    text = "".join(f"{margin}{each}\n" for each in rows)
    yield from put(changed, f"`{'; '.join(each.strip() for each in rows)}` comes first", (at, at, text))


def worded(wish: Refusal, default: str, test: str, shown: str) -> str:
    """Return a message as a file has it: the task's own, with `shown` for its example; nothing where that is unsure."""
    message = wish.message
    if not message:
        return default
    if '"' in message or "\\" in message:
        return ""
    apart = re.fullmatch(r"(?P<head>.*: )(?P<quote>'?)(?P<value>[^']+)(?P=quote)", message)
    odd = [found for found in _NUMBER.finditer(message) if found[0] not in _NUMBER.findall(test)]
    if len(odd) == 1 and shown:
        head, tail = (_braced(part) for part in (message[: odd[0].start()], message[odd[0].end() :]))
        return f'f"{head}{{{shown}}}{tail}"'
    if apart and shown:
        return f'f"{_braced(apart["head"])}{{{shown}{"!r" if apart["quote"] else ""}}}"'
    return "" if odd or apart or "'" in message or "{" in message else f'"{message}"'


def is_example(wish: Refusal) -> bool:
    """Return whether a message that a task shows is one of many."""
    return bool(wish.message) and re.fullmatch(r"[^\d:'\"{}<>]+", wish.message) is None


def _braced(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _comes_first(one: ast.stmt, names: set[str]) -> bool:
    """Return whether a statement is a guard, or sets one of some names to something made of it."""
    match one:
        case ast.If(body=[ast.Raise()], orelse=[]):
            return True
        case ast.Assign(targets=[ast.Name(id=name)]) if name in names:
            return True
    return False


def _is_about(one: ast.stmt, names: set[str]) -> bool:
    return any(isinstance(part, ast.Name) and part.id in names - {"self"} for part in ast.walk(one))


def named_function(changed: Changed) -> bool:
    """Return whether a task names the function, with its class where it names one, and no other one of the file."""
    name, around = changed.node.name, class_around(changed)
    found = re.findall(rf"(?<![\w.])(?:(\w+)\.)?{re.escape(name)}\b", changed.task)
    functions = {one.name for one in ast.walk(changed.tree) if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)}
    said = {*re.findall(r"\w+_\w+|(?<=\.)\w+|\w+(?=\()", changed.task)}
    holders = {holder for holder in found if holder}
    is_here = not holders or (around is not None and holders == {around.name})
    return bool(found) and is_here and not (said & functions) - {name}


def plain_clause(changed: Changed) -> str:
    """Return the condition of a task that is one sentence of one refusal by this function; nothing of any other."""
    task, wish = " ".join(changed.task.split()), refusal(changed)
    found = _PLAIN.fullmatch(task)
    is_plain = wish is not None and wish.is_named and not wish.message and named_function(changed)
    return found["clause"] if found and is_plain else ""

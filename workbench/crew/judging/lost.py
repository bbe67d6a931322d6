"""What a change of Python takes away that nobody asked to go: a parameter, a default, a value that was looked at.

Nothing runs for this. A small model that writes a function anew likes to leave out what the new case has no use for. A
check that asks for the new case does not see it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Sequence
from functools import partial

from workbench.crew.judging.example_names import said_always
from workbench.crew.judging.held_otherwise import held_otherwise
from workbench.crew.judging.itself import with_itself
from workbench.crew.judging.lost_cases import written_over
from workbench.crew.judging.lost_effects import without_effect
from workbench.crew.judging.lost_order import disordered
from workbench.crew.judging.stated import (
    SAYS_DEFAULT,
    SAYS_REQUIRED,
    Function,
    changed_names,
    functions,
    parameters,
    yields,
)
from workbench.model import FileEdit

_TAKES_AWAY = re.compile(r"\b(?:remove|rename|drop|delete|replace|swap|reorder|instead of|no longer)\b", re.IGNORECASE)
_LOOKS_AWAY = re.compile(
    r"\b(?:remove|rename|drop|delete|replace|no longer|ignor\w*|regardless|whatever|no matter|simplif\w*)\b",
    re.IGNORECASE,
)
_OTHER_VALUES = re.compile(r"\b(?:instead|rather than)\b", re.IGNORECASE)
_OTHER_LIMITS = re.compile(
    r"\b(?:instead|rather than|any number|allow\w*|accept\w*|more|limit\w*|mov\w+|extract\w*|into|not raise|never raise"
    r"|without raising|no error)\b",
    re.IGNORECASE,
)
_MORE = re.compile(r"\b(?:even|too|also|as well|still|already)\b", re.IGNORECASE)
ALL_OF_THEM = re.compile(
    r"\b(?:instead|no longer|any more|remov\w*|includ\w*|even|regardless|whatever|all of|every|without|empty|missing"
    r"|none)\b",
    re.IGNORECASE,
)
"""Words of a task that may want what was left out."""

_OTHER_WAY = re.compile(
    r"\b(?:wrong|revers\w*|invert\w*|opposite|swap\w*|backwards?|upside|instead|rather than|descending|the other"
    r"|mixed up)\b",
    re.IGNORECASE,
)
_RENAMES = re.compile(r"\b(?:change|turn|call|make)\b.*\b(?:in)?to\b|\bcall(?:ed)?\b", re.IGNORECASE)
_GIVES_NOTHING = re.compile(
    r"\bNone\b|\bnothing\b|\bin[- ]place\b|\byield|\bgenerator|\babstract"
    r"|\b(?:instead of|rather than|not|without|stop|no longer)\s+return",
    re.IGNORECASE,
)
_NEVER_RETURNS = re.compile(
    r"(?:.*\.)?_*(?:exit|quit|abort|die|fail|raise_(?!for_)\w*|assert_never|unreachable)|parser\.error"
)
_MAY_HIDE = re.compile(
    r"\b(?:except|catch\w*|invalid|errors?|exceptions?|\w+Error|fails?|failing|cannot|can't|malformed|bad|wrong"
    r"|unpars\w*|not a\b|ignor\w*|safe\w*|robust\w*|tolera\w*|lenient\w*|strict\w*)\b",
    re.IGNORECASE,
)
_LOOKS_AROUND = frozenset({"locals", "vars", "super", "globals", "eval", "exec"})
_DIGIT = re.compile(r"\d+")
_COUNTED = re.compile(r"(?<![\w.])\d+(?![\w.]) +[a-z]|[a-z] +\d+(?![\w.])")
"""A number beside a word."""

_FOR_EXAMPLE = re.compile(r"(?:e\.g\.|such as|for example|for instance|like|say)[:,]?\s*[\"'`]?$", re.IGNORECASE)
_WISHED = re.compile(r"\b(?:should|must|shall|will|to|it|and)(?: \w+)? say:?\s*[\"'`]?$", re.IGNORECASE)


def lost(task: str, edits: Sequence[FileEdit], may_ignore: Collection[str] = ()) -> str:
    """Return what edits take away unasked, for the model to read; nothing where nothing is seen.

    Args:
        task: what was asked.
        edits: the change.
        may_ignore: parameters and attributes of `self` that need not be looked at any more.
    """
    pairs = list(_pairs(edits))
    looks = partial(overlooked, may_ignore=may_ignore)
    # What is said falsely comes before what is no longer done.
    for finders in (
        (frozen, said_always, with_itself),
        (half_done,),
        (moved, looks, written_over, inverted, disordered, unfiltered, fallen_through, hidden, without_effect),
    ):
        for name, before, after in pairs:
            for find in finders:
                for fault in find(task, name, before, after):
                    return fault
    return next((fault for edit in edits for fault in held_otherwise(edit)), "")


def _pairs(edits: Sequence[FileEdit]) -> Iterator[tuple[str, Function, Function]]:
    """Yield each function of the Python files that changed, as it was and as it is."""
    for edit in edits:
        if edit.path.endswith(".py") and edit.before and edit.after:
            before, after = functions(edit.before), functions(edit.after)
            for name in sorted(before.keys() & {*changed_names(edit.before, edit.after)}):
                yield name, before[name], after[name]


def frozen(task: str, name: str, before: Function, after: Function) -> Iterator[str]:
    """Yield which message a function took from the task with the numbers of its example.

    A message that was made of values and is now always the same says something false for every other value. A check
    that has the example's values does not see that.
    """
    made, fixed = _messages(before), _messages(after)
    texts = [text for text in fixed if text and text not in made and _is_example(text, task)]
    if texts and made.count(None) > fixed.count(None):
        said = "that is an example, and the values in it must go on to be those of the call"
        yield f"{name} now always says {texts[0]!r}; {said}"
    known = {part.value for part in ast.walk(before) if isinstance(part, ast.Constant)}
    for text in _given_out(after):
        ahead, found, _ = task.partition(text) if _COUNTED.search(text) else ("", "", "")
        if found and text not in known and _FOR_EXAMPLE.search(ahead[-20:]) and not _WISHED.search(ahead):
            yield f"{name} always gives {text!r}; that is an example, and its number is to be worked out"


def _given_out(node: Function) -> Iterator[str]:
    """Yield the texts that a function returns, or puts into a list, as they are."""
    for part in ast.walk(node):
        match part:
            case ast.Return(value=ast.Constant(value=str() as text)):
                yield text
            case ast.Call(func=ast.Attribute(attr="append"), args=[ast.Constant(value=str() as text)]):
                yield text


def half_done(task: str, name: str, before: Function, after: Function) -> Iterator[str]:
    """Yield which message, that a task quotes and a change altered, a function goes on to raise in another place.

    A check that comes by one of the places does not see the other.
    """
    said, says = _messages(before), _messages(after)
    left = [text for text in dict.fromkeys(says) if text and 0 < says.count(text) < said.count(text)]
    # Two places that became one, and one that went, are done.
    left = left if len(says) >= len(said) else []
    quoted = [text for text in left if re.search(rf"([\"'`]){re.escape(text)}\1", task)]
    if quoted:
        places = f"{said.count(quoted[0])} places, and one of them"
        yield f"{name} raised {quoted[0]!r} in {places} still does; change each"


def _is_example(text: str, task: str) -> bool:
    """Return whether a text that a task quotes has numbers that the task gives for an example."""
    before, found, after = task.partition(text)
    numbers = _DIGIT.findall(text)
    if not found or not numbers:
        return False
    return bool(_FOR_EXAMPLE.search(before[-20:])) or all(
        number in _DIGIT.findall(before + after) for number in numbers
    )


def _messages(node: Function) -> list[str | None]:
    """Return what a function raises exceptions with: texts, and None for each that is made of values."""
    raised = [one.exc for one in ast.walk(node) if isinstance(one, ast.Raise)]
    arguments = [call.args[0] for call in raised if isinstance(call, ast.Call) and call.args]
    values = [argument.value if isinstance(argument, ast.Constant) else None for argument in arguments]
    return [value if isinstance(value, str) else None for value in values]


def moved(task: str, name: str, before: Function, after: Function) -> Iterator[str]:
    """Yield what calls that worked before would trip over."""
    old, new = parameters(before), parameters(after)
    if not _TAKES_AWAY.search(task):
        gone = [one for one in old if one not in new and not (_RENAMES.search(task) and re.search(rf"\b{one}\b", task))]
        if gone and not after.args.kwarg:
            yield f"{name} must keep its parameter {gone[0]}"
    if not SAYS_DEFAULT.search(task) and not SAYS_REQUIRED.search(task) and not _OTHER_VALUES.search(task):
        for argument, was in old.items():
            value, now = was.written, new[argument].written if argument in new else None
            is_emptied = value in {"[]", "{}", "set()"} and now == "None"
            if value is not None and argument in new and now != value and not is_emptied:
                yield f"the default of {argument} must stay {value}; calls that do not give it must work as before"


def overlooked(
    task: str, name: str, before: Function, after: Function, may_ignore: Collection[str] = ()
) -> Iterator[str]:
    """Yield the parameters, the attributes of `self` and the limits that a function looked at and no longer does."""
    if _LOOKS_AWAY.search(task):
        return
    now, was = _inputs(after, after, with_calls=True), _inputs(before, after)
    if now is None or was is None:
        return
    limits = _limits(before) - _capitals([*after.body, after.args]) if not _OTHER_LIMITS.search(task) else set()
    limits = {one for one in limits if not any(re.search(rf"\b{word}", task, re.IGNORECASE) for word in one.split("_"))}
    for one in sorted((was - now) | limits):
        if one not in may_ignore:
            yield f"{name} no longer looks at {one}; leave what it does with that as it was"


def inverted(task: str, name: str, before: Function, after: Function) -> Iterator[str]:
    """Yield which comparison of size is now the opposite one, where the task asks for something more beside it."""
    if not _MORE.search(task) or _OTHER_WAY.search(task):
        return
    old, new = dict(_sizes(before)), dict(_sizes(after))
    for (less, more), (written, place) in old.items():
        is_turned = (more, less) in new and (less, more) not in new and (more, less) not in old
        # A choice that is written the other way round leads to something else.
        if is_turned and new[more, less][1] == place:
            yield f"{name} asked whether `{written}`, and now asks the opposite; it must go on to ask that too"


def unfiltered(task: str, name: str, before: Function, after: Function) -> Iterator[str]:
    """Yield a field that what a function went through had to have, and of which it asks nowhere any more."""
    if ALL_OF_THEM.search(task):
        return
    asked = {ast.dump(test) for part in ast.walk(after) for test in _tests(part)}
    looked_at = {ast.dump(part) for part in ast.walk(after) if isinstance(part, ast.Attribute)}
    for part in ast.walk(before):
        for test in part.ifs if isinstance(part, ast.comprehension) else ():
            # A field that is asked for its truth; what else is asked for may be asked for in another way.
            if isinstance(test, ast.Attribute) and ast.dump(test) in looked_at - asked:
                yield f"{name} no longer passes over what has no `{ast.unparse(test)}`; it must go on to"


def _tests(part: ast.AST) -> list[ast.expr]:
    """Return what a part asks for its truth."""
    match part:
        case ast.comprehension(ifs=tests):
            return tests
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
            return [test]
        case ast.BoolOp(values=tests):
            return tests
        case ast.UnaryOp(op=ast.Not(), operand=test):
            return [test]
    return []


def _sizes(node: Function) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """Yield the comparisons of size by what is to be less and what more: how they are written, what they lead to."""
    places: dict[int, str] = {}
    for part in ast.walk(node):
        match part:
            case ast.If(test=test, body=way) | ast.While(test=test, body=way):
                places |= dict.fromkeys(map(id, ast.walk(test)), "; ".join(map(ast.dump, way)))
            case ast.IfExp(test=test, body=value):
                places |= dict.fromkeys(map(id, ast.walk(test)), ast.dump(value))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                places |= {id(one): f"not {places.get(id(one), '')}" for one in ast.walk(operand)}
            case ast.Compare(left=left, ops=[ast.Lt() | ast.LtE()], comparators=[right]):
                yield (ast.dump(left), ast.dump(right)), (ast.unparse(part), places.get(id(part), ""))
            case ast.Compare(left=left, ops=[ast.Gt() | ast.GtE()], comparators=[right]):
                yield (ast.dump(right), ast.dump(left)), (ast.unparse(part), places.get(id(part), ""))


def _limits(node: Function) -> set[str]:
    """Return the constants that a function raises an exception by: `if pieces > MOST: raise ...`."""
    choices = [one for one in ast.walk(node) if isinstance(one, ast.If)]
    return _capitals([one.test for one in choices if any(isinstance(row, ast.Raise) for row in one.body)])


def _capitals(parts: Sequence[ast.AST]) -> set[str]:
    every = (part for one in parts for part in ast.walk(one) if isinstance(part, ast.Name))
    return {part.id for part in every if part.id.isupper()}


def fallen_through(task: str, name: str, before: Function, after: Function) -> Iterator[str]:
    """Yield that a function which gave a value at its end gives none there any more.

    What came last is then mostly within a block that it does not belong to, or left out.
    """
    last = before.body[-1]
    gave = isinstance(last, ast.Return) and last.value is not None and ast.unparse(last.value) != "None"
    if gave and _goes_on(after.body) and not _GIVES_NOTHING.search(task) and not yields(after):
        yield f"{name} must return a value at its end, as it did; now it returns None there"


def _goes_on(statements: Sequence[ast.stmt]) -> bool:
    """Return whether what comes after these statements may be reached."""
    match statements[-1] if statements else None:
        case ast.Return() | ast.Raise() | ast.Assert(test=ast.Constant(value=False)):
            return False
        case ast.Expr(value=ast.Call(func=ast.Name() | ast.Attribute() as called)):
            return not _NEVER_RETURNS.fullmatch(ast.unparse(called))
        case ast.If() as choice:
            return _goes_on(choice.body) or _goes_on(choice.orelse)
        case ast.With() | ast.AsyncWith() as block:
            return _goes_on(block.body)
        case ast.Try() | ast.TryStar() as block if block.finalbody and not _goes_on(block.finalbody):
            return False
        case ast.Try() | ast.TryStar() as block:
            return any(map(_goes_on, (block.orelse or block.body, *(one.body for one in block.handlers))))
        case ast.While(test=ast.Constant(value=value)) as loop if value:
            return any(map(_breaks, loop.body))
        case ast.For() | ast.AsyncFor() | ast.While() as loop if loop.orelse and not _goes_on(loop.orelse):
            return any(map(_breaks, loop.body))
        case ast.Match() as choice:
            has_rest = any(one.guard is None and _takes_all(one.pattern) for one in choice.cases)
            return not has_rest or any(_goes_on(one.body) for one in choice.cases)
        case _:
            return True


def _breaks(part: ast.AST) -> bool:
    """Return whether a part of a loop's body may end that loop, not one within it."""
    if isinstance(part, ast.expr | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return False
    if isinstance(part, ast.For | ast.AsyncFor | ast.While):
        return any(map(_breaks, part.orelse))
    return isinstance(part, ast.Break) or any(map(_breaks, ast.iter_child_nodes(part)))


def _takes_all(pattern: ast.pattern) -> bool:
    if isinstance(pattern, ast.MatchOr):
        return _takes_all(pattern.patterns[-1])
    return isinstance(pattern, ast.MatchAs) and (pattern.pattern is None or _takes_all(pattern.pattern))


def hidden(task: str, name: str, before: Function, after: Function) -> Iterator[str]:
    """Yield that an exception which left a function as it was is now caught there, and nothing comes of it.

    It is the quick way to let one case pass, and lets all others pass that should be told of.
    """
    if _MAY_HIDE.search(task) or any(isinstance(one, ast.Try) for one in ast.walk(before)):
        return
    old = {ast.dump(one) for one in ast.walk(before) if isinstance(one, ast.stmt)}
    for block in (one for one in ast.walk(after) if isinstance(one, ast.Try)):
        bare = [one.body for one in block.handlers if not any(isinstance(part, ast.Raise) for part in ast.walk(one))]
        held = [one for one in block.body if ast.dump(one) in old]
        if bare and held:
            said = ast.unparse(held[0]).splitlines()[0]
            yield f"{name} now hides what `{said}` raised; ask for the case itself, and let other errors out as before"


def _inputs(node: Function, kept: Function, *, with_calls: bool = False) -> set[str] | None:
    """Return the parameters, among those that `kept` has, and the attributes of `self` that a body looks at.

    What is only called counts `with_calls`. None is returned where it may look at them in other ways.
    """
    parts = [one for row in node.body for one in ast.walk(row)]
    changed = [one.target for one in parts if isinstance(one, ast.AugAssign)]
    loads = [one for one in parts if isinstance(one, ast.Name | ast.Attribute) and isinstance(one.ctx, ast.Load)]
    loads += [one for one in changed if isinstance(one, ast.Name | ast.Attribute)]
    names = {one.id for one in loads if isinstance(one, ast.Name)}
    if names & _LOOKS_AROUND:
        return None
    called = set() if with_calls else {id(one.func) for one in parts if isinstance(one, ast.Call)}
    found = {
        f"self.{one.attr}"
        for one in loads
        if isinstance(one, ast.Attribute)
        and id(one) not in called
        and isinstance(one.value, ast.Name)
        and one.value.id == "self"
    }
    return found | (names & parameters(kept).keys()) - {"self", "cls"}

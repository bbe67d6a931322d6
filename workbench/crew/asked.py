"""What a task says in so many words and a change of Python does not do: a wrong default, an exception never raised.

Nothing runs for this, and it is no proof either way. It finds slips that small models make often: a new option that is
on where it should be off, an old default that was changed in passing, an exception that was left out.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator, Sequence

from workbench.crew.stated import SAYS_DEFAULT, SAYS_REQUIRED, Function, functions, parameters, same_value, stated
from workbench.model import FileEdit

_RAISES = re.compile(r"\b(?:raises?|raising)\s+(?:an?\s+|the\s+)?`?([A-Z]\w*(?:Error|Exception|Iteration))\b")
_USES = re.compile(
    r"\b(?:with|using|uses?|by)\s+`?(repr|sorted|isinstance|callable|enumerate|zip|round|abs|reversed)\b"
)
_TAKES_AWAY = re.compile(r"\b(?:remove|rename|drop|delete|replace|swap|reorder|instead of|no longer)\b", re.IGNORECASE)
_MAY_BE_UNUSED = re.compile(r"\b(?:ignor|unused|compatib|signature|interface|protocol|not used)", re.IGNORECASE)
_DIGIT = re.compile(r"\d+")
_FOR_EXAMPLE = re.compile(r"(?:e\.g\.|such as|for example|for instance|like|say)[:,]?\s*[\"'`]?$", re.IGNORECASE)
_AS_BEFORE = re.compile(r"\b(?:as before|as now|no longer|instead of|like today)\b", re.IGNORECASE)


def unmet(task: str, edits: Sequence[FileEdit]) -> str:
    """Return what a task says plainly and edits do not do, for the model to read; nothing where nothing is missed."""
    for edit in edits:
        if edit.path.endswith((".py", ".pyi")) and edit.after is not None:
            for fault in _faults(task, edit):
                return fault
    return ""


def frozen(task: str, edits: Sequence[FileEdit]) -> str:
    """Return which message the edits took from the task with the numbers of its example; nothing where none is.

    A message that was made of values and is now always the same says something false for every other value. A check
    that has the example's values does not see that.
    """
    for edit in edits:
        if edit.path.endswith(".py") and edit.before and edit.after:
            before, after = functions(edit.before), functions(edit.after)
            for name in before.keys() & after.keys():
                made, fixed = _messages(before[name]), _messages(after[name])
                texts = [text for text in fixed if text and text not in made and _is_example(text, task)]
                if texts and made.count(None) > fixed.count(None):
                    said = "that is an example, and the values in it must go on to be those of the call"
                    return f"{name} now always says {texts[0]!r}; {said}"
    return ""


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


def _faults(task: str, edit: FileEdit) -> Iterator[str]:
    before, after = functions(edit.before or b""), functions(edit.after or b"")
    changed = {name: node for name, node in after.items() if name not in before or not _equal(before[name], node)}
    if not changed:
        return
    for name, node in changed.items():
        if name in before:
            yield from _moved(task, name, before[name], node)
            yield from _unused(task, name, before[name], node)
    yield from _missing(task, changed, before)


def _equal(one: Function, other: Function) -> bool:
    return ast.dump(one) == ast.dump(other)


def _moved(task: str, name: str, before: Function, after: Function) -> Iterator[str]:
    """Yield what calls that worked before would trip over."""
    old, new = parameters(before), parameters(after)
    if not _TAKES_AWAY.search(task):
        gone = [argument for argument in old if argument not in new]
        if gone and not after.args.kwarg:
            yield f"{name} must keep its parameter {gone[0]}"
    if not SAYS_DEFAULT.search(task) and not SAYS_REQUIRED.search(task):
        for argument, was in old.items():
            value = was.written
            if value is not None and argument in new and new[argument].written != value:
                yield f"the default of {argument} must stay {value}; calls that do not give it must work as before"


def _unused(task: str, name: str, before: Function, after: Function) -> Iterator[str]:
    """Yield that a function got a parameter and never looks at it: a nanite likes to change the signature alone.

    Where somebody else says what is passed, nothing is said: methods' first, dunder methods, tests, decorated
    functions, names that begin with an underscore, and bodies that do nothing yet.
    """
    last = name.rpartition(".")[2]
    if _MAY_BE_UNUSED.search(task) or after.decorator_list or last.startswith(("__", "test")) or _does_nothing(after):
        return
    used = {node.id for line in after.body for node in ast.walk(line) if isinstance(node, ast.Name)}
    if used & {"locals", "vars", "super"}:
        return
    old, new = parameters(before), parameters(after)
    # A parameter that took another's place (a renamed one, say) is a matter of its own.
    if any(argument not in new for argument in old):
        return
    for place, argument in enumerate(new):
        is_given = argument in old or argument.startswith("_") or (place == 0 and argument in {"self", "cls"})
        if not is_given and argument not in used:
            yield f"{name} gets {argument} and does nothing with it"


def _does_nothing(node: Function) -> bool:
    return all(
        isinstance(line, ast.Pass | ast.Raise)
        or _is_words(line)
        or (isinstance(line, ast.Return) and (line.value is None or isinstance(line.value, ast.Constant)))
        for line in node.body
    )


def _is_words(line: ast.stmt) -> bool:
    return isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant)


def _missing(task: str, changed: dict[str, Function], before: dict[str, Function]) -> Iterator[str]:
    new = {
        argument: parameter
        for name, node in changed.items()
        for argument, parameter in parameters(node).items()
        if name in before and argument not in parameters(before[name])
    }
    for argument, value in stated(task).items():
        if argument in new and not same_value(value, new[argument].written):
            yield f"the new parameter must be {argument}={value}, as the task says"
    text = "\n".join(ast.unparse(node) for node in changed.values())
    if not _AS_BEFORE.search(task):
        for error in _RAISES.findall(task):
            if hasattr(builtins, error) and not re.search(rf"\b{error}\b", text):
                yield f"the task asks to raise {error}, and the code never does"
    for used in _USES.findall(task):
        if not re.search(rf"\b{used}\b", text) and not (used == "repr" and re.search(r"![r]\b|%r", text)):
            yield f"the task asks to use {used}, and the code does not"

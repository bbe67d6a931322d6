"""Calls that gave something before a change, and fail now: worked out from the code, where nothing may run.

They are those of the function's doctests, and some with plain values where its parameters say by their types what they
are. That a value is another one now may be what was asked for; that there is none because of a slip never is.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from itertools import islice, product

from workbench import python_ast
from workbench.crew.judging.stated import Function, needed
from workbench.crew.judging.trial_calls import examples
from workbench.crew.judging.trial_words import may_raise
from workbench.crew.judging.worked_out import is_at_the_top, worked
from workbench.crew.slips.righted import changed_function
from workbench.model import FileEdit

MOST = 8
"""Calls that are looked at."""

_SLIPS = frozenset({"TypeError", "AttributeError", "NameError", "UnboundLocalError", "RecursionError"})
"""Errors that say that code does not fit together."""

_VALUES = {
    "str": ("''", "'a'", "'A b, 12'"),
    "int": ("0", "1", "12"),
    "float": ("0.5", "12.0"),
    "bool": ("True", "False"),
    "list[str]": ("[]", "['a', 'B']"),
    "list[int]": ("[]", "[1, 12]"),
    "list[float]": ("[]", "[0.5, 12.0]"),
    "dict[str, str]": ("{}", "{'a': 'b'}"),
    "dict[str, int]": ("{}", "{'a': 1}"),
}


def fails_now(task: str, edits: Sequence[FileEdit]) -> str:
    """Return which call gave something before edits and fails now by a slip, in words; nothing where none is known.

    Args:
        task: what was asked; an error that it speaks of may be raised.
        edits: the change; more than one function, or one that is not at the top of its file, is left alone.
    """
    changed = changed_function(task, edits)
    if changed is None or changed.was is None or not is_at_the_top(changed):
        return ""
    if list(_needed(changed.was)) != list(_needed(changed.node)):
        return ""
    said = set(_of_doctests(changed.node))
    # What a call gives may be told otherwise now, or be of another type: then none of these is to work still.
    doctests = [call for call in _of_doctests(changed.was) if call in said]
    has_its_types = _needed(changed.was) == _needed(changed.node)
    typed = _of_types(changed.was) if has_its_types else ()
    calls = tuple(islice(dict.fromkeys([*doctests, *typed]), MOST))
    before = (changed.edit.before or b"").decode("utf-8", "replace")
    if not calls:
        return ""
    # What is refused in so many words is no slip, though the task may not say by which error.
    slips = _SLIPS - set(may_raise(task)) - (_raised(changed.node) - _raised(changed.was))
    for call, gave, now in zip(calls, worked(before, calls), worked(changed.lines.text, calls), strict=True):
        if gave is not None and not gave.error and now is not None and now.error in slips:
            return f"{call} gave {gave.value} before the change, and now it raises {now.error}"
    return ""


def _raised(node: Function) -> set[str]:
    """Return the errors that a function raises itself."""
    raised = [one.exc for one in ast.walk(node) if isinstance(one, ast.Raise) and one.exc]
    return {ast.unparse(one.func if isinstance(one, ast.Call) else one) for one in raised}


def _needed(node: Function) -> dict[str, str]:
    """Return the parameters that must be given, with their types as they are written."""
    return {one.arg: ast.unparse(one.annotation) if one.annotation else "" for one in needed(node)}


def _of_doctests(node: Function) -> Iterator[str]:
    """Yield the calls of a function's doctests as its own file would write them."""
    for example in examples(node):
        try:
            said = python_ast.parse(example.strip(), mode="eval").body
        except SyntaxError:
            continue
        said = _Bare(node.name).visit(said)
        names = {part.id for part in ast.walk(said) if isinstance(part, ast.Name)}
        if names == {node.name}:
            yield ast.unparse(said)


class _Bare(ast.NodeTransformer):
    """Writes a function of a module, `module.name`, as `name`."""

    def __init__(self, name: str) -> None:
        self._name = name

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        return ast.Name(self._name, ast.Load()) if node.attr == self._name else self.generic_visit(node)


def _of_types(node: Function) -> Iterator[str]:
    """Yield calls with plain values, of a function whose parameters that must be given are all of plain types."""
    kinds = list(_needed(node).values())
    if not kinds or node.args.vararg or node.args.kwonlyargs or node.decorator_list:
        return
    if all(kind in _VALUES for kind in kinds):
        yield from (f"{node.name}({', '.join(values)})" for values in product(*(_VALUES[kind] for kind in kinds)))

"""A change held against the examples of its task where nothing may run: what they give is worked out from the code.

`initials('ann lee') gives 'a.l.', it should give 'A.L.'` says of any answer whether it is right, as a test would. The
file is not run for that: see `workbench.checks.reckon`, which knows plain Python and nothing of the world around it.
What it does not know says nothing either way.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from workbench.checks.reckon import Reckoned, reckon
from workbench.crew.judging.said_examples import Said, said_examples
from workbench.crew.judging.stated import Function
from workbench.crew.slips.righted import Changed, changed_function
from workbench.model import FileEdit


@dataclass(frozen=True)
class WorkedOut:
    """What the examples of a task say of a change.

    Attributes:
        held: those that did not hold before and do now.
        missed: how another one goes wrong, or one of the function's docstring, in the words of a failed check; nothing
            where none does.
    """

    held: tuple[Said, ...] = ()
    missed: str = ""


def worked_out(task: str, edits: Sequence[FileEdit]) -> WorkedOut:
    """Return what the examples of a task say of edits; nothing where they change more than one function.

    Args:
        task: what was asked.
        edits: the change.
    """
    changed = changed_function(task, edits)
    if changed is None or changed.was is None or not is_at_the_top(changed):
        return WorkedOut()
    examples = said_examples(task, changed.node.name, changed.was)
    before, after = (changed.edit.before or b"").decode("utf-8", "replace"), changed.lines.text
    wished = _wished(before, examples) if examples else ()
    if not wished:
        return WorkedOut()
    kept = _kept(before, changed.was, {one.call for one in wished})
    answers = worked(after, tuple(text for one in (*kept, *wished) for text in (one.question, one.call)))
    held: list[Said] = []
    for one, holds, gives in zip((*kept, *wished), answers[::2], answers[1::2], strict=True):
        if holds is None:
            continue
        if holds.value == "True":
            # That something is given says little of what it should be.
            held += [one] if one in wished and not one.is_taken else []
        elif gives is None or gives.error:
            raised = gives.error if gives else holds.error
            return WorkedOut(missed=f"{raised or 'AssertionError'}\n  {one.call}\n  wanted: {one.wanted}")
        else:
            return WorkedOut(missed=f"AssertionError\n  {one.call} gave {gives.value}\n  wanted: {one.wanted}")
    return WorkedOut(tuple(held))


@lru_cache(maxsize=32)
def worked(text: str, questions: tuple[str, ...]) -> tuple[Reckoned | None, ...]:
    """Return what a file gives for each expression; the file as it was is asked the same for each answer of a model."""
    return reckon(text, questions)


def _wished(before: str, examples: tuple[Said, ...]) -> tuple[Said, ...]:
    """Return the examples that a file does not meet as it is; one that it meets, or of which it is not known, is none.

    Nor is one of which the task says what is given today, and that is not so: it was misread.
    """
    answers = worked(before, tuple(text for one in examples for text in (one.question, one.question_of_today)))
    return tuple(
        one
        for one, holds, is_today in zip(examples, answers[::2], answers[1::2], strict=True)
        if holds is not None and holds.value != "True" and is_today is not None and is_today.value == "True"
    )


def _kept(before: str, node: Function, wished: Collection[str]) -> tuple[Said, ...]:
    """Return the examples in a function's docstring that hold, but those of which the task wishes something else."""
    said = said_examples(ast.get_docstring(node) or "", node.name, node)
    said = tuple(one for one in said if one.call not in wished)
    answers = worked(before, tuple(one.question for one in said))
    return tuple(one for one, holds in zip(said, answers, strict=True) if holds is not None and holds.value == "True")


def is_at_the_top(changed: Changed) -> bool:
    """Return whether a function stands in no class and in no other function."""
    return any(isinstance(one, Function) and one.lineno == changed.node.lineno for one in changed.tree.body)

"""Tries a recipe on its own examples: without a model on the answers that they carry, or with one on its own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.checks.trial_values import Trial
from workbench.crew.desk import Desk
from workbench.crew.dispatch import work
from workbench.engines.counting import prompt_bounds
from workbench.errors import AnswerRejected, NaniteError
from workbench.events import Event
from workbench.exchange import ChatRequest, Completion, TokenCount
from workbench.model import Brief, Check, FileEdit, Proposal, Source, Task, TaskSpec
from workbench.recipes.load import Example, Recipe


@dataclass(frozen=True)
class Tried:
    """What an example came to: the faults are empty where it is as expected."""

    name: str
    faults: tuple[str, ...] = ()
    skipped: str = ""


class ExampleDesk:
    """A desk at which an example's own words answer. Nothing runs."""

    def __init__(self, example: Example) -> None:
        self._answers = list(example.answers)
        self._said = list(example.commands)

    async def ask(self, voice: str, request: ChatRequest) -> Completion:
        """Return the example's next answer."""
        if not self._answers:
            raise AnswerRejected("the example has no more answers", code="no-answer", hint="add one to answers")
        text = self._answers.pop(0)
        return Completion(text=text, finish="stop", prompt_tokens=prompt_bounds(request).high, completion_tokens=1)

    async def count(self, request: ChatRequest) -> TokenCount:
        """Return the bounds of a prompt."""
        return prompt_bounds(request)

    async def try_commands(
        self, edits: Sequence[FileEdit], commands: Sequence[str], trials: Sequence[Trial] = ()
    ) -> tuple[Check, ...]:
        """Return what the example says that the commands said."""
        return tuple([await self.read_command(edits, command) for command in commands])

    async def read_command(self, edits: Sequence[FileEdit], command: str) -> Check:
        """Return what the example says that the command said."""
        if not self._said:
            raise AnswerRejected("the example says no more of commands", code="no-answer", hint="add one to commands")
        said = self._said.pop(0)
        return Check(name=command, ok=said.ok, output=said.output)

    def tell(self, event: Event) -> None:
        """Do nothing: nobody listens."""


async def try_example(
    recipe: Recipe, example: Example, model: str = "example", desk: Desk | None = None, context: int = 8_192
) -> Tried:
    """Do an example's task and return what is not as it expects; with `desk`, a model answers in its stead."""
    if desk is not None and example.commands:
        return Tried(example.name, skipped="it runs commands, which are not run here")
    brief = _brief(recipe, example, model, context)
    try:
        proposal = await work(brief, desk or ExampleDesk(example))
    except NaniteError as error:
        if error.code == example.expect.refused:
            return Tried(example.name)
        return Tried(example.name, (f"refused: {error.message} ({error.code})",))
    return Tried(example.name, tuple(_faults(example, proposal)))


def _brief(recipe: Recipe, example: Example, model: str, context: int) -> Brief:
    files = {path: text.lstrip("\n") for path, text in example.files.items()}
    targets = example.targets if example.targets is not None else tuple(files)
    spec = TaskSpec(kind=recipe.kind, task=example.task, targets=targets, check=example.check)
    found = {name: text.lstrip("\n") for name, text in example.found.items()}
    if recipe.work == "rename":
        # The files of an example are the whole of its repository.
        others = {path: text for path, text in files.items() if path not in targets}
        found = {"elsewhere": json.dumps(others)} | found
    return Brief(
        task=Task(id="example", spec=spec, created_at=0),
        targets=tuple(Source(path=path, content=files[path].encode("utf-8")) for path in targets if path in files),
        model=model,
        context=context,
        found=found,
        recipe=recipe.model_dump_json(),
    )


def _faults(example: Example, proposal: Proposal) -> list[str]:
    expect = example.expect
    if expect.refused is not None:
        return [f"not refused ({expect.refused}): {proposal.summary}"]
    faults = []
    if expect.verdict is not None and proposal.verdict is not expect.verdict:
        faults.append(f"the verdict is {proposal.verdict}, not {expect.verdict}")
    after = {edit.path: (edit.after or b"").decode("utf-8", "replace") for edit in proposal.edits}
    for path, text in expect.files.items():
        if after.get(path, "").strip() != text.strip():
            faults.append(f"{path} is not as expected")
    words = "\n".join([*after.values(), proposal.summary, *proposal.notes])
    faults += [f"it lacks {text!r}" for text in expect.has if text not in words]
    faults += [f"it has {text!r}" for text in expect.lacks if text in words]
    return faults

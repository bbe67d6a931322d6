"""A desk for tests: answers come from a list, in order, and what was asked and told is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal

from workbench.checks.trial_values import Trial
from workbench.engines.counting import prompt_bounds
from workbench.engines.leaning import cannot_compare
from workbench.events import AnswerRefused, Event
from workbench.exchange import ChatRequest, Completion, TokenCount
from workbench.model import Brief, Check, Excerpt, FileEdit, Solving, Source, Task, TaskSpec


class Answer(Completion):
    """A completion with the numbers that a test need not care for filled in."""

    prompt_tokens: int = 100
    completion_tokens: int = 20
    finish: Literal["stop", "length"] = "stop"


class ScriptedDesk:
    """Gives prepared answers. It fails where more is asked than was prepared, or where the checks run out.

    Where an answer leans elsewhere is told if one with leanings is the next; else it is an engine that cannot tell.
    """

    def __init__(self, *answers: str | Answer, checks: Sequence[Sequence[Check]] = ()) -> None:
        self._answers = [answer if isinstance(answer, Answer) else Answer(text=answer) for answer in answers]
        self._checks = list(checks)
        self.asked: list[ChatRequest] = []
        self.voices: list[str] = []
        self.tried: list[tuple[FileEdit, ...]] = []
        self.trials: list[tuple[Trial, ...]] = []
        self.commands: list[str] = []
        self.events: list[Event] = []

    async def ask(self, voice: str, request: ChatRequest) -> Completion:
        if request.against and not (self._answers and self._answers[0].leanings):
            raise cannot_compare("scripted")
        self.asked.append(request)
        self.voices.append(voice)
        assert self._answers, f"nothing is prepared for:\n{request.messages[-1].content}"
        return self._answers.pop(0)

    async def count(self, request: ChatRequest) -> TokenCount:
        return prompt_bounds(request)

    async def try_commands(
        self, edits: Sequence[FileEdit], commands: Sequence[str], trials: Sequence[Trial] = ()
    ) -> tuple[Check, ...]:
        self.tried.append(tuple(edits))
        self.trials.append(tuple(trials))
        return tuple(self._checks.pop(0))

    async def read_command(self, edits: Sequence[FileEdit], command: str) -> Check:
        self.tried.append(tuple(edits))
        self.commands.append(command)
        (check,) = self._checks.pop(0)
        return check

    def tell(self, event: Event) -> None:
        self.events.append(event)

    @property
    def question(self) -> str:
        """The last question put."""
        return self.asked[-1].messages[-1].content

    @property
    def refused(self) -> list[str]:
        """Why answers were refused, in order."""
        return [event.reason for event in self.events if isinstance(event, AnswerRefused)]

    @property
    def is_used_up(self) -> bool:
        """Whether all that was prepared has been asked for."""
        return not self._answers and not self._checks


class JudgingDesk(ScriptedDesk):
    """One whose check passes by what is proposed: by the text of the changed file, and by what was asked so far."""

    def __init__(self, *answers: str | Answer, passes: Callable[[str, int], bool]) -> None:
        super().__init__(*answers)
        self._passes = passes

    async def try_commands(
        self, edits: Sequence[FileEdit], commands: Sequence[str], trials: Sequence[Trial] = ()
    ) -> tuple[Check, ...]:
        self.tried.append(tuple(edits))
        text = (edits[0].after or b"").decode() if edits else ""
        ok = self._passes(text, len(self.asked))
        return (Check(name="pytest", ok=ok, output="" if ok else "AssertionError", seconds=1.0),)


def a_brief(
    kind: str,
    task: str = "",
    files: dict[str, str] | None = None,
    *,
    reads: Sequence[Excerpt] = (),
    check: Sequence[str] = (),
    repairs: int = 1,
    context: int = 8_192,
    style: Literal["google", "numpy", "plain"] = "google",
    solving: Solving | None = None,
    found: dict[str, str] | None = None,
    **more: Any,
) -> Brief:
    """Return a brief over files given as text."""
    spec = TaskSpec(kind=kind, task=task, targets=tuple(files or ()), check=tuple(check))
    return Brief(
        task=Task(id="t1", spec=spec, created_at=0),
        targets=tuple(Source(path=path, content=text.encode()) for path, text in (files or {}).items()),
        reads=tuple(reads),
        model="tiny",
        context=context,
        repairs=repairs,
        docstring_style=style,
        solving=solving or Solving(samples=1, retries=0, wrap=False),
        found=found or {},
        **more,
    )


def fenced(code: str, language: str = "python") -> str:
    """Return code as a model answers it."""
    return f"```{language}\n{code.rstrip()}\n```"

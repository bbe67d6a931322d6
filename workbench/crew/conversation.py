"""One voice's talk with a model: the prompt is fitted to the window, a cut-off answer is asked for again or refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from workbench.context.budget import Part, fit
from workbench.crew.desk import Desk
from workbench.errors import AnswerRejected, EditRefused
from workbench.events import AnswerRefused, CheckFinished, ContextDropped
from workbench.exchange import ChatRequest, Completion, Message
from workbench.model import Brief, Check
from workbench.recipes.load import Recipe

BOLDER = 0.5
"""Added to the temperature of a repair, lest a model repeat itself word for word."""


@dataclass(frozen=True)
class Spent:
    """Tokens read and written, and seconds of models and checks."""

    tokens: int = 0
    seconds: float = 0.0

    def __add__(self, other: Spent) -> Spent:
        return Spent(self.tokens + other.tokens, self.seconds + other.seconds)

    def __sub__(self, other: Spent) -> Spent:
        return Spent(self.tokens - other.tokens, self.seconds - other.seconds)

    def at_least(self, other: Spent) -> Spent:
        """Return the larger of each."""
        return Spent(max(self.tokens, other.tokens), max(self.seconds, other.seconds))


T = TypeVar("T")


class Conversation:
    """Asks for a task. Notes gather what a person should know of how the answer came about."""

    def __init__(self, brief: Brief, desk: Desk, recipe: Recipe, voice: str) -> None:
        self.brief = brief
        self.recipe = recipe
        self.desk = desk
        self.notes: list[str] = []
        self.spent = Spent()
        self.looking = Spent()
        self._voice = voice
        self._as_it_is: tuple[Check, ...] | None = None

    @property
    def repairs(self) -> int:
        """How often an answer may be mended."""
        return self.brief.repairs

    def open(self, text: str = "instruction") -> tuple[Message, ...]:
        """Return the messages a talk begins with: one of the recipe's texts, for every task the same."""
        words = self.recipe.instruction if text == "instruction" else self.recipe.texts[text]
        return (Message(role="system", content=words.strip()),)

    async def as_it_is(self) -> tuple[Check, ...]:
        """Return what the task's commands say while nothing is changed; they run once for that."""
        if self._as_it_is is None:
            self._as_it_is = await self.desk.try_commands((), self.brief.task.spec.check)
            self.spend(Spent(seconds=sum(check.seconds for check in self._as_it_is)))
        return self._as_it_is

    async def ask(
        self,
        messages: Sequence[Message],
        parts: Sequence[Part],
        *,
        max_tokens: int | None = None,
        attempt: int = 0,
        schema: dict[str, Any] | None = None,
        stop: Sequence[str] = (),
        model: str | None = None,
        temperature: float | None = None,
        in_part: bool = False,
        begun: str = "",
    ) -> tuple[tuple[Message, ...], str]:
        """Put `parts` as the next question and return the messages so far and the answer.

        Args:
            messages: what was said before.
            parts: the question, piece by piece.
            max_tokens: longest answer; the recipe's where None.
            attempt: 0 for a first try; repairs differ in temperature and seed.
            schema: a JSON Schema for the answer.
            stop: texts that end the answer.
            model: who is asked; the brief's where None.
            temperature: the recipe's where None, a little more for repairs.
            in_part: whether an answer that was cut off is of use as far as it goes; whoever asks cuts off its end.
            begun: what the answer begins with; the model goes on from there.

        Raises:
            AnswerRejected: the question does not fit (code `too-long-for-model`), or the answer was cut off, also when
                asked for again with more room (code `cut-off`); one that was begun is not.
            EngineUnavailable, TaskStopped: see `Desk.ask`.
        """
        longest = max_tokens or self.recipe.max_tokens
        request = ChatRequest(
            model=model or self.brief.model,
            messages=tuple(messages),
            temperature=self._heat(attempt) if temperature is None else temperature,
            seed=attempt,
            max_tokens=min(longest, self.brief.context // 2),
            context=self.brief.context,
            response_schema=schema,
            stop=tuple(stop),
        )
        completion, asked = await self._once(request, parts, begun)
        if completion.finish == "length" and not in_part:
            self.refuse(f"the answer was cut off after {completion.completion_tokens} tokens")
            room = request.context - completion.prompt_tokens - 16
            if begun or room < request.max_tokens * 3 // 2:
                raise _cut_off()
            more = request.model_copy(update={"max_tokens": min(room, 2 * request.max_tokens)})
            completion, asked = await self._once(more, parts, begun)
            if completion.finish == "length":
                self.refuse(f"the answer was cut off after {completion.completion_tokens} tokens, again")
                raise _cut_off()
        text = begun + completion.text
        return (*asked.messages, Message(role="assistant", content=text)), text

    async def lean(
        self,
        messages: Sequence[Message],
        parts: Sequence[Part],
        against: Sequence[Part],
        *,
        model: str,
        max_tokens: int,
        within: float,
        stop: Sequence[str] = (),
    ) -> Completion:
        """Put a question as coldly as can be, and return the answer with where it leans elsewhere.

        What that takes is counted in `looking`, too: no try costs it again.

        Args:
            messages, parts, model, max_tokens, stop: see `ask`.
            against: the question without what it asks for; what there is no room for in the one is in neither.
            within: seconds that it may take.

        Raises:
            AnswerRejected: the question does not fit (code `too-long-for-model`).
            EngineUnavailable: no engine answered, or the one that would cannot tell (code `cannot-compare`).
            TaskStopped: see `Desk.ask`.
        """
        request = ChatRequest(
            model=model,
            messages=tuple(messages),
            max_tokens=min(max_tokens, self.brief.context // 2),
            context=self.brief.context,
            stop=tuple(stop),
            within=within,
        )
        before = self.spent
        completion, _ = await self._once(request, parts, against=against)
        self.looking += self.spent - before
        return completion

    async def _once(
        self, request: ChatRequest, parts: Sequence[Part], begun: str = "", against: Sequence[Part] = ()
    ) -> tuple[Completion, ChatRequest]:
        fitted = await fit(request, parts, self.desk.count)
        if fitted.left_out:
            self.desk.tell(ContextDropped(task=self.brief.task.id, voice=self._voice, left_out=fitted.left_out))
            self.note(f"not shown, for want of room: {', '.join(fitted.left_out)}")
        asked = sent = fitted.request
        if begun:
            sent = asked.model_copy(update={"messages": (*asked.messages, Message(role="assistant", content=begun))})
        if against:
            without = "\n\n".join(part.text for part in against if part.name not in fitted.left_out)
            other = (*request.messages, Message(role="user", content=without))
            sent = asked.model_copy(update={"against": other})
        completion = await self.desk.ask(self._voice, sent)
        self.spend(Spent(completion.prompt_tokens + completion.completion_tokens, completion.seconds))
        return completion, asked

    def _heat(self, attempt: int) -> float:
        return self.recipe.temperature + (BOLDER if attempt else 0.0)

    def spend(self, spent: Spent) -> None:
        """Count what something took against the task's budget."""
        self.spent += spent

    async def ask_and_mend(
        self,
        messages: Sequence[Message],
        parts: Sequence[Part],
        take: Callable[[str], T],
        *,
        schema: dict[str, Any],
        about: str = "",
    ) -> T:
        """Ask until `take` takes an answer, as often as it may be mended, and return what it made of it.

        Args:
            messages, parts, schema: see `ask`.
            take: reads an answer; what it raises is told to the model with the recipe's words for a repair.
            about: what the question is about, for whoever reads why an answer was refused.

        Raises:
            AnswerRejected, EditRefused: the last answer was not taken either.
        """
        for attempt in range(self.repairs + 1):
            messages, answer = await self.ask(messages, parts, attempt=attempt, schema=schema)
            try:
                return take(answer)
            except (AnswerRejected, EditRefused) as error:
                self.refuse(f"{about}: {error.message}" if about else error.message)
                if attempt == self.repairs:
                    raise
                parts = [Part(name="complaint", text=f"{error.message}. {self.recipe.texts['repair']}")]
        raise AssertionError("the loop returns or raises")

    def refuse(self, reason: str) -> None:
        """Publish that an answer could not be used."""
        self.desk.tell(AnswerRefused(task=self.brief.task.id, voice=self._voice, reason=reason))

    def report(self, check: Check) -> Check:
        """Publish a check that the crew made itself, and return it."""
        self.desk.tell(
            CheckFinished(
                task=self.brief.task.id, name=check.name, ok=check.ok, output=check.output, seconds=check.seconds
            )
        )
        return check

    def note(self, text: str) -> None:
        """Keep a note for the proposal, once."""
        if text not in self.notes:
            self.notes.append(text)

    def forget(self, notes: Sequence[str]) -> None:
        """Take back notes that speak of an answer which came to nothing."""
        self.notes = [note for note in self.notes if note not in notes]


def _cut_off() -> AnswerRejected:
    return AnswerRejected(
        "the model's answer was cut off before its end",
        code="cut-off",
        hint="ask for a smaller change, or raise [engine] context in nanites.toml",
    )

"""An answer in words: from one voice, or from several that take turns until they agree.

The first voice answers, the others judge the answer; who moderates ends the talk on agreement, or has a verdict given
when the rounds are over. What is answered is held against the files: a line that is cited must exist.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.context.budget import Part
from workbench.crew.conversation import Conversation
from workbench.crew.solving.showing import excerpt_part
from workbench.crew.telling.citations import cited
from workbench.crew.words import check_words
from workbench.errors import AnswerRejected
from workbench.model import SUMMARY_LIMIT, Excerpt, Proposal, Voice

MODERATOR = "Moderator"
JUDGED_TOKENS = 120
"""Tokens of a judgement: two sentences."""

TALK_TOKENS = 220
"""Tokens of an answer that others judge: a few sentences."""

KEPT_WORDS = 700
"""Characters of what somebody said that the others are shown."""

_VERDICT = re.compile(
    r"(?:\b(?:I|verdict)\b[\s:*]*)?\W*\b(AGREED?|OBJECT(?:ION)?S?|DISAGREE)\b[\s:.,*-]*", re.IGNORECASE
)


@dataclass(frozen=True)
class Turn:
    """What a voice said: an answer, or (`agrees` is not None) its judgement of one."""

    voice: Voice
    text: str
    agrees: bool | None = None

    def __str__(self) -> str:
        return f"{self.voice.name} ({self.voice.model}): {self.text}"


async def chat(talk: Conversation) -> Proposal:
    """Return the answer to the task, from what it was given to read; its whole text is the first note.

    Raises:
        AnswerRejected: nobody says anything that can be used.
    """
    shown = _shown(talk)
    context = [excerpt_part(excerpt) for excerpt in shown]
    if len(talk.brief.voices) > 1 and talk.brief.rounds > 1:
        return await _Talk(talk, shown, context).run()
    parts = [*context, _task(talk)]
    if talk.brief.voices:
        first = talk.brief.voices[0]
        parts += _own_part(first)
        talk = _as_voice(talk, first)
    text = await _answer(talk, parts, talk.recipe.max_tokens)
    return _proposal(cited(text, shown), talk.notes)


class _Talk:
    """A talk of several voices under way."""

    def __init__(self, talk: Conversation, shown: tuple[Excerpt, ...], context: list[Part]) -> None:
        self._talk = talk
        self._shown = shown
        self._context = context
        self._task = _task(talk)
        self._turns: list[Turn] = []
        self._voices = talk.brief.voices

    async def run(self) -> Proposal:
        """Take turns until all agree, or the rounds are over and a verdict is given."""
        for voice in self._voices:
            if voice.fallback:
                self._talk.note(f"no model is set for the tier mid: {voice.name} speaks with {voice.model}")
        answer = await self._first()
        for number in range(self._talk.brief.rounds):
            objections = await self._judged(answer)
            if not objections:
                rounds = f"{number + 1} round{'s' if number else ''}"
                return self._end(answer, f"agreed after {rounds}")
            if number + 1 < self._talk.brief.rounds:
                answer = await self._again(answer, objections)
        return self._end(await self._decided(answer), f"not agreed after {self._talk.brief.rounds} rounds; decided")

    async def _first(self) -> str:
        return await self._says(self._voices[0], [*self._context, self._task])

    async def _again(self, answer: str, objections: Sequence[Turn]) -> str:
        """Have the first voice answer anew; where it has nothing usable to say, its answer stands."""
        parts = [
            *self._context,
            self._task,
            Part(name="answer", text=f"Your answer was: {answer[:KEPT_WORDS]}"),
            Part(name="objections", text=self._talk.recipe.texts["again"].strip() + "\n" + _listed(objections)),
        ]
        try:
            return await self._says(self._voices[0], parts, attempt=1)
        except AnswerRejected:
            return answer

    async def _says(self, voice: Voice, parts: Sequence[Part], attempt: int = 0) -> str:
        text = await _answer(_as_voice(self._talk, voice), [*parts, *_own_part(voice)], TALK_TOKENS, attempt)
        self._turns.append(Turn(voice, text))
        return text

    async def _judged(self, answer: str) -> list[Turn]:
        """Return the objections of the others to an answer; who says nothing usable does not object."""
        objections: list[Turn] = []
        for voice in self._voices[1:]:
            parts = [
                *self._context,
                self._task,
                Part(name="answer", text=f"The answer: {answer[:KEPT_WORDS]}"),
                *([Part(name="objections", text=f"Said of it:\n{_listed(objections)}")] if objections else []),
                Part(name="part", text=f"{voice.words} One sentence, then AGREE or OBJECT.".strip()),
            ]
            turn = await self._judgement(voice, parts)
            if turn is not None:
                self._turns.append(turn)
                if not turn.agrees:
                    objections.append(turn)
        return objections

    async def _judgement(self, voice: Voice, parts: Sequence[Part]) -> Turn | None:
        speaker = _as_voice(self._talk, voice)
        try:
            _, said = await speaker.ask(speaker.open("judge"), parts, max_tokens=JUDGED_TOKENS)
            text = check_words(said, " ".join(part.text for part in parts))
        except AnswerRejected as error:
            speaker.refuse(error.message)
            self._talk.note(f"{voice.name} said nothing that could be used")
            return None
        verdicts = _VERDICT.findall(text)
        if verdicts and verdicts[-1].upper().startswith("AGREE"):
            return Turn(voice, text, agrees=True)
        objection = " ".join(_VERDICT.sub(" ", text).split())
        # Without a verdict it was a remark; an objection without words changes nothing, and cannot be answered.
        return Turn(voice, objection or text, agrees=not verdicts or not objection)

    async def _decided(self, answer: str) -> str:
        """Have the last word given by the model of whoever judges first, the larger one where there is one."""
        judge = self._voices[1]
        moderator = judge.model_copy(update={"name": MODERATOR})
        speaker = _as_voice(self._talk, moderator)
        said = "\n".join(f"{turn.voice.name}: {turn.text[:KEPT_WORDS]}" for turn in self._turns[-len(self._voices) :])
        parts = [*self._context, self._task, Part(name="talk", text=f"What was said:\n{said}")]
        try:
            _, text = await speaker.ask(speaker.open("decide"), parts, max_tokens=TALK_TOKENS)
            text = check_words(text, " ".join(part.text for part in parts))
        except AnswerRejected as error:
            speaker.refuse(error.message)
            self._talk.note("no verdict could be had: the last answer stands, with objections")
            return answer
        self._turns.append(Turn(moderator, text))
        return text

    def _end(self, answer: str, how: str) -> Proposal:
        transcript = "\n\n".join(map(str, self._turns))
        return _proposal(cited(answer, self._shown), [*self._talk.notes, how, transcript])


def _as_voice(talk: Conversation, voice: Voice) -> Conversation:
    """Return a talk of the same task in the name, and with the model, of one voice."""
    name = voice.name if len(talk.brief.voices) > 1 and talk.brief.rounds > 1 else talk.recipe.voice
    return Conversation(talk.brief.model_copy(update={"model": voice.model}), talk.desk, talk.recipe, name)


async def _answer(talk: Conversation, parts: Sequence[Part], max_tokens: int, attempt: int = 0) -> str:
    _, said = await talk.ask(talk.open(), parts, max_tokens=max_tokens, attempt=attempt)
    try:
        return check_words(said, " ".join(part.text for part in parts))
    except AnswerRejected as error:
        talk.refuse(error.message)
        raise


def _proposal(text: str, notes: Sequence[str]) -> Proposal:
    flat = " ".join(text.split())
    short = flat if len(flat) <= SUMMARY_LIMIT else f"{flat[: SUMMARY_LIMIT - 1]}…"
    return Proposal(summary=short, notes=(text, *notes))


def _task(talk: Conversation) -> Part:
    return Part(name="task", text=talk.brief.task.spec.task.strip())


def _own_part(voice: Voice) -> list[Part]:
    return [Part(name="part", text=voice.words)] if voice.words else []


def _listed(turns: Sequence[Turn]) -> str:
    return "\n".join(f"- {turn.voice.name}: {turn.text[:KEPT_WORDS]}" for turn in turns)


def _shown(talk: Conversation) -> tuple[Excerpt, ...]:
    targets = [
        Excerpt(
            path=source.path,
            first=1,
            last=source.content.count(b"\n") + 1,
            text=source.content.decode("utf-8").removeprefix("\ufeff"),
        )
        for source in talk.brief.targets
    ]
    return (*talk.brief.reads, *targets)

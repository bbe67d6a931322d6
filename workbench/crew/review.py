"""Review and bug hunt: findings about code, of which each must stand in the file and be confirmed by a second voice.

What is found here is a claim that two voices share and a line bears out. It is no proof, so there is no verdict.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workbench.context.budget import Part
from workbench.crew.conversation import Conversation
from workbench.crew.reviewing.findings import MOST_WORDS, held, ordered, schema, summed_up
from workbench.crew.reviewing.pieces import pieces
from workbench.crew.summary import numbered
from workbench.crew.words import read_json
from workbench.errors import AnswerRejected
from workbench.model import SUMMARY_LIMIT, Excerpt, Finding, Proposal, Source, Voice
from workbench.terminal import one_line

MOST_TOKENS = 150
"""Estimated tokens of code that are looked at in one question: of several functions a small model sees one fault."""

MOST_PIECES = 40
"""Questions about code in one task; what is beyond them is said to be unread."""

MOST_FINDINGS = 2
"""Findings of one answer."""

MOST_CONFIRMED = 12
"""Findings of a task that are put to the second voice, worst first."""

AROUND = 12
"""Lines on either side of a finding that the second voice is shown."""

_CONFIRMED: dict[str, Any] = {
    "type": "object",
    "properties": {"does": {"type": "string", "maxLength": 160}, "holds": {"type": "boolean"}},
    "required": ["does", "holds"],
    "additionalProperties": False,
}


async def review(talk: Conversation) -> Proposal:
    """Return the confirmed findings about targets and reads; what was dropped is among the notes.

    Raises:
        AnswerRejected: nothing is there to read (code `nothing-to-do`), or no answer could be used.
    """
    whole = _material(talk)
    if not whole:
        raise AnswerRejected(
            "there is nothing to review",
            code="nothing-to-do",
            hint="name files in targets or read, or change something",
        )
    parts = pieces(whole, min(MOST_TOKENS, talk.brief.context // 3))
    if len(parts) > MOST_PIECES:
        unread = ", ".join(f"{one.path}:{one.first}-{one.last}" for piece in parts[MOST_PIECES:] for one in piece)
        talk.note(f"not looked at, for it is too much for one task: {unread}"[:600])
    for voice in talk.brief.voices:
        if voice.fallback:
            talk.note(f"no model is set for the tier mid: {voice.name} speaks with {voice.model}")
    found: list[Finding] = []
    dropped: list[str] = []
    faults: list[AnswerRejected] = []
    for piece in parts[:MOST_PIECES]:
        try:
            kept, left = await _look(_voiced(talk, 0), piece)
        except AnswerRejected as error:
            faults.append(error)
            continue
        found += [one for one in kept if all((one.file, one.line) != (old.file, old.line) for old in found)]
        dropped += left
    if faults and not found and len(faults) == min(len(parts), MOST_PIECES):
        raise faults[-1]
    if faults:
        talk.note(f"{len(faults)} of {len(parts[:MOST_PIECES])} pieces got no usable answer")
    return await _confirmed(talk, whole, ordered(found), dropped)


def _voiced(talk: Conversation, number: int) -> Conversation:
    """Return a talk in the name of one of the voices; of the recipe's own where nobody said who speaks."""
    voices = talk.brief.voices
    if not voices:
        return talk
    voice: Voice = voices[min(number, len(voices) - 1)]
    return Conversation(talk.brief.model_copy(update={"model": voice.model}), talk.desk, talk.recipe, voice.name)


async def _look(voice: Conversation, piece: Sequence[Excerpt]) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """Ask for the findings of one piece of code."""
    task = voice.brief.task.spec.task.strip()
    wanted = f"Look for this: {task}" if task else "What is wrong here?"
    parts = [
        *(Part(name=f"{one.path}:{one.first}-{one.last}", text=numbered(one)) for one in piece),
        Part(name="task", text=wanted),
    ]
    messages = voice.open()
    for attempt in range(voice.repairs + 1):
        asked = schema(piece, MOST_FINDINGS)
        messages, answer = await voice.ask(messages, parts, attempt=attempt, schema=asked)
        try:
            return held(read_json(answer), piece)
        except AnswerRejected as error:
            voice.refuse(error.message)
            if attempt == voice.repairs:
                raise
            parts = [Part(name="complaint", text=f"{error.message}. {voice.recipe.texts['repair']}")]
    raise AssertionError("the loop returns or raises")


async def _confirmed(
    talk: Conversation, whole: Sequence[Excerpt], found: tuple[Finding, ...], dropped: Sequence[str]
) -> Proposal:
    """Put each finding to the second voice and return what it confirms."""
    second = _voiced(talk, 1)
    kept: list[Finding] = []
    denied: list[str] = []
    for finding in found[:MOST_CONFIRMED]:
        holds, why = await _holds(second, finding, whole)
        if holds:
            kept.append(finding)
        else:
            denied.append(f"not confirmed: {finding}" + (f": {why}" if why else ""))
    if len(found) > MOST_CONFIRMED:
        talk.note(f"{len(found) - MOST_CONFIRMED} lesser findings were not put to the second voice and are left out")
    if dropped:
        talk.note(f"{len(dropped)} dropped, for their evidence is not in the file or they name no fault")
    if denied:
        talk.note(f"{len(denied)} dropped, for the second voice did not confirm them")
    if not kept:
        looked = "one file" if len({one.path for one in whole}) == 1 else f"{len({one.path for one in whole})} files"
        text = f"No finding in {looked} was confirmed; that is no proof that there is none."
        return Proposal(summary=text, notes=(*talk.notes, *dropped, *denied))
    notes = (*talk.notes, *dropped, *denied)
    return Proposal(summary=summed_up(kept, SUMMARY_LIMIT), findings=tuple(kept), notes=notes)


async def _holds(voice: Conversation, finding: Finding, whole: Sequence[Excerpt]) -> tuple[bool, str]:
    """Return whether a voice confirms a finding, and why; an answer that cannot be used confirms nothing."""
    claim = f"Line {finding.line}: {finding.evidence[:200]}\nClaim: {finding.claim}\n\nDoes the claim hold?"
    parts = [Part(name="lines", text=numbered(_around(finding, whole))), Part(name="claim", text=claim)]
    try:
        _, answer = await voice.ask(voice.open("confirm"), parts, max_tokens=120, schema=_CONFIRMED)
        value = read_json(answer)
    except AnswerRejected as error:
        voice.refuse(error.message)
        return False, ""
    does = one_line(value["does"], MOST_WORDS) if isinstance(value.get("does"), str) else ""
    # Who says nothing of the line, or only says the claim again, has not looked.
    looked = len(does.split()) > 1 and _flat(does) != _flat(finding.claim)
    return value.get("holds") is True and looked, does


def _flat(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _around(finding: Finding, whole: Sequence[Excerpt]) -> Excerpt:
    """Return the lines around a finding."""
    excerpt = next(one for one in whole if one.path == finding.file and one.first <= finding.line <= one.last)
    lines = excerpt.text.split("\n")
    first = max(excerpt.first, finding.line - AROUND)
    last = min(excerpt.last, finding.line + AROUND)
    text = "\n".join(lines[first - excerpt.first : last - excerpt.first + 1])
    return Excerpt(path=excerpt.path, first=first, last=last, text=text)


def _material(talk: Conversation) -> tuple[Excerpt, ...]:
    """Return what is to be looked at: targets whole, and what `read` names."""
    return tuple(one for one in (*map(_whole, talk.brief.targets), *talk.brief.reads) if one.text.strip())


def _whole(source: Source) -> Excerpt:
    text = source.content.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n").removesuffix("\n")
    return Excerpt(path=source.path, first=1, last=text.count("\n") + 1, text=text)

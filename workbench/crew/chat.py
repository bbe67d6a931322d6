"""An answer in words, one voice for now; the group of voices will take its place here."""

from __future__ import annotations

from workbench.context.budget import Part
from workbench.crew.conversation import Conversation
from workbench.crew.showing import excerpt_part
from workbench.crew.words import check_words
from workbench.errors import AnswerRejected
from workbench.model import SUMMARY_LIMIT, Excerpt, Proposal


async def chat(talk: Conversation) -> Proposal:
    """Return the model's answer to the task, from what it was given to read; the whole text is the first note.

    Raises:
        AnswerRejected: it says nothing that can be used.
    """
    task = talk.brief.task.spec.task.strip()
    targets = [
        Excerpt(
            path=source.path,
            first=1,
            last=source.content.count(b"\n") + 1,
            text=source.content.decode("utf-8").removeprefix("\ufeff"),
        )
        for source in talk.brief.targets
    ]
    context = [excerpt_part(excerpt) for excerpt in (*talk.brief.reads, *targets)]
    _, answer = await talk.ask(talk.open(), [*context, Part(name="task", text=task)])
    try:
        text = check_words(answer, " ".join([task, *(part.text for part in context)]))
    except AnswerRejected as error:
        talk.refuse(error.message)
        raise
    flat = " ".join(text.split())
    short = flat if len(flat) <= SUMMARY_LIMIT else f"{flat[: SUMMARY_LIMIT - 1]}…"
    return Proposal(summary=short, notes=(text, *talk.notes))

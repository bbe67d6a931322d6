"""Files done piece by piece: each symbol by itself, what fails is left out, and each file is proven as a whole."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable

from workbench.crew.conversation import Conversation
from workbench.errors import AnswerRejected, EditRefused, NaniteError
from workbench.model import Check, FileEdit, Proposal, Source, Verdict

Piece = tuple[str, Callable[[str], Awaitable[str]]]
"""A symbol's name, and what returns the file with it done, given the file as it is by then."""


async def piecewise(
    talk: Conversation,
    pieces: Callable[[Source, str], Iterable[Piece]],
    proof: Callable[[str, bytes, bytes], Check],
    nothing: Callable[[list[NaniteError]], NaniteError],
    *,
    verb: str,
) -> Proposal:
    """Return what came of all pieces of all targets; those that failed are in the notes.

    Args:
        pieces: what is to be done in a target, given its text.
        proof: whether a file, by its path, before and after, changed in nothing else.
        nothing: what to say where no piece was done, from what failed.
        verb: the first word of the summary.

    Raises:
        NaniteError: what `nothing` returns.
    """
    edits: list[FileEdit] = []
    checks: list[Check] = []
    done: list[str] = []
    failed: list[NaniteError] = []
    for source in talk.brief.targets:
        text = source.content.decode("utf-8")
        for name, do in pieces(source, text):
            try:
                text = await do(text)
            except (AnswerRejected, EditRefused) as error:
                failed.append(error)
                talk.note(f"{name} in {source.path}: left out: {error.message}"[:400])
            else:
                done.append(name)
        after = text.encode("utf-8")
        if after != source.content:
            checks.append(talk.report(proof(source.path, source.content, after)))
            edits.append(FileEdit(path=source.path, before=source.content, after=after))
    if not edits:
        raise nothing(failed)
    return Proposal(
        summary=f"{verb} {', '.join(done)}"[:400],
        edits=tuple(edits),
        checks=tuple(checks),
        verdict=Verdict.PROVEN if all(check.ok for check in checks) else Verdict.UNVERIFIED,
        notes=tuple(talk.notes),
    )

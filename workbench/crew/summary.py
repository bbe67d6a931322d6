"""A summary of files: claims with lines, each held against the file before anyone reads it."""

from __future__ import annotations

from typing import Any

from workbench.context.budget import Part, estimate
from workbench.context.outlined import outlined
from workbench.crew.conversation import Conversation
from workbench.crew.telling.claims import Claim, grounded
from workbench.crew.words import check_words, read_json
from workbench.errors import AnswerRejected
from workbench.model import SUMMARY_LIMIT, Excerpt, Proposal

MOST_TOKENS = 1_500
"""Estimated tokens of files that are shown line by line; beyond that, files are shown by their signatures."""

MOST_CLAIMS = 5


async def summary(talk: Conversation) -> Proposal:
    """Return what the files say about the task, in claims that carry `PATH:LINE`.

    Raises:
        AnswerRejected: nothing is there to read (code `nothing-to-do`), or no claim was borne out (`ungrounded`).
    """
    return await claims_about(talk, material(talk), talk.brief.task.spec.task.strip() or "Say what this code does.")


async def claims_about(talk: Conversation, whole: tuple[Excerpt, ...], task: str, most: int = MOST_CLAIMS) -> Proposal:
    """Return what `whole` says about a task, in at most `most` claims that carry `PATH:LINE`.

    Raises:
        AnswerRejected: see `summary`.
    """
    if not whole:
        raise AnswerRejected(
            "there is nothing to read", code="nothing-to-do", hint="name files in targets or read, as PATH or PATH:A-B"
        )
    shown = tuple(_shortened(talk, whole))
    parts = [
        *(Part(name=f"{one.path}:{one.first}-{one.last}", text=numbered(one), needed=len(shown) == 1) for one in shown),
        Part(name="task", text=f"Task: {task}"),
    ]

    def taken(answer: str) -> Proposal:
        value = read_json(answer)
        check_words(" ".join(str(item) for item in _texts(value)), f"{task} {shown[0].text}")
        claims, dropped = grounded(value, whole)
        if not claims:
            raise AnswerRejected(
                "no claim of the answer is borne out by the line it names",
                code="ungrounded",
                hint="ask a narrower question, or name lines with PATH:A-B",
            )
        return _proposal(talk, claims, dropped)

    return await talk.ask_and_mend(talk.open(), parts, taken, schema=_schema(shown, most))


def _proposal(talk: Conversation, claims: tuple[Claim, ...], dropped: tuple[str, ...]) -> Proposal:
    for reason in dropped:
        talk.note(f"dropped: {reason}")
    short: list[str] = []
    for claim in claims:
        if len(" ".join([*short, str(claim)])) <= SUMMARY_LIMIT:
            short.append(str(claim))
    text = " ".join(short) or claims[0].within(SUMMARY_LIMIT)
    return Proposal(summary=text, notes=("\n".join(f"- {claim}" for claim in claims), *talk.notes))


def material(talk: Conversation) -> tuple[Excerpt, ...]:
    """Return what is to be read: targets whole, and what `read` names."""
    targets = []
    for source in talk.brief.targets:
        text = source.content.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n").removesuffix("\n")
        targets.append(Excerpt(path=source.path, first=1, last=text.count("\n") + 1, text=text))
    return tuple(one for one in (*targets, *talk.brief.reads) if one.text.strip())


def _shortened(talk: Conversation, whole: tuple[Excerpt, ...]) -> list[Excerpt]:
    """Return the material, long files cut down to what the task names and their signatures, largest first."""
    shown = list(whole)
    room = min(MOST_TOKENS, talk.brief.context // 2)
    for place in sorted(range(len(shown)), key=lambda place: -len(shown[place].text)):
        if sum(estimate(numbered(one)) for one in shown) <= room:
            break
        others = sum(estimate(numbered(one)) for one in shown) - estimate(numbered(shown[place]))
        short = outlined(shown[place], talk.brief.task.spec.task, max(room // len(shown), room - others))
        if short != shown[place]:
            talk.note(f"{shown[place].path} is shown by what the task names and its signatures, not whole")
            shown[place] = short
    return shown


def numbered(excerpt: Excerpt) -> str:
    """Return lines with their numbers under their path; lines that are empty are left out."""
    rows = [f"{number} {line}" for number, line in enumerate(excerpt.text.split("\n"), excerpt.first) if line.strip()]
    return "\n".join([f"{excerpt.path}:", *rows])


def _schema(shown: tuple[Excerpt, ...], most: int) -> dict[str, Any]:
    claim: dict[str, Any] = {"text": {"type": "string", "maxLength": 240}}
    if len({one.path for one in shown}) > 1:
        claim["file"] = {"enum": list(dict.fromkeys(one.path for one in shown))}
    claim["line"] = {"type": "integer"}
    items = {"type": "object", "properties": claim, "required": list(claim), "additionalProperties": False}
    return {
        "type": "object",
        "properties": {"claims": {"type": "array", "minItems": 1, "maxItems": most, "items": items}},
        "required": ["claims"],
        "additionalProperties": False,
    }


def _texts(value: dict[str, Any]) -> list[object]:
    claims = value.get("claims")
    return [item.get("text", "") for item in claims if isinstance(item, dict)] if isinstance(claims, list) else []

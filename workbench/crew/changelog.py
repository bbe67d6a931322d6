"""An entry in the changelog from the commits since the last release, or from what is not committed yet."""

from __future__ import annotations

import re
from typing import Any

from workbench.context.budget import Part
from workbench.context.short_diff import added_words, short_diff
from workbench.crew.conversation import Conversation
from workbench.crew.telling.changelog_form import SECTIONS, known_entries, with_entries
from workbench.crew.words import check_words, read_json
from workbench.errors import AnswerRejected, EditRefused
from workbench.model import Check, FileEdit, Proposal, Verdict

MOST_TOKENS = 1_000
MOST_ENTRIES = 5
LONGEST = 160
"""Characters of an entry."""


async def changelog(talk: Conversation) -> Proposal:
    """Return the changelog with new entries under what is not released yet; nothing else of it changes.

    Raises:
        AnswerRejected: nothing has changed since the last release (code `nothing-to-do`), or no answer could be used.
    """
    found = talk.brief.found
    path, text = found.get("path", "CHANGELOG.md"), found.get("text")
    commits, diff = found.get("commits", ""), found.get("diff", "")
    if not commits and not diff:
        raise AnswerRejected(
            "nothing has changed since the last release", code="nothing-to-do", hint="commit or change something first"
        )
    known = known_entries(text or "")
    task = " ".join(talk.brief.task.spec.task.split())
    parts = [*_shown(talk, path, known), Part(name="task", text=f"{task}\nWrite the changelog entries.".strip())]
    words = added_words(diff) | frozenset(re.findall(r"[a-z]{3,}", f"{commits} {task}".lower()))

    def taken(answer: str) -> Proposal:
        entries = _read(answer, known, words, f"{commits}\n{task}\n{diff[:2_000]}")
        after = with_entries(text, entries)
        check = _only_new_lines(path, text or "", after)
        if not check.ok:
            raise EditRefused("more than new lines would change", code="not-preserved")
        before = None if text is None else text.encode("utf-8")
        return Proposal(
            summary=f"{path}: {'; '.join(entry for _, entry in entries)}"[:400],
            edits=(FileEdit(path=path, before=before, after=after.encode("utf-8")),),
            checks=(talk.report(check),),
            verdict=Verdict.UNVERIFIED,
            notes=tuple(talk.notes),
        )

    return await talk.ask_and_mend(talk.open(), parts, taken, schema=_schema())


def _shown(talk: Conversation, path: str, known: tuple[str, ...]) -> list[Part]:
    """Return the commits, or where there are none since the release the diff, and what the changelog has already."""
    found = talk.brief.found
    room = min(MOST_TOKENS, talk.brief.context // 2)
    commits = found.get("commits", "").splitlines()
    parts = []
    if known:
        listed = "\n".join(f"- {entry[:120]}" for entry in known[-8:])
        parts.append(Part(name=f"entries of {path}", text=f"In the changelog already:\n{listed}", needed=False))
    if commits:
        since = f"since {found['tag']}" if found.get("tag") else "so far"
        listed = "\n".join(f"- {subject[:120]}" for subject in commits[-30:])
        parts.append(Part(name="commits", text=f"Commits {since}:\n{listed}"))
    if found.get("diff"):
        room = room // 2 if commits else room
        parts.append(Part(name="diff", text=f"Not committed yet:\n```diff\n{short_diff(found['diff'], room)}\n```"))
    return parts


def _schema() -> dict[str, Any]:
    item = {
        "type": "object",
        "properties": {"section": {"enum": list(SECTIONS)}, "entry": {"type": "string", "maxLength": LONGEST}},
        "required": ["section", "entry"],
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {"entries": {"type": "array", "minItems": 1, "maxItems": MOST_ENTRIES, "items": item}},
        "required": ["entries"],
        "additionalProperties": False,
    }


def _read(answer: str, known: tuple[str, ...], words: frozenset[str], context: str) -> tuple[tuple[str, str], ...]:
    """Return the entries of an answer that are new and speak of what has changed, each with its section.

    Raises:
        AnswerRejected: there is none (code `ungrounded`).
    """
    said = read_json(answer).get("entries")
    have = {_plain(entry) for entry in known}
    stems = {word[:6] for word in words}
    entries: list[tuple[str, str]] = []
    for item in said if isinstance(said, list) else []:
        if not isinstance(item, dict) or not isinstance(item.get("entry"), str):
            continue
        entry = _cleaned(item["entry"])
        section = item.get("section")
        grounded = {word.lower()[:6] for word in re.findall(r"[A-Za-z]{3,}", entry)} & stems
        if len(entry.split()) < 2 or _plain(entry) in have or not grounded:
            continue
        check_words(entry, context)
        have.add(_plain(entry))
        entries.append((section if section in SECTIONS else "Changed", entry))
    if not entries:
        raise AnswerRejected(
            "the answer has no new entry about what has changed", code="ungrounded", hint="say what the commits say"
        )
    return tuple(entries)


def _cleaned(words: str) -> str:
    text = " ".join(words.split()).lstrip("-*# ").strip()
    if len(text) >= LONGEST - 1 and not text.endswith("."):
        text = text.rpartition(" ")[0]
    text = re.sub(r"^(?:feat|fix|docs|refactor|test|perf|build|ci|style|chore)(?:\([^)]*\))?!?: *", "", text)
    text = "".join(character for character in text if character.isprintable())
    return f"{text[:1].upper()}{text[1:].rstrip('.')}." if text else ""


def _plain(entry: str) -> str:
    return re.sub(r"\W+", " ", entry).strip().lower()


def _only_new_lines(path: str, before: str, after: str) -> Check:
    """Return the check that every line of a file is still there, in its order."""
    ahead = iter(after.split("\n"))
    kept = all(any(line == other for other in ahead) for line in before.rstrip("\r\n").split("\n"))
    return Check(name=f"only lines are added to {path}", ok=kept)

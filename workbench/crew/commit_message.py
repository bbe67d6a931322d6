"""A commit message from the diff: the nanite says what changed, the host writes it like the repository's last ones."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from workbench.context.budget import Part
from workbench.context.short_diff import added_words, short_diff
from workbench.crew.conversation import Conversation
from workbench.crew.words import check_words, read_json
from workbench.errors import AnswerRejected
from workbench.model import SUMMARY_LIMIT, Proposal

MOST_TOKENS = 1_200
"""Estimated tokens of the diff that is shown."""

LONGEST = 72
"""Characters of a subject, and of a line of the body."""

TYPES = ("feat", "fix", "docs", "refactor", "test", "perf", "build", "ci", "style", "chore")
_CONVENTIONAL = re.compile(r"^(?P<type>[a-z]+)(?:\((?P<scope>[^)]+)\))?!?: (?P<words>.+)")
_TESTS = re.compile(r"(?:^|/)(?:tests?|spec)/|(?:^|/)test_\w+\.py$|_test\.\w+$|\.(?:test|spec)\.\w+$")
_DOCS = re.compile(r"\.(?:md|rst|txt|adoc)$|(?:^|/)docs?/")


@dataclass(frozen=True)
class Habit:
    """How a repository writes its subjects: conventional commits or not, with a capital or not."""

    conventional: bool
    capital: bool
    scopes: tuple[str, ...] = ()


def habit_of(subjects: Sequence[str]) -> Habit:
    """Return how subjects are written, by the most of them."""
    found = [match for subject in subjects if (match := _CONVENTIONAL.match(subject))]
    conventional = len(found) * 2 > len(subjects)
    words = [match["words"] for match in found] if conventional else [subject for subject in subjects if subject]
    capital = sum(word[:1].isupper() for word in words) * 2 >= len(words)
    scopes = Counter(match["scope"] for match in found if match["scope"])
    return Habit(conventional, capital if words else True, tuple(name for name, _ in scopes.most_common(8)))


async def commit_message(talk: Conversation) -> Proposal:
    """Return a message for what is staged, or for all that is not committed: a subject, and a body where one helps.

    Raises:
        AnswerRejected: no answer could be used.
    """
    found = talk.brief.found
    files = [line.split(" ", 1)[-1] for line in found.get("files", "").splitlines()]
    habit = habit_of(found.get("subjects", "").splitlines())
    diff = short_diff(found.get("diff", ""), min(MOST_TOKENS, talk.brief.context // 2))
    if not found.get("staged"):
        talk.note("nothing is staged: this is about all that is not committed yet")
    task = " ".join(talk.brief.task.spec.task.split())
    parts = [Part(name="diff", text=f"```diff\n{diff}\n```"), *_asked(habit, found.get("subjects", ""), task)]
    known = added_words(found.get("diff", "")) | frozenset(re.findall(r"[a-z]{3,}", task.lower()))

    def taken(answer: str) -> Proposal:
        subject, body = _read(answer, habit, files, known, f"{diff}\n{task}")
        whole = f"{subject}\n\n{body}" if body else subject
        short = whole if len(whole) <= SUMMARY_LIMIT else subject
        return Proposal(summary=short, notes=(whole, *talk.notes))

    return await talk.ask_and_mend(talk.open(), parts, taken, schema=_schema(habit, files))


def _asked(habit: Habit, subjects: str, task: str) -> list[Part]:
    last = [line[:100] for line in subjects.splitlines()[:4]]
    parts = []
    if last:
        listed = "\n".join(f"- {_words_of(line) if habit.conventional else line}" for line in last)
        parts.append(
            Part(name="last subjects", text=f"Earlier subjects, for their style alone:\n{listed}", needed=False)
        )
    parts.append(Part(name="task", text=f"{task}\nWrite the commit message of this diff.".strip()))
    return parts


def _words_of(subject: str) -> str:
    found = _CONVENTIONAL.match(subject)
    return found["words"] if found else subject


def _schema(habit: Habit, files: Sequence[str]) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    if habit.conventional:
        properties["type"] = {"enum": list(_types(files))}
    properties["subject"] = {"type": "string", "maxLength": LONGEST - (12 if habit.conventional else 0)}
    item = {"type": "string", "maxLength": 2 * LONGEST}
    properties["body"] = {"type": "array", "maxItems": 3, "items": item}
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _types(files: Sequence[str]) -> tuple[str, ...]:
    """Return the types that a change of these files may have: where all are tests or docs, there is but one."""
    if files and all(_TESTS.search(path) for path in files):
        return ("test",)
    if files and all(_DOCS.search(path) for path in files):
        return ("docs",)
    return tuple(kind for kind in TYPES if kind not in {"test", "docs"})


def _read(answer: str, habit: Habit, files: Sequence[str], known: frozenset[str], context: str) -> tuple[str, str]:
    """Return the subject and the body of an answer.

    Raises:
        AnswerRejected: it says nothing, or nothing of what the diff holds (code `ungrounded`).
    """
    value = read_json(answer)
    words = value.get("subject")
    if not isinstance(words, str):
        raise AnswerRejected("the answer has no subject", code="not-json", hint="try again, or a larger model")
    subject = _subject(words, habit)
    check_words(subject, context)
    if known and not {word.lower()[:6] for word in re.findall(r"[A-Za-z]{3,}", subject)} & {word[:6] for word in known}:
        raise AnswerRejected(
            "the subject names nothing that the diff holds", code="ungrounded", hint="say what the diff changes"
        )
    if habit.conventional:
        kind = value.get("type")
        kind = kind if isinstance(kind, str) and kind in TYPES else _types(files)[0]
        subject = _fitted(f"{kind}: {subject}")
    said = value.get("body")
    lines = (
        [" ".join(line.split()).lstrip("-* ") for line in said if isinstance(line, str)]
        if isinstance(said, list)
        else []
    )
    kept: list[str] = []
    for line in lines:
        alike = {_plain(line)} & {_plain(other) for other in (subject, words, *kept)}
        if len(line.split()) > 2 and not alike and len(kept) < 3:
            kept.append(_sentence(line))
    body = "\n".join(textwrap.fill(line, LONGEST, initial_indent="- ", subsequent_indent="  ") for line in kept)
    return subject, body


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", _words_of(text)).strip().lower()


def _sentence(line: str) -> str:
    """Return a line to its last whole word where it was cut."""
    return line.rpartition(" ")[0] if len(line) >= 2 * LONGEST - 1 and not line.endswith(".") else line.rstrip(".")


def _subject(words: str, habit: Habit) -> str:
    text = " ".join(words.split()).strip("`\"' .")
    found = _CONVENTIONAL.match(text)
    if found and found["type"] in TYPES:
        text = found["words"]
    first = text[:1].upper() if habit.capital else text[:1].lower()
    # A name in capitals is one: README, JSON.
    text = text if text[1:2].isupper() else first + text[1:]
    return _fitted(text)


def _fitted(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST + 1].rpartition(" ")[0].rstrip(" ,;:.") or text[:LONGEST]

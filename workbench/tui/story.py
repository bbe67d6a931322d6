"""The story of one task, as the transcript pane tells it: a chapter for each voice, one for checks, one for prompts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Line = Mapping[str, Any]
PartKind = Literal["prompt", "answer", "check", "note", "decision"]

CHECKS = "Checks"
PROMPTS = "Prompt"
LIFE = "Life"
"""Chapters that are no voice's: what was tried, what was asked, and what became of the task."""


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a chapter.

    Attributes:
        title: one line above it.
        text: what was said, at whatever length.
        ok: whether a check passed; None where it could not run or where this is no check.
    """

    kind: PartKind
    title: str
    text: str = ""
    ok: bool | None = None


@dataclass
class Story:
    """Chapters by name, in the order in which they began; `LIFE`, checks and prompts come last."""

    chapters: dict[str, list[Part]] = field(default_factory=dict)

    @classmethod
    def of(cls, lines: Iterable[Line]) -> Story:
        """Return the story that lines of a transcript tell."""
        story = cls()
        for line in lines:
            story.add(line)
        return story

    @property
    def names(self) -> tuple[str, ...]:
        """The chapters' names, voices first."""
        last = (CHECKS, PROMPTS, LIFE)
        voices = [name for name in self.chapters if name not in last]
        return (*voices, *(name for name in last if name in self.chapters))

    def add(self, line: Line) -> list[tuple[str, Part]]:
        """Take one more line; return what it adds, with the chapter it belongs to."""
        tell = _TOLD.get(str(line.get("event")))
        try:
            parts = tell(line) if tell else []
        except (TypeError, ValueError, AttributeError, KeyError, OverflowError):
            # Not what this version writes: a later one's, or a stranger's.
            parts = []
        for chapter, part in parts:
            self.chapters.setdefault(chapter, []).append(part)
        return parts


def _voice(line: Line) -> str:
    return str(line.get("voice") or "Nanite")[:40]


def _prompt(line: Line) -> list[tuple[str, Part]]:
    model, text = str(line.get("model") or ""), str(line.get("prompt") or "")
    parts = [
        (_voice(line), Part("prompt", f"asked {model}", text)),
        (PROMPTS, Part("prompt", f"{_voice(line)} asked {model}", text)),
    ]
    return [*parts, *_left_out(line)]


def _left_out(line: Line) -> list[tuple[str, Part]]:
    names = [str(name) for name in line.get("left_out") or ()]
    part = Part("note", "left out of the prompt, for it did not fit or is private", "\n".join(names))
    return [(PROMPTS, part), (_voice(line), part)] if names else []


def _withheld(line: Line) -> list[tuple[str, Part]]:
    what = "\n".join(str(one) for one in line.get("withheld") or ())
    part = Part("note", "withheld from the model: it looks like a secret", what)
    return [(PROMPTS, part), (_voice(line), part)]


def _answer(line: Line) -> list[tuple[str, Part]]:
    seconds = float(line.get("seconds") or 0)
    written = int(line.get("completion_tokens") or 0)
    speed = f", {written / seconds:.0f}/s" if seconds else ""
    cached = f", {line['cached_tokens']} of them cached" if line.get("cached_tokens") else ""
    cut = " · CUT OFF" if line.get("finish") == "length" else ""
    title = f"{line.get('prompt_tokens', 0)} tokens read{cached}, {written} written in {seconds:.1f} s{speed}{cut}"
    return [(_voice(line), Part("answer", title, str(line.get("text") or "")))]


def _check(line: Line) -> list[tuple[str, Part]]:
    ok = line.get("ok")
    word = "passed" if ok else "could not run" if ok is None else "failed"
    seconds = float(line.get("seconds") or 0)
    part = Part("check", f"{line.get('name')} {word} ({seconds:.1f} s)", str(line.get("output") or ""), ok)
    return [(CHECKS, part)]


def _note(title: str) -> Callable[[Line], list[tuple[str, Part]]]:
    return lambda line: [(_voice(line), Part("note", title, str(line.get("reason") or "")))]


def _decision(line: Line) -> list[tuple[str, Part]]:
    by = f" by {line['by']}" if line.get("by") else ""
    hunks = f", hunks {', '.join(map(str, line['hunks']))}" if line.get("hunks") else ""
    return [(LIFE, Part("decision", f"{line.get('decision')}{by}{hunks}", str(line.get("reason") or "")))]


def _refused(line: Line) -> list[tuple[str, Part]]:
    error = line.get("error") or {}
    words = f"{error.get('message') or ''}\n{error.get('hint') or ''}".strip()
    return [(LIFE, Part("note", f"could not {line.get('decision')}", words))]


def _ended(line: Line) -> list[tuple[str, Part]]:
    error = line.get("error") or {}
    words = f"{error.get('message') or line.get('summary') or ''}\n{error.get('hint') or ''}".strip()
    return [(LIFE, Part("decision", str(line.get("state")), words))]


def _files(title: str) -> Callable[[Line], list[tuple[str, Part]]]:
    return lambda line: [(LIFE, Part("decision", title, "\n".join(str(path) for path in line.get("files") or ())))]


_TOLD: dict[str, Callable[[Line], list[tuple[str, Part]]]] = {
    "prompt-sent": _prompt,
    "context-dropped": _left_out,
    "secrets-withheld": _withheld,
    "answer-received": _answer,
    "answer-refused": _note("answer refused"),
    "check-finished": _check,
    "decision-taken": _decision,
    "decision-refused": _refused,
    "change-applied": _files("files changed"),
    "change-undone": _files("files restored"),
    "task-ended": _ended,
    "run-resumed": lambda _: [(LIFE, Part("note", "goes on where a dead runner stopped"))],
}

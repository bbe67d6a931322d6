"""The log of real models' answers, and what becomes of each: see tests/data/answers/README.md."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from workbench.edits import EditRefused, Plan, plan

FOLDER = Path(__file__).parents[1] / "data" / "answers"


@dataclass(frozen=True)
class Logged:
    """One line of a log."""

    where: str
    path: str
    before: str
    targets: tuple[str, ...]
    answer: str
    outcome: str


def logged() -> Iterator[Logged]:
    """Yield every answer of every log."""
    for file in sorted(FOLDER.glob("*.jsonl")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip():
                one = json.loads(line)
                yield Logged(
                    f"{file.name}:{number}",
                    one["path"],
                    one["before"] if "before" in one else (FOLDER / "sources" / one["path"]).read_text("utf-8"),
                    tuple(one["targets"]),
                    one["answer"],
                    one.get("outcome", ""),
                )


def planned(one: Logged) -> Plan | EditRefused:
    """Return what becomes of an answer."""
    try:
        return plan({one.path: one.before.encode()}, one.answer, targets=one.targets or None)
    except EditRefused as refusal:
        return refusal


def level_of(found: Plan | EditRefused) -> str:
    """Return at which level an answer was applied, or why it was refused."""
    if isinstance(found, EditRefused):
        return f"refused: {found.code}"
    return f"level {max(hunk.level for hunk in found.hunks)}" if found.hunks else found.form

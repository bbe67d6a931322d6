"""What becomes of the corpus: each case applied exactly, wrongly, or refused, and whether that is as it must be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.house.edit_cases import cases
from tests.house.edit_sources import Change
from workbench.edits import EditRefused, plan


@dataclass
class Verdicts:
    """How many cases were `applied`, `refused` rightly or `missed`; those with wrong content; the faults seen."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)


def judged(changes: Iterable[Change], seed: int) -> Verdicts:
    """Return what became of every case of these changes."""
    verdicts = Verdicts()
    for change in changes:
        for case in cases(change, seed=seed):
            verdicts.seen.add(case.name.partition(": ")[2])
            try:
                got = plan(case.files, case.answer, targets=case.targets).files
            except EditRefused:
                verdicts.counts["refused" if case.expected is None else "missed"] += 1
                continue
            verdicts.counts["applied"] += 1
            if got != case.expected:
                verdicts.wrong.append(f"{case.name} of {change.path}")
    return verdicts

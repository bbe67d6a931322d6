"""Over a thousand answers to real code with the faults of small models: applied exactly, or refused. Never wrong."""

from __future__ import annotations

from collections import Counter

from tests.house.edit_cases import LINE_FAULTS, REFUSED, WORD_FAULTS, cases
from tests.house.edit_sources import library_changes
from workbench.edits import EditRefused, plan

CHANGES = 7
"""Changes of the standard library's own files; each gives some 200 cases."""


def test_answers_with_the_faults_of_small_models_are_applied_exactly_or_refused() -> None:
    judged: Counter[str] = Counter()
    wrong: list[str] = []
    seen: set[str] = set()
    for change in library_changes(seed=11, most=CHANGES):
        for case in cases(change, seed=11):
            seen.add(case.name.partition(": ")[2])
            try:
                got = plan(case.files, case.answer, targets=case.targets).files
            except EditRefused:
                judged["refused" if case.expected is None else "missed"] += 1
                continue
            judged["applied"] += 1
            if got != case.expected:
                wrong.append(f"{case.name} of {change.path}")
    assert wrong == []
    assert judged.total() >= 1_000
    assert judged["applied"] >= 0.98 * (judged["applied"] + judged["missed"])
    rare = {"elided", "escaped", "some spaces lost", "blank_lost"}
    assert {*REFUSED, *WORD_FAULTS, *LINE_FAULTS} - seen <= rare

"""The corpus of real changes between two releases of packages, fetched from the index: every fault in every format."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.house.edit_cases import cases
from tests.house.edit_sources import FRESH, TUNED, release_changes
from workbench.edits import EditRefused, plan


@pytest.mark.e2e
@pytest.mark.timeout(600)
@pytest.mark.parametrize("package", [*TUNED, *FRESH], ids=lambda package: package[0])
def test_real_changes_are_applied_exactly_or_refused(package: tuple[str, str, str]) -> None:
    judged: Counter[str] = Counter()
    wrong: list[str] = []
    try:
        found = list(release_changes(*package, seed=21, most=12))
    except FileNotFoundError as error:
        pytest.skip(str(error))
    for change in found:
        for case in cases(change, seed=21):
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
    assert judged["applied"] >= 0.95 * (judged["applied"] + judged["missed"])

"""The corpus of real changes between two releases of packages, fetched from the index: every fault in every format."""

from __future__ import annotations

import pytest

from tests.house.edit_sources import FRESH, TUNED, release_changes
from tests.house.edit_verdicts import judged


@pytest.mark.e2e
@pytest.mark.timeout(600)
@pytest.mark.parametrize("package", [*TUNED, *FRESH], ids=lambda package: package[0])
def test_real_changes_are_applied_exactly_or_refused(package: tuple[str, str, str]) -> None:
    try:
        changes = list(release_changes(*package, seed=21, most=12))
    except FileNotFoundError as error:
        pytest.skip(str(error))
    found = judged(changes, seed=21)
    assert found.wrong == []
    assert found.counts.total() >= 1_000
    assert found.counts["applied"] >= 0.95 * (found.counts["applied"] + found.counts["missed"])

"""Over a thousand answers to real code with the faults of small models: applied exactly, or refused. Never wrong."""

from __future__ import annotations

import pytest

from tests.house.edit_line_faults import LINE_FAULTS
from tests.house.edit_refused import REFUSED
from tests.house.edit_sources import library_changes
from tests.house.edit_verdicts import judged
from tests.house.edit_word_faults import WORD_FAULTS

CHANGES = 7
"""Changes of the standard library's own files; each gives some 200 cases."""


@pytest.mark.slow
def test_answers_with_the_faults_of_small_models_are_applied_exactly_or_refused() -> None:
    found = judged(library_changes(seed=11, most=CHANGES), seed=11)
    assert found.wrong == []
    assert found.counts.total() >= 1_000
    assert found.counts["applied"] >= 0.98 * (found.counts["applied"] + found.counts["missed"])
    rare = {"elided", "escaped", "some spaces lost", "blank_lost"}
    assert {*REFUSED, *WORD_FAULTS, *LINE_FAULTS} - found.seen <= rare

"""Inputs that once broke a reader (`tests/fuzz.py` keeps them) break none of them again."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from tests.fuzz import PIECES, READERS, SEEDS, fuzz
from workbench.errors import NaniteError

KEPT = sorted(SEEDS.glob("*/*")) if SEEDS.is_dir() else []


@pytest.mark.parametrize("name", READERS)
def test_a_reader_takes_anything(name: str) -> None:
    found = fuzz(name, 1.0, seed=7)
    assert found["broken"] == []
    assert found["inputs"] > 20
    assert PIECES[READERS[name][0]]


@pytest.mark.parametrize("seed", KEPT, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_broke_a_reader_breaks_it_no_more(seed: Path) -> None:
    with suppress(NaniteError):
        READERS[seed.parent.name][1](seed.read_bytes())

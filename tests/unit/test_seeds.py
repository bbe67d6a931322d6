"""Inputs that once broke a reader, or led somewhere new in it (`tests/fuzz.py` keeps them), break none of them."""

from __future__ import annotations

from contextlib import suppress

import pytest

from tests.fuzz import PIECES, READERS, SEEDS, fuzz
from workbench.errors import NaniteError


@pytest.mark.parametrize("name", READERS)
def test_a_reader_takes_anything(name: str) -> None:
    found = fuzz(name, 0.4, seed=7)
    assert found["broken"] == []
    assert found["inputs"] > 20
    assert PIECES[READERS[name][0]]


@pytest.mark.parametrize("name", READERS)
def test_what_was_kept_breaks_no_reader(name: str) -> None:
    kept = sorted((SEEDS / name).iterdir())
    assert kept
    for seed in kept:
        with suppress(NaniteError):
            READERS[name][1](seed.read_bytes())

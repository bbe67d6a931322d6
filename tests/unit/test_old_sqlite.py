"""The durable store on an SQLite that is older than what its engine takes for granted."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

import pytest

from workbench.runner import store


@pytest.mark.parametrize("version", [(3, 37, 2), (3, 40, 1), sqlite3.sqlite_version_info])
def test_the_clock_has_fractions_of_a_second(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, version: tuple[int, int, int]
) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    engine = store._sqlite_engine(f"sqlite:///{tmp_path / 'store.sqlite'}")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE t (a, at INTEGER NOT NULL DEFAULT (unixepoch('subsec') * 1000))")
        began = time.time()
        connection.exec_driver_sql("INSERT INTO t (a) VALUES (1)")
        (at,) = connection.exec_driver_sql("SELECT at FROM t").one()
        assert connection.exec_driver_sql("SELECT unixepoch('whatever')").scalar() is None
    engine.dispose()
    assert at / 1_000 == pytest.approx(began, abs=5)

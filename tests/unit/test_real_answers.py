"""What real models answered is used or refused today as on the day it was logged, and never breaks a file."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

from tests.house import real_answers
from tests.house.real_answers import level_of, logged, planned
from workbench.edits import EditRefused

SAID = {
    "path": "a.py",
    "before": "def one():\n    return 1\n",
    "targets": ["a.py"],
    "answer": "```python\ndef one():\n    return 2\n```\n",
    "outcome": "whole-file",
}


def replay() -> list[str]:
    """Return what is not as it was logged, or not as it must be."""
    odd = []
    for one in logged():
        found = planned(one)
        if one.outcome and level_of(found) != one.outcome:
            odd.append(f"{one.where}: {level_of(found)}, not {one.outcome}")
        if not isinstance(found, EditRefused):
            assert set(found.files) <= {one.path, *found.renamed}
            after = found.files.get(one.path)
            if after is not None and one.path.endswith(".py"):
                ast.parse(after)
    return odd


def test_logged_answers_come_out_as_they_did() -> None:
    assert replay() == []


def test_an_answer_that_comes_out_otherwise_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [json.dumps(one) for one in (SAID, SAID | {"outcome": "level 1"}, SAID | {"answer": "No.", "outcome": ""})]
    (tmp_path / "some.jsonl").write_text("\n".join(lines) + "\n")
    monkeypatch.setattr(real_answers, "FOLDER", tmp_path)
    assert replay() == ["some.jsonl:2: whole-file, not level 1"]
    assert [level_of(planned(one)).partition(":")[0] for one in logged()][2] == "refused"

"""What mypy says of one file, whatever is in it and around it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from workbench.checks.type_errors import LONGEST, TypeFault, type_faults


def test_a_file_without_contradictions_has_no_faults() -> None:
    assert type_faults("def f(x: int) -> int:\n    return x + 1\n") == ()


def test_a_fault_has_its_kind_and_its_words() -> None:
    found = type_faults("def f(x: int) -> str:\n    return x\n")
    assert found == (TypeFault("return-value", 'Incompatible return value type (got "int", expected "str")'),)


def test_texts_of_one_length_in_one_second_are_told_apart() -> None:
    for kind, count in (("str", 1), ("int", 0), ("str", 1), ("Any", 0)):
        found = type_faults(f"from typing import Any\n\ndef f(x: int) -> {kind}:\n    return x\n")
        assert found is not None
        assert len(found) == count


def test_bodies_without_annotations_are_looked_at_too() -> None:
    found = type_faults("def f():\n    return 1 + 'a'\n")
    assert found is not None
    assert [fault.code for fault in found] == ["operator"]


def test_what_comes_from_elsewhere_is_taken_for_anything() -> None:
    assert type_faults("from nowhere_at_all import thing\n\ndef f(x: thing) -> int:\n    return x.y\n") == ()
    assert type_faults("from .beside import thing\n\ndef f(x: thing) -> int:\n    return x.y\n") == ()


@pytest.mark.parametrize("text", ["def f(:\n", "x = 1\x00", "f(" * 3_000, "\udc80"])
def test_what_cannot_be_read_has_no_answer(text: str) -> None:
    assert type_faults(text) is None


def test_a_file_beyond_bounds_is_not_looked_at() -> None:
    assert type_faults(f"x = '{'a' * LONGEST}'\n") is None


def test_settings_and_packages_of_the_user_have_no_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".mypy.ini").write_text("[mypy]\nignore_errors = True\n", encoding="utf-8")
    (tmp_path / ".config" / "mypy").mkdir(parents=True)
    (tmp_path / ".config" / "mypy" / "config").write_text("[mypy]\nignore_errors = True\n", encoding="utf-8")
    (tmp_path / "mypy").mkdir()
    fake = f"open({str(tmp_path / 'ran')!r}, 'w').close()\nraise SystemExit(0)\n"
    for name in ("mypy/__init__.py", "mypy/__main__.py", "sitecustomize.py"):
        (tmp_path / name).write_text(fake, encoding="utf-8")
    (tmp_path / "decimal.pyi").write_text("class Decimal(str): ...\n", encoding="utf-8")
    for variable in ("HOME", "PYTHONPATH", "MYPYPATH", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(variable, str(tmp_path))
    monkeypatch.setenv("NANITES_HOME", str(tmp_path / "home"))
    found = type_faults("from decimal import Decimal\n\ndef f(x: Decimal) -> str:\n    return x\n")
    assert found is not None
    assert [fault.code for fault in found] == ["return-value"]
    assert not (tmp_path / "ran").exists()


def test_names_have_no_module_of_ours() -> None:
    found = type_faults("class Box: ...\n\ndef f(x: Box) -> int:\n    return x\n")
    assert found is not None
    assert "the_file" not in found[0].message


def test_one_name_for_one_thing_after_another_is_no_fault() -> None:
    assert type_faults("def f(line: str) -> int:\n    line = line.split(',')\n    return len(line)\n") == ()


def test_texts_are_compared_with_numbers_in_vain() -> None:
    found = type_faults("def f(day: str) -> bool:\n    return day == 3\n")
    assert found is not None
    assert [fault.code for fault in found] == ["comparison-overlap"]


def test_a_cache_that_cannot_be_written_costs_no_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "home").write_text("a file", encoding="utf-8")
    monkeypatch.setenv("NANITES_HOME", str(tmp_path / "home"))
    assert type_faults("x: int = 'a'\n") is not None


def test_a_checker_that_does_not_come_back_or_breaks_has_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired("mypy", 1)

    def broken(*words: object, **_: object) -> subprocess.CompletedProcess[bytes]:
        return subprocess.CompletedProcess([], 2, b"the_file.py:1: error: INTERNAL ERROR", b"")

    def silent(*words: object, **_: object) -> subprocess.CompletedProcess[bytes]:
        return subprocess.CompletedProcess([], 1, b"", b"No module named mypy")

    def homeless(*_: object, **__: object) -> None:
        raise RuntimeError("Could not determine home directory.")

    for instead in (late, broken, silent, homeless):
        monkeypatch.setattr(subprocess, "run", instead)
        assert type_faults("x = 1\n") is None

"""The demo's story, with a scripted engine in the model's place: what it shows and how it ends, right or wrong."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.house.caller import Caller, Person
from workbench import demo_project

DOCSTRING = {
    "contains": "def ",
    "system": "document",
    "answer": '{"summary": "Does it.", "args": {}, "returns": "It."}',
}
SUMMARY = {
    "system": "explain code",
    "answer": '{"claims": [{"text": "shorten cuts text to a limit.", "line": 4}]}',
}
GOOD_PATCH = {
    "contains": "shorten() returns more",
    "answer": """```python
def shorten(text, limit):
    if len(text) > limit:
        return text[: limit - 3] + "..."
    return text
```""",
}


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Caller:
    monkeypatch.setenv("NANITES_ENGINE__ORDER", '["scripted"]')
    monkeypatch.setenv("NANITES_ENGINE__SCRIPT", json.dumps(str(tmp_path / "script.json")))
    monkeypatch.chdir(tmp_path)
    say(tmp_path, GOOD_PATCH)
    return Caller(monkeypatch)


def say(folder: Path, patch: dict[str, Any]) -> None:
    (folder / "script.json").write_text(json.dumps({"rules": [patch, DOCSTRING, SUMMARY]}), encoding="utf-8")


def test_the_whole_story_ends_well(call: Caller, tmp_path: Path) -> None:
    code, out, err = call("demo", "--yes", "--dir", "scratch")
    assert (code, err) == (0, ""), out
    told = [line for line in out.splitlines() if line.strip()]
    assert "  FAILED (failures=1)" in told
    assert told.count("→ applied (proven)") == 1
    assert told.count("→ applied (checked)") == 1
    assert told.count("→ done") == 1
    assert "→ undone: notes/slug.py is as it was, byte for byte" in told
    assert "  OK" in told
    status = subprocess.run(
        ["git", "status", "--porcelain"], cwd=tmp_path / "scratch", capture_output=True, text=True, check=True
    )
    assert status.stdout == " M notes/text.py\n"


@pytest.mark.slow
def test_with_json_the_story_is_on_stderr_and_the_figures_on_stdout(call: Caller) -> None:
    code, out, err = call("demo", "--approve", "checked", "--dir", "scratch", "--json")
    assert code == 0
    figures = json.loads(out)
    assert figures["tests_passed"]
    assert [result["kind"] for result in figures["results"]] == ["docstrings", "patch", "summary"]
    assert figures["usage"]["completion"] > 0
    assert "What it cost" in err


@pytest.mark.slow
def test_a_person_decides_and_what_is_turned_down_is_not_applied(call: Caller, tmp_path: Path) -> None:
    call.stdin = Person("y\nn\n")
    code, out, err = call("demo", "--dir", "scratch")
    assert err.count("approve? [y/n/h(unk)]") == 2, out + err
    assert "→ rejected (checked)" in out
    assert code == 0
    assert (tmp_path / "scratch" / "notes" / "text.py").read_text() == demo_project.FILES["notes/text.py"]


@pytest.mark.slow
def test_a_model_that_fails_is_not_hidden(call: Caller, tmp_path: Path) -> None:
    say(tmp_path, {"contains": "shorten() returns more", "nonsense": True})
    code, out, _ = call("demo", "--yes", "--dir", "scratch")
    assert code == 1
    assert "→ failed" in out
    assert "not done by the model this time: shorten.json" in out


def test_without_a_terminal_it_asks_for_a_policy(call: Caller, tmp_path: Path) -> None:
    code, _, err = call("demo", "--dir", "scratch")
    assert code == 2
    assert "nanites demo --yes" in err
    assert not (tmp_path / "scratch").exists()


def test_a_folder_in_use_is_left_alone(call: Caller, tmp_path: Path) -> None:
    (tmp_path / "used").mkdir()
    (tmp_path / "used" / "file").write_text("mine", encoding="utf-8")
    assert call("demo", "--yes", "--dir", "used")[0] == 2
    assert [path.name for path in (tmp_path / "used").iterdir()] == ["file"]


def test_without_an_engine_it_ends_with_4(call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NANITES_ENGINE__ORDER", '["ollama"]')
    monkeypatch.setenv("NANITES_ENGINE__OLLAMA_URL", "http://127.0.0.1:9")
    assert call("demo", "--yes", "--dir", "scratch")[0] == 4

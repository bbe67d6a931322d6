"""The command line: usage, errors, dropping and looking, through its own entry."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.caller import TASK, Caller
from tests.house.place import Place
from workbench.cli import COMMANDS
from workbench.model import ENVELOPE_LIMIT


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    made = Place(tmp_path / "repo")
    monkeypatch.chdir(made.root)
    return made


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch) -> Caller:
    return Caller(monkeypatch)


# Usage and errors


def test_help_names_every_command(call: Caller) -> None:
    code, out, _ = call("--help")
    assert code == 0
    shown = set(re.findall(r"^  ([a-z][a-z-]*)  ", out, re.MULTILINE))
    assert shown == set(COMMANDS) - {"engine", "hook"}


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "engine"])
def test_every_command_has_help_and_the_global_flags(call: Caller, name: str) -> None:
    code, out, err = call(name, "--help")
    assert (code, err) == (0, "")
    assert "--json" in out
    assert "--repo" in out


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("list", "--state", "asleep"),
        ("submit", "--priority", "x", "--kind", "patch"),
        ("show",),
        ("--no",),
    ],
)
def test_bad_usage_is_one_line_and_2(call: Caller, place: Place, arguments: tuple[str, ...]) -> None:
    code, out, err = call(*arguments)
    assert (code, out) == (2, "")
    assert re.fullmatch(r"nanites: .+ \(.+ --help shows how\)\n", err)


def test_bad_usage_with_json_is_an_object_on_stdout(call: Caller, place: Place) -> None:
    for arguments in (("--json", "list", "--state", "asleep"), ("list", "--state", "asleep", "--json")):
        code, out, err = call(*arguments)
        assert (code, err) == (2, "")
        assert json.loads(out)["error"].keys() == {"code", "message", "hint"}


def test_global_flags_stand_before_and_after_the_command(
    call: Caller, place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    where = str(place.root)
    for arguments in (("--json", "--repo", where, "list"), ("list", "--repo", where, "--json")):
        assert call(*arguments) == (0, "[]\n", "")


def test_outside_a_repository_it_says_so(call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    code, _, err = call("list")
    assert code == 2
    assert re.fullmatch(r"nanites: .+ is not inside a git repository \(.+\)\n", err)
    assert not (tmp_path / ".nanites").exists()


def test_broken_settings_name_line_and_key(call: Caller, place: Place) -> None:
    (place.root / "nanites.toml").write_text("[engine]\nslots = 0\n", encoding="utf-8")
    code, out, _ = call("patch", TASK, "--target", "text.py", "--json")
    assert code == 2
    assert "line 2: engine.slots" in json.loads(out)["error"]["message"]


def test_no_traceback_where_stdout_is_closed(place: Place) -> None:
    command = [sys.executable, "-m", "workbench.cli", "schema", "event"]
    process = subprocess.Popen(command, cwd=place.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.wait(30) == 1
    assert process.stderr.read() == b""
    process.stderr.close()


# Dropping


def test_init_makes_a_folder_git_does_not_see(call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    monkeypatch.chdir(tmp_path)
    assert call("init")[0] == 0
    assert (tmp_path / ".nanites" / "inbox").is_dir()
    status = subprocess.run(["git", "status", "--porcelain"], capture_output=True, text=True, check=True)
    assert status.stdout == ""


def test_submitted_files_are_tasks_and_their_ids_are_printed(call: Caller, place: Place, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"task": TASK, "targets": "text.py"}), encoding="utf-8")
    (tmp_path / "b.md").write_text(f"---\ntargets: text.py\n---\n{TASK}\n", encoding="utf-8")
    code, out, err = call("submit", str(tmp_path / "a.json"), str(tmp_path / "b.md"))
    assert (code, err) == (0, "")
    ids = out.split()
    assert [row["id"] for row in call.json("list")] == ids
    assert call.json("submit", str(tmp_path / "a.json")).keys() == {"ids"}


def test_one_bad_file_of_several_drops_nothing(call: Caller, place: Place, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"task": TASK, "targets": "text.py"}), encoding="utf-8")
    (tmp_path / "b.json").write_text('{"task": "x", "tagrets": []}', encoding="utf-8")
    code, out, _ = call("submit", str(tmp_path / "a.json"), str(tmp_path / "b.json"), "--json")
    error = json.loads(out)["error"]
    assert (code, error["code"]) == (2, "unknown-field")
    assert "b.json" in error["message"]
    assert "tagrets" in error["message"]
    assert call.json("list") == []


def test_options_of_a_task_become_its_fields(call: Caller, place: Place) -> None:
    arguments = (
        "--target text.py --read text.py:1-3 --check true --after k --priority 3 --approve none --key mine --by me"
    )
    (task_id,) = call.json("submit", "--kind", "patch", TASK, *arguments.split())["ids"]
    dropped = json.loads((place.folder.inbox / f"{task_id}.json").read_text(encoding="utf-8"))
    assert dropped == {
        "task": TASK,
        "targets": ["text.py"],
        "read": ["text.py:1-3"],
        "check": ["true"],
        "after": ["k"],
        "priority": 3,
        "approve": "none",
        "key": "mine",
        "by": "me",
    }


def test_a_path_in_a_sub_folder_means_what_lies_there(
    call: Caller, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    (place.root / "inner").mkdir()
    (place.root / "inner" / "here.py").write_text("x = 1\n", encoding="utf-8")
    monkeypatch.chdir(place.root / "inner")
    arguments = ("--target", "here.py", "--target", "text.py", "--read", "here.py:1-1", "--for-each", "*.py")
    (task_id,) = call.json("submit", "--kind", "patch", TASK, *arguments)["ids"]
    dropped = json.loads((place.folder.inbox / f"{task_id}.json").read_text(encoding="utf-8"))
    assert dropped["targets"] == ["inner/here.py", "text.py"]
    assert dropped["read"] == ["inner/here.py:1-1"]
    assert dropped["for_each"] == "inner/*.py"


def test_words_without_a_kind_and_options_without_words_are_bad_usage(call: Caller, place: Place) -> None:
    assert call("submit")[0] == 2
    assert call("submit", "--target", "text.py")[0] == 2
    assert call("submit", "--kind", "patch", "two", "arguments")[0] == 2


# Looking


def test_several_tasks_are_waited_for_in_order_and_the_worst_code_counts(call: Caller, place: Place) -> None:
    first, second = call.proposed(), call.proposed()
    call("reject", second)
    results = call.json("wait", second, first, code=3)
    assert [result["id"] for result in results] == [second, first]


def test_list_filters_by_state_and_shows_what_was_asked(call: Caller, place: Place) -> None:
    first, second = call.proposed(), call.proposed()
    call("reject", first)
    assert [row["id"] for row in call.json("list", "--state", "review")] == [second]
    code, out, _ = call("list")
    assert code == 0
    assert len(out.splitlines()) == 2
    assert "rejected" in out
    assert call("list", "--state", "failed")[1] == "no tasks\n"


def test_the_diff_in_a_pipe_is_what_git_applies(call: Caller, place: Place) -> None:
    task_id = call.proposed()
    code, out, _ = call("diff", task_id)
    assert code == 0
    subprocess.run(["git", "apply", "--check"], cwd=place.root, input=out, text=True, check=True)
    assert call.json("diff", task_id) == {"id": task_id, "patch": out}


def test_a_task_without_a_change_has_no_diff(call: Caller, place: Place) -> None:
    task_id = call.submitted()
    assert call.json("diff", task_id, code=2)["error"]["code"] == "no-proposal"


def test_the_log_tells_the_life_of_a_task(call: Caller, place: Place) -> None:
    task_id = call.proposed()
    happened = [line["event"] for line in call.json("log", task_id)]
    assert happened[0] == "task-queued"
    assert {"prompt-sent", "answer-received", "review-asked"} <= set(happened)
    assert "waits for a decision" in call("log", task_id)[1]


def test_show_says_what_was_asked_before_and_after_a_runner_took_it(call: Caller, place: Place) -> None:
    dropped = call.submitted()
    assert call.json("show", dropped)["state"] == "queued"
    task_id = call.proposed()
    assert len(json.dumps(call.json("show", task_id))) <= ENVELOPE_LIMIT
    shown = call.json("show", task_id, "--full")
    assert shown["task"]["task"] == TASK
    assert shown["hunks"] >= 1
    assert TASK in call("show", task_id)[1]


def test_an_unknown_id_is_2(call: Caller, place: Place) -> None:
    for command in ("show", "diff", "log", "approve", "wait"):
        assert call.json(command, "0000000000", code=2)["error"]["code"] == "no-such-task"


@pytest.mark.parametrize("name", ["task", "decision", "result", "settings", "event"])
def test_schemas_are_printed(call: Caller, name: str) -> None:
    assert "properties" in json.dumps(call.json("schema", name))


def test_an_unknown_schema_is_2(call: Caller) -> None:
    assert call.json("schema", "tea", code=2)["error"]["code"] == "no-such-schema"


def test_nanites_alone_shows_where_things_stand_and_makes_nothing(
    call: Caller, place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call.proposed()
    code, out, _ = call()
    assert code == 0
    assert "review" in out
    assert "no runner is alive" in out
    fresh = tmp_path / "fresh"
    subprocess.run(["git", "init", "-q", str(fresh)], check=True)
    monkeypatch.chdir(fresh)
    assert call.json() == {"runner": None, "tasks": []}
    assert not (fresh / ".nanites").exists()


def test_models_come_from_the_engines(call: Caller, place: Place) -> None:
    assert {row["engine"] for row in call.json("models")} == {"scripted"}
    (status,) = call.json("models", "status")
    assert (status["name"], status["reachable"]) == ("scripted", True)


def test_a_model_nobody_knows_cannot_be_pulled(call: Caller, place: Place) -> None:
    error = call.json("models", "pull", "no-such-model:1b", code=4)["error"]
    assert error["code"] == "model-missing"

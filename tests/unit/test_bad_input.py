"""Bad input, as users and programs give it: a clear error that says what to do, and nothing is lost."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.house.place import TEXT, Place
from workbench.errors import NaniteError, SettingsError
from workbench.model import Approve, State
from workbench.repository import Repository

WHOLE: dict[str, Any] = {"task": "Make truncate() never exceed limit", "targets": ["text.py"]}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "repository")


async def refusal(place: Place, name: str, content: bytes) -> dict[str, Any]:
    """Drop a file, run, and return its error; the file itself must lie in refused/ unchanged."""
    (place.folder.inbox / name).write_bytes(content)
    await place.drain()
    assert not (place.folder.inbox / name).exists()
    assert (place.folder.refused / name).read_bytes() == content
    assert not list(place.folder.task_ids())
    error: dict[str, Any] = json.loads((place.folder.refused / f"{name}.error.json").read_text(encoding="utf-8"))
    assert error["message"]
    assert error["hint"]
    line = next(line for line in place.lines if line["event"] == "file-refused")
    assert line["error"]["code"] == error["code"]
    return error


@pytest.mark.parametrize(
    ("name", "content", "code", "told"),
    [
        ("a.json", b'{"task": "x",, }', "not-json", "line 1 column 14"),
        ("b.json", b"[1, 2]", "not-an-object", "one object"),
        ("c.json", b'{"task": "x", "targets": ["a"], "taks": 1}', "unknown-field", "'taks'"),
        ("d.json", b'{"task": "half of', "unfinished", "never became whole"),
        ("e.json", b"", "unfinished", "empty"),
        ("f.md", b"---\ntask: [\n---\n", "not-yaml", "line"),
        ("g.md", b"no front matter at all\n", "no-front-matter", "---"),
        ("h.md", b"---\ntask: half", "unfinished", "never became whole"),
        ("i.json", b'{"task": "caf\xe9"}', "not-utf8", "byte 13"),
        ("j.json", b'{"task": "x", "priority": "high"}', "wrong-value", "priority"),
        ("k.json", b"[" * 100 + b"]" * 100, "too-deep", "nested"),
        ("l.txt", b"do something", "unknown-form", ".json"),
        ("m.json", b'{"kind": "dance", "task": "x"}', "unknown-kind", "dance"),
        ("n.json", b'{"task": "x", "task": "y"}', "twice", "task"),
    ],
)
async def test_a_bad_file_is_refused_unchanged_with_what_is_wrong(
    place: Place, name: str, content: bytes, code: str, told: str
) -> None:
    error = await refusal(place, name, content)
    assert error["code"] == code
    assert told in error["message"]


async def test_a_file_of_50_mb_is_refused_without_being_read_whole(place: Place) -> None:
    error = await refusal(place, "big.json", b'{"task": "' + b"x" * 50_000_000 + b'"}')
    assert error["code"] == "too-large"


async def test_a_file_that_becomes_whole_in_time_is_taken(place: Place) -> None:
    path = place.folder.inbox / "slow.json"
    whole = json.dumps(WHOLE)
    path.write_text(whole[:20], encoding="utf-8")
    async with place.at_work():
        path.write_text(whole, encoding="utf-8")
        line = await place.heard("task-queued")
        await place.rested(line["task"], State.REVIEW)


async def test_a_file_that_is_still_being_written_is_left_alone(place: Place) -> None:
    for name in (".hidden.json", "later.json.tmp", "later.part"):
        (place.folder.inbox / name).write_text("{", encoding="utf-8")
    await place.drain()
    assert len(list(place.folder.inbox.glob("*.tmp"))) == 1
    assert not list(place.folder.refused.iterdir())


def a_folder(place: Place) -> str:
    (place.root / "package").mkdir()
    return "package"


def a_binary(place: Place) -> str:
    (place.root / "logo.png").write_bytes(b"\x89PNG\0\0")
    return "logo.png"


def an_ignored_file(place: Place) -> str:
    (place.root / "ignored").mkdir()
    (place.root / "ignored" / "x.py").write_text("x = 1\n", encoding="utf-8")
    return "ignored/x.py"


def a_symlink_out(place: Place) -> str:
    outside = place.root.parent / "outside.py"
    outside.write_text("x = 1\n", encoding="utf-8")
    (place.root / "inside.py").symlink_to(outside)
    return "inside.py"


def a_symlinked_folder(place: Place) -> str:
    (place.root.parent / "far").mkdir()
    (place.root.parent / "far" / "x.py").write_text("x = 1\n", encoding="utf-8")
    (place.root / "near").symlink_to(place.root.parent / "far")
    return "near/x.py"


def a_read_only_file(place: Place) -> str:
    (place.root / "text.py").chmod(0o444)
    return "text.py"


def words(text: str) -> Callable[[Place], str]:
    return lambda place: text


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (words("absent.py"), "no-such-file"),
        (words("absent/**/*.py"), "no-such-file"),
        (a_folder, "is-a-folder"),
        (a_binary, "binary"),
        (an_ignored_file, "ignored"),
        (words("../other.py"), "outside"),
        (words("/etc/passwd"), "outside"),
        (words(".git/config"), "unsafe-path"),
        (words(".GIT/config"), "unsafe-path"),
        (words(".nanites/nanites.sqlite"), "unsafe-path"),
        (a_symlink_out, "symlink"),
        (a_symlinked_folder, "symlink"),
        (a_read_only_file, "read-only"),
    ],
)
async def test_a_target_that_cannot_be_worked_on_is_refused_by_name(
    place: Place, make: Callable[[Place], str], code: str
) -> None:
    target = make(place)
    error = await refusal(place, "t.json", json.dumps(WHOLE | {"targets": [target]}).encode())
    assert error["code"] == code
    assert error["field"] == "targets"


async def test_an_editing_kind_without_targets_is_refused(place: Place) -> None:
    error = await refusal(place, "t.json", b'{"task": "x"}')
    assert (error["code"], error["field"]) == ("missing", "targets")


async def test_an_editing_kind_without_words_is_refused(place: Place) -> None:
    error = await refusal(place, "t.json", b'{"targets": ["text.py"]}')
    assert (error["code"], error["field"]) == ("missing", "task")


async def test_a_command_that_is_not_allowed_is_refused_with_the_line_to_add_where_nobody_can_be_asked(
    place: Place,
) -> None:
    fields = WHOLE | {"check": ["rm -rf /"], "approve": "checked"}
    error = await refusal(place, "t.json", json.dumps(fields).encode())
    assert (error["code"], error["field"]) == ("command-not-allowed", "check")
    assert "checks.allow" in error["hint"]


async def test_a_context_file_outside_is_refused(place: Place) -> None:
    error = await refusal(place, "t.json", json.dumps(WHOLE | {"read": ["../secret:1-2"]}).encode())
    assert (error["code"], error["field"]) == ("outside", "read")


async def test_a_circle_of_tasks_is_refused(place: Place) -> None:
    first = place.drop(key="egg", after=("hen",))
    await place.drain()
    (place.folder.inbox / "hen.json").write_text(json.dumps(WHOLE | {"key": "hen", "after": ["egg"]}))
    await place.drain()
    error = json.loads((place.folder.refused / "hen.json.error.json").read_text())
    assert (error["code"], error["field"]) == ("cycle", "after")
    assert list(place.folder.task_ids()) == [first]


async def test_the_same_key_with_other_content_is_refused(place: Place) -> None:
    place.drop(key="once")
    with pytest.raises(NaniteError, match="'once'") as caught:
        place.drop("Make truncate() shorter", key="once")
    assert caught.value.code == "key-conflict"
    await place.drain()
    (place.folder.inbox / "other.json").write_text(json.dumps(WHOLE | {"key": "once", "priority": 3}))
    await place.drain()
    assert json.loads((place.folder.refused / "other.json.error.json").read_text())["code"] == "key-conflict"


async def test_a_refused_task_frees_its_key(place: Place) -> None:
    place.drop(key="again", targets=("absent.py",))
    await place.drain()
    task = place.drop(key="again")
    await place.drain()
    assert place.result(task).state is State.REVIEW


def test_a_folder_without_git_is_named(tmp_path: Path) -> None:
    with pytest.raises(NaniteError, match="not inside a git repository") as caught:
        Repository.find(tmp_path)
    assert caught.value.code == "not-a-repository"
    assert "git init" in caught.value.hint


async def test_a_disk_that_is_full_while_applying_leaves_the_old_files(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    task = place.drop()
    await place.drain()
    place.decide(task, "approve")
    write = os.write

    def full(descriptor: int, data: bytes) -> int:
        place_of = str(Path(f"/proc/self/fd/{descriptor}").readlink())
        if b"len(text) <= limit" in bytes(data) and "proposal" not in place_of:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(descriptor, data)

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", full)
        await place.drain()
    line = next(line for line in place.lines if line["event"] == "decision-refused")
    assert line["error"]["code"] == "disk-full"
    assert (place.root / "text.py").read_text(encoding="utf-8") == TEXT
    assert place.result(task).state is State.REVIEW
    place.decide(task, "approve")
    await place.drain()
    assert place.result(task).state is State.APPLIED


async def failure(place: Place, **fields: Any) -> Any:
    task = place.drop(**fields)
    await place.drain(approve=Approve.ALL)
    result = place.result(task)
    assert result.state is State.FAILED
    assert result.error is not None
    assert (place.root / "text.py").read_text(encoding="utf-8") == TEXT
    return result.error


async def test_without_an_engine_the_task_fails_and_says_how_to_get_one(tmp_path: Path) -> None:
    place = Place(tmp_path / "repository")
    engine = '[engine]\norder = ["ollama", "openai"]\nollama_url = "http://127.0.0.1:9"\n'
    (place.root / "nanites.toml").write_text(engine + 'openai_url = "http://127.0.0.1:9/v1"\n')
    error = await failure(place)
    assert error.code == "no-engine"
    assert "ollama" in error.message
    assert error.hint


async def test_a_missing_model_is_named_with_the_command_that_pulls_it(tmp_path: Path) -> None:
    place = Place(tmp_path / "repository")
    (place.root / "nanites.toml").write_text('[engine]\norder = ["embedded"]\n')
    error = await failure(place, model="nobody-has:1b")
    assert error.code == "model-missing"
    assert "nobody-has:1b" in error.message + error.hint


async def test_a_remote_host_is_refused_unless_allowed(tmp_path: Path) -> None:
    place = Place(tmp_path / "repository")
    (place.root / "nanites.toml").write_text(
        '[engine]\norder = ["ollama"]\nollama_url = "http://models.example:11434"\n'
    )
    error = await failure(place)
    assert "models.example" in error.message
    assert "allow_hosts" in error.message + error.hint


@pytest.mark.parametrize(
    ("rule", "what"),
    [
        ({"nonsense": True}, "nonsense"),
        ({"answer": ""}, "nothing"),
        ({"answer": "   \n\n"}, "nothing"),
        ({"answer": "当然可以！这是修改后的代码。"}, "another language"),
        ({"answer": "```javascript\nfunction truncate(text, limit) { return text; }\n```"}, "another language"),
        ({"answer": "```python\ndef truncate(text, limit)\n    return text\n```"}, "no Python"),
        ({"answer": "```python\ndef truncate(text, limit):\n    # ... rest of the code\n```"}, "a placeholder"),
        ({"answer": "```python\ndef truncate(text, limit):\n    return text[:li", "finish": "length"}, "cut off"),
        ({"answer": "```python\n\x1b]52;c;cm0gLXJm\x07\n```"}, "control codes"),
        ({"answer": "I cannot help with that."}, "a refusal"),
    ],
)
async def test_a_model_that_answers_badly_changes_nothing(tmp_path: Path, rule: dict[str, Any], what: str) -> None:
    place = Place(tmp_path / "repository", rules=[rule])
    error = await failure(place)
    assert error.message, what
    assert any(line["event"] == "answer-refused" for line in place.lines), what


async def test_an_engine_that_read_less_than_was_sent_is_an_error(tmp_path: Path) -> None:
    place = Place(tmp_path / "repository", rules=[{"answer": "x", "prompt_tokens": 3}])
    error = await failure(place)
    assert error.code == "prompt-shortened"


def test_settings_with_an_error_name_line_and_key(place: Place) -> None:
    place.configure("[checks]\ntimeout = -1\n")
    with pytest.raises(SettingsError, match=r"line 5: checks\.timeout"):
        _ = place.settings

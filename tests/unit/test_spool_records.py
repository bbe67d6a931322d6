"""Records and the envelope: whole or not at all, and never more than 1,200 characters whatever a task was."""

from __future__ import annotations

import json
import os
import signal
import stat
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import NaniteError
from workbench.model import (
    ENVELOPE_LIMIT,
    SUMMARY_LIMIT,
    Check,
    ErrorInfo,
    ResultFile,
    State,
    Task,
    TaskSpec,
    Usage,
    Verdict,
)
from workbench.spool.folder import Folder, is_id, key_name, new_id, shown, write_json, write_whole
from workbench.spool.records import (
    Record,
    as_json,
    envelope,
    read_record,
    read_records,
    read_refusal,
    read_result,
    resolve_id,
    write_checks,
    write_record,
    write_result,
)

MARKS = st.characters(exclude_categories=["Cs"])
LONG = st.one_of(
    st.text(MARKS, max_size=60),
    st.builds(lambda text, times: text * times, st.text(MARKS, min_size=1, max_size=6), st.integers(1, 700)),
    st.sampled_from(['"' * 3_000, "\\" * 3_000, "\x01" * 2_000, "𝔘" * 2_000, "word " * 900, "\n" * 50]),
)
RECORDS = st.builds(
    Record,
    task=st.builds(
        Task,
        id=st.builds(new_id, st.floats(0, 3e10)),
        spec=st.builds(
            TaskSpec, kind=st.from_regex(r"\A[a-z][a-z0-9-]{0,39}\Z"), task=LONG.filter(lambda text: len(text) < 9_000)
        ),
        created_at=st.just(0.0),
    ),
    state=st.sampled_from(State),
    updated_at=st.just(0.0),
    verdict=st.none() | st.sampled_from(Verdict),
    summary=LONG,
    files=st.lists(
        st.builds(ResultFile, path=LONG, added=st.integers(0, 10**9), removed=st.integers(0, 10**9)), max_size=40
    ).map(tuple),
    checks=st.lists(st.builds(Check, name=LONG, ok=st.sampled_from([None, True, False]), output=LONG), max_size=30).map(
        tuple
    ),
    usage=st.builds(
        Usage,
        prompt=st.integers(0, 10**12),
        completion=st.integers(0, 10**12),
        seconds=st.floats(0, 1e9),
        model=LONG,
        energy=st.none() | st.floats(0, 1e12),
    ),
    error=st.none() | st.builds(ErrorInfo, code=LONG, message=LONG, hint=LONG),
    notes=st.lists(LONG, max_size=3).map(tuple),
    reason=st.none() | LONG,
)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path).ensure()


def record(task_id: str = "", **fields: object) -> Record:
    task = Task(id=task_id or new_id(), spec=TaskSpec(kind="patch", key=None), created_at=1.0)
    return Record.model_validate({"task": task, "state": State.DONE, "updated_at": 1.0, **fields})


# --- the envelope


@given(RECORDS)
@settings(max_examples=60, deadline=None)
def test_the_envelope_is_never_longer_than_its_limit_and_can_be_read_back(made: Record) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Folder(Path(name)).ensure()
        write_record(folder, made)
        home = folder.task(made.task.id)
        for part in ("proposal.patch", "transcript.jsonl"):
            (home / part).write_bytes(b"")
        result = write_result(folder, made)
        written = (folder.results / f"{made.task.id}.json").read_text(encoding="utf-8").rstrip("\n")
        assert written == as_json(result)
        assert len(written) <= ENVELOPE_LIMIT
        assert read_result(folder, made.task.id) == result
        assert len(result.summary) <= SUMMARY_LIMIT
        assert len(result.files) <= 10
        assert (result.more_files or 0) + len(result.files) == len(made.files)
        assert (result.id, result.state, result.verdict) == (made.task.id, made.state, made.verdict)
        assert (result.error is None) == (made.error is None)
        assert read_record(folder, made.task.id) == made


def test_what_fits_is_told_whole(folder: Folder) -> None:
    made = record(
        summary="Made it right.",
        verdict=Verdict.CHECKED,
        files=(ResultFile(path="src/a.py", added=3, removed=1),),
        checks=(Check(name="pytest -q", ok=True),),
        usage=Usage(prompt=100, completion=20, seconds=1.5, model="qwen2.5-coder:1.5b"),
        error=ErrorInfo(code="x", message="m", hint="h"),
    )
    write_record(folder, made)
    (folder.task(made.task.id) / "proposal.patch").write_bytes(b"")
    told = json.loads(as_json(envelope(folder, made)))
    # The file is nowhere, so nothing was saved: what is left is what the call and the envelope cost.
    assert -400 < told.pop("saved") < 0
    assert told == {
        "id": made.task.id,
        "kind": "patch",
        "state": "done",
        "verdict": "checked",
        "summary": "Made it right.",
        "files": [{"path": "src/a.py", "added": 3, "removed": 1}],
        "checks": [{"name": "pytest -q", "ok": True}],
        "patch": f".nanites/tasks/{made.task.id}/proposal.patch",
        "usage": {"prompt": 100, "completion": 20, "seconds": 1.5, "model": "qwen2.5-coder:1.5b"},
        "error": {"code": "x", "message": "m", "hint": "h"},
    }


def test_a_long_summary_ends_with_an_ellipsis_and_stands_on_one_line(folder: Folder) -> None:
    made = record(summary="one\n two\t" + "three " * 200)
    told = envelope(folder, made).summary
    assert told.startswith("one two three")
    assert told.endswith("…")
    assert SUMMARY_LIMIT - 40 <= len(told) <= SUMMARY_LIMIT


# --- records


def test_a_record_is_replaced_whole_and_private(folder: Folder) -> None:
    made = record()
    for state in (State.QUEUED, State.RUNNING):
        made = made.model_copy(update={"state": state})
        write_record(folder, made)
        assert read_record(folder, made.task.id) == made
    home = folder.task(made.task.id)
    assert [path.name for path in home.iterdir()] == ["task.json"]
    assert stat.S_IMODE((home / "task.json").stat().st_mode) == 0o600
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


@pytest.mark.parametrize("content", [b"", b"{", b"null", b'{"task": 1}', b"\xff\xfe", b"[]"])
def test_a_damaged_record_is_named_and_passed_over(folder: Folder, content: bytes) -> None:
    good, bad = record(), record()
    for made in (good, bad):
        write_record(folder, made)
    (folder.task(bad.task.id) / "task.json").write_bytes(content)
    with pytest.raises(NaniteError) as caught:
        read_record(folder, bad.task.id)
    assert caught.value.code == "record-damaged"
    assert list(read_records(folder)) == [good]


def test_a_task_that_is_not_there_is_named(folder: Folder) -> None:
    for text in (new_id(), "../../etc", "x", ""):
        with pytest.raises(NaniteError) as caught:
            read_record(folder, text)
        assert caught.value.code == "no-such-task"
    assert read_result(folder, new_id()) is None
    assert read_refusal(folder, new_id()) is None


def test_records_come_oldest_first_and_strange_folders_are_none(folder: Folder) -> None:
    ids = [new_id(now) for now in (3_000.0, 1_000.0, 2_000.0)]
    for task_id in ids:
        write_record(folder, record(task_id))
    (folder.tasks / "notes").mkdir()
    assert [made.task.id for made in read_records(folder)] == sorted(ids)


@pytest.mark.parametrize("content", [b"", b"[1]", b"null", b'"x"', b"{"])
def test_a_damaged_refusal_or_result_is_none(folder: Folder, content: bytes) -> None:
    task_id = new_id()
    (folder.refused / f"{task_id}.json.error.json").write_bytes(content)
    (folder.results / f"{task_id}.json").write_bytes(content)
    assert read_refusal(folder, task_id) is None
    assert read_result(folder, task_id) is None


def test_a_refusal_is_read_where_it_was_written_and_nowhere_else(folder: Folder) -> None:
    task_id = new_id()
    write_json(folder.refused / f"{task_id}.json.error.json", {"code": "x"})
    write_json(folder.path / "y.json.error.json", {"code": "secret"})
    assert read_refusal(folder, task_id) == {"code": "x"}
    assert read_refusal(folder, "../../y") is None


def test_ids_are_found_by_their_beginning_their_end_and_their_key(folder: Folder) -> None:
    one, two = new_id(1_000.0), new_id(2_000_000_000.0)
    for task_id, key in ((one, "nightly"), (two, None)):
        task = Task(id=task_id, spec=TaskSpec(key=key), created_at=1.0)
        write_record(folder, record().model_copy(update={"task": task}))
    assert resolve_id(folder, one) == one
    assert resolve_id(folder, one[:8]) == one
    assert resolve_id(folder, two[-6:]) == two
    assert resolve_id(folder, "nightly") == one
    for text in ("zzzz", one[:3], ""):
        with pytest.raises(NaniteError) as caught:
            resolve_id(folder, text)
        assert caught.value.code == "no-such-task"


def test_an_id_that_fits_two_is_refused(folder: Folder) -> None:
    for number in range(2):
        write_record(folder, record(new_id(1_000.0 + number / 1_000)))
    with pytest.raises(NaniteError, match="more than one"):
        resolve_id(folder, new_id(1_000.0)[:5])


def test_a_task_that_still_lies_in_the_inbox_is_known_by_its_id(folder: Folder) -> None:
    task_id = new_id()
    (folder.inbox / f"{task_id}.json").write_text("{}")
    assert resolve_id(folder, task_id[:6] + task_id[6:]) == task_id


def test_checks_are_written_as_they_were_found(folder: Folder) -> None:
    made = record()
    write_record(folder, made)
    write_checks(
        folder, made.task.id, [Check(name="a", ok=None, output="o", seconds=1.0, proof=True, guard="landlock")]
    )
    told = json.loads((folder.task(made.task.id) / "checks.json").read_text())
    assert told == [{"name": "a", "ok": None, "output": "o", "seconds": 1.0, "proof": True, "guard": "landlock"}]


# --- the folder


def test_the_folder_is_private_ignores_itself_and_is_made_again_harmlessly(tmp_path: Path) -> None:
    folder = Folder(tmp_path).ensure()
    (folder.inbox / "a.json").write_text("{}")
    (folder.path / ".gitignore").write_text("mine\n")
    folder.ensure()
    assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700
    assert (folder.path / ".gitignore").read_text() == "mine\n"
    assert (folder.inbox / "a.json").exists()
    fresh = Folder(tmp_path / "fresh")
    fresh.root.mkdir()
    assert (fresh.ensure().path / ".gitignore").read_text().endswith("\n*\n")


@pytest.mark.parametrize("part", ["", "inbox", "tasks", "inbox/refused"])
def test_a_folder_that_is_a_symlink_is_refused(tmp_path: Path, part: str) -> None:
    folder = Folder(tmp_path / "repository")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    place = folder.path / part
    place.parent.mkdir(parents=True)
    place.symlink_to(elsewhere)
    with pytest.raises(NaniteError) as caught:
        folder.ensure()
    assert caught.value.code == "folder-unusable"
    assert list(elsewhere.iterdir()) == []


def test_a_file_in_the_folders_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".nanites").write_text("")
    with pytest.raises(NaniteError) as caught:
        Folder(tmp_path).ensure()
    assert caught.value.code == "folder-unusable"
    assert caught.value.hint


@given(st.lists(st.floats(0, 3e10), min_size=2, max_size=20))
def test_ids_sort_by_time_and_are_safe_names(times: list[float]) -> None:
    made = [(int(now * 1000), new_id(now)) for now in times]
    for earlier, first in made:
        assert is_id(first)
        assert len(first) <= 26
        assert first == first.lower()
        for later, second in made:
            if earlier < later:
                assert first < second


def test_ten_thousand_ids_of_one_millisecond_hardly_ever_meet() -> None:
    assert len({new_id(1.0) for _ in range(1_000)}) >= 999


@pytest.mark.parametrize(
    "text", ["", "a" * 13, "a" * 15, "A" * 14, "i" * 14, "a" * 13 + "\n", "../../../../..", "é" * 14]
)
def test_what_is_no_id_is_not_taken_for_one(text: str) -> None:
    assert not is_id(text)


def test_keys_become_names_that_tell_them_apart() -> None:
    names = {key_name(key) for key in ("a", "A", "../a", "a\n", "ä", "a" * 200)}
    assert len(names) == 6
    assert all(name.isalnum() for name in names)


def test_a_file_is_written_whole_or_not_at_all(folder: Folder) -> None:
    path = folder.path / "file"
    write_whole(path, "old")
    with pytest.raises(IsADirectoryError):
        write_whole(folder.inbox, "new")
    with pytest.raises(FileNotFoundError):
        write_whole(folder.path / "missing" / "file", "new")
    write_whole(path, b"new", sync=True)
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [name for name in os.listdir(folder.path) if name.endswith(".tmp")] == []  # noqa: PTH208


def test_writing_replaces_a_symlink_and_does_not_follow_it(folder: Folder, tmp_path: Path) -> None:
    (tmp_path / "target").write_text("keep")
    (folder.path / "link").symlink_to(tmp_path / "target")
    write_whole(folder.path / "link", "new")
    assert (tmp_path / "target").read_text() == "keep"
    assert not (folder.path / "link").is_symlink()


def test_readers_never_see_half_a_file_while_it_is_replaced_and_its_writer_killed(folder: Folder) -> None:
    path = folder.path / "file"
    versions = ["a" * 100_000, "b" * 200_000]
    write_whole(path, versions[0])
    child = os.fork()
    if not child:
        while True:
            for version in versions:
                write_whole(path, version)
    try:
        for _ in range(300):
            assert path.read_text() in versions
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    assert path.read_text() in versions


def test_text_that_no_file_can_hold_is_written_all_the_same(folder: Folder) -> None:
    write_json(folder.path / "file", {"name": "a\udcff\ud800"})
    assert json.loads((folder.path / "file").read_text(encoding="utf-8")) == {"name": "a\udcff\ud800"}
    assert shown(os.fsdecode(b"a\xffb")) == "a\ufffdb"
    assert shown("naïve") == "naïve"

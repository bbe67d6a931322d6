"""The log of events: whole lines, numbered without a gap in meaning, joined tokens, and readers that miss nothing."""

from __future__ import annotations

import asyncio
import errno
import json
import os
import signal
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.events import StepStarted, TaskEnded, TaskQueued, TokenStreamed
from workbench.model import State, Task, TaskSpec
from workbench.spool import log as log_module
from workbench.spool.folder import Folder, new_id
from workbench.spool.log import EventLog, follow, last_seq
from workbench.spool.records import Record, write_record
from workbench.spool.tail import Tail, parse_line


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path).ensure()


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().split(b"\n") if line]


def step(number: int, task: str = "t") -> StepStarted:
    return StepStarted(task=task, step=str(number))


def test_every_line_is_whole_numbered_and_versioned(folder: Folder) -> None:
    log = EventLog(folder, clock=Clock())
    log.write(TaskQueued(task="t", kind="chat", text="line\u2028one\nline \x1b[31mtwo"))
    log.write(step(1))
    log.close()
    first, second = lines_of(folder.events)
    assert (first["v"], first["seq"], first["at"], first["event"], first["task"]) == (1, 1, 1_000.0, "task-queued", "t")
    assert first["text"] == "line\u2028one\nline \x1b[31mtwo"
    assert (second["seq"], second["event"]) == (2, "step-started")
    assert folder.events.stat().st_mode & 0o777 == 0o600


def test_numbers_go_on_where_the_last_writer_stopped(folder: Folder) -> None:
    for expected in (1, 2, 3):
        log = EventLog(folder)
        log.write(step(expected))
        log.close()
        assert last_seq(folder) == expected
    assert [line["seq"] for line in lines_of(folder.events)] == [1, 2, 3]


def test_numbers_go_on_after_a_line_longer_than_any_look_back(folder: Folder) -> None:
    log = EventLog(folder)
    log.write(step(1))
    log.write(TaskQueued(task="t", kind="chat", text="x" * 1_000_000))
    log.close()
    assert last_seq(folder) == 2
    with folder.events.open("ab") as stream:
        stream.write(b'{"seq": 99, "half": "' + b"y" * 700_000)
    assert last_seq(folder) == 2


def test_numbers_go_on_after_the_log_was_turned_over(folder: Folder) -> None:
    log = EventLog(folder, rotate=300)
    for number in range(20):
        log.write(step(number))
    log.close()
    folder.events.write_bytes(b"")
    older = lines_of(folder.path / "events.1.jsonl")
    assert last_seq(folder) == older[-1]["seq"]


@given(st.lists(st.binary(max_size=40).filter(lambda line: b"\n" not in line), max_size=10))
@settings(max_examples=50, deadline=None)
def test_lines_are_read_from_the_end_as_they_stand(lines: list[bytes]) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "log"
        path.write_bytes(b"\n".join(lines))
        for block in (1, 3, 65_536):
            found = list(log_module._lines_from_end(path, block))
            assert found[::-1] == path.read_bytes().split(b"\n") or not path.read_bytes()


def test_half_a_line_that_a_killed_writer_left_harms_no_other(folder: Folder) -> None:
    home = folder.task(new_id())
    home.mkdir()
    for path in (folder.events, home / "transcript.jsonl"):
        path.write_bytes(b'{"v": 1, "seq": 7, "event": "x"}\n{"v": 1, "seq": 8, "ev')
    log = EventLog(folder)
    log.write(step(1, home.name))
    log.close()
    for path in (folder.events, home / "transcript.jsonl"):
        parsed = [parse_line(line) for line in path.read_bytes().split(b"\n")]
        assert [line and line["seq"] for line in parsed] == [7, None, 8, None]


def test_what_a_full_disk_cut_is_taken_back(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    log = EventLog(folder)
    log.write(step(1))
    real = os.write
    calls = 0

    def full(descriptor: int, data: bytes) -> int:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(descriptor, data[:10])

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OSError, match="No space"):
        log.write(step(2))
    monkeypatch.setattr(os, "write", real)
    log.write(step(3))
    log.close()
    assert [line["step"] for line in lines_of(folder.events)] == ["1", "3"]


def test_a_writer_killed_at_any_moment_leaves_a_log_that_goes_on(folder: Folder) -> None:
    for _ in range(5):
        child = os.fork()
        if not child:
            log = EventLog(folder)
            while True:
                log.write(TaskQueued(task="t", kind="chat", text="x" * 20_000))
        while not folder.events.exists() or folder.events.stat().st_size < 200_000:
            pass
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        log = EventLog(folder)
        log.write(step(1))
        log.close()
        parsed = [parse_line(line) for line in folder.events.read_bytes().split(b"\n")]
        numbers = [line["seq"] for line in parsed if line is not None]
        assert numbers == sorted(set(numbers))
        assert (parsed[-2] or {})["event"] == "step-started"
        folder.events.unlink()


# --- tokens


def test_tokens_of_a_voice_are_joined_to_twenty_lines_a_second(folder: Folder) -> None:
    clock = Clock()
    log = EventLog(folder, clock=clock)
    for number in range(1_000):
        clock.now = 1_000 + number / 1_000
        log.write(TokenStreamed(task="t", voice="v", text=f"{number} "))
    log.flush()
    log.close()
    lines = lines_of(folder.events)
    assert 10 <= len(lines) <= 21
    assert "".join(line["text"] for line in lines) == "".join(f"{number} " for number in range(1_000))


def test_what_an_answer_was_begun_with_is_told_and_not_counted(folder: Folder) -> None:
    log = EventLog(folder, clock=Clock())
    for text, tokens in (("def ", 0), ("a", 1), ("(", 1)):
        log.write(TokenStreamed(task="t", voice="v", text=text, tokens=tokens))
    log.close()
    lines = lines_of(folder.events)
    assert "".join(line["text"] for line in lines) == "def a("
    assert [line["tokens"] for line in lines] == [0, 2]


def test_voices_and_tasks_are_never_mixed_and_facts_come_after_the_tokens_before_them(folder: Folder) -> None:
    log = EventLog(folder, clock=Clock())
    for text in ("a", "b"):
        for task, voice in (("t", "v"), ("t", "w"), ("u", "v")):
            log.write(TokenStreamed(task=task, voice=voice, text=f"{task}{voice}{text}"))
    log.write(step(1))
    log.close()
    lines = lines_of(folder.events)
    told = [(line["task"], line.get("voice"), line.get("text")) for line in lines]
    assert told == [
        ("t", "v", "tva"),
        ("t", "w", "twa"),
        ("u", "v", "uva"),
        ("t", "v", "tvb"),
        ("t", "w", "twb"),
        ("t", None, None),
        ("u", "v", "uvb"),
    ]


def test_a_task_has_its_own_transcript_without_tokens(folder: Folder) -> None:
    task = new_id()
    folder.task(task).mkdir()
    log = EventLog(folder)
    log.write(TokenStreamed(task=task, voice="v", text="x"))
    log.write(step(1, task))
    log.write(step(2, "../../escape"))
    log.write(step(3, new_id()))
    log.close()
    assert [line["step"] for line in lines_of(folder.task(task) / "transcript.jsonl")] == ["1"]
    assert len(lines_of(folder.events)) == 4


def test_listeners_hear_every_line_as_it_is_written(folder: Folder) -> None:
    heard: list[dict[str, Any]] = []
    log = EventLog(folder)
    log.listen(heard.append)
    log.write(step(1))
    log.write(TokenStreamed(task="t", voice="v", text="x"))
    log.close()
    assert heard == lines_of(folder.events)


# --- turning over and following


def test_the_log_is_turned_over_at_its_size_and_no_line_is_cut(folder: Folder) -> None:
    log = EventLog(folder, rotate=1_000)
    for number in range(30):
        log.write(step(number))
    log.close()
    older, newer = lines_of(folder.path / "events.1.jsonl"), lines_of(folder.events)
    assert folder.events.stat().st_size <= 1_000
    numbers = [line["seq"] for line in (*older, *newer)]
    assert numbers == list(range(numbers[0], 31))


def test_one_line_larger_than_the_log_does_not_push_out_the_older_one(folder: Folder) -> None:
    log = EventLog(folder, rotate=200)
    log.write(step(1))
    log.write(TaskQueued(task="t", kind="chat", text="x" * 500))
    log.write(step(2))
    log.close()
    assert [line["seq"] for line in lines_of(folder.path / "events.1.jsonl")] == [2]
    assert [line["seq"] for line in lines_of(folder.events)] == [3]


@given(st.lists(st.integers(0, 6), max_size=30), st.integers(200, 900))
@settings(max_examples=60, deadline=None)
def test_a_reader_misses_nothing_across_rotation(pauses: list[int], rotate: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Folder(Path(name)).ensure()
        log = EventLog(folder, rotate=rotate)
        tail = Tail(folder.events)
        seen: list[int] = []
        written = 0
        for pause in pauses:
            # A reader may miss a whole file only if two were turned over since it looked: some twenty lines here.
            for _ in range(min(pause, max(1, rotate // 150))):
                log.write(step(written))
                written += 1
            seen += [line["seq"] for line in tail.read()]
        seen += [line["seq"] for line in tail.read()]
        log.close()
        assert seen == list(range(1, written + 1))


@given(st.lists(st.binary(min_size=1, max_size=15), max_size=20))
@settings(max_examples=60, deadline=None)
def test_half_written_lines_are_read_when_they_are_whole(pieces: list[bytes]) -> None:
    whole = [{"n": number, "text": piece.hex()} for number, piece in enumerate(pieces)]
    data = b"".join(json.dumps(line).encode() + b"\n" for line in whole)
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "events.jsonl"
        tail = Tail(path)
        assert list(tail.read()) == []
        seen = []
        at = 0
        with path.open("ab", buffering=0) as stream:
            for piece in [*pieces, b"x" * len(data)]:
                stream.write(data[at : at + len(piece)])
                at += len(piece)
                seen += list(tail.read())
        assert seen == whole


def test_a_reader_from_the_end_hears_only_what_is_new(folder: Folder) -> None:
    log = EventLog(folder)
    log.write(step(1))
    tail = Tail(folder.events, from_end=True)
    assert list(tail.read()) == []
    log.write(step(2))
    assert [line["step"] for line in tail.read()] == ["2"]
    log.close()


def test_a_reader_starts_anew_where_the_log_was_cleared(folder: Folder) -> None:
    folder.events.write_bytes(b'{"n": 1}\n{"n": 2}\n')
    tail = Tail(folder.events)
    assert [line["n"] for line in tail.read()] == [1, 2]
    folder.events.write_bytes(b'{"n": 3}\n')
    assert [line["n"] for line in tail.read()] == [3]


def put_record(folder: Folder, task: str, state: State) -> None:
    write_record(folder, Record(task=Task(id=task, spec=TaskSpec(), created_at=0), state=state, updated_at=0))


async def collect(folder: Folder, task: str) -> list[str]:
    return [line["event"] async for line in follow(folder, task, poll=0.001)]


async def test_following_ends_when_the_task_rests_and_tells_of_no_other(folder: Folder) -> None:
    log = EventLog(folder)
    log.write(TaskQueued(task="t", kind="chat"))
    log.write(TaskQueued(task="u", kind="chat"))
    told = asyncio.create_task(collect(folder, "t"))
    await asyncio.sleep(0)
    log.write(TaskEnded(task="t", state=State.REVIEW))
    log.write(TaskEnded(task="u", state=State.DONE))
    log.write(TaskEnded(task="t", state=State.APPLIED))
    log.close()
    async with asyncio.timeout(5):
        assert await told == ["task-queued", "task-ended", "task-ended"]


async def test_following_a_task_that_was_wanted_again_goes_past_its_first_end(folder: Folder) -> None:
    log = EventLog(folder)
    log.write(TaskEnded(task="t", state=State.FAILED))
    log.write(TaskQueued(task="t", kind="chat", attempt=2))
    log.write(TaskEnded(task="t", state=State.DONE))
    log.close()
    async with asyncio.timeout(5):
        assert await collect(folder, "t") == ["task-ended", "task-queued", "task-ended"]


async def test_following_a_task_of_an_older_log_ends_too(folder: Folder) -> None:
    kept, lost = new_id(), new_id()
    put_record(folder, lost, State.DONE)
    log = EventLog(folder, rotate=500)
    log.write(TaskEnded(task=kept, state=State.DONE))
    while not (folder.path / "events.1.jsonl").exists():
        log.write(step(1, "other"))
    log.close()
    async with asyncio.timeout(5):
        assert await collect(folder, kept) == ["task-ended"]
        assert await collect(folder, lost) == []

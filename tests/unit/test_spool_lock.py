"""One runner a folder: held while its process lives, free the moment it is dead, and asking does not disturb it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from workbench.errors import RunnerBusy
from workbench.spool.folder import Folder
from workbench.spool.lock import RunnerLock, holder, runner_pid

HOLD = """
import sys
from pathlib import Path
from workbench.spool.folder import Folder
from workbench.spool.lock import RunnerLock
lock = RunnerLock(Folder(Path(sys.argv[1])))
lock.acquire()
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path).ensure()


def start_holder(folder: Folder) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", HOLD, str(folder.root)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def end(process: subprocess.Popen[str]) -> None:
    process.communicate()


def test_a_second_runner_is_refused_and_told_who_holds_the_folder(folder: Folder) -> None:
    process = start_holder(folder)
    try:
        with pytest.raises(RunnerBusy) as caught:
            RunnerLock(folder).acquire()
        assert str(process.pid) in caught.value.message
        assert caught.value.hint
        assert runner_pid(folder) == process.pid
    finally:
        end(process)
    assert runner_pid(folder) is None
    lock = RunnerLock(folder)
    lock.acquire()
    assert runner_pid(folder) == os.getpid()
    lock.release()


def test_a_killed_runner_holds_nothing(folder: Folder) -> None:
    process = start_holder(folder)
    process.send_signal(signal.SIGKILL)
    end(process)
    assert holder(folder.lock) == process.pid
    assert runner_pid(folder) is None
    lock = RunnerLock(folder)
    lock.acquire()
    assert holder(folder.lock) == os.getpid()
    lock.release()


def test_a_child_that_outlives_its_runner_does_not_hold_the_folder(folder: Folder) -> None:
    lock = RunnerLock(folder)
    lock.acquire()
    child = subprocess.Popen(["sleep", "30"], close_fds=False)
    try:
        lock.release()
        RunnerLock(folder).acquire()
    finally:
        child.kill()
        child.wait()


def test_of_many_that_start_at_once_one_runs(folder: Folder) -> None:
    code = HOLD.replace(
        "lock.acquire()",
        "sys.stdin.readline()\ntry:\n    lock.acquire()\nexcept Exception as error:\n"
        "    print(type(error).__name__, flush=True)\n    sys.exit()",
    )
    command = [sys.executable, "-c", code, str(folder.root)]
    processes = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    said = []
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    for process in processes:
        assert process.stdout is not None
        said.append(process.stdout.readline().strip())
    for process in processes:
        end(process)
    assert sorted(said) == ["RunnerBusy", "RunnerBusy", "RunnerBusy", "held"]


def test_asking_who_runs_never_keeps_a_runner_from_starting(folder: Folder) -> None:
    RunnerLock(folder).acquire()
    RunnerLock(folder)
    done = threading.Event()
    other = Folder(folder.root / "other")
    other.root.mkdir()
    other.ensure()
    other.lock.touch()

    def ask() -> None:
        while not done.is_set():
            runner_pid(other)

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(100):
            lock = RunnerLock(other)
            lock.acquire()
            lock.release()
    finally:
        done.set()
        for thread in threads:
            thread.join()


def test_a_folder_without_a_lock_file_has_no_runner(folder: Folder) -> None:
    assert runner_pid(folder) is None
    folder.lock.write_text("no number\n")
    assert holder(folder.lock) is None
    assert runner_pid(folder) is None


def test_releasing_twice_or_unheld_is_harmless(folder: Folder) -> None:
    lock = RunnerLock(folder)
    lock.release()
    lock.acquire()
    lock.release()
    lock.release()
    assert runner_pid(folder) is None

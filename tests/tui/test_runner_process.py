"""The runner as the screen has it: a process of its own, started where none is alive, joined where one is."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.house.place import Place
from tests.tui.house import FakeProbe
from workbench.runner_process import RunnerProcess
from workbench.spool.lock import RunnerLock, runner_pid
from workbench.tui.app import Workbench
from workbench.tui.dialogs import Choose


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "repository")


@pytest.fixture
def runner(place: Place) -> Iterator[RunnerProcess]:
    runner = RunnerProcess(place.folder)
    yield runner
    started = runner._started
    if started is not None and started.poll() is None:
        started.kill()
        started.wait(10)


def until(holds: Callable[[], object]) -> None:
    end = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.slow
def test_a_runner_is_started_does_the_work_and_ends_when_asked(place: Place, runner: RunnerProcess) -> None:
    assert (runner.pid(), runner.is_ours, runner.failure()) == (None, False, None)
    task = place.drop()
    runner.start()
    until((place.folder.results / f"{task}.json").exists)
    assert place.result(task).state == "review"
    assert runner.is_ours
    assert runner_pid(place.folder) == runner.pid()
    first = runner._started
    runner.start()
    assert runner._started is first, "one is alive, so none is started"
    runner.stop()
    until(lambda: runner.pid() is None)
    assert first is not None
    first.wait(10)
    assert not runner.is_ours
    assert runner.failure() is None


def test_a_runner_that_was_there_before_is_joined_and_left_alone(place: Place, runner: RunnerProcess) -> None:
    lock = RunnerLock(place.folder)
    lock.acquire()
    runner.start()
    assert runner._started is None
    assert runner.pid() is not None
    assert not runner.is_ours
    runner.stop()
    lock.release()


def test_a_runner_that_cannot_start_says_why(place: Place, runner: RunnerProcess) -> None:
    (place.root / "nanites.toml").write_text("[engine]\norder = 3\n")
    runner.start()
    until(lambda: runner._started is not None and runner._started.poll() is not None)
    words = runner.failure()
    assert words is not None
    assert words.startswith("nanites: nanites.toml, line 2: engine.order")


@pytest.mark.slow
def test_a_runner_that_dies_without_a_word_is_told_by_its_code(place: Place, runner: RunnerProcess) -> None:
    runner.start()
    until(lambda: runner.pid() is not None)
    assert runner._started is not None
    runner._started.kill()
    until(lambda: runner._started is not None and runner._started.poll() is not None)
    (place.folder.path / "runner.log").unlink()
    assert runner.failure() == "the runner ended with code -9"


def test_the_log_of_a_runner_is_no_symlink_of_a_stranger(place: Place, runner: RunnerProcess, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    (place.folder.path / "runner.log").symlink_to(victim)
    with pytest.raises(OSError, match="symbolic link"):
        runner.start()
    assert victim.read_text() == "mine"


@pytest.mark.slow
async def test_the_screen_starts_one_shows_its_work_and_stops_it_on_the_way_out(place: Place) -> None:
    task = place.drop()
    app = Workbench(place.folder, place.settings, probe=FakeProbe())
    async with app.run_test(size=(120, 40)) as pilot:
        end = time.monotonic() + 30
        while (found := app.scene.tasks.get(task)) is None or found.state != "review":
            assert time.monotonic() < end
            await pilot.pause(0.05)
        assert app.scene.has_runner
        while app.main.detail is None or not app.main.detail.patch:
            assert time.monotonic() < end
            await pilot.pause(0.05)
        await pilot.press("a")
        while app.scene.tasks[task].state != "applied":
            assert time.monotonic() < end
            await pilot.pause(0.05)
        assert "max(limit - 3, 0)" in (place.root / "text.py").read_text()
        await pilot.press("u")
        while app.scene.tasks[task].state != "undone":
            assert time.monotonic() < end
            await pilot.pause(0.05)
        await pilot.press("q")
    until(lambda: runner_pid(place.folder) is None)


@pytest.mark.slow
async def test_a_runner_at_fault_is_told_once_and_not_started_again(place: Place) -> None:
    settings = place.settings
    (place.root / "nanites.toml").write_text("[engine]\norder = 3\n")
    place.drop()
    app = Workbench(place.folder, settings, probe=FakeProbe())
    async with app.run_test() as pilot:
        end = time.monotonic() + 30
        while not app._notifications:
            assert time.monotonic() < end
            await pilot.pause(0.05)
        first = app.runner._started
        await pilot.pause(2.2)
        assert app.runner._started is first
        assert len(app._notifications) == 1


@pytest.mark.slow
@pytest.mark.parametrize(("keys", "is_left"), [(("escape", "q", "l"), True), (("s",), False)])
async def test_quitting_while_work_is_under_way_asks_what_is_to_become_of_it(
    tmp_path: Path, keys: tuple[str, ...], is_left: bool
) -> None:
    place = Place(tmp_path / "repository", rules=[{"answer": "…", "hang": True}])
    task = place.drop()
    app = Workbench(place.folder, place.settings, probe=FakeProbe())
    async with app.run_test(size=(120, 40)) as pilot:
        end = time.monotonic() + 30
        while (found := app.scene.tasks.get(task)) is None or found.state != "running":
            assert time.monotonic() < end
            await pilot.pause(0.05)
        await pilot.press("q")
        await pilot.pause()
        assert isinstance(app.screen, Choose)
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
    if is_left:
        assert runner_pid(place.folder) is not None
        app.runner.stop()
    until(lambda: runner_pid(place.folder) is None)

"""`nanites demo`: the whole story on a scratch repository, with a real local model and nothing prepared.

It is a script over the public client and the runner: whatever it shows, a user's own repository shows as well. The
answers are the model's, so a task may fail; then the demo says so and ends with exit code 1.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from workbench import client, demo_project
from workbench.errors import EngineUnavailable, NaniteError
from workbench.headless import Progress
from workbench.model import Approve, Decision, Result, State
from workbench.narration import remarks_of, words_of
from workbench.repository import Repository, git_environment
from workbench.review import Ask, ask, ask_person
from workbench.settings import DEFAULT_NANITE, Settings, load
from workbench.spool.folder import Folder
from workbench.spool.records import read_record
from workbench.terminal import coloured_diff, plain, say, styled

if TYPE_CHECKING:
    from workbench.spool.tail import Tail

_TEST_SECONDS = 120


@dataclass
class Story:
    """What a demo is about, and what came of it so far."""

    root: Path
    settings: Settings
    command: str
    stream: TextIO
    policy: Approve | None
    ask_for: Ask
    results: dict[str, Result] = field(default_factory=dict)
    fetched: bool = False

    @property
    def folder(self) -> Folder:
        """The `.nanites/` of the scratch repository."""
        return Folder(self.root)

    def head(self, text: str) -> None:
        """Begin a chapter."""
        say("\n" + styled(text, "bold", self.stream), stream=self.stream)

    def tell(self, text: str) -> None:
        """Say a line."""
        say(plain(text), stream=self.stream)


def play(
    folder: Path | None, *, policy: str | None, model: str | None, as_json: bool, ask_for: Ask = ask_person
) -> int:
    """Play the demo and return the exit code: 1 where a task failed or the tests do not pass at the end.

    Args:
        folder: where the scratch repository goes, a folder that is empty or not there yet; None makes a temporary one.
        policy: who decides; None asks the person at the terminal.
        model: the model that works; None for the default.
        as_json: print one JSON value at the end, and the story on stderr.
        ask_for: how to ask.

    Raises:
        NaniteError: the folder is in use, or there is nobody to ask.
        EngineUnavailable: the embedded engine or its weights cannot be had.
    """
    if policy is None and ask_for is ask_person and not sys.stdin.isatty():
        raise NaniteError("there is no terminal to ask at", code="no-terminal", hint="nanites demo --yes")
    command = f"{'python3' if shutil.which('python3') else sys.executable} -m unittest -q"
    root = make_project(folder, model or DEFAULT_NANITE, command)
    story = Story(
        root=root,
        settings=load(root, dict(os.environ)),
        command=command,
        stream=sys.stderr if as_json else sys.stdout,
        policy=Approve(policy) if policy else None,
        ask_for=ask_for,
    )
    began = time.monotonic()
    passed, undone = asyncio.run(_play(story))
    return _finish(story, passed, undone, time.monotonic() - began, as_json)


def make_project(folder: Path | None, model: str, command: str) -> Path:
    """Make the scratch repository and return its root.

    Raises:
        NaniteError: `folder` holds something already, or git fails.
    """
    root = Path(tempfile.mkdtemp(prefix="nanites-demo-")) if folder is None else folder
    if root.exists() and any(root.iterdir()):
        raise NaniteError(f"{root} is not empty", code="not-empty", hint="name a new folder with --dir")
    files = demo_project.FILES | {"nanites.toml": demo_project.settings_text(model, command)}
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    root = root.resolve()
    repository = Repository(root)
    identity = ("-c", "user.name=Nanites", "-c", "user.email=demo@localhost", "-c", "commit.gpgsign=false")
    repository.git("-c", "init.defaultBranch=main", "init", "-q")
    repository.git("add", "-A")
    repository.git(*identity, "commit", "-q", "-m", "A small project, with a test that fails")
    return root


async def _play(story: Story) -> tuple[bool, str | None]:
    """Return whether the tests passed after all changes, and the ID of the task that was undone, if any."""
    story.head(f"A scratch repository: {story.root}")
    story.tell("\n".join(f"  {name}" for name in demo_project.FILES if name.startswith(("notes/", "tests/test"))))
    run_tests(story)
    await _have_model(story)
    story.folder.ensure()
    return await _beside_a_runner(story)


async def _beside_a_runner(story: Story) -> tuple[bool, str | None]:
    """Tell the story while a runner is at work on the scratch repository; what breaks the one ends the other."""
    from workbench.runner import run

    stop = asyncio.Event()
    running = asyncio.create_task(run(Repository(story.root), story.settings, approve=story.policy, stop=stop))
    telling = asyncio.create_task(_tell(story))
    try:
        await asyncio.wait({running, telling}, return_when=asyncio.FIRST_COMPLETED)
        if running.done() and not telling.done():
            await running
            raise NaniteError("the runner ended before the story did", code="runner-ended")
        return await telling
    finally:
        telling.cancel()
        stop.set()
        await asyncio.gather(running, telling, return_exceptions=True)


async def _tell(story: Story) -> tuple[bool, str | None]:
    events = client.tail(story.folder)
    story.head("Three task files are dropped into .nanites/inbox/")
    ids = {}
    for name, fields in demo_project.tasks(story.command).items():
        ids[name] = client.submit(story.folder, fields)
        story.tell(f"  {name}  {json.dumps({key: part for key, part in fields.items() if key != 'by'})}")
    progress = Progress(story.stream, ids.values())
    for name, task_id in ids.items():
        await _see_through(story, name, task_id, events, progress)
    story.head("The tests, with the changes applied")
    passed = run_tests(story)
    return passed, await _undo_one(story)


async def _have_model(story: Story) -> None:
    from workbench.engines.pool import Pool
    from workbench.weights import pull

    model = story.settings.models.nanite
    pool = Pool(story.settings)
    try:
        engine = await pool.choose(model)
    except EngineUnavailable as error:
        if error.code != "model-missing":
            raise
        story.head(f"Fetching the weights of {plain(model)}, once")
        story.tell(f"  verified at {await pull(story.settings, model)}")
        story.fetched = True
    else:
        story.tell(f"\n{model} is there; the {engine.name} engine will serve it")
    finally:
        await pool.close()


async def _see_through(story: Story, name: str, task_id: str, events: Tail, progress: Progress) -> None:
    """Show a task until it rests, show its change, and decide about it."""
    story.head(f"{name}: task {task_id}")
    (result,) = await client.wait(story.folder, [task_id], on_line=progress, events=events)
    patch_path = story.folder.task(task_id) / "proposal.patch"
    if result.state is State.REVIEW and story.policy is None:
        patch, remarks = patch_path.read_bytes().decode("utf-8"), remarks_of(read_record(story.folder, task_id))
        decision = await asyncio.to_thread(ask, patch, remarks, story.ask_for)
        if decision is not None:
            result = await client.decide(story.folder, task_id, decision)
    elif patch_path.exists():
        say(coloured_diff(patch_path.read_bytes().decode("utf-8"), story.stream), stream=story.stream)
    else:
        story.tell(words_of(read_record(story.folder, task_id)))
    if result.error is not None:
        story.tell(f"{result.error.message} ({result.error.hint})")
    verdict = f" ({result.verdict})" if result.verdict else ""
    story.tell(f"→ {result.state}{verdict}")
    story.results[name] = result


async def _undo_one(story: Story) -> str | None:
    applied = [(name, result.id) for name, result in story.results.items() if result.state is State.APPLIED]
    if not applied:
        return None
    name, task_id = applied[0]
    story.head(f"Undoing {name}")
    result = await client.decide(story.folder, task_id, Decision(decision="undo", by="demo"))
    story.results[name] = result
    files = ", ".join(file.path for file in result.files)
    same = not Repository(story.root).git("status", "--porcelain", "--", *[f.path for f in result.files]).stdout.strip()
    story.tell(f"→ {result.state}: {files} {'is as it was, byte for byte' if same else 'was restored'}")
    return task_id


def run_tests(story: Story) -> bool:
    """Run the project's tests in its working tree, show their last line, and return whether they pass."""
    done = subprocess.run(
        story.command.split(" "),
        cwd=story.root,
        env=git_environment() | {"PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=_TEST_SECONDS,
        check=False,
    )
    said = (done.stderr.strip().splitlines() or [""])[-1]
    passed = done.returncode == 0
    story.tell(f"$ {story.command}")
    say("  " + styled(plain(said), "green" if passed else "red", story.stream), stream=story.stream)
    return passed


def _finish(story: Story, passed: bool, undone: str | None, seconds: float, as_json: bool) -> int:
    """Say what it cost and return the exit code."""
    usages = [result.usage for result in story.results.values()]
    read, written = sum(usage.prompt for usage in usages), sum(usage.completion for usage in usages)
    speaking = sum(usage.seconds for usage in usages)
    failed = [name for name, result in story.results.items() if result.state is State.FAILED]
    story.head("What it cost")
    story.tell(
        f"{read} tokens read, {written} written by {story.settings.models.nanite} in {speaking:.1f} s; "
        f"{seconds:.1f} s in all; "
        + ("only the weights came over the network" if story.fetched else "nothing left this machine")
    )
    if failed:
        story.tell(f"not done by the model this time: {', '.join(failed)}")
    story.tell(f"the repository stays at {story.root}: look around with nanites --repo {story.root} list")
    if as_json:
        value: dict[str, Any] = {
            "repository": str(story.root),
            "results": [result.as_fields() for result in story.results.values()],
            "tests_passed": passed,
            "undone": undone,
            "usage": {"prompt": read, "completion": written, "seconds": round(speaking, 3)},
            "seconds": round(seconds, 3),
        }
        say(json.dumps(value, ensure_ascii=False))
    wanted = story.policy not in {Approve.NONE, Approve.PROVEN, Approve.ASK}
    turned_down = any(result.state is State.REJECTED for result in story.results.values())
    return 1 if failed or (wanted and not turned_down and not passed) else 0

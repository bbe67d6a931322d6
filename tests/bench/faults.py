"""Seeded faults against real runner processes: `python -m tests.bench.faults [--seconds S] [--seed N] [KIND ...]`.

Each repository meets a few faults, one runner process each, and is then finished by a runner that nothing happens to.
After every fault each file is the old or the new one; at the end every task was done once, no file is half, no decision
and no scratch copy is left over. Prints one JSON object: runs by kind, and what was `lost`, `doubled` or `half`.

    kill     SIGKILL at the n-th event, change of the file system, or writing statement of the store
    blind    SIGKILL after a random time, whatever goes on then
    stop     SIGSTOP and SIGCONT; nobody else can take the folder meanwhile
    clock    the clock is stepped by up to ten years all the time, and the runner killed at some moment
    slots    16 slots busy with 24 tasks, SIGKILL in the middle
    disk     the disk is full at some moment and has room again later (needs the right to mount)
    store    the store's file is cut or overwritten after a kill: a runner works or refuses clearly, and with the file
             moved away everything goes on from the task records
    engine   a model server that is killed and started again 20 times (one repository counts as 20 runs)
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.house import mortal_runner
from tests.house.forked import Forked
from tests.house.place import PATCH_RULE, TEXT, Place
from workbench import cli
from workbench.checks.places import PREFIX, sweep
from workbench.errors import RunnerBusy
from workbench.model import State
from workbench.spool.lock import RunnerLock
from workbench.spool.records import read_records

HERE = Path(__file__).parents[2]
CHECK = 'python3 -c \'import text; assert text.truncate("abcdef", 5) == "ab..."\''
DESCRIBED = {"summary": "Return the text in capitals.", "args": {"text": "the text"}, "returns": "the capitals"}
RULES = [PATCH_RULE, {"contains": "shout", "answer": json.dumps(DESCRIBED)}, {"answer": "It is small."}]
ALLOWED = f"[checks]\nallow = [{json.dumps(CHECK)}]\n"
LIVES = 3
ENGINE_DEATHS = 20
DISK = "size=6m"
_NO_ROOM = {"disk-full", "disk-error", "no-worktree"}


@dataclass
class Findings:
    """What came of it."""

    runs: Counter[str] = field(default_factory=Counter)
    faults: dict[str, list[str]] = field(default_factory=lambda: {"lost": [], "doubled": [], "half": [], "other": []})
    notes: Counter[str] = field(default_factory=Counter)

    def expect(self, kind: str, holds: object, words: str) -> None:
        """Note a fault where something does not hold."""
        if not holds:
            self.faults[kind].append(words)


class Scene:
    """A repository with tasks in its inbox, and what its files are when all is done."""

    def __init__(self, folder: Path, findings: Findings, label: str, *, files: int = 2, slots: int = 2) -> None:
        settings = f"{ALLOWED}[runner]\nparallel = {slots}\n"
        self.place = Place(folder / "repository", settings=settings, rules=RULES)
        self.findings, self.label = findings, label
        names = "".join(f"def shout{number}(text):\n    return text.upper()\n\n\n" for number in range(3))
        (self.place.root / "loud.py").write_text(names, encoding="utf-8")
        self.tasks = {"first", "loud"}
        self.place.drop(check=(CHECK,), key="first")
        self.place.drop("", kind="docstrings", targets=("loud.py",), key="loud")
        for number in range(files):
            (self.place.root / f"twin{number}.py").write_text(TEXT, encoding="utf-8")
            self.place.drop(
                f"Make truncate() never exceed limit {number}", targets=(f"twin{number}.py",), key=f"t{number}"
            )
            self.tasks.add(f"t{number}")
        self.old = self.files()

    def files(self) -> dict[str, bytes]:
        """Return the files that tasks change."""
        return {path.name: path.read_bytes() for path in sorted(self.place.root.glob("*.py"))}

    def begin(self, kind: str = "none", number: int = 0) -> Forked:
        """Start a runner that dies at a moment."""
        return Forked(mortal_runner.main, [str(self.place.root), kind, str(number)])

    def begin_stepped(self, kind: str, number: int, clock: int) -> subprocess.Popen[str]:
        """Start one whose clock is stepped: that must be so before it loads anything."""
        return subprocess.Popen(
            [sys.executable, "-m", "tests.house.stepped_runner", str(clock), str(self.place.root), kind, str(number)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=HERE,
        )

    def look(self) -> None:
        """Expect each file to be the old or the new one."""
        for name, content in self.files().items():
            self.findings.expect("half", content in {self.old[name], WANT[name[:4]]}, f"{self.label}: {name}")

    def finish(self) -> None:
        """Let a runner finish that nothing happens to, and look at everything."""
        done = self.begin()
        _, said = done.communicate(timeout=180)
        self.findings.expect("other", done.returncode == 0, f"{self.label}: exit {done.returncode}: {said[-300:]}")
        self.judge()

    def judge(self) -> None:
        """Look at what there is when all is done."""
        expect, label, place = self.findings.expect, self.label, self.place
        records = list(read_records(place.folder))
        keys = Counter(str(record.task.spec.key) for record in records)
        expect("lost", set(keys) == self.tasks, f"{label}: tasks {sorted(self.tasks - set(keys))}")
        expect("doubled", max(keys.values(), default=0) <= 1, f"{label}: {keys}")
        for record in records:
            told = record.error.message if record.error else ""
            expect("lost", record.state is State.APPLIED, f"{label}: {record.task.spec.key} is {record.state} {told}")
            expect("lost", place.folder.results.joinpath(f"{record.task.id}.json").exists(), f"{label}: no result")
        for name, content in self.files().items():
            kind = "half" if content not in {self.old[name], WANT[name[:4]]} else "lost"
            expect(kind, content == WANT[name[:4]], f"{label}: {name} at the end")
        left = [*place.folder.tasks.glob("*/decision.json"), *place.folder.decisions.glob("*.json")]
        expect("other", not left, f"{label}: left over {left}")
        asked = Counter(line["request"] for line in place.asked())
        again = [request for request, times in asked.items() if times > LIVES + 1]
        expect("doubled", not again, f"{label}: asked more often than runners died: {again}")


WANT: dict[str, bytes] = {}


def learn(folder: Path) -> dict[str, int]:
    """Learn from an undisturbed run what the files become; return how many moments go by in one."""
    scene = Scene(folder / "undisturbed", Findings(), "undisturbed")
    process = scene.begin()
    out, said = process.communicate(timeout=180)
    assert process.returncode == 0, said
    for name, content in scene.files().items():
        WANT[name[:4]] = content
    moments: dict[str, int] = json.loads(out.splitlines()[-1])
    return moments


def draw(chance: random.Random, moments: dict[str, int], life: int) -> tuple[str, int]:
    """Return a moment to die at; later lives have less left to do, so they die sooner."""
    kind = chance.choice(sorted(moments))
    return kind, chance.randint(1, max(1, moments[kind] // (life + 1)))


Fault = Callable[[Scene, random.Random, dict[str, int], int], None]


def kill(scene: Scene, chance: random.Random, moments: dict[str, int], life: int) -> None:
    """Kill a runner at a drawn moment."""
    scene.begin(*draw(chance, moments, life)).communicate(timeout=180)


def blind(scene: Scene, chance: random.Random, _moments: dict[str, int], _life: int) -> None:
    """Kill a runner after a random time."""
    process = scene.begin()
    with suppress(subprocess.TimeoutExpired):
        process.wait(chance.uniform(0.3, 3.0))
    process.kill()
    process.communicate()


def stop(scene: Scene, chance: random.Random, moments: dict[str, int], life: int) -> None:
    """Halt a runner now and then, and kill it in the end."""
    process = scene.begin(*draw(chance, moments, life))
    for _ in range(3):
        with suppress(subprocess.TimeoutExpired):
            process.wait(chance.uniform(0.2, 1.0))
        if process.poll() is not None:
            break
        process.send_signal(signal.SIGSTOP)
        if scene.place.folder.lock.exists() and scene.place.folder.lock.read_text().strip() == str(process.pid):
            lock = RunnerLock(scene.place.folder)
            try:
                lock.acquire()
            except RunnerBusy:
                scene.findings.notes["refused while another is halted"] += 1
            else:
                lock.release()
                scene.findings.expect("doubled", process.poll() is not None, f"{scene.label}: two runners at once")
        process.send_signal(signal.SIGCONT)
    process.communicate(timeout=180)


def clock(scene: Scene, chance: random.Random, moments: dict[str, int], life: int) -> None:
    """Run on a machine whose clock goes as it likes."""
    kind, number = draw(chance, moments, life) if chance.random() < 0.7 else ("none", 0)
    process = scene.begin_stepped(kind, number, chance.randrange(1 << 30))
    _, said = process.communicate(timeout=180)
    scene.findings.expect(
        "other", process.returncode in {0, -9}, f"{scene.label}: exit {process.returncode}: {said[-300:]}"
    )


def disk(scene: Scene, chance: random.Random, _moments: dict[str, int], _life: int) -> None:
    """Fill the disk before or while a runner is at work, and free it."""
    ballast = scene.place.root / "ballast.bin"
    process = None if chance.random() < 0.3 else scene.begin()
    time.sleep(chance.uniform(0.0, 1.5))
    with suppress(OSError), ballast.open("wb", buffering=0) as stream:
        while True:
            stream.write(b"\0" * 4_096)
    process = process or scene.begin()
    with suppress(subprocess.TimeoutExpired):
        process.wait(chance.uniform(0.2, 2.5))
    ballast.unlink(missing_ok=True)
    try:
        _, said = process.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        scene.findings.expect("other", False, f"{scene.label}: a runner hangs after the disk was full")
        return
    scene.findings.notes[f"full disk: exit {process.returncode}"] += 1
    for record in read_records(scene.place.folder):
        # A task that found no room for its change says so and has changed nothing; its person asks for it again.
        if record.state is State.FAILED and record.error and record.error.code in _NO_ROOM:
            scene.findings.notes[f"full disk: task failed, {record.error.code}"] += 1
            scene.place.decide(record.task.id, "retry")
    last = said.strip().splitlines()[-1] if said.strip() else ""
    clear = process.returncode == 0 or "NaniteError" in last
    scene.findings.expect("other", clear, f"{scene.label}: exit {process.returncode}: {said[-1500:]}")


def store(scene: Scene, chance: random.Random, moments: dict[str, int], life: int) -> None:
    """Kill a runner, damage the store, and see that the next works or refuses clearly; then move the store away."""
    kill(scene, chance, moments, life)
    path = scene.place.folder.store
    if not path.exists():
        return
    for log in path.parent.glob(f"{path.name}-*") if chance.random() < 0.5 else ():
        log.unlink()
    size = path.stat().st_size
    with path.open("r+b") as stream:
        if chance.random() < 0.6:
            stream.truncate(chance.randrange(size + 1))
        else:
            stream.seek(chance.randrange(size + 1))
            stream.write(chance.randbytes(chance.choice((16, 512, 20_000))))
    line = ["--repo", str(scene.place.root), "run", "--drain", "--approve", "all", "--json"]
    done = Forked(lambda: cli.main(line))
    out, said = done.communicate(timeout=180)
    scene.findings.notes[f"damaged store: exit {done.returncode}"] += 1
    try:
        value: Any = json.loads(out)
    except ValueError:
        value = {}
    refused = value.get("error", {}).get("code") == "store-unusable"
    broken = [record for record in read_records(scene.place.folder) if record.state is State.FAILED]
    told = {record.error.code for record in broken if record.error}
    clear = refused or (done.returncode == 0 and told <= {"store-failed"})
    scene.findings.expect("other", clear, f"{scene.label}: exit {done.returncode} {told}: {out}{said[-300:]}")
    if refused or broken:
        for file in path.parent.glob(f"{path.name}*"):
            file.rename(file.with_name(f"damaged-{life}-{file.name}"))
    for record in broken:
        scene.place.decide(record.task.id, "retry")


FAULTS: dict[str, Fault] = {
    "kill": kill, "blind": blind, "stop": stop, "clock": clock, "slots": kill, "disk": disk, "store": store,
}  # fmt: skip


def scenario(kind: str, folder: Path, findings: Findings, seed: int, moments: dict[str, int]) -> None:
    """Have a repository meet its faults, and look at it."""
    chance = random.Random(f"{kind} {seed}")
    folder.mkdir()
    mounted = kind == "disk" and _mount(folder)
    if kind == "disk" and not mounted:
        findings.notes["disk: not run, nothing can be mounted here"] += 1
        return
    try:
        many = kind == "slots"
        scene = Scene(folder, findings, f"{kind} {seed}", files=24 if many else 2, slots=16 if many else 2)
        grown = {name: number * (5 if many else 1) for name, number in moments.items()}
        for life in range(LIVES):
            FAULTS[kind](scene, chance, grown, life)
            findings.runs[kind] += 1
            scene.look()
        scene.finish()
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=False)
        shutil.rmtree(folder, ignore_errors=True)


def _mount(folder: Path) -> bool:
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", DISK, "tmpfs", str(folder)], capture_output=True, check=False)
    return done.returncode == 0


def engine(folder: Path, findings: Findings, seed: int) -> None:
    """Kill a model server and start it again, while tasks are at work; what failed for it is asked for again."""
    chance = random.Random(f"engine {seed}")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    scene = Scene(folder, findings, f"engine {seed}", files=10)
    settings = scene.place.root / "nanites.toml"
    url = f'[engine]\norder = ["openai"]\nopenai_url = "http://127.0.0.1:{port}/v1"\n'
    settings.write_text(f"{url}{ALLOWED}[runner]\nparallel = 2\n", encoding="utf-8")
    loud = next(path for path in scene.place.folder.inbox.iterdir() if '"loud"' in path.read_text())
    loud.unlink()
    scene.tasks.discard("loud")
    scene.old["loud.py"] = WANT["loud"]
    (scene.place.root / "loud.py").write_bytes(WANT["loud"])
    command = [sys.executable, "-m", "tests.house.mortal_engine", str(port)]
    for death in range(ENGINE_DEATHS + 1):
        server = subprocess.Popen(command, cwd=HERE)
        try:
            _await_port(port)
            runner = scene.begin()
            if death < ENGINE_DEATHS:
                with suppress(subprocess.TimeoutExpired):
                    runner.wait(chance.uniform(0.8, 2.2))
                server.kill()
                findings.runs["engine"] += 1
            _, said = runner.communicate(timeout=180)
            findings.expect("other", runner.returncode == 0, f"{scene.label}: exit {runner.returncode}: {said[-300:]}")
        finally:
            server.kill()
            server.wait()
        scene.look()
        for record in read_records(scene.place.folder) if death < ENGINE_DEATHS else ():
            if record.state is State.FAILED:
                code = record.error.code if record.error else ""
                findings.notes[f"engine killed: {code}"] += 1
                scene.place.decide(record.task.id, "retry")
    scene.judge()


def _await_port(port: int) -> None:
    for _ in range(500):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
            return
        time.sleep(0.02)


def main() -> None:
    """Meet faults until the time is over, kinds in turn; exit with 1 where something was lost, doubled or half."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("kinds", nargs="*", metavar="KIND", help="kinds to draw; all but engine if none")
    parser.add_argument("--seconds", type=float, default=220)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    kinds = options.kinds or list(FAULTS)
    findings = Findings()
    began, seed = time.monotonic(), options.seed
    with tempfile.TemporaryDirectory(prefix="nanites-faults-") as name:
        folder = Path(name).resolve()
        os.environ["NANITES_HOME"] = str(folder / "home")
        scratch = folder / "scratch"
        scratch.mkdir()
        os.environ["TMPDIR"] = tempfile.tempdir = str(scratch)
        for module in ("dbos", "sqlalchemy.dialects.sqlite", "workbench.headless", "workbench.runner.runner"):
            importlib.import_module(module)
        moments = learn(folder)
        while time.monotonic() - began < options.seconds:
            for kind in kinds:
                if kind == "engine":
                    engine(folder / f"engine-{seed}", findings, seed)
                else:
                    scenario(kind, folder / f"{kind}-{seed}", findings, seed, moments)
                if time.monotonic() - began > options.seconds:
                    break
            seed += 1
        sweep()
        left = [path.name for path in scratch.iterdir() if path.name.startswith(PREFIX)]
        findings.expect("other", not left, f"scratch copies left over: {left}")
    value = {
        "runs": dict(findings.runs), "total": findings.runs.total(), "seconds": round(time.monotonic() - began, 1),
        "seeds": [options.seed, seed - 1], **{name: len(found) for name, found in findings.faults.items()},
        "notes": dict(findings.notes), "found": [words for found in findings.faults.values() for words in found][:20],
    }  # fmt: skip
    print(json.dumps(value, indent=1))
    sys.exit(1 if any(findings.faults.values()) else 0)


if __name__ == "__main__":
    main()

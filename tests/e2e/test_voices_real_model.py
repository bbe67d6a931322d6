"""Unequal voices, a bug hunt and a second look with real weights: what is said must be usable and true to form."""

from __future__ import annotations

import subprocess
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from tests.e2e.conftest import MODEL, SMALL
from tests.e2e.test_crew_real_model import RealDesk
from workbench.checks.command import run_commands
from workbench.checks.trial_values import Trial
from workbench.crew.dispatch import work
from workbench.engines.pool import Pool
from workbench.events import SecretsWithheld
from workbench.exchange import ChatRequest, Completion
from workbench.model import Brief, Check, FileEdit, Proposal, Task, TaskSpec, Verdict, Voice
from workbench.repository import Repository
from workbench.settings import CheckSettings, EngineSettings, Settings

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(1_200)]

CHECK = "python3 check.py"
STATS = '''def mean(values):
    """Return the mean of values."""
    return sum(values) / len(values)


def last(items):
    """Return the last of items."""
    return items[len(items)]
'''
ORACLE = "import stats\nassert stats.last([1, 2]) == 2\nassert stats.mean([1, 3]) == 2\n"
TALKERS = (
    Voice(name="Implementer", model=SMALL),
    Voice(name="Reviewer", model=MODEL, words="You are the Reviewer: is it right and complete?"),
    Voice(name="Bug Hunter", model=SMALL, words="You are the Bug Hunter: does it miss a case?"),
)


class Desk(RealDesk):
    """Notes who was asked, and runs this file's check."""

    def __init__(self, pool: Pool, repository: Repository) -> None:
        super().__init__(pool, repository)
        self.spoke: list[tuple[str, str]] = []
        self.prompts: list[str] = []

    async def ask(self, voice: str, request: ChatRequest) -> Completion:
        self.spoke.append((voice, request.model))
        self.prompts += [message.content for message in request.messages]
        return await super().ask(voice, request)

    async def try_commands(
        self, edits: Sequence[FileEdit], commands: Sequence[str], trials: Sequence[Trial] = ()
    ) -> tuple[Check, ...]:
        return await run_commands(self._repository, edits, commands, CheckSettings(allow=(CHECK,)), trials)

    async def talk(self, spec: TaskSpec, voices: tuple[Voice, ...], rounds: int = 1) -> Proposal:
        brief = Brief(
            task=Task(id="t1", spec=spec, created_at=0),
            targets=tuple(self._repository.read(path) for path in spec.targets),
            model=MODEL,
            voices=voices,
            rounds=rounds,
        )
        return await work(brief, self)


@pytest.fixture
def house(tmp_path: Path) -> Repository:
    (tmp_path / "stats.py").write_text(STATS, encoding="utf-8")
    (tmp_path / "check.py").write_text(ORACLE, encoding="utf-8")
    who = ["-c", "user.name=test", "-c", "user.email=test@localhost"]
    for command in (["init", "-q"], ["add", "-A"], [*who, "commit", "-qm", "begin"]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    return Repository.find(tmp_path)


@pytest.fixture
async def desk(embedded_home: Path, house: Repository) -> AsyncIterator[Desk]:
    pool = Pool(Settings(engine=EngineSettings(order=("embedded",))))
    yield Desk(pool, house)
    await pool.close()


async def test_unequal_voices_talk_and_come_to_an_answer(desk: Desk) -> None:
    spec = TaskSpec(kind="chat", task="What does mean do with an empty list?", targets=("stats.py",))
    proposal = await desk.talk(spec, TALKERS, rounds=2)
    assert {("Implementer", SMALL), ("Reviewer", MODEL), ("Bug Hunter", SMALL)} <= set(desk.spoke)
    assert 0 < len(proposal.summary) <= 400
    assert proposal.verdict is None
    assert any("agreed after" in note for note in proposal.notes)
    assert all(answer.completion_tokens <= 440 for answer in desk.answers)
    last = STATS.count("\n")
    for place in proposal.notes[0].split("stats.py:")[1:]:
        assert 1 <= int(place.split(")")[0].split("-")[0]) <= last


async def test_a_planted_bug_is_looked_for_and_what_is_found_stands_in_the_file(desk: Desk) -> None:
    voices = (Voice(name="Bug Hunter", model=MODEL), Voice(name="Second Voice", model=MODEL))
    proposal = await desk.talk(TaskSpec(kind="bughunt", targets=("stats.py",)), voices)
    assert proposal.verdict is None
    lines = STATS.split("\n")
    for finding in proposal.findings:
        assert finding.evidence in lines[finding.line - 1]
    assert proposal.findings or "no proof" in proposal.summary
    assert ("Bug Hunter", MODEL) in desk.spoke


async def test_a_change_gets_a_second_look_and_keeps_its_check(desk: Desk) -> None:
    spec = TaskSpec(
        task="last must return the last item: items[-1].", targets=("stats.py",), check=(CHECK,), review=True
    )
    proposal = await desk.talk(spec, (Voice(name="Reviewer", model=MODEL),))
    assert ("Reviewer", MODEL) in desk.spoke
    assert proposal.notes[0].startswith("Reviewer")
    assert proposal.edits[0].after is not None
    assert b"-1" in proposal.edits[0].after
    assert proposal.verdict in {Verdict.CHECKED, Verdict.UNVERIFIED}


async def test_a_real_model_changes_code_around_a_secret(desk: Desk, house: Repository) -> None:
    secret = "Tr0ub4dor&3"
    text = f'def connect(host):\n    password = "{secret}"\n    return open_session(host, password)\n'
    (house.root / "net.py").write_text(text, encoding="utf-8")
    task = "connect gets a second argument, port, with the default 5432, and passes it on as port=port."
    proposal = await desk.talk(TaskSpec(task=task, targets=("net.py",)), ())
    assert secret not in "\n".join(desk.prompts)
    assert any(isinstance(event, SecretsWithheld) for event in desk.events)
    after = (proposal.edits[0].after or b"").decode()
    assert f'password = "{secret}"' in after
    assert "WITHHELD" not in after
    assert "port" in after

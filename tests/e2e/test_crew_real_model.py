"""The crew with a real small model on a real third-party package, judged by running and parsing what it made."""

from __future__ import annotations

import ast
import subprocess
import sys
import tarfile
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from tests.e2e.conftest import MODEL
from workbench.checks.command import read_command, run_commands
from workbench.checks.preserve import preserves
from workbench.checks.trial_values import Trial
from workbench.context.reads import read_excerpts
from workbench.crew.dispatch import work
from workbench.edits.annotations import unannotated
from workbench.edits.docstrings import docstring_of
from workbench.engines.pool import Pool
from workbench.events import Event
from workbench.exchange import ChatRequest, Completion, TokenCount
from workbench.model import Brief, Check, FileEdit, Proposal, Task, TaskSpec, Verdict
from workbench.repository import Repository
from workbench.settings import CheckSettings, EngineSettings, Settings

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]

CHECK = "python check_tail.py"
ORACLE = """from toolz import tail

assert len(tail(0, [1, 2])) == 0, tail(0, [1, 2])
assert tail(2, [1, 2, 3]) == [2, 3]
assert tuple(tail(1, iter([1, 2]))) == (2,)
"""
MOST_PROMPT = 400
"""Tokens of the prompt of a change to a function of 20 lines (issue 2)."""


class RealDesk:
    """Asks a pool, runs commands in a scratch copy of the package, and keeps what was said."""

    def __init__(self, pool: Pool, repository: Repository) -> None:
        self.answers: list[Completion] = []
        self.events: list[Event] = []
        self._pool = pool
        self._repository = repository

    async def ask(self, voice: str, request: ChatRequest) -> Completion:
        completion = await self._pool.chat(request, lambda piece: None)
        self.answers.append(completion)
        return completion

    async def count(self, request: ChatRequest) -> TokenCount:
        return await self._pool.count(request)

    async def try_commands(
        self, edits: Sequence[FileEdit], commands: Sequence[str], trials: Sequence[Trial] = ()
    ) -> tuple[Check, ...]:
        return await run_commands(self._repository, edits, commands, CheckSettings(allow=(CHECK,)), trials)

    async def read_command(self, edits: Sequence[FileEdit], command: str) -> Check:
        return await read_command(self._repository, edits, command, CheckSettings(allow=(CHECK,)))

    def tell(self, event: Event) -> None:
        self.events.append(event)

    async def solve(self, spec: TaskSpec) -> Proposal:
        """Return what the crew proposes for a task."""
        brief = Brief(
            task=Task(id="t1", spec=spec, created_at=0),
            targets=tuple(self._repository.read(path) for path in spec.targets),
            reads=read_excerpts(self._repository, spec.read),
            model=MODEL,
        )
        return await work(brief, self)


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """Return the source archive of toolz, unpacked, as a git repository with one more file: the check."""
    folder = tmp_path_factory.mktemp("package")
    pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", "toolz", "toolz"]
    subprocess.run([*pip, "-d", str(folder)], check=True, timeout=300)
    archive = next(folder.glob("toolz-*.tar.gz"))
    with tarfile.open(archive) as opened:
        opened.extractall(folder, filter="data")
    root = folder / archive.name.removesuffix(".tar.gz")
    (root / "check_tail.py").write_text(ORACLE, encoding="utf-8")
    who = ["-c", "user.name=test", "-c", "user.email=test@localhost"]
    for command in (["init", "-q"], ["add", "-A"], [*who, "commit", "-qm", "as fetched"]):
        subprocess.run(["git", *command], cwd=root, check=True)
    return Repository.find(root)


@pytest.fixture
async def desk(embedded_home: Path, package: Repository) -> AsyncIterator[RealDesk]:
    pool = Pool(Settings(engine=EngineSettings(order=("embedded",))))
    yield RealDesk(pool, package)
    await pool.close()


def after(proposal: Proposal) -> str:
    content = proposal.edits[0].after
    assert content is not None
    return content.decode()


async def test_docstrings_are_written_and_proven_to_change_nothing_else(desk: RealDesk) -> None:
    task = "Document _merge_sorted_binary and _get."
    proposal = await desk.solve(TaskSpec(kind="docstrings", task=task, targets=("toolz/itertoolz.py",)))
    (edit,) = proposal.edits
    text = after(proposal)
    for name in ("_merge_sorted_binary", "_get"):
        words = docstring_of(text, name)
        assert words is not None
        assert len(words.split()) > 3
    assert "default" in (docstring_of(text, "_get") or "")
    assert proposal.verdict is Verdict.PROVEN
    assert edit.before is not None
    assert preserves(edit.path, edit.before, text.encode(), "docstrings").ok


async def test_types_are_added_and_the_module_still_imports(desk: RealDesk) -> None:
    names = ("valmap", "keyfilter", "assoc")
    spec = TaskSpec(kind="types", task=f"Annotate {', '.join(names)}.", targets=("toolz/dicttoolz.py",))
    proposal = await desk.solve(spec)
    text = after(proposal)
    assert not {symbol.name for symbol in unannotated(text)} & set(names)
    assert proposal.verdict is Verdict.PROVEN
    exec(compile(text, "dicttoolz.py", "exec"), {"__name__": "dicttoolz"})


async def test_a_change_of_behaviour_passes_its_check(desk: RealDesk) -> None:
    spec = TaskSpec(
        kind="patch",
        task="`tail(0, seq)` returns the whole sequence for lists. It must return an empty sequence when n is 0.",
        targets=("toolz/itertoolz.py",),
        check=(CHECK,),
    )
    proposal = await desk.solve(spec)
    (edit,) = proposal.edits
    assert proposal.verdict is Verdict.CHECKED
    assert CHECK in {check.name for check in proposal.checks if check.ok}
    assert edit.before is not None
    before = {node.name: ast.dump(node) for node in ast.parse(edit.before).body if isinstance(node, ast.FunctionDef)}
    now = {node.name: ast.dump(node) for node in ast.parse(after(proposal)).body if isinstance(node, ast.FunctionDef)}
    assert {name for name in before.keys() | now.keys() if before.get(name) != now.get(name)} == {"tail"}
    assert ast.get_docstring(ast.parse(after(proposal))) == ast.get_docstring(ast.parse(edit.before))
    assert docstring_of(after(proposal), "tail") == docstring_of(edit.before.decode(), "tail")
    assert desk.answers[0].prompt_tokens <= MOST_PROMPT


async def test_a_summary_says_what_is_there_and_where(desk: RealDesk) -> None:
    proposal = await desk.solve(TaskSpec(kind="summary", task="Summarise this file.", read=("toolz/recipes.py",)))
    assert proposal.edits == ()
    assert 0 < len(proposal.summary) <= 400
    assert "countby" in proposal.notes[0]
    lines = (desk._repository.root / "toolz" / "recipes.py").read_text().count("\n")
    for claim in proposal.notes[0].splitlines():
        assert 1 <= int(claim.rpartition(":")[2].rstrip(")")) <= lines


async def test_instructions_are_short_by_the_models_own_count(desk: RealDesk) -> None:
    from workbench.exchange import Message
    from workbench.recipes.load import load
    from workbench.recipes.names import kinds

    for kind in kinds():
        recipe = load(kind)
        for text in (recipe.instruction, *recipe.texts.values()):
            messages = (Message(role="system", content=text.strip()), Message(role="user", content="Go."))
            counted = await desk.count(ChatRequest(model=MODEL, messages=messages))
            # Template and question take about 15 of these.
            assert counted.high <= 120 + 16, (kind, counted)

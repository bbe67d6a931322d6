"""Each kind of recipe with the real 1.5B on a small repository: it is of use, and claims no more than it is."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from tests.house.command_desk import CommandDesk
from workbench.checks.remarks import comments_only
from workbench.engines.pool import Pool
from workbench.errors import AnswerRejected
from workbench.exchange import ChatRequest, Completion, TokenCount
from workbench.model import Proposal, Verdict
from workbench.settings import EngineSettings, Settings

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]

MODEL = "qwen2.5-coder:1.5b"
TEXT = '''"""Text tools."""

import os
import re


def slugify(title, limit=40):
    """Return a title as a slug of at most limit characters."""
    words = re.findall(r"[a-z0-9]+", title.lower())
    slug = ""
    for word in words:
        if slug and len(slug) + 1 + len(word) > limit:
            break
        slug = f"{slug}-{word}" if slug else word[:limit]
    return slug


def parse_pairs(line, separator=","):
    result = {}
    for part in line.split(separator):
        key, sep, value = part.partition("=")
        if sep == None:
            continue
        if not key.strip() in result:
            result[key.strip()] = value.strip()
    return result


def checksum(data):
    a, b = 1, 0
    for byte in data:
        a = (a + byte) % 65521
        b = (b + a) % 65521
    return (b << 16) | a
'''
FILES = {
    "text.py": TEXT,
    "use.py": "from text import slugify\n\nprint(slugify('Hello World'))\n",
    "ruff.toml": '[lint]\nselect = ["E", "F"]\n',
    "CHANGELOG.md": "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- Slugs for titles.\n",
}
ALLOW = ("ruff check {file}", "python -m pytest -q {file}")


class RealModelDesk(CommandDesk):
    """Asks a pool, and runs commands for real."""

    pool: Pool
    answers: list[Completion]

    async def ask(self, voice: str, request: ChatRequest) -> Completion:
        completion = await self.pool.chat(request, lambda piece: None)
        self.answers.append(completion)
        return completion

    async def count(self, request: ChatRequest) -> TokenCount:
        return await self.pool.count(request)

    async def solve(self, kind: str, task: str = "", targets: Sequence[str] = ()) -> Proposal:
        from workbench.crew.dispatch import work

        brief = self.brief(kind, task, targets)
        return await work(brief.model_copy(update={"model": MODEL, "repairs": 2}), self)


@pytest.fixture
async def desk(embedded_home: Path, tmp_path: Path) -> AsyncIterator[RealModelDesk]:
    made = RealModelDesk(tmp_path, FILES, allow=ALLOW)
    made.pool = Pool(Settings(engine=EngineSettings(order=("embedded",))))
    made.answers = []
    yield made
    await made.pool.close()


def after(proposal: Proposal) -> str:
    content = proposal.edits[0].after
    assert content is not None
    return content.decode()


async def test_lint_mends_what_ruff_cannot(desk: RealModelDesk) -> None:
    proposal = await desk.solve("lint", targets=["text.py"])
    assert proposal.verdict is Verdict.CHECKED
    assert "import os" not in after(proposal)
    assert "== None" not in after(proposal)
    assert "noqa" not in after(proposal)
    changed = {node.name for node in ast.parse(after(proposal)).body if isinstance(node, ast.FunctionDef)}
    assert changed == {"slugify", "parse_pairs", "checksum"}


async def test_a_test_is_written_that_notices_faults(desk: RealModelDesk) -> None:
    proposal = await desk.solve("tests", "Test slugify.", ["text.py"])
    assert proposal.verdict is Verdict.CHECKED
    assert proposal.edits[0].path == "tests/test_text.py"
    assert re.search(r"assert slugify\(", after(proposal))


async def test_comments_stand_above_lines_and_change_nothing_or_are_not_offered(desk: RealModelDesk) -> None:
    try:
        proposal = await desk.solve("comments", "Comment checksum.", ["text.py"])
    except AnswerRejected as error:
        # Where a model has nothing to say but what the code says, it is better that nothing is offered.
        if error.code != "no-comment":
            raise
        return
    assert proposal.verdict is Verdict.PROVEN
    assert comments_only("text.py", TEXT.encode(), after(proposal).encode()).ok
    assert 1 <= after(proposal).count("    # ") <= 3


async def test_a_better_name_is_found_and_everything_follows(desk: RealModelDesk) -> None:
    proposal = await desk.solve("rename", "Find a better name for the function checksum.", ["text.py", "use.py"])
    assert proposal.verdict is Verdict.PROVEN
    assert "def checksum(" not in after(proposal)


async def test_an_explanation_names_lines(desk: RealModelDesk) -> None:
    proposal = await desk.solve("explain", "Explain parse_pairs.", ["text.py"])
    lines = [int(number) for number in re.findall(r"text\.py:(\d+)\)", proposal.notes[0])]
    assert lines
    assert all(18 <= line <= 27 for line in lines)


async def test_a_commit_message_is_about_the_change(desk: RealModelDesk, tmp_path: Path) -> None:
    code = TEXT.replace("def slugify(title, limit=40):", "def slugify(title, limit=40, separator='-'):").replace(
        "{slug}-{word}", "{slug}{separator}{word}"
    )
    (tmp_path / "text.py").write_text(code, encoding="utf-8")
    proposal = await desk.solve("commit-message")
    subject = proposal.notes[0].partition("\n")[0]
    assert len(subject) <= 72
    assert re.search(r"separator|slugify|slug", subject, re.IGNORECASE)
    assert all(len(line) <= 72 for line in proposal.notes[0].split("\n"))


async def test_a_changelog_entry_is_about_the_change(desk: RealModelDesk, tmp_path: Path) -> None:
    from tests.house.command_desk import commit

    (tmp_path / "text.py").write_text(TEXT.replace("limit=40", "limit=60"), encoding="utf-8")
    commit(tmp_path, "Let slugs be sixty characters long")
    proposal = await desk.solve("changelog")
    assert [edit.path for edit in proposal.edits] == ["CHANGELOG.md"]
    assert re.search(
        r"^- .*(?:slug|60|sixty).*", after(proposal).replace("- Slugs for titles.\n", ""), re.MULTILINE | re.IGNORECASE
    )
    assert json.dumps(after(proposal))

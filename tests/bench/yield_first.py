"""How much of what it is asked the crew gets done with a real model, and at what price: for docs/benchmarks.md.

    python -m tests.bench.yield_first [--engine NAME] [--url URL] [--no-check] [--repairs N] [--only NAME] > yield.json

Fetches source archives of toolz and more-itertools through pip, works on each case of `yield_cases.py` as the runner
would, and has each change judged by the case's oracle in a scratch copy. A behaviour change gets its oracle as the
task's check unless `--no-check` says otherwise. Prints one line a case to stderr and one JSON object to stdout.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import tarfile
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.bench.yield_cases import CASES, Case
from workbench.checks.command import run_commands
from workbench.context.reads import read_excerpts
from workbench.crew.dispatch import work
from workbench.edits.annotations import unannotated
from workbench.edits.docstrings import docstring_of
from workbench.engines.pool import Pool
from workbench.errors import NaniteError
from workbench.events import AnswerRefused, Event
from workbench.model import Brief, ChatRequest, Check, Completion, FileEdit, Proposal, Task, TaskSpec, TokenCount
from workbench.repository import Repository
from workbench.settings import CheckSettings, EngineSettings, Settings


class BenchDesk:
    """A desk that asks a pool and runs commands in a scratch copy, and keeps count."""

    def __init__(self, pool: Pool, repository: Repository, allow: Sequence[str]) -> None:
        self.asked: list[Completion] = []
        self.prompts: list[ChatRequest] = []
        self.events: list[Event] = []
        self._pool = pool
        self._repository = repository
        self._settings = CheckSettings(allow=tuple(allow))

    async def ask(self, voice: str, request: ChatRequest) -> Completion:
        completion = await self._pool.chat(request, lambda piece: None)
        self.prompts.append(request)
        self.asked.append(completion)
        return completion

    async def count(self, request: ChatRequest) -> TokenCount:
        return await self._pool.count(request)

    async def try_commands(self, edits: Sequence[FileEdit], commands: Sequence[str]) -> tuple[Check, ...]:
        return await run_commands(self._repository, edits, commands, self._settings)

    def tell(self, event: Event) -> None:
        self.events.append(event)


def fetch(package: str, folder: Path) -> Path:
    """Return the unpacked source archive of a package, under `folder`, made a git repository with its oracles."""
    pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", package, package]
    subprocess.run([*pip, "-d", str(folder)], check=True)
    archive = next(folder.glob(f"{package.replace('-', '_')}-*.tar.gz"))
    with tarfile.open(archive) as opened:
        opened.extractall(folder, filter="data")
    root = folder / archive.name.removesuffix(".tar.gz")
    for case in CASES:
        if case.package == package and case.oracle:
            (root / f"check_{case.name}.py").write_text(f"{case.oracle}\n", encoding="utf-8")
    who = ["-c", "user.name=bench", "-c", "user.email=bench@localhost"]
    for command in (["init", "-q"], ["add", "-A"], [*who, "commit", "-qm", "as fetched"]):
        subprocess.run(["git", *command], cwd=root, check=True)
    return root


def brief_of(case: Case, repository: Repository, model: str, *, check: bool, repairs: int = 1) -> Brief:
    """Return the brief that the runner would make."""
    spec = TaskSpec(
        kind=case.kind,
        task=case.task,
        targets=(case.target,),
        check=(command_of(case),) if check and case.oracle else (),
    )
    task = Task(id=case.name, spec=spec, created_at=0)
    return Brief(
        task=task,
        targets=(repository.read(case.target),),
        reads=read_excerpts(repository, spec.read),
        model=model,
        repairs=repairs,
    )


def command_of(case: Case) -> str:
    """Return the command that runs a case's oracle."""
    return f"python check_{case.name}.py"


async def judge(case: Case, proposal: Proposal, repository: Repository) -> str:
    """Return what is wrong with a proposal, or nothing."""
    if case.kind == "summary":
        wanted = [name for name in case.symbols if name in "\n".join((proposal.summary, *proposal.notes))]
        return "" if wanted else f"no claim about {', '.join(case.symbols)}"
    after = proposal.edits[0].after or b""
    if case.kind == "docstrings":
        bare = [name for name in case.symbols if docstring_of(after.decode(), name) is None]
        return f"undocumented: {', '.join(bare)}" if bare else ""
    missing = []
    if case.kind == "types":
        missing = [symbol.name for symbol in unannotated(after.decode()) if symbol.name in case.symbols]
    command = command_of(case) if case.oracle else f"python -c 'import {case.target[:-3].replace('/', '.')}'"
    (check,) = await run_commands(repository, proposal.edits, (command,), CheckSettings(allow=(command,)))
    if missing:
        return f"unannotated: {', '.join(missing)}"
    return "" if check.ok else check.output[-300:]


async def run_case(case: Case, repository: Repository, pool: Pool, arguments: argparse.Namespace) -> dict[str, Any]:
    """Return what came of one case."""
    desk = BenchDesk(pool, repository, (command_of(case),))
    began = time.monotonic()
    proposal, wrong, error = None, "", ""
    try:
        check, repairs = not arguments.no_check, arguments.repairs
        proposal = await work(brief_of(case, repository, arguments.model, check=check, repairs=repairs), desk)
    except NaniteError as caught:
        error = f"{caught.code}: {caught.message}"
    seconds = time.monotonic() - began
    if proposal is not None:
        wrong = await judge(case, proposal, repository)
    return {
        "case": case.name,
        "kind": case.kind,
        "solved": proposal is not None and not wrong,
        "wrong": wrong,
        "error": error[:400],
        "verdict": proposal.verdict if proposal else None,
        "asks": len(desk.asked),
        "first_prompt": desk.asked[0].prompt_tokens if desk.asked else 0,
        "prompt": sum(answer.prompt_tokens for answer in desk.asked),
        "completion": sum(answer.completion_tokens for answer in desk.asked),
        "engine_seconds": round(sum(answer.seconds for answer in desk.asked), 2),
        "seconds": round(seconds, 2),
        "refused": [event.reason[:200] for event in desk.events if isinstance(event, AnswerRefused)],
        "summary": proposal.summary if proposal else "",
        "answers": [answer.text for answer in desk.asked],
        "prompts": [request.messages[-1].content for request in desk.prompts],
    }


def totals(rows: Sequence[dict[str, Any]]) -> dict[str, dict[str, float]]:
    """Return by kind: cases, solved, wrong, and means of seconds and tokens."""
    kinds: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        kinds[row["kind"]].append(row)
    return {
        kind: {
            "cases": len(those),
            "solved": sum(row["solved"] for row in those),
            "wrong": sum(bool(row["wrong"]) for row in those),
            **{
                name: round(sum(row[name] for row in those) / len(those), 1)
                for name in ("seconds", "first_prompt", "prompt", "completion", "asks")
            },
        }
        for kind, those in kinds.items()
    }


async def bench(arguments: argparse.Namespace) -> dict[str, Any]:
    """Run the cases and return the whole record."""
    addresses = {f"{arguments.engine}_url": arguments.url} if arguments.url else {}
    engine = EngineSettings.model_validate({"order": (arguments.engine,), **addresses})
    settings = Settings(engine=engine)
    pool = Pool(settings)
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        chosen = [case for case in CASES if arguments.only in case.name or arguments.only in {"", case.kind}]
        roots = {package: fetch(package, Path(folder)) for package in {case.package for case in chosen}}
        for case in chosen:
            repository = Repository.find(roots[case.package])
            row = await run_case(case, repository, pool, arguments)
            rows.append(row)
            mark = "solved" if row["solved"] else "WRONG" if row["wrong"] else "failed"
            line = f"{mark:7} {case.name:26} {row['seconds']:6.1f} s  {row['asks']} asks  {row['first_prompt']:5} first"
            line += f"  {row['completion']:5} out  {row['error'] or row['wrong']}"
            print(line[:200], file=sys.stderr, flush=True)
            if arguments.verbose and (row["refused"] or not row["solved"]):
                said = [
                    f"? {prompt}\n! {answer}" for prompt, answer in zip(row["prompts"], row["answers"], strict=True)
                ]
                print("\n".join([*said, *row["refused"], row["wrong"]]), file=sys.stderr, flush=True)
    await pool.close()
    return {"model": arguments.model, "engine": arguments.engine, "totals": totals(rows), "cases": rows}


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", default="embedded")
    parser.add_argument("--url", default="", help="where the engine listens, if not where the settings say")
    parser.add_argument("--model", default="qwen2.5-coder:1.5b")
    parser.add_argument("--repairs", type=int, default=1)
    parser.add_argument("--no-check", action="store_true")
    parser.add_argument("--verbose", action="store_true", help="show what was said where a case was not plain sailing")
    parser.add_argument("--only", default="", help="part of a case's name, or a kind")
    print(json.dumps(asyncio.run(bench(parser.parse_args())), indent=1))


if __name__ == "__main__":
    main()

"""How much of what they are asked the crew and its peers get done with a model, and at what price.

    python -m tests.bench.yield --self-check                    the oracles alone, no model
    python -m tests.bench.yield --rows FILE.jsonl [--seconds N]  work; call it again to go on
    python -m tests.bench.yield --rows FILE.jsonl --report      sum up what is there

Packages are fetched once through pip, npm and the Go module proxy. Each case is done in a scratch repository of its own
and judged in a guarded copy. One line a case goes to stderr, JSON and a table to stdout.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
import tomllib
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from workbench.errors import NaniteError

from . import ours, peers, report
from .cases import Case, load
from .oracles import WORDS, judge
from .place import make, program
from .selfcheck import self_check, survivors

Worker = Callable[[Case, Path, bool], Awaitable[ours.Work]]

TROUBLES = ("engine", "no-engine", "model-missing", "bench-timeout", "no-json", "unknown-kind")


def chosen(arguments: argparse.Namespace) -> list[Case]:
    """Return the cases that the arguments want; a kind that this tree does not know is left out, and said so."""
    cases = [
        case
        for case in load()
        if not arguments.only or any(part in f"{case.name} {case.package.name}" for part in arguments.only)
    ]
    if arguments.kind:
        cases = [case for case in cases if case.kind in arguments.kind]
    if arguments.language:
        cases = [case for case in cases if case.language in arguments.language]
    cases = cases[arguments.offset :: arguments.every]
    if not (arguments.self_check or arguments.list or arguments.slips) and arguments.peer == "":
        known = ours.known_kinds()
        for kind in sorted({case.kind for case in cases} - set(known)):
            skipped = sum(case.kind == kind for case in cases)
            print(f"skipped  {kind}: this tree has no such kind ({skipped} cases)", file=sys.stderr)
        cases = [case for case in cases if case.kind in known]
    elif arguments.peer:
        # Peers change files as they are told; what says something, reads history or makes new files is not theirs.
        cases = [case for case in cases if case.ask and case.kind not in WORDS | {"changelog", "tests"}]
    return cases


def runs(case: Case, checks: str) -> list[bool]:
    """Return whether a case is done with its check, without, or both ways."""
    if case.kind != "patch" or program(case, oracle=False) is None:
        return [False]
    return {"with": [True], "without": [False], "both": [True, False]}[checks]


async def run_case(case: Case, check: bool, arguments: argparse.Namespace) -> tuple[dict[str, Any], ours.Work]:
    """Do one case and return its row, and the work."""
    with tempfile.TemporaryDirectory(prefix="yield-") as scratch:
        root, clean = Path(scratch).resolve() / "repo", Path(scratch).resolve() / "clean"
        settings = ours.settings_of(case, arguments.engine, arguments.model, arguments.settings)
        make(case, root, settings, check=check)
        make(case, clean, settings, check=False)
        if arguments.peer:
            work = await peers.work(case, root, arguments)
        else:
            work = await ours.work(case, root, check=check, approve=arguments.approve)
        try:
            wrong = await judge(case, clean, work.changed, work.words)
        except NaniteError as error:
            wrong = f"the judge could not work: {error}"
    trouble = work.error if work.error.startswith(TROUBLES) or wrong.startswith("the judge") else ""
    row = {
        "case": case.name,
        "kind": case.kind,
        "language": case.language,
        "worker": arguments.peer or arguments.name,
        "check": check,
        "wrong": wrong,
        "left": bool(work.changed) or (case.kind in WORDS and bool(work.words) and not work.error),
        "verdict": work.verdict,
        "error": work.error[:400],
        "trouble": trouble[:400] or (wrong if wrong.startswith("the judge") else ""),
        "seconds": work.seconds,
        "engine_seconds": work.engine_seconds,
        "prompt": work.prompt,
        "completion": work.completion,
        "asks": len(work.answers),
        "words": work.words[:1_000] if case.kind in WORDS else "",
        "model": arguments.model,
        "engine": arguments.engine,
    }
    return row | {"outcome": report.outcome(row)}, work


def _tell(row: dict[str, Any]) -> None:
    line = f"{row['outcome']:16} {row['case']:30} {'check' if row['check'] else '':5} {row['seconds']:6.1f} s  "
    line += f"{row['asks']} asks {row['prompt']:5} in {row['completion']:5} out  {row['verdict']:10} "
    print((line + (row["error"] or row["wrong"]).replace("\n", " | "))[:260], file=sys.stderr, flush=True)


async def work_on(arguments: argparse.Namespace) -> list[dict[str, Any]]:
    """Do the cases that have no row yet, until time is over; return all rows of the file."""
    path: Path | None = arguments.rows
    rows = read_rows(path)
    name = arguments.peer or arguments.name
    done = {(row["case"], row["check"], row["worker"]) for row in rows}
    ending = time.monotonic() + arguments.seconds
    for case in chosen(arguments):
        for check in runs(case, arguments.checks):
            if (case.name, check, name) in done:
                continue
            if time.monotonic() > ending:
                print("time is over; the same command goes on", file=sys.stderr)
                return rows
            row, work = await run_case(case, check, arguments)
            _tell(row)
            rows.append(row)
            _append(path, row)
            for answer in work.answers:
                _append(arguments.keep_answers, {"case": case.name, "check": check, "outcome": row["outcome"]} | answer)
    return rows


def read_rows(path: Path | None) -> list[dict[str, Any]]:
    """Return the rows of a file."""
    if path is None or not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _append(path: Path | None, value: dict[str, Any]) -> None:
    if path is not None:
        with path.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(value, ensure_ascii=False) + "\n")


def _setting(text: str) -> tuple[str, Any]:
    name, _, value = text.partition("=")
    try:
        return name, tomllib.loads(f"value = {value}")["value"]
    except tomllib.TOMLDecodeError:
        return name, value


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m tests.bench.yield", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    add = parser.add_argument
    add("--self-check", action="store_true", help="judge the oracles instead: no model is needed")
    add("--slips", action="store_true", help="judge the oracles by references with one slip each")
    add("--report", action="store_true", help="only sum up the rows")
    add("--list", action="store_true", help="only name the cases")
    add("--rows", type=Path, help="JSON lines, one a case; cases that have one are not done again")
    add("--keep-answers", type=Path, help="JSON lines: every prompt and answer, and what became of it")
    add("--seconds", type=float, default=float("inf"), help="begin no case after so many seconds")
    add("--engine", default="embedded", help="an engine by name, as in nanites.toml")
    add("--model", default="qwen2.5-coder:1.5b")
    add("--name", default="nanites", help="what the rows are filed under: an ablation's name, say")
    add("--peer", choices=("", "plain", "aider"), default="", help="who works instead of the crew")
    add("--aider", default="aider", help="aider's program, in an environment of its own")
    add("--url", default="", help="an OpenAI-compatible address for aider; the embedded engine's if empty")
    add("--approve", choices=("all", "checked"), default="all")
    add("--checks", choices=("with", "without", "both"), default="with", help="whether a patch gets its check")
    add("--set", action="append", default=[], metavar="SECTION.KEY=VALUE", help="a setting for nanites.toml")
    add("--only", action="append", help="part of the name of a case or of its package")
    add("--kind", action="append")
    add("--language", action="append", choices=("python", "javascript", "go"))
    add("--every", type=int, default=1, metavar="N", help="every Nth case")
    add("--offset", type=int, default=0, metavar="K", help="from the Kth on")
    return parser


def main() -> int:
    """Run from the command line."""
    arguments = _parser().parse_args()
    arguments.settings = dict(_setting(text) for text in arguments.set)
    # Checks find python, pytest and ruff along PATH.
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    # No user's machine compiles the workbench anew for each command.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if arguments.list:
        for case in chosen(arguments):
            print(f"{case.kind:15} {case.language:11} {case.name:32} {case.ask}"[:160])
        return 0
    if arguments.slips:
        return asyncio.run(survivors(chosen(arguments)))
    if arguments.self_check:
        return asyncio.run(self_check(chosen(arguments)))
    rows = read_rows(arguments.rows) if arguments.report else asyncio.run(work_on(arguments))
    value = report.totals(rows)
    print(json.dumps({"totals": value, "rows": len(rows)}, indent=1))
    print(report.table(value), file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Does a case as a user would: `nanites KIND ASK --target F --json` in its scratch repository, and reads what came."""

from __future__ import annotations

import asyncio
import difflib
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .cases import Case
from .place import program


@dataclass
class Work:
    """What came of one try, by whomever.

    Attributes:
        changed: files that are not what they were, with their text.
        words: what was said.
        verdict: proven, checked or unverified, where a change was claimed; nothing where none was.
        answers: every prompt with its answer and what became of it.
    """

    changed: dict[str, str] = field(default_factory=dict)
    words: str = ""
    verdict: str = ""
    error: str = ""
    seconds: float = 0.0
    engine_seconds: float = 0.0
    prompt: int = 0
    completion: int = 0
    answers: list[dict[str, Any]] = field(default_factory=list)


def settings_of(case: Case, engine: str, model: str, overrides: Mapping[str, Any]) -> str:
    """Return nanites.toml for a case: engine, model, its check's command, and what the caller sets."""
    sections: dict[str, dict[str, Any]] = {
        "engine": {"order": [engine], "idle_minutes": 2},
        "models": {"nanite": model, "mid": model},
    }
    its_check = program(case, oracle=False)
    allowed = [its_check.command] if its_check else []
    # What a repository that has linting or tests done would allow: the tool on any of its files.
    allowed += {"lint": ["ruff check {file}"], "tests": ["pytest -q {path}"]}.get(case.kind, [])
    if allowed:
        sections["checks"] = {"allow": allowed}
    for name, value in overrides.items():
        section, _, key = name.rpartition(".")
        sections.setdefault(section, {})[key] = value
    lines = []
    for section, values in sections.items():
        lines += [f"[{section}]", *(f"{key} = {json.dumps(value)}" for key, value in values.items())]
    return "\n".join(lines) + "\n"


def nanites(root: Path, *words: str, timeout: float = 900) -> tuple[int, dict[str, Any]]:
    """Run a command of the workbench and return its exit code and its value; all it started ends with it."""
    command = [sys.executable, "-m", "workbench.cli", "--repo", str(root), *words, "--json"]
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    process = subprocess.Popen(command, cwd=root, text=True, start_new_session=True, **pipes)  # type: ignore[call-overload]
    try:
        said, complaint = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return 5, {"error": {"code": "bench-timeout", "message": f"took longer than {timeout:g} s"}}
    try:
        value = json.loads(said)
    except ValueError:
        value = {"error": {"code": "no-json", "message": (said + complaint)[-400:]}}
    return process.returncode, value if isinstance(value, dict) else {"values": value}


def known_kinds() -> tuple[str, ...]:
    """Return the kinds that this tree knows."""
    from workbench.recipes.names import kinds

    return kinds()


async def work(case: Case, root: Path, *, check: bool, approve: str) -> Work:
    """Do a case."""
    words = [case.kind, *([case.ask] if case.ask else [])]
    for target in case.target:
        words += ["--target", target]
    for read in case.read:
        words += ["--read", read]
    its_check = program(case, oracle=False)
    if check and its_check:
        words += ["--check", its_check.command]
    before = snapshot(root)
    began = time.monotonic()
    _, value = await asyncio.to_thread(nanites, root, *words, "--approve", approve, "--by", "bench")
    done = Work(seconds=round(time.monotonic() - began, 2))
    error = value.get("error") or {}
    done.error = f"{error.get('code')}: {error.get('message')}" if error else ""
    usage = value.get("usage") or {}
    done.prompt, done.completion = usage.get("prompt", 0), usage.get("completion", 0)
    done.engine_seconds = usage.get("seconds", 0.0)
    done.changed = differences(before, snapshot(root))
    if value.get("state") in {"applied", "review", "done"}:
        done.verdict = str(value.get("verdict") or "")
    if task_id := value.get("id"):
        done.words = _words(root, str(task_id), value)
        done.answers = list(answers(root, str(task_id)))
        if done.answers:
            levels = re.findall(r"^(\S+: match .*)$", done.words, re.MULTILINE)
            done.answers[-1] |= {"levels": levels, "diff": diff(before, done.changed)}
    return done


def _words(root: Path, task_id: str, value: Mapping[str, Any]) -> str:
    """Return all that a task says: notes hold what does not fit its summary."""
    _, full = nanites(root, "show", task_id, "--full")
    notes = [str(note) for note in full.get("notes", ())]
    return "\n".join([str(value.get("summary", "")), *notes]).strip()


def snapshot(root: Path) -> dict[str, str]:
    """Return the texts of a tree's files that git does not ignore."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    said = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout
    names = [name for name in said.split("\0") if name and (root / name).is_file()]
    return {name: (root / name).read_bytes().decode("utf-8", "replace") for name in names}


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str]:
    """Return the files that were changed or added, and those removed with an empty text."""
    changed = {name: text for name, text in after.items() if before.get(name) != text}
    return changed | {name: "" for name in before if name not in after}


def diff(before: Mapping[str, str], changed: Mapping[str, str]) -> str:
    """Return changed files as a unified diff."""
    parts: list[str] = []
    for name, text in changed.items():
        lines = before.get(name, "").splitlines(keepends=True), text.splitlines(keepends=True)
        parts += difflib.unified_diff(*lines, f"a/{name}", f"b/{name}")
    return "".join(parts)


def answers(root: Path, task_id: str) -> Iterator[dict[str, Any]]:
    """Return each prompt of a task with its answer, its form, and what became of it."""
    path = root / ".nanites" / "tasks" / task_id / "transcript.jsonl"
    lines = [json.loads(line) for line in path.read_bytes().splitlines()] if path.exists() else []
    pending: dict[str, str] = {}
    last: dict[str, Any] | None = None
    for line in lines:
        match line.get("event"):
            case "prompt-sent":
                pending[line.get("voice", "")] = line.get("prompt", "")
            case "answer-received":
                if last:
                    yield last
                text = str(line.get("text", ""))
                last = {"voice": line.get("voice"), "prompt": pending.get(line.get("voice", ""), ""), "answer": text}
                last |= {"form": form_of(text), "finish": line.get("finish"), "fate": []}
            case "answer-refused" if last:
                last["fate"].append(f"refused: {line.get('reason')}"[:300])
            case "check-finished" if last:
                mark = {True: "passed", False: "failed", None: "not run"}[line.get("ok")]
                last["fate"].append(f"{line.get('name')}: {mark}"[:300])
            case "review-asked" | "change-applied" if last:
                last["fate"].append(str(line["event"]))
    if last:
        yield last


def form_of(answer: str) -> str:
    """Return in which form an answer is written, as far as its looks tell."""
    forms: Sequence[tuple[str, str]] = (
        (r"^\*\*\* Begin Patch", "v4a"),
        (r"^<{5,9} SEARCH", "search-replace"),
        (r"^@@ .*@@", "unified-diff"),
        (r"^\s*[\[{]", "json"),
        (r"^```", "fence"),
    )
    return next((name for pattern, name in forms if re.search(pattern, answer, re.MULTILINE)), "bare")

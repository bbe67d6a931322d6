"""What share of answers is applied exactly, and what goes wrong: the ladder beside its peers on the same cases.

`python -m tests.bench.edits [SET] [SEED] [CHANGES]` prints a JSON object; SET is one of `SETS`, or `library`, and with
`alone` as a fourth word the peers are left out. Cases come from real changes between two releases of packages
(`tests.house.edit_sources`), written down with one fault each (`tests.house.edit_cases`). Peers see the cases of their
own format, without the fence where they read none: `git apply`, GNU patch, whatthepatch where it is installed, and
aider's two coders where `AIDER_PYTHON` names an interpreter that has aider. `wrong` counts answers applied to other
bytes than meant, `dirty` those whose refusal left files changed.
"""

from __future__ import annotations

import ast
import importlib
import importlib.util
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.house.edit_cases import cases
from tests.house.edit_drafts import Case
from tests.house.edit_sources import (
    BLIND,
    BLIND_AGAIN,
    BLIND_FIFTH,
    BLIND_FINAL,
    BLIND_LAST,
    BLIND_SIXTH,
    FRESH,
    TUNED,
    Change,
    fetch,
    library_changes,
    release_changes,
)
from workbench.edits import EditRefused, plan

Outcome = tuple[dict[str, bytes], bool]
_FENCED = re.compile(r"^```\w*\n(.*?)^```$", re.DOTALL | re.MULTILINE)
P50_MS, P95_MS = 5, 25
MOST_FOR_PEERS = 1_500
SETS = {
    "tuned": TUNED,
    "fresh": FRESH,
    "blind": BLIND,
    "again": BLIND_AGAIN,
    "last": BLIND_LAST,
    "final": BLIND_FINAL,
    "fifth": BLIND_FIFTH,
    "sixth": BLIND_SIXTH,
}


def changes(source: str, seed: int, most: int) -> Iterator[Change]:
    """Yield the changes of a source: a set of packages, or the standard `library`."""
    if source == "library":
        yield from library_changes(seed, most)
        return
    for package in SETS[source]:
        yield from release_changes(*package, seed=seed, most=most)


def ours(case: Case) -> Outcome:
    """Plan a case; a plan touches no file, so that a refusal leaves none changed."""
    try:
        made = plan(case.files, case.answer, targets=case.targets).files
    except EditRefused:
        return dict(case.files), True
    after = {**case.files, **{path: content for path, content in made.items() if content is not None}}
    return {path: content for path, content in after.items() if made.get(path, b"") is not None}, False


def in_folder(case: Case, command: list[str]) -> Outcome:
    """Run a command on a case's files, with its diff as input."""
    fenced = _FENCED.search(case.answer)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "tree"
        for path, content in case.files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
        diff = (fenced[1] if fenced else case.answer).encode()
        done = subprocess.run(command, cwd=folder, input=diff, capture_output=True, check=False)
        left = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        return left, done.returncode != 0


def git_apply(case: Case) -> Outcome:
    """Let git apply it."""
    return in_folder(case, ["git", "apply", "-"])


def gnu_patch(case: Case) -> Outcome:
    """Let GNU patch apply it."""
    return in_folder(case, ["patch", "-p1", "-f", "-s", "--no-backup-if-mismatch", "-r", "-"])


def what_the_patch(case: Case) -> Outcome:
    """Let whatthepatch apply it."""
    peer = importlib.import_module("whatthepatch")
    fenced = _FENCED.search(case.answer)
    after = dict(case.files)
    try:
        for diff in peer.parse_patch(fenced[1] if fenced else case.answer):
            path = re.sub(r"^[ab]/", "", diff.header.new_path)
            after[path] = ("\n".join(peer.apply_diff(diff, after[path].decode())) + "\n").encode()
    except Exception:
        return dict(case.files), True
    return after, after == case.files


def aider(form: str, wanted: list[Case], python: str) -> list[Outcome]:
    """Let aider's coder of a format follow cases."""
    asked = "".join(
        json.dumps(
            {
                "form": form,
                "answer": case.answer,
                "files": {path: content.decode("latin-1") for path, content in case.files.items()},
            }
        )
        + "\n"
        for case in wanted
    )
    script = Path(__file__).with_name("edits_aider.py")
    done = subprocess.run([python, str(script)], input=asked.encode(), capture_output=True, check=True)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    return [
        ({path: text.encode("latin-1") for path, text in one["files"].items()}, bool(one["refused"])) for one in found
    ]


def judge(case: Case, outcome: Outcome) -> str:
    """Return what an outcome is: exact, missed, wrong or dirty; refused or not where it had to be."""
    left, refused = outcome
    same = left == case.files
    if case.expected is None:
        return "refused" if same else "dirty" if refused else "not refused"
    wanted = {path: content for path, content in {**case.files, **case.expected}.items() if content is not None}
    if left == wanted and not refused:
        return "exact"
    return "missed" if same else "dirty" if refused else "wrong"


def summed(judged: Counter[str]) -> dict[str, float]:
    """Return the figures of one applier."""
    must = sum(judged[what] for what in ("exact", "missed", "wrong"))
    refuse = judged["refused"] + judged["not refused"]
    return {
        **{what: judged[what] for what in ("exact", "missed", "wrong", "dirty", "refused", "not refused")},
        "applied_percent": round(100 * judged["exact"] / max(1, must), 2),
        "refused_percent": round(100 * judged["refused"] / max(1, refuse), 2),
    }


def peers(every: list[Case]) -> dict[str, dict[str, float]]:
    """Return the figures of all appliers on the cases of their format, ours beside them."""
    chooser = random.Random(1)
    by_form = {
        form: [case for case in every if case.name.startswith(form)] for form in ("unified-diff", "search-replace")
    }
    some = {form: chooser.sample(found, min(len(found), MOST_FOR_PEERS)) for form, found in by_form.items()}
    appliers: dict[str, Callable[[Case], Outcome]] = {"nanites": ours, "git apply": git_apply, "GNU patch": gnu_patch}
    if importlib.util.find_spec("whatthepatch") is not None:
        appliers["whatthepatch"] = what_the_patch
    found = {
        f"{name}, unified-diff": summed(Counter(judge(case, applier(case)) for case in some["unified-diff"]))
        for name, applier in appliers.items()
    }
    found["nanites, search-replace"] = summed(Counter(judge(case, ours(case)) for case in some["search-replace"]))
    if python := os.environ.get("AIDER_PYTHON"):
        for form, wanted in some.items():
            judged = Counter(judge(case, one) for case, one in zip(wanted, aider(form, wanted, python), strict=True))
            found[f"aider, {form}"] = summed(judged)
    return found


def _is_call(line: str) -> bool:
    return line.endswith(")") and line.count("(") == line.count(")") and line.strip()[0].isalpha()


def speed() -> dict[str, float | bool]:
    """Return how long three hunks in a file of 1,500 lines take, read, matched and planned: milliseconds of CPU."""
    lines = (fetch("click", "8.1.7") / "src/click/core.py").read_text(encoding="utf-8").split("\n")[:1_471]
    chooser = random.Random(1)
    while True:
        try:
            ast.parse("\n".join(lines))
            break
        except SyntaxError:
            lines.pop()
    sites = [
        at for at, line in enumerate(lines) if line.startswith("        ") and _is_call(line) and at + 4 < len(lines)
    ]
    times = []
    for _ in range(200):
        answer = ""
        for at in sorted(chooser.sample(sites, 3)):
            old = "\n".join(lines[at - 3 : at + 4])
            new = "\n".join([*lines[at - 3 : at], f"{lines[at]}  # here", *lines[at + 1 : at + 4]])
            answer += f"core.py\n<<<<<<< SEARCH\n{old}\n=======\n{new}\n>>>>>>> REPLACE\n"
        begun = time.process_time()
        try:
            plan({"core.py": "\n".join(lines).encode()}, answer)
        except EditRefused:
            continue
        times.append(1_000 * (time.process_time() - begun))
    cut = statistics.quantiles(times, n=20)
    return {
        "lines": len(lines),
        "runs": len(times),
        "p50_ms": round(statistics.median(times), 2),
        "p95_ms": round(cut[18], 2),
        "kept": statistics.median(times) <= P50_MS and cut[18] <= P95_MS,
    }


def main() -> int:
    """Measure, print, and return 1 where a limit was passed."""
    source = sys.argv[1] if len(sys.argv) > 1 else "tuned"
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    most = int(sys.argv[3]) if len(sys.argv) > 3 else 20
    alone = "alone" in sys.argv
    every = [case for change in changes(source, seed, most) for case in cases(change, seed)]
    judged = {case.name: Counter[str]() for case in every}
    bad = {"missed", "wrong", "not refused", "dirty"}
    failed: list[str] = []
    for case in every:
        verdict = judge(case, ours(case))
        judged[case.name][verdict] += 1
        if verdict in bad:
            failed.append(f"{verdict}: {case.name} of {', '.join(case.files)}")
    total = summed(sum(judged.values(), Counter()))
    figures: dict[str, Any] = {
        "source": source,
        "seed": seed,
        "cases": len(every),
        "all": total,
        "kept": total["applied_percent"] >= 98 and not total["wrong"] and not total["not refused"],
        "faults": {name: dict(found) for name, found in judged.items() if bad & found.keys()},
        "failed": failed,
        "peers": {} if alone else peers(every),
        "speed": speed(),
    }
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")
    return 0 if figures["kept"] and figures["speed"]["kept"] else 1


if __name__ == "__main__":
    sys.exit(main())

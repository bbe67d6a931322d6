"""What a small change costs with a real model: `python -m tests.bench.model [--model NAME] [--runs N]`.

Drops a `patch` on a function of 20 lines into an idle runner with a warm embedded engine, N times with other words each
time, and prints one JSON object: seconds from the dropped file to the proposal, how much of it the model took, and the
tokens it read and wrote. The machine should be quiet: the figure is the model's.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.house.place import git
from workbench.model import TaskSpec
from workbench.spool.folder import Folder
from workbench.spool.inbox import drop
from workbench.spool.tail import Tail

CODE = '''"""Prices of an order."""


def total(items, rebate=0.0, shipping=4.9):
    """Return what an order costs."""
    amount = 0.0
    count = 0
    for item in items:
        price = item["price"]
        quantity = item.get("quantity", 1)
        if quantity < 0:
            raise ValueError("quantity must not be negative")
        amount += price * quantity
        count += quantity
    if count == 0:
        return 0.0
    if rebate:
        amount -= amount * rebate
    if amount < 50:
        amount += shipping
    return round(amount, 2)
'''
ASKS = (
    "total() must raise ValueError when rebate is not between 0 and 1",
    "In total(), shipping is free from 40 on instead of 50",
    "total() must treat a price that is missing as 0",
    "total() must skip items whose quantity is 0",
)
LIMIT_SECONDS, LIMIT_TOKENS = 6.0, 400


def measure(model: str, runs: int) -> dict[str, Any]:
    """Return the figures of `runs` changes, the first of them (which loads the model) left out."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "shop"
        root.mkdir()
        git(root, "init", "-q")
        (root / "prices.py").write_text(CODE, encoding="utf-8")
        (root / "nanites.toml").write_text(
            f'[engine]\norder = ["embedded"]\n[models]\nnanite = "{model}"\n', encoding="utf-8"
        )
        git(root, "add", "-A")
        git(root, "commit", "-qm", "begin")
        place = Folder(root).ensure()
        tail = Tail(place.events)
        command = [sys.executable, "-m", "workbench.cli", "--repo", str(root), "run"]
        runner = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            found = [_one(place, tail, ASKS[number % len(ASKS)], number) for number in range(runs + 1)][1:]
        finally:
            runner.terminate()
            runner.wait(30)
    seconds = [run["seconds"] for run in found]
    prompts = [run["prompt"] for run in found]
    return {
        "p50_s": round(statistics.median(seconds), 2),
        "max_s": max(seconds),
        "model_p50_s": round(statistics.median(run["model"] for run in found), 2),
        "prompt_tokens": [min(prompts), max(prompts)],
        "answer_tokens_per_s": round(statistics.median(run["written"] / run["model"] for run in found), 1),
        "states": sorted({run["state"] for run in found}),
        "limit_s": LIMIT_SECONDS,
        "limit_prompt": LIMIT_TOKENS,
        "kept": statistics.median(seconds) <= LIMIT_SECONDS and max(prompts) <= LIMIT_TOKENS,
        "runs": found,
    }


def _one(place: Folder, tail: Tail, ask: str, number: int) -> dict[str, Any]:
    began = time.time()
    task = drop(place, TaskSpec(task=f"{ask} ({number})", targets=("prices.py",)))
    answers: list[dict[str, Any]] = []
    while time.time() - began < 300:
        for line in tail.read():
            if line.get("task") != task:
                continue
            if line["event"] == "answer-received":
                answers.append(line)
            if line["event"] == "task-ended":
                return {
                    "seconds": round(line["at"] - began, 2),
                    "model": round(sum(answer["seconds"] for answer in answers), 2),
                    "prompt": max((answer["prompt_tokens"] for answer in answers), default=0),
                    "written": sum(answer["completion_tokens"] for answer in answers),
                    "answers": len(answers),
                    "state": line["state"],
                }
        time.sleep(0.01)
    raise TimeoutError(ask)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="qwen2.5-coder:1.5b")
    parser.add_argument("--runs", type=int, default=8)
    options = parser.parse_args()
    print(json.dumps({"patch": measure(options.model, options.runs)}, indent=1))


if __name__ == "__main__":
    main()

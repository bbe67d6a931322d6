"""What three ordinary jobs save when they are handed over, net: the ledger's own account of real calls of the server.

`python -m tests.bench.savings` prints JSON. A scripted engine gives the answers, so what is measured is what Claude
reads and writes, not how good a model is; files, calls, envelopes and the account are real. Each case is given twice:
as one of three in a session, which share what the tools cost it, and alone in a session of its own.
"""

from __future__ import annotations

import argparse as a_long_module
import asyncio
import inspect
import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from mcp import Client

from tests.house.mcp_client import end_runner, server_of, value_of
from tests.house.place import Place
from workbench.commands.savings import estimates
from workbench.ledger.report import TaskAccount, report
from workbench.mcp.tools import CHAT, PATCH, QUEUE

WANTED_SHARE = 0.8
NAMES = ("orders", "parts", "people")
CHECK = "python3 check.py {name}"
CHECK_TEXT = """import ast, sys
tree = ast.parse(open(f"{sys.argv[1]}.py").read())
(load,) = (node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "load")
assert [argument.arg for argument in load.args.args] == ["path", "encoding"]
"""


def twenty_functions() -> str:
    """Return a module of 20 functions of ten lines without a docstring."""
    return '"""Small sums over rows of numbers."""\n' + "".join(map(a_sum, range(20)))


def a_sum(number: int) -> str:
    """Return a function of ten lines without a docstring."""
    return f"""

def column_{number}_total(rows, factor=1, skip_empty=True):
    total = 0
    for row in rows:
        value = row.get("column_{number}")
        if value is None and skip_empty:
            continue
        if value is None:
            raise ValueError("column_{number} is empty")
        total += float(value) * factor
    return round(total, 2)
"""


def a_loader(name: str) -> str:
    """Return a module of about 150 lines whose `load` is to be changed."""
    others = "".join(
        f'''

def {name}_with_field_{number}(rows, wanted):
    """Return the {name} whose field {number} is `wanted`."""
    found = []
    for row in rows:
        if row.get("field_{number}") == wanted:
            found.append(row)
    return found
'''
        for number in range(14)
    )
    return f'''"""Reads {name}."""

import json


def load(path):
    """Return the {name} in a file."""
    with open(path) as stream:
        rows = json.load(stream)
    return [row for row in rows if row]
{others}'''


LOAD_AFTER = '''```python
def load(path, encoding="utf-8"):
    """Return the \\g<name> in a file."""
    with open(path, encoding=encoding) as stream:
        rows = json.load(stream)
    return [row for row in rows if row]
```'''


def rules(long_file: str) -> list[Mapping[str, Any]]:
    """Return what the engine answers."""
    lines = long_file.splitlines()
    claims = [
        {"text": f"`{name}` is defined here.", "line": 1 + next(i for i, line in enumerate(lines) if name in line)}
        for name in ("_copy_items", "HelpFormatter")
    ]
    documented = {
        "summary": "Adds up one column of all rows.",
        "args": {"rows": "the rows", "factor": "what each value is multiplied by", "skip_empty": "whether to skip"},
        "returns": "the rounded total",
    }
    return [
        {"match": r"def load\(path\).*?Return the (?P<name>\w+) in a file", "answer": LOAD_AFTER, "expand": True},
        {"contains": "_total(rows", "answer": json.dumps(documented)},
        {"answer": json.dumps({"claims": claims})},
    ]


async def summary_of_a_long_file(client: Client) -> Sequence[str]:
    """Ask what a file of 1,000 lines does."""
    task = {"task": "What does this module do?", "read": ["long.py"], "kind": "summary"}
    return [value_of(await client.call_tool(CHAT, task))["id"]]


async def docstrings_for_twenty_functions(client: Client) -> Sequence[str]:
    """Have 20 docstrings written; they are proven, and so applied."""
    task = {"kind": "docstrings", "targets": ["sums.py"], "approve": "proven"}
    return [value_of(await client.call_tool(PATCH, task))["id"]]


async def the_same_change_in_three_files(client: Client) -> Sequence[str]:
    """Have one change made in three files; a check passes, and so they are applied."""
    words = 'Give load() a second parameter encoding="utf-8" and pass it to open().'
    tasks = [
        {"task": words, "targets": [f"{name}.py"], "check": [CHECK.format(name=name)], "approve": "checked"}
        for name in NAMES
    ]
    ids = value_of(await client.call_tool(QUEUE, {"action": "submit", "tasks": tasks}))["ids"]
    value_of(await client.call_tool(QUEUE, {"action": "wait", "ids": ids}))
    return [str(task_id) for task_id in ids]


CASES = (summary_of_a_long_file, docstrings_for_twenty_functions, the_same_change_in_three_files)


def account(accounts: Sequence[TaskAccount], overhead: float) -> dict[str, Any]:
    """Return what some tasks came to together."""
    alone, spent = sum(task.alone for task in accounts), sum(task.spent for task in accounts)
    net = alone - spent - overhead
    return {
        "alone": alone,
        "calls_and_answers": spent,
        "tools": round(overhead),
        "net": round(net),
        "share": round(net / alone, 3),
        "states": sorted({task.state for task in accounts}),
    }


async def measure() -> dict[str, Any]:
    """Return each case's account, shared and alone."""
    with tempfile.TemporaryDirectory() as scratch:
        long_file = "\n".join(inspect.getsource(a_long_module).splitlines()[:1_000]) + "\n"
        checks = [CHECK.format(name=name) for name in NAMES]
        allowed = f"[checks]\nallow = {json.dumps(checks)}\n"
        place = Place(Path(scratch) / "repo", rules=rules(long_file), settings=allowed)
        (place.root / "long.py").write_text(long_file, encoding="utf-8")
        (place.root / "sums.py").write_text(twenty_functions(), encoding="utf-8")
        (place.root / "check.py").write_text(CHECK_TEXT, encoding="utf-8")
        for name in NAMES:
            (place.root / f"{name}.py").write_text(a_loader(name), encoding="utf-8")
        ids = {}
        try:
            async with Client(server_of(place)) as client:
                for case in CASES:
                    ids[case.__name__] = set(await case(client))
        finally:
            end_runner(place)
        made = report(place.folder, estimates(place.folder))
        value: dict[str, Any] = {"session": {"tokens": made.overhead, "net": made.net}}
        for name, own in ids.items():
            accounts = [task for task in made.tasks if task.id in own]
            value[name] = {
                "one_of_three": account(accounts, made.overhead / len(CASES)),
                "alone_in_a_session": account(accounts, made.overhead),
            }
        return value


if __name__ == "__main__":
    result = asyncio.run(measure())
    print(json.dumps(result, indent=1))
    met = all(result[case.__name__]["one_of_three"]["share"] >= WANTED_SHARE for case in CASES)
    sys.exit(0 if met else 1)

"""A day of work in a user's repository, done by the real runner with a scripted engine, then made the same every time.

The runner fills the folder; `frozen` only gives its tasks and moments names and times that do not change from run to
run, so that pictures of the screen can be compared.
"""

from __future__ import annotations

import asyncio
import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.house.place import PATCH_RULE, Place
from workbench.spool.folder import Folder, is_id, new_id

BEGAN = 1_780_000_000.0
"""When the day began: 2026-05-28 20:26:40 UTC."""

NOW = BEGAN + 3_600.0
"""When the screen is looked at."""

BANK = '''"""Accounts."""


class Account:
    """What a customer owns."""

    def __init__(self, balance):
        self.balance = balance

    def deposit(self, amount):
        if amount < 0:
            raise ValueError(amount)
        self.balance += amount
        return self.balance

    def withdraw(self, amount):
        if amount > self.balance:
            raise ValueError(amount)
        self.balance -= amount
        return self.balance


def interest(account, rate, years):
    total = account.balance
    for _ in range(years):
        total *= 1 + rate
    return total
'''

_CLAIMS = [
    {"text": "Account.deposit raises ValueError when amount is negative.", "line": 11},
    {"text": "Account.withdraw lowers balance by amount.", "line": 19},
    {"text": "interest multiplies total once for each of years.", "line": 26},
]
_FIXED_INTEREST = """```python
def interest(account, rate, years):
    if years < 0:
        raise ValueError(years)
    return account.balance * (1 + rate) ** years
```
"""
_STREAMED = """The loop runs once for each year, so the result is the balance times the rate to the power of years.

```python
def interest(account, rate, years):
    return account.balance * (1 + rate) ** years
```
That is the same number"""

RULES: list[dict[str, Any]] = [
    PATCH_RULE,
    {"contains": "Explain the interest", "answer": _STREAMED, "pieces": 12, "hang": True},
    {"contains": "negative years", "answer": _FIXED_INTEREST},
    {"contains": "impossible", "nonsense": True},
    {
        "system": "document Python",
        "answer": '{"summary": "Does what its name says.", "args": {}, "returns": "The new value."}',
    },
    {"system": "explain code", "answer": json.dumps({"claims": _CLAIMS})},
    {"system": "types of Python", "answer": '{"value": "int", "return": "int"}'},
]


SETTINGS = """[checks]
allow = ["true", "false"]

[runner]
parallel = 1  # so that things happen in the same order every time
"""


@dataclass(frozen=True)
class Day:
    """A folder full of work. `ids` goes by the names in `recorded`; `live` is what the last nanite says next."""

    root: Path
    ids: dict[str, str]
    live: tuple[dict[str, Any], ...] = ()

    @property
    def folder(self) -> Folder:
        """Its .nanites."""
        return Folder(self.root)

    def copied(self, to: Path) -> Day:
        """Return the same in a folder of its own."""
        shutil.copytree(self.root, to, symlinks=True)
        return Day(to, self.ids, self.live)

    def record(self, name: str) -> dict[str, Any]:
        """Return the record of a task by its name."""
        found: dict[str, Any] = json.loads((self.folder.task(self.ids[name]) / "task.json").read_bytes())
        return found


async def recorded(root: Path) -> Day:
    """Have the runner do a day's work and return what it left, while its last nanite still speaks."""
    place = Place(root, rules=RULES, settings=SETTINGS)
    (place.root / "bank.py").write_text(BANK, encoding="utf-8")
    for name in ("one", "two", "three"):
        (place.root / "parts").mkdir(exist_ok=True)
        (place.root / "parts" / f"{name}.py").write_text(f"def {name}(value):\n    return value + 1\n")
    ids = {
        "words": place.drop("", kind="summary", targets=(), read=("bank.py",), by="claude"),
        "applied": place.drop("Make interest() refuse negative years", targets=("bank.py",), approve="all", by="ada"),
        "failed": place.drop("Do the impossible", targets=("text.py",), by="ada"),
        "patch": place.drop(by="ada", check=("true",)),
        "proven": place.drop("", kind="docstrings", targets=("bank.py", "text.py"), by="claude"),
        "rejected": place.drop("Make truncate() never exceed limit, please", by="ada"),
    }
    await place.drain()
    ids["sweep"] = place.drop("", kind="types", targets=(), for_each="parts/*.py", by="claude")
    await place.drain()
    place.decide(ids["rejected"], "reject", reason="not now", by="ada")
    await place.drain()
    ids["blocked"] = place.drop("Make truncate() never exceed limit, later", after=(ids["patch"],), by="claude")
    ids["running"] = place.drop("Explain the interest of an account", kind="chat", targets=(), read=("bank.py",))
    kept = place.root.with_name(f"{place.root.name}-kept")
    async with place.at_work():
        await place.until(lambda line: line["event"] == "token-streamed" and str(line["text"]).endswith("number"))
        shutil.copytree(place.root, kept, symlinks=True)
    return Day(kept, ids)


def frozen(day: Day) -> Day:
    """Give tasks and moments the same names and times every time, in the order in which they came."""
    folder = day.folder
    known = sorted({entry.name for entry in folder.tasks.iterdir() if is_id(entry.name)})
    names = {old: new_id(BEGAN + 300 * at)[:9] + f"{at:05d}" for at, old in enumerate(known)}
    for old, new in names.items():
        (folder.tasks / old).rename(folder.tasks / new)
        result = folder.results / f"{old}.json"
        if result.exists():
            result.rename(folder.results / f"{new}.json")
    for path in folder.path.rglob("*"):
        if path.is_file() and path.suffix in {".json", ".jsonl"}:
            path.write_text(_renamed(path.read_text(encoding="utf-8"), names), encoding="utf-8")
    for at, new in enumerate(names.values()):
        _set_times(folder.tasks / new / "task.json", BEGAN + 300 * at)
    return Day(day.root, {name: names[old] for name, old in day.ids.items()}, tuple(_cut(folder.events)))


def _renamed(text: str, names: dict[str, str]) -> str:
    for old, new in names.items():
        text = text.replace(old, new)
    return re.sub(r'"seconds": ?[0-9.e-]+', '"seconds": 1.5', text)


def _set_times(path: Path, at: float) -> None:
    record = json.loads(path.read_bytes())
    record["task"]["created_at"], record["updated_at"] = at, at + 42
    path.write_text(json.dumps(record), encoding="utf-8")


def _cut(events: Path) -> list[dict[str, Any]]:
    """Number the log anew, and cut off from its end and return what the last nanite is asked and says."""
    lines: list[dict[str, Any]] = []
    for line in map(json.loads, events.read_text(encoding="utf-8").splitlines()):
        if line["event"] == "token-streamed" == (lines[-1]["event"] if lines else ""):
            lines[-1]["text"] += line["text"]
            lines[-1]["tokens"] += line["tokens"]
        else:
            lines.append(line)
    for at, line in enumerate(lines):
        line["at"] = BEGAN + 4 * at
        line.update({"pid": 4711, "repository": "/home/ada/shop"} if "pid" in line else {})
    *past, asked, said = lines
    events.write_text("".join(json.dumps(line) + "\n" for line in past), encoding="utf-8")
    words = re.findall(r"\S+\s*", said.pop("text"))
    asked["at"] = NOW - len(words) * 0.1
    spoken = [
        said | {"text": word, "tokens": 2, "at": NOW - (len(words) - 1 - at) * 0.1} for at, word in enumerate(words)
    ]
    return [asked, *spoken]


def a_day(root: Path) -> Day:
    """Return a day of work, frozen."""
    return frozen(asyncio.run(recorded(root)))

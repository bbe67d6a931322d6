"""Fuzzing what reads strangers' bytes: `python -m tests.fuzz [--keep] [SECONDS] [NAME ...]`.

Inputs are put together from the words of each form, or mutated from known ones; an input that reaches a line of ours
that no other had reached is mutated in turn (coverage by `sys.settrace`, for one input in four). What breaks a reader is
kept in `tests/seeds/NAME/`, from where every run, and `tests/unit/test_seeds.py`, begins; `--keep` adds inputs that reached
something new.
Prints one JSON object: for each reader the seconds, the inputs and what broke, if anything did.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from workbench.checks.allowance import allows, with_allowed
from workbench.edits.answer import blocks
from workbench.edits.patch import read_hunks
from workbench.edits.planning import plan
from workbench.errors import NaniteError
from workbench.settings import load
from workbench.spool import inbox
from workbench.terminal import plain

TEXT = 'def truncate(text, limit):\n    """Doc."""\n    return text[:limit]\n\n\nclass A:\n    def m(self):\n        pass\n'
PIECES: dict[str, list[str]] = {
    "answers": [
        "```python\n", "```\n", "~~~\n", "def truncate(text, limit):\n", "    return text\n", "class A:\n", "    def m(self):\n",
        "        return 1\n", "<<<<<<< SEARCH\n", "=======\n", ">>>>>>> REPLACE\n", "--- a/text.py\n", "+++ b/text.py\n",
        "@@ -1,3 +1,3 @@\n", "+    return 1\n", "-    return text[:limit]\n", " def truncate(text, limit):\n",
        "*** Begin Patch\n", "*** Update File: text.py\n", "*** Add File: x\n", "*** End Patch\n", "text.py\n", "# ...\n",
        "<think>", "</think>", '"""', "'''", "\\", "\t", "\r\n", "\ufeff", "\u2028", "@property\n", "async def x(): pass\n",
        "if x:\n", "else:\n", "(", ")", "[", "lambda: 0\n", "rename from a\n", "GIT binary patch\n", "new file mode 120000\n",
    ],
    "tasks": [
        '{"task": "x"', ', "targets": ["a"]', "}", "[", "]", '"', "\\u0000", "\\ud800", "---\n", "task: x\n", "targets: [a]\n",
        "!!python/object:x", "&a ", "*a", "<<: ", "? ", "- ", "|\n", ">\n", "%YAML 1.1\n", "1e999", "NaN", "null", "true",
        "\x00", "\xff", "\r", "#", ": ", '"kind": "patch"', "2024-01-01", "0x1f", "\u0085", "\ufeff", "...\n",
    ],
    "settings": [
        "[checks]\n", "allow = [", '"a"', "'b'", "]\n", "[[x]]\n", "[engine]\n", "slots = 1\n", "timeout = nan\n", '"""', "'''",
        "\\u0000", "# x\n", "a.b = 1\n", "{", "}", "=", ",", "\n", "[checks", "inf", "1979-05-27", "\t", "\r\n", "é", "allow.x = 1\n",
    ],
}  # fmt: skip


def read_answer(data: bytes) -> None:
    """Read bytes as a model's answer, and make a plan of it."""
    text = data.decode("utf-8", "replace")
    blocks(text)
    planned = plan({"text.py": TEXT.encode()}, text, targets=("text.py",))
    assert set(planned.files) <= {"text.py"}, planned.files.keys()


def read_task(data: bytes) -> None:
    """Read bytes as a dropped file, of both forms, and as a decision."""
    for name in ("t.json", "t.md"):
        try:
            inbox.parse_task(name, data)
        except NaniteError as error:
            assert plain(error.message) == error.message
    inbox.parse_decision(data)


def read_settings(data: bytes) -> None:
    """Read bytes as nanites.toml, and allow a command in it."""
    with tempfile.TemporaryDirectory(prefix="nanites-fuzz-") as folder:
        (Path(folder) / "nanites.toml").write_bytes(data)
        settings = load(Path(folder))
        for command in settings.checks.allow:
            allows(settings.checks.allow, command, Path(folder))
        with_allowed(data.decode("utf-8"), "pytest -q")


def read_patch(data: bytes) -> None:
    """Read bytes as a unified diff."""
    read_hunks(data.decode("utf-8", "replace"))


READERS: dict[str, tuple[str, Callable[[bytes], None]]] = {
    "answers": ("answers", read_answer),
    "patches": ("answers", read_patch),
    "tasks": ("tasks", read_task),
    "settings": ("settings", read_settings),
}
SEEDS = Path(__file__).parent / "seeds"


def mutated(chance: random.Random, pieces: list[str], known: list[bytes]) -> bytes:
    """Return an input: pieces in some order, or a known one with something done to it."""
    if not known or chance.random() < 0.5:
        return "".join(chance.choices(pieces, k=chance.randint(1, 40))).encode("utf-8", "surrogatepass")
    data = bytearray(chance.choice(known))
    for _ in range(chance.randint(1, 8)):
        at = chance.randint(0, len(data))
        match chance.randint(0, 4):
            case 0:
                data[at : at + chance.randint(1, 20)] = b""
            case 1:
                data[at:at] = chance.choice(pieces).encode()
            case 2:
                data[at:at] = bytes([chance.randint(0, 255)])
            case 3:
                data[at:at] = data[: chance.randint(0, 200)]
            case _:
                other = chance.choice(known)
                cut = chance.randint(0, len(other))
                data = data[:at] + other[cut:]
    return bytes(data[:20_000])


def fuzz(name: str, seconds: float, seed: int, *, keep: bool = False) -> dict[str, Any]:
    """Feed one reader for `seconds`; inputs that reach lines no other has reached become seeds of later ones."""
    kind, reader = READERS[name]
    chance = random.Random(seed)
    known = [path.read_bytes() for path in sorted((SEEDS / name).glob("*"))] if (SEEDS / name).is_dir() else []
    broken: dict[str, bytes] = {}
    reached: set[tuple[str, int]] = set()
    fresh: list[bytes] = []
    slowest, inputs = 0.0, 0
    end = time.monotonic() + seconds
    while time.monotonic() < end and len(broken) < 5:
        data = mutated(chance, PIECES[kind], known + fresh)
        inputs += 1
        before = len(reached)
        began = time.monotonic()
        fault = _fed(reader, data, reached if inputs % 4 == 0 or inputs < 500 else None)
        slowest = max(slowest, time.monotonic() - began)
        if fault is not None:
            broken.setdefault(fault, data)
        elif len(reached) > before:
            fresh.append(data)
    for number, data in enumerate(broken.values()):
        (SEEDS / name).mkdir(parents=True, exist_ok=True)
        (SEEDS / name / f"broke-{seed}-{number}").write_bytes(data)
    if keep:
        # Small ones alone: they are to be read, too.
        for data in fresh:
            if len(data) <= 600:
                (SEEDS / name).mkdir(parents=True, exist_ok=True)
                (SEEDS / name / hashlib.sha256(data).hexdigest()[:12]).write_bytes(data)
    kept = {"inputs": inputs, "seconds": seconds, "slowest": round(slowest, 3), "lines": len(reached)}
    return kept | {"new": len(fresh), "broken": list(broken)}


def _fed(reader: Callable[[bytes], None], data: bytes, reached: set[tuple[str, int]] | None) -> str | None:
    def trace(frame: Any, event: str, _: Any) -> Any:
        if "workbench" not in frame.f_code.co_filename:
            return None
        assert reached is not None
        reached.add((frame.f_code.co_filename, frame.f_lineno))
        return trace

    if reached is not None:
        sys.settrace(trace)
    try:
        reader(data)
    except NaniteError:
        return None
    except Exception:
        return "".join(traceback.format_exc().splitlines(keepends=True)[-6:])
    finally:
        sys.settrace(None)
    return None


def main() -> None:
    """Feed every reader and print what came of it; exit code 1 where one broke."""
    words = [word for word in sys.argv[1:] if word != "--keep"]
    seconds = float(words[0]) if words else 60
    seed = int(time.time())
    found = {name: fuzz(name, seconds, seed, keep="--keep" in sys.argv) for name in words[1:] or READERS}
    print(json.dumps({"seed": seed} | found, indent=1))
    sys.exit(any(one["broken"] for one in found.values()))


if __name__ == "__main__":
    main()

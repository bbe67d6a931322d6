"""The readers of `tests/fuzz.py` fed by libFuzzer, which sees every branch: `python -m tests.fuzz_guided NAME SECONDS`.

Needs atheris (`pip install atheris`), which is no dependency of ours: without it, `tests/fuzz.py` is guided by lines.
Begins with the seeds that are kept and the pieces of the form; what breaks the reader, or takes it longer than a
second, is kept with the seeds. Prints one JSON object: inputs fed, the slowest in seconds, and what broke.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import random
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import Any

SLOW = 1.0
_LONGEST = 20_000
_GRACE = 5


def main() -> None:
    """Feed one reader for some seconds; the process ends with code 1 where it broke."""
    name, seconds = sys.argv[1], float(sys.argv[2])
    atheris: Any = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["workbench"]):
        from tests import fuzz
    from workbench.errors import NaniteError

    kind, reader = fuzz.READERS[name]
    pieces = fuzz.PIECES[kind]
    found: dict[str, Any] = {"reader": name, "inputs": 0, "seconds": seconds, "slowest": 0.0, "broken": []}
    chance = random.Random(time.time())
    end = time.monotonic() + seconds

    def feed(data: bytes) -> None:
        begun = time.process_time()
        try:
            reader(data)
        except NaniteError:
            pass
        except Exception:
            keep("broke", data, "".join(traceback.format_exc().splitlines(keepends=True)[-6:]))
        took = time.process_time() - begun
        found["inputs"] += 1
        if took > SLOW:
            keep("slow", data, f"took {took:.1f} s")
        found["slowest"] = max(found["slowest"], round(took, 3))
        if time.monotonic() > end:
            finish()

    def keep(what: str, data: bytes, why: str) -> None:
        if why in found["broken"]:
            return
        found["broken"].append(why)
        (fuzz.SEEDS / name / f"{what}-{hashlib.sha256(data).hexdigest()[:12]}").write_bytes(data)

    def finish() -> None:
        sys.stdout.write(json.dumps(found, indent=1) + "\n")
        sys.stdout.flush()
        # libFuzzer knows no other way to end early.
        os._exit(bool(found["broken"]))

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        if chance.random() < 0.5:
            return bytes(atheris.Mutate(data, most))
        made: bytes = fuzz.mutated(chance, pieces, [data] if data else [])
        return made[:most]

    with tempfile.TemporaryDirectory() as corpus:
        for seed in sorted((fuzz.SEEDS / name).glob("*")):
            (Path(corpus) / seed.name).write_bytes(seed.read_bytes())
        limits = [f"-max_total_time={int(seconds) + _GRACE}", f"-max_len={_LONGEST}", "-timeout=60", "-verbosity=0"]
        atheris.Setup([sys.argv[0], *limits, corpus], feed, custom_mutator=mutate)
        atheris.Fuzz()


if __name__ == "__main__":
    main()

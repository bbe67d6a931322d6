"""How rarely harmless code is withheld, and how long looking takes: `python -m tests.bench.secrets FOLDER [FILES]`."""

from __future__ import annotations

import json
import random
import sys
import time
from collections import Counter
from pathlib import Path

from workbench.context.redaction import Vault, find

SUFFIXES = {".py", ".js", ".ts", ".go", ".toml", ".yaml", ".yml", ".md", ".rst", ".txt", ".cfg", ".ini", ".sh"}
PROMPT = 8_000
"""Characters of a prompt of a normal size: some 200 lines."""


def main() -> None:
    """Print findings by kind over real files, and milliseconds for a prompt, as JSON."""
    root = Path(sys.argv[1])
    most = int(sys.argv[2]) if len(sys.argv) > 2 else 3_000
    began = time.perf_counter()
    find('password = "x9kf#2kd0", token = "ghp_0"')
    loading = time.perf_counter() - began
    paths = sorted(path for path in root.rglob("*") if path.suffix in SUFFIXES and path.is_file())
    random.Random(1).shuffle(paths)
    kinds: Counter[str] = Counter()
    lines = files = touched = 0
    times: list[float] = []
    for path in paths[:most]:
        try:
            text = path.read_text(encoding="utf-8")
        except (UnicodeDecodeError, OSError):
            continue
        files += 1
        lines += text.count("\n") + 1
        found = find(text, path.name)
        touched += bool(found)
        kinds.update(one.kind for one in found)
        prompt = text[:PROMPT]
        if len(prompt) == PROMPT and max(map(len, prompt.split("\n"))) < 400:
            began = time.process_time()
            Vault().withhold(f"{prompt}\n# {files}")
            times.append(1_000 * (time.process_time() - began))
    times.sort()
    print(
        json.dumps(
            {
                "files": files,
                "lines": lines,
                "files_with_something": touched,
                "findings": dict(kinds),
                "loading_ms": round(1_000 * loading, 1),
                "prompts": len(times),
                "p50_ms": round(times[len(times) // 2], 2),
                "p95_ms": round(times[len(times) * 95 // 100], 2),
                "worst_ms": round(times[-1], 2),
            }
        )
    )


if __name__ == "__main__":
    main()

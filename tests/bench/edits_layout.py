"""Functions given back in every layout: `python -m tests.bench.edits_layout [library|site|FOLDER...] [SEED] [FILES]`.

`library` is the standard library, `site` what is installed beside us; any other word is a folder of sources in whatever
languages have a grammar. Prints one JSON object: how many answers came out exactly, were refused (by code) or came out
otherwise, and which those were. Returns 1 where any did.
"""

from __future__ import annotations

import ast
import json
import random
import sys
import sysconfig
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.house import reindented, reindented_foreign
from tests.house.reindented import Given
from workbench.edits import EditRefused, plan
from workbench.edits.foreign.grammars import language_of

PER_FILE = 6
LAYOUTS = 8
_LEAST, _MOST = 1_000, 80_000


def sources(source: str, seed: str, most: int) -> Iterator[tuple[Path, str]]:
    """Yield files of a source, drawn at random."""
    paths = {"library": sysconfig.get_path("stdlib"), "site": sysconfig.get_path("purelib")}
    root = Path(paths.get(source, source))
    found = sorted(path for path in root.glob("*.py" if source == "library" else "**/*.*") if _is_fit(path))
    random.Random(seed).shuffle(found)
    for path in found[:most]:
        yield path, path.read_bytes().decode()


def _is_fit(path: Path) -> bool:
    if not path.is_file() or not _LEAST < path.stat().st_size < _MOST or ".min." in path.name:
        return False
    content = path.read_bytes()
    if not content.isascii() or {0, 12, 13} & set(content):
        return False
    if path.suffix != ".py":
        return language_of(path.name, content.decode()) is not None
    try:
        ast.parse(content)
    except SyntaxError:
        return False
    return True


def answers(path: Path, text: str, seed: str) -> Iterator[Given]:
    """Yield the answers of a file."""
    if path.suffix == ".py":
        return reindented.given(text, f"{seed} {path.name}", PER_FILE, LAYOUTS)
    return reindented_foreign.given(path.name, text, f"{seed} {path.name}", PER_FILE, LAYOUTS)


def main() -> int:
    """Judge, print, and return 1 where something came out otherwise."""
    warnings.simplefilter("ignore")
    source = sys.argv[1] if len(sys.argv) > 1 else "library"
    seed = sys.argv[2] if len(sys.argv) > 2 else "1"
    most = int(sys.argv[3]) if len(sys.argv) > 3 else 40
    counts: Counter[str] = Counter()
    codes: Counter[str] = Counter()
    wrong: list[str] = []
    for path, text in sources(source, seed, most):
        for one in answers(path, text, seed):
            try:
                made = plan({path.name: one.before}, one.answer).files[path.name]
            except EditRefused as refusal:
                counts["refused"] += 1
                codes[refusal.code] += 1
                continue
            counts["exact" if made == one.expected else "wrong"] += 1
            if made != one.expected:
                wrong.append(f"{path}: {one.name}")
    figures = {"source": source, "seed": seed, **counts, "codes": dict(codes.most_common()), "otherwise": wrong}
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())

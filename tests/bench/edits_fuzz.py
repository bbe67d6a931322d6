"""Fuzzing of the answer reader and the ladder: real answers torn, doubled and spliced, for as long as one likes.

`python -m tests.bench.edits_fuzz SECONDS [SEED]` prints one JSON object: answers tried, planned, refused by code, the
slowest in milliseconds of CPU, and whatever escaped but `EditRefused`. What is planned must be another text, and must
still parse where the file is Python.
"""

from __future__ import annotations

import json
import random
import sys
import time
import traceback
from collections import Counter

from tests.house.edit_cases import cases
from tests.house.edit_drafts import Case
from tests.house.edit_sources import library_changes
from workbench.edits import EditRefused, plan
from workbench.edits.parses import parses

_SCRAPS = (
    "```", "```python\n", "~~~\n", "<<<<<<< SEARCH\n", "=======\n", ">>>>>>> REPLACE\n", "------- SEARCH\n", "@@\n",
    "+++++++ REPLACE\n", "--- a/x.py\n", "+++ b/x.py\n", "@@ -1,3 +1,4 @@\n", "*** Begin Patch\n", "*** End Patch\n",
    "*** Update File: x.py\n", "*** Add File: ../x.py\n", "diff --git a/x b/x\n", "\\ No newline at end of file\n",
    "...\n", "<think>\n", "</think>\n", "&lt;", "\t", "    ", "\r\n", "\x0c", "\u2028", "\u202e", "\ufeff", "é",
    "\U0001f600", "\0", "/dev/null", ".git/config\n", "rename from x\n", "rename to y\n", "new mode 100755\n",
    "GIT binary patch\n",
)  # fmt: skip


def torn(answer: str, other: str, chooser: random.Random) -> str:
    """Return an answer with some of it torn out, doubled, exchanged with another's, or scraps put in."""
    lines = answer.split("\n")
    for _ in range(chooser.randrange(1, 6)):
        at = chooser.randrange(len(lines) + 1)
        match chooser.randrange(7):
            case 0:
                del lines[at : at + chooser.randrange(1, 5)]
            case 1:
                lines[at:at] = lines[at : at + chooser.randrange(1, 8)]
            case 2:
                lines[at:at] = other.split("\n")[chooser.randrange(3) :][: chooser.randrange(12)]
            case 3:
                lines[at:at] = [chooser.choice(_SCRAPS).rstrip("\n")]
            case 4 if at < len(lines) and lines[at]:
                cut = chooser.randrange(len(lines[at]))
                lines[at] = lines[at][:cut] + chooser.choice(_SCRAPS) + lines[at][cut:]
            case 5 if at < len(lines):
                lines[at] = lines[at].lstrip() if chooser.random() < 0.5 else f" {lines[at]}"
            case _:
                lines = lines[:at] if chooser.random() < 0.2 else lines
        lines = lines or [""]
    return "\n".join(lines)


def check(case: Case, answer: str) -> str:
    """Plan an answer; return the code of its refusal, or `planned`.

    Raises:
        AssertionError: what was planned is no change, or no longer parses.
    """
    try:
        planned = plan(case.files, answer)
    except EditRefused as refusal:
        return refusal.code
    for path, content in planned.files.items():
        before = case.files.get(path)
        assert content != before or path in planned.modes, "no change"
        if content is not None and path.endswith(".py") and (before is None or parses(before.decode())):
            assert parses(content.decode()), "no longer parses"
    return "planned"


def main() -> int:
    """Fuzz, print, and return 1 where something escaped."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60
    chooser = random.Random(sys.argv[2] if len(sys.argv) > 2 else "1")
    every = [case for change in library_changes(chooser.randrange(1_000), 8) for case in cases(change, 1)]
    found: Counter[str] = Counter()
    escaped: list[str] = []
    slowest = 0.0
    end = time.monotonic() + seconds
    while time.monotonic() < end and len(escaped) < 10:
        case, other = chooser.choice(every), chooser.choice(every)
        answer = torn(case.answer, other.answer, chooser)
        begun = time.process_time()
        try:
            found[check(case, answer)] += 1
        except Exception:
            escaped.append(f"{traceback.format_exc(limit=-3)}\n{answer[:2_000]}")
        slowest = max(slowest, time.process_time() - begun)
    figures = {
        "tried": found.total() + len(escaped),
        "found": dict(found.most_common()),
        "slowest_ms": round(1_000 * slowest),
        "escaped": escaped,
    }
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")
    return 1 if escaped else 0


if __name__ == "__main__":
    sys.exit(main())

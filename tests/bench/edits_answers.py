"""What share of real models' answers is applied at which level: `python -m tests.bench.edits_answers` prints JSON."""

from __future__ import annotations

import json
import sys
from collections import Counter

from tests.house.real_answers import level_of, logged, planned


def main() -> None:
    """Replay the logs and print the shares."""
    found = Counter(level_of(planned(one)) for one in logged())
    shares = {level: round(100 * count / found.total(), 1) for level, count in found.most_common()}
    sys.stdout.write(json.dumps({"answers": found.total(), "percent": shares}, indent=1) + "\n")


if __name__ == "__main__":
    main()

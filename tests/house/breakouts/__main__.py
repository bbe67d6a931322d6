"""Makes the attempts that are named, or all."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from .every import ATTEMPTS


def main() -> None:
    facts = json.loads(Path("facts.json").read_text())
    wanted = sys.argv[1:] or list(ATTEMPTS)
    outcomes = {}
    for name in wanted:
        try:
            got = ATTEMPTS[name](facts)
            outcomes[name] = ["held", ""] if got is None else ["out", str(got)[:80]]
        except (OSError, subprocess.SubprocessError, ValueError) as error:
            outcomes[name] = ["held", f"{type(error).__name__}: {error}"[:80]]
    Path("outcomes.json").write_text(json.dumps(outcomes))
    json.dump(outcomes, sys.stdout)


if __name__ == "__main__":
    main()

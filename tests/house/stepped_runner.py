"""A mortal runner on a machine whose clock is stepped: `python -m tests.house.stepped_runner SEED ROOT KIND NUMBER`.

Each look at the clock may come after a step of up to ten years in either direction. The clock is replaced before
anything of the workbench is imported, so that nobody holds the old one.
"""

from __future__ import annotations

import random
import sys
import time

_STEPS = (1, 90, 3_700, 86_400, 315_360_000)


def step_often(seed: int) -> None:
    """Replace the clock; one look in eight is preceded by a step."""
    chance, real, offset = random.Random(seed), time.time, 0.0

    def stepped() -> float:
        nonlocal offset
        if chance.random() < 0.125:
            offset = chance.choice((-1, 1)) * chance.choice(_STEPS)
        return real() + offset

    setattr(time, "time", stepped)  # noqa: B010 — a function of the library is replaced, which types do not foresee


if __name__ == "__main__":
    step_often(int(sys.argv.pop(1)))
    from tests.house.mortal_runner import main

    main()

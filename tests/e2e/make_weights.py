"""Fetches the weights that the end-to-end tests need: python -m tests.e2e.make_weights."""

from __future__ import annotations

import sys

from tests.e2e.conftest import MODEL, SMALL
from workbench.engines import store
from workbench.errors import EngineUnavailable


def main() -> int:
    """Fetch both models; return 4 where one cannot be had."""
    told: set[str] = set()

    def tell(_done: int, _all: int, what: str) -> None:
        if what not in told:
            told.add(what)
            sys.stderr.write(f"{what}\n")

    for name in (SMALL, MODEL):
        try:
            sys.stderr.write(f"{name}: {store.pull(name, tell)}\n")
        except EngineUnavailable as error:
            sys.stderr.write(f"{error}\n")
            return 4
        told.clear()
    return 0


if __name__ == "__main__":
    sys.exit(main())

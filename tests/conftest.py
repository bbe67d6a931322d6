"""What holds for all tests: properties are checked, however slow the machine is while it does so."""

from __future__ import annotations

import gc
import os
import sys

from hypothesis import HealthCheck, settings

LONGEST_NAME = 100
"""Characters of a value that names its test; every worker is told the names of all tests."""

EXAMPLES = int(os.environ.get("NANITES_EXAMPLES", "25"))
"""Examples of a property that says no number of its own: few in the everyday suite, `.ci/run` asks for more."""

settings.register_profile("house", max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

# Where bytecode is forbidden, each of the many programs that tests start compiles all of the workbench anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


def pytest_collection_finish() -> None:
    """Search for garbage seldom, and never among what was collected: that took 8 % of all the time, and takes 4."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Return the name of a test's value where that is a long text; None leaves it to pytest."""
    if isinstance(val, str | bytes) and len(val) > LONGEST_NAME:
        return f"{argname} of {len(val)}"
    return None

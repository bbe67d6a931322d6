"""Right answers that look like a slip, and are left alone."""

from __future__ import annotations

from tests.unit.test_slips_of_everyday import evident


def test_a_format_that_can_be_read_as_it_is_holds_no_parameter() -> None:
    before = "def show(n):\n    return str(n)\n"
    after = "def show(n, x=False):\n    return f'{n:x}' if x else str(n)\n"
    assert evident("show takes x=False: it writes the number in hex.", before, after) == after

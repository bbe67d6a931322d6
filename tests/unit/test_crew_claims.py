"""Claims of a summary: what a line does not bear out is dropped, and what is kept keeps its line."""

from __future__ import annotations

from workbench.crew.telling.claims import Claim


def test_a_claim_that_is_too_long_keeps_the_line_that_bears_it_out() -> None:
    short = Claim(path="a.py", line=7, text="It lists " + "`name`, " * 90).within(400)
    assert len(short) <= 400
    assert short.endswith("… (a.py:7)")


def test_a_claim_that_fits_is_left_as_it_is() -> None:
    assert Claim(path="a.py", line=7, text="It adds.").within(400) == "It adds. (a.py:7)"

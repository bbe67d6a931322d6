"""What CI says of advisories: clean only where something was looked up."""

from __future__ import annotations

import json

from tests.house.supply_chain import read_audit

CLEAN = {"name": "a", "version": "1.0", "vulns": []}
BAD = {"name": "b", "version": "2.0", "vulns": [{"id": "PYSEC-1", "fix_versions": []}]}
SKIPPED = {"name": "c", "skip_reason": "not found on PyPI"}


def test_packages_that_were_all_passed_over_were_not_audited() -> None:
    audit = read_audit(json.dumps({"dependencies": [SKIPPED, SKIPPED]}))
    assert audit.words == "pip-audit: NOT RUN (no advisory data for any of 2 packages)"


def test_what_is_known_is_named() -> None:
    audit = read_audit(json.dumps({"dependencies": [CLEAN, BAD, SKIPPED]}))
    assert audit.known == ("b 2.0: PYSEC-1",)
    assert audit.words == "pip-audit: 1 known against 2 packages, 1 passed over"


def test_clean_is_said_where_something_was_looked_up() -> None:
    assert read_audit(json.dumps({"dependencies": [CLEAN]})).words == "pip-audit: 0 known against 1 packages"


def test_a_tool_that_could_not_reach_anything_was_not_run() -> None:
    assert "NOT RUN (ConnectionError: no route)" in read_audit("", "trace\nConnectionError: no route\n").words
    assert "NOT RUN" in read_audit("[]").words

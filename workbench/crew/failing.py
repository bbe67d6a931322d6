"""A check that failed, as the fault of the change it was run on."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.errors import CheckFailed
from workbench.model import Check

WORDS_KEPT = 700
"""Characters of a failed check's last words that a model, and the task's error, are told."""


def first_failure(checks: Sequence[Check], hint: str) -> CheckFailed | None:
    """Return what the first check that failed says, or None where none did."""
    failed = next((check for check in checks if check.ok is False), None)
    if failed is None:
        return None
    last_words = failed.output.strip()[-WORDS_KEPT:]
    said = f"{failed.name} failed: {last_words}" if last_words else f"{failed.name} failed"
    return CheckFailed(said, code="checks-failed", hint=hint)

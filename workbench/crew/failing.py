"""What went wrong, said as a fault: a check that failed, or all tries of a task."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workbench.crew.answers.script_failures import readable
from workbench.crew.solving.plan import Step
from workbench.errors import CheckFailed, EditRefused, NaniteError
from workbench.model import Check, Excerpt

WORDS_KEPT = 700
"""Characters of a failed check's last words that a model, and the task's error, are told."""


def first_failure(checks: Sequence[Check], hint: str, tests: Sequence[Excerpt] = ()) -> CheckFailed | None:
    """Return what the first check that failed says, or None where none did.

    Args:
        checks: what ran.
        hint: what to do about it.
        tests: the task's own, whose lines may help to read it.
    """
    failed = next((check for check in checks if check.ok is False), None)
    if failed is None:
        return None
    last_words = readable(failed.output.strip(), tests)[-WORDS_KEPT:]
    said = f"{failed.name} failed: {last_words}" if last_words else f"{failed.name} failed"
    return CheckFailed(said, code="checks-failed", hint=hint)


def nothing_usable(tried: Sequence[tuple[Step, NaniteError]], missing: Mapping[str, str]) -> NaniteError:
    """Return the last fault of a task with a list of all that was tried.

    Args:
        tried: each try with what was wrong with it; at least one.
        missing: models that could not be asked, each with the code of why.
    """
    last = tried[-1][1]
    count = len(tried)
    models = {one.model for one, _ in tried}
    listed = [f"{one.model + ' ' if len(models) > 1 else ''}{one.manner}: {fault.code}" for one, fault in tried]
    unasked = [f"{model} could not be asked: {code}" for model, code in missing.items()]
    told = "; ".join([*(listed if count > 1 else []), *unasked])
    tries = f"after {count} tries" if count > 1 else "in one try"
    message = f"no usable change {tries}{f' ({told})' if told else ''}; the last: {last.message}"
    if isinstance(last, EditRefused):
        return EditRefused(message, code=last.code, hint=last.hint, nearest=last.nearest)
    return type(last)(message, code=last.code, hint=last.hint)

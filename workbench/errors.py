"""The few errors the house raises, each with a code for programs and a hint for people.

A `NaniteError` is always meant to be read by whoever asked: `message` says what is wrong, `hint` what to do about it.
"""

from __future__ import annotations


class NaniteError(Exception):
    """Something was asked that cannot be done.

    Attributes:
        code: a stable kebab-case word that programs may test for.
        message: one sentence for people.
        hint: what to do next; may be empty.
    """

    default_code = "error"

    def __init__(self, message: str, *, code: str | None = None, hint: str = "") -> None:
        super().__init__(message)
        self.code = code or self.default_code
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message

    def as_dict(self) -> dict[str, str]:
        """Return `{"code", "message", "hint"}`, the form errors have in every file and on stdout."""
        return {"code": self.code, "message": self.message, "hint": self.hint}


class TaskRefused(NaniteError):
    """A task file or a command line asks for something that is not a task. `field` names the field at fault."""

    default_code = "task-refused"

    def __init__(self, message: str, *, code: str | None = None, hint: str = "", field: str | None = None) -> None:
        super().__init__(message, code=code, hint=hint)
        self.field = field

    def as_dict(self) -> dict[str, str]:
        """Return the error's form in files, with `field` where one is at fault."""
        known = super().as_dict()
        return known | {"field": self.field} if self.field else known


class SettingsError(NaniteError):
    """nanites.toml cannot be used; the message names the line or the key."""

    default_code = "settings-invalid"


class EngineUnavailable(NaniteError):
    """No engine or no model can be had, or the engine died while it spoke."""

    default_code = "engine-unavailable"


class AnswerRejected(NaniteError):
    """A model's answer cannot be used: cut off, empty, not in the form asked for, or not about the task."""

    default_code = "answer-rejected"


class EditRefused(NaniteError):
    """An answer or a proposal cannot become a change of files. Nothing was changed.

    Attributes:
        nearest: the real lines of the file, with numbers, that the edit probably meant; may be empty.
    """

    default_code = "edit-refused"

    def __init__(self, message: str, *, code: str | None = None, hint: str = "", nearest: str = "") -> None:
        super().__init__(message, code=code, hint=hint)
        self.nearest = nearest


class CheckFailed(NaniteError):
    """A check could not be run at all (not allowed, no worktree), as against one that ran and did not pass."""

    default_code = "check-failed"


class RunnerBusy(NaniteError):
    """Another runner holds this folder."""

    default_code = "runner-busy"


class TaskStopped(NaniteError):
    """A task was cancelled (code `cancelled`) or ran out of time (code `timeout`) while it worked."""

    default_code = "cancelled"

"""What all commands share: the two global flags, where the repository is, and how an answer is printed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workbench import client
from workbench.spool.folder import Folder
from workbench.terminal import as_json, say

if TYPE_CHECKING:
    from collections.abc import Awaitable, Collection

    from workbench.model import ErrorInfo, Result
    from workbench.settings import Settings

FAILED, BAD_INPUT, TURNED_DOWN, NO_ENGINE, TIME_OUT, INTERRUPTED = 1, 2, 3, 4, 5, 130
"""Exit codes (CONTRACT.md, section 3)."""

# Codes that say of a task's error what the class `EngineUnavailable` says of an exception.
_ENGINE_CODES = ("no-engine", "engine-", "model-", "weights-", "script-", "host-", "cloud-", "address-", "key-refused")


@dataclass
class Face:
    """How this call is to answer, and about which repository."""

    as_json: bool = False
    start: Path = field(default_factory=Path)

    @property
    def may_ask(self) -> bool:
        """Whether a person is at the terminal who can be asked. Without any stdin Python has None for it."""
        return not self.as_json and sys.stdin is not None and sys.stdin.isatty()

    def root(self) -> Path:
        """Return the repository's top folder.

        Raises:
            NaniteError: there is none.
        """
        return client.find_root(self.start)

    def folder(self) -> Folder:
        """Return the repository's `.nanites/`, made where it is missing."""
        return Folder(self.root()).ensure()

    def settings(self) -> Settings:
        """Return the repository's settings.

        Raises:
            SettingsError: nanites.toml has an error.
        """
        import os

        from workbench.settings import load

        return load(self.root(), dict(os.environ))

    def run_here(self) -> Callable[[Collection[str]], Awaitable[None]]:
        """Return what runs tasks in this process, for `client.wait` and `client.decide`."""
        from workbench import headless

        return headless.runs_here(self.root(), self.settings())

    def progress(self, ids: Collection[str]) -> Callable[[dict[str, Any]], None] | None:
        """Return what tells people on stderr how tasks come on, an event at a time; programs are not told."""
        from workbench.headless import Progress

        return None if self.as_json else Progress(sys.stderr, ids)

    def answer(self, value: Any, text: str | None = None) -> None:
        """Print the one JSON value that `--json` asked for, or the text for people."""
        if self.as_json:
            say(as_json(value))
        elif text is not None:
            say(text)

    def note(self, text: str) -> None:
        """Tell people something beside the answer, on stderr; programs are not told."""
        if not self.as_json:
            say(text, stream=sys.stderr)


def face() -> Face:
    """Return the face of the call under way."""
    return click.get_current_context().find_root().ensure_object(Face)


def _want_json(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
    if value:
        context.find_root().ensure_object(Face).as_json = True


def _set_start(context: click.Context, _parameter: click.Parameter, value: str | None) -> None:
    if value is not None:
        context.find_root().ensure_object(Face).start = Path(value)


def global_options() -> list[click.Parameter]:
    """Return the flags that may stand before and after a command's name."""
    return [
        click.Option(
            ["--json"],
            is_flag=True,
            expose_value=False,
            callback=_want_json,
            help="Print one JSON value, nothing else.",
        ),
        click.Option(
            ["--repo"], metavar="DIR", expose_value=False, callback=_set_start, help="Work on the repository in DIR."
        ),
    ]


class Command(click.Command):
    """A command that knows the global flags."""

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.params.extend(global_options())


class Group(click.Group):
    """A command with commands of its own that knows the global flags."""

    command_class = Command

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.params.extend(global_options())


def code_of_error(error: ErrorInfo | None) -> int:
    """Return the exit code for the error of a task that failed."""
    if error is None:
        return FAILED
    if error.code == "timeout":
        return TIME_OUT
    return NO_ENGINE if error.code.startswith(_ENGINE_CODES) else FAILED


def code_of(result: Result) -> int:
    """Return the exit code for a task's result: 0 also where it waits for review."""
    match str(result.state):
        case "failed":
            return code_of_error(result.error)
        case "rejected" | "cancelled":
            return TURNED_DOWN
        case "blocked" if result.error is not None:
            return BAD_INPUT
        case _:
            return 0

"""The form for a new task: kind, words, targets with completion, a check."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.suggester import Suggester
from textual.widgets import Input, Select, Static, TextArea

from widgets.safe_text import safe_label, safe_line
from workbench.errors import TaskRefused
from workbench.tui.fields import Line, Words, written


class LastWord(Suggester):
    """Completes the last of several words from a list; words with anything unseen in them are not offered."""

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._words = tuple(word for word in words if word == safe_line(word))

    async def get_suggestion(self, value: str) -> str | None:
        """Return the text with its last word completed, or None."""
        start, _, last = value.rpartition(" ")
        found = next((word for word in self._words if last and word.startswith(last)), None)
        return None if found is None else f"{start} {found}".lstrip()


def check_new(fields: dict[str, Any], root: Path | None = None) -> None:
    """Refuse what the runner would refuse for what stands in the form alone, while the form can still be mended.

    Raises:
        TaskRefused: the message says what is missing or wrong.
    """
    from workbench.recipes.load import load
    from workbench.spool.inbox import task_from_fields

    spec = task_from_fields(fields)
    recipe = load(spec.kind, root)
    if recipe.needs_task and not spec.task.strip():
        raise TaskRefused("the task says nothing", code="missing", field="task", hint="say in words what to do")
    if recipe.needs_targets and not spec.targets:
        raise TaskRefused(
            f"a {spec.kind} task needs targets", code="missing", field="targets", hint="name the files that may change"
        )


class NewTask(ModalScreen[dict[str, Any] | None]):
    """Asks for a task's fields; Esc answers None.

    Args:
        kinds: the kinds there are.
        files: the repository's files, for completion.
        checks: the commands that nanites.toml allows.
        fields: what stands in the form at first; `error` is shown above it.
    """

    DEFAULT_CSS = """
    NewTask { align: center middle; }
    NewTask > Vertical {
        width: 90%; max-width: 110; height: auto; max-height: 95%; padding: 0 2;
        border: round $border; background: $surface;
    }
    NewTask TextArea { height: 5; border: tall $border-blurred; }
    NewTask TextArea:focus { border: tall $border; }
    NewTask .error { color: $text-error; }
    NewTask .hint { color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel"),
        Binding("f2", "drop", "Drop it", priority=True),
    ]

    def __init__(
        self,
        kinds: Sequence[str],
        files: Sequence[str],
        checks: Sequence[str],
        fields: dict[str, Any] | None = None,
        error: str = "",
    ) -> None:
        super().__init__()
        self._kinds, self._files, self._checks = tuple(kinds), tuple(files), tuple(checks)
        self._fields, self._error = fields or {}, error

    def compose(self) -> ComposeResult:
        """Return the form."""
        fields = self._fields
        kind = fields.get("kind", "patch")
        with Vertical():
            yield Static(Content("New task"), classes="title")
            if self._error:
                yield Static(Content(safe_label(self._error)), classes="error")
            yield Select(
                [(name, name) for name in self._kinds],
                value=kind if kind in self._kinds else self._kinds[0],
                allow_blank=False,
                id="kind",
            )
            yield Words(
                written(fields.get("task", "")), id="task", tab_behavior="focus", placeholder="What is to be done?"
            )
            yield Line(
                " ".join(fields.get("targets", ())),
                placeholder="targets: files that may change, or globs",
                suggester=LastWord(self._files),
                id="targets",
            )
            yield Line(
                (fields.get("check") or ("",))[0],
                placeholder="check: a command; one that is not allowed yet asks you (may stay empty)",
                suggester=LastWord(self._checks),
                id="check",
            )
            yield Static(Content("tab: next field   right: complete   enter, F2: drop the task   esc"), classes="hint")

    def on_mount(self) -> None:
        """Begin with the words."""
        self.query_one(TextArea).focus()

    def on_input_submitted(self) -> None:
        """Drop it, as F2 does."""
        self.action_drop()

    def action_drop(self) -> None:
        """Answer with the fields that were filled in."""
        targets = self.query_one("#targets", Input).value.split()
        check = self.query_one("#check", Input).value.strip()
        fields: dict[str, Any] = {
            "kind": self.query_one("#kind", Select).value,
            "task": self.query_one("#task", TextArea).text.strip(),
            "targets": targets,
            "check": [check] if check else [],
        }
        self.dismiss({name: value for name, value in fields.items() if value})

"""Small questions over the screen: a line of text, a choice between a few things, the help."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from widgets.safe_text import safe_label, safe_lines
from workbench.tui.fields import Line
from workbench.tui.keys import KEYS, PANES, Pane, shown
from workbench.tui.keys import Key as Action

_FRAME = """
{name} {{ align: center middle; }}
{name} > .dialog {{
    width: 80%; max-width: 100; height: auto; max-height: 90%; padding: 1 2;
    border: round $border; background: $surface;
}}
{name} .title {{ text-style: bold; margin-bottom: 1; }}
{name} .hint {{ color: $text-muted; margin-top: 1; }}
"""


class Ask(ModalScreen[str | None]):
    """Asks for a line of text; Esc answers None."""

    DEFAULT_CSS = _FRAME.format(name="Ask")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Cancel")]

    def __init__(self, title: str, *, value: str = "", placeholder: str = "") -> None:
        super().__init__()
        self._title, self._value, self._placeholder = title, value, placeholder

    def compose(self) -> ComposeResult:
        """Return the question."""
        with Vertical(classes="dialog"):
            yield Static(Content(safe_label(self._title)), classes="title")
            yield Line(value=self._value, placeholder=safe_label(self._placeholder))
            yield Static(Content("enter: go on   esc: leave it"), classes="hint")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer with the text."""
        self.dismiss(event.value)


@dataclass(frozen=True)
class Choice:
    """One of a few answers, and a key that gives it at once."""

    answer: str
    label: str
    key: str = ""


class Choose(ModalScreen[str | None]):
    """Asks to choose one of a few answers; Esc answers None."""

    DEFAULT_CSS = _FRAME.format(name="Choose") + "Choose OptionList { height: auto; border: none; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel"),
        Binding("j", "move(1)", show=False),
        Binding("k", "move(-1)", show=False),
    ]

    def __init__(self, title: str, choices: Sequence[Choice], *, words: str = "") -> None:
        super().__init__()
        self._title, self._choices, self._words = title, tuple(choices), words

    def compose(self) -> ComposeResult:
        """Return the question and its answers."""
        with Vertical(classes="dialog"):
            yield Static(Content(safe_label(self._title)), classes="title")
            if self._words:
                yield Static(Content("\n".join(safe_lines(self._words))), classes="words")
            yield OptionList(*(Option(Content(_labelled(each)), id=each.answer) for each in self._choices))
            yield Static(Content("enter: choose   esc: back"), classes="hint")

    def action_move(self, step: int) -> None:
        """Move the choice."""
        options = self.query_one(OptionList)
        options.action_cursor_down() if step > 0 else options.action_cursor_up()

    def on_key(self, event: Key) -> None:
        """Answer with the choice that has this key."""
        for choice in self._choices:
            if choice.key and choice.key == event.key:
                event.stop()
                self.dismiss(choice.answer)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Answer with the choice."""
        self.dismiss(event.option_id)


def _labelled(choice: Choice) -> str:
    return f"{choice.key}  {safe_label(choice.label)}" if choice.key else safe_label(choice.label)


class Help(ModalScreen[None]):
    """The keys that work where the focus is, then all others."""

    DEFAULT_CSS = _FRAME.format(name="Help")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,f1,q,enter", "dismiss", "Close"),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
    ]

    def __init__(self, pane: Pane, keys_now: dict[str, str], table: tuple[Action, ...] = KEYS) -> None:
        super().__init__()
        self._pane, self._keys_now, self._table = pane, keys_now, table

    def compose(self) -> ComposeResult:
        """Return the table, the focused pane's part first."""
        with VerticalScroll(classes="dialog"):
            for pane in dict.fromkeys((self._pane, "review", *PANES)):
                rows = [key for key in self._table if key.pane == pane]
                if rows:
                    yield Static(Content(PANES[pane]), classes="title")
                    yield Static(Content("\n".join(map(self._line, rows)) + "\n"))
            yield Static(Content("esc: close   names for nanites.toml: docs/keys.md"), classes="hint")

    def _line(self, key: Action) -> str:
        return f"{safe_label(shown(self._keys_now.get(key.name, key.keys))):<14} {key.does}"

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

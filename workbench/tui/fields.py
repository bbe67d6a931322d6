"""Fields to write in that hold no codes for a terminal: what is pasted or filled in is data of strangers too."""

from __future__ import annotations

from textual.events import Paste
from textual.widgets import Input, TextArea

from widgets.safe_text import BIDI_SYMBOL, INVISIBLE_SYMBOL, UNKNOWN_SYMBOL, safe_line
from workbench.terminal import plain

_CODES = str.maketrans(dict.fromkeys((BIDI_SYMBOL, INVISIBLE_SYMBOL, UNKNOWN_SYMBOL), ""))


def written(text: str) -> str:
    """Return the text without escape sequences, control codes and what has no ink; line ends stay."""
    return "\n".join(safe_line(line).translate(_CODES) for line in plain(text).split("\n"))


class Line(Input):
    """An Input for one line of harmless text."""

    def validate_value(self, value: str) -> str:
        """Leave out what would command the terminal."""
        return value if value.isascii() and value.isprintable() else written(value).replace("\n", " ")


class Words(TextArea):
    """A TextArea for harmless text."""

    def on_paste(self, event: Paste) -> None:
        """Leave out what would command the terminal, before it is pasted."""
        event.text = written(event.text)

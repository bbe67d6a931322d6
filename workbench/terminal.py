"""What may reach a terminal: text without control codes, and colours of our own where they are wanted.

Text of models, repositories and task files is data. It passes through `plain` before a person sees it, so that it can
neither move the cursor nor retitle the window nor hide what it says.
"""

from __future__ import annotations

import json
import os
import re
import sys
from typing import Any, TextIO

# A whole escape sequence goes, not only its first byte: what is left of `ESC[31m` would read as "[31m".
_SEQUENCES = (
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x9b[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c|$)"
    r"|\x1b[ -/]*[0-~]"
)
# The rest of C0 and C1, and the marks that turn the direction of writing.
_CONTROLS = r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
# Patterns are kept as text: compiling them takes milliseconds that `nanites submit` does not have.

_STYLES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "blue": "34", "cyan": "36"}


def plain(text: str) -> str:
    """Return `text` without control codes; line ends and tabs stay, and what is no text becomes `?`."""
    clean = re.sub(_CONTROLS, "", re.sub(_SEQUENCES, "", text.replace("\r\n", "\n")))
    return clean.encode("utf-8", "replace").decode("utf-8")


def one_line(text: str, limit: int = 100) -> str:
    """Return `text` without control codes, on one line of at most `limit` characters."""
    flat = " ".join(plain(text).split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"


def as_json(value: Any) -> str:
    """Return `value` as one line of JSON in which no control code stands as itself."""
    text = json.dumps(value, ensure_ascii=False)
    if text.isascii():
        return text
    return re.sub(_CONTROLS + "|[\ud800-\udfff]", lambda found: f"\\u{ord(found[0]):04x}", text)


def in_colour(stream: TextIO) -> bool:
    """Return whether `stream` is a terminal that wants colours (NO_COLOR, TERM=dumb)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def styled(text: str, style: str, stream: TextIO) -> str:
    """Return `text` in one of our styles where `stream` wants colours; `text` must be plain already."""
    return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if in_colour(stream) and text else text


def coloured_diff(patch: str, stream: TextIO) -> str:
    """Return a unified diff for people: without control codes, coloured where `stream` wants colours."""
    clean = plain(patch)
    if not in_colour(stream):
        return clean
    from pygments import highlight
    from pygments.formatters import TerminalFormatter
    from pygments.lexers import DiffLexer

    return str(highlight(clean, DiffLexer(stripnl=False, ensurenl=False), TerminalFormatter()))


def say(text: str = "", *, stream: TextIO | None = None, end: str = "\n") -> None:
    """Write a line for people and show it at once."""
    stream = stream or sys.stdout
    try:
        stream.write(text + end)
    except UnicodeEncodeError:
        encoding = stream.encoding or "ascii"
        stream.write(text.encode(encoding, "replace").decode(encoding) + end)
    stream.flush()

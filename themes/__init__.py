"""Palettes of the terminal workbench: six Textual themes that also colour diffs, code, searches and meters."""

from __future__ import annotations

from textual.theme import Theme

from themes.dark import CONTRAST, EMBER, NIGHT, TIDE
from themes.light import DAY, PAPER

DEFAULT = NIGHT.name
"""The theme to begin with."""


def themes() -> tuple[Theme, ...]:
    """Return all six, in the order in which a key goes through them."""
    return NIGHT, EMBER, DAY, PAPER, TIDE, CONTRAST

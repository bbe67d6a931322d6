"""The texts beside the exhibits."""

from __future__ import annotations

import textwrap

WIDTH = 40
LANGUAGES = ("en", "de", "fr")


def heading(title: str, year: int | None = None) -> str:
    """Return the first line of a label: 'The Mill, 1648'."""
    if year is None:
        return title
    return f"{title}, {year}"


def artist_line(name: str, born: int | None = None, died: int | None = None) -> str:
    """Return the line about the artist: 'Jan Steen (1626-1679)'."""
    if born is None:
        return name
    return f"{name} ({born}-{died})"


def size(width: float, height: float, depth: float | None = None) -> str:
    """Return the measures of an exhibit: '40 x 30.5 cm'."""
    return f"{height:g} x {width:g} cm"


def materials(names: list[str]) -> str:
    """Return what an exhibit is made of: 'Oil, gold and wood'."""
    if not names:
        return ""
    text = ", ".join(names[:-1])
    text = f"{text} and {names[-1]}"
    return text[0].upper() + text[1:]


def wrap(text: str, width: int = WIDTH) -> list[str]:
    """Return the lines of a text that fit on a label."""
    return textwrap.wrap(text, width)


def centre(line: str, width: int = WIDTH) -> str:
    """Return a line in the middle of the label, without blanks at its end."""
    return line.center(width).rstrip()


def translation(texts: dict[str, str], language: str) -> str:
    """Return a text in a language, given the text in each."""
    return texts[language]


def missing_languages(texts: dict[str, str]) -> list[str]:
    """Return the languages that a label has no text in."""
    return [language for language in LANGUAGES if language not in texts]


def credit(donor: str, year: int, anonymous: bool = False) -> str:
    """Return the line that thanks for a gift."""
    return f"Gift of {'an anonymous donor' if anonymous else donor}, {year}"

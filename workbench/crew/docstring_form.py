"""How a docstring looks: the host lays out in a style what a model said in words.

Each paragraph and each entry is one line here; `place_docstring` knows how wide the file's lines are and wraps them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from workbench.crew.signatures import Facts

Style = Literal["google", "numpy", "plain"]

_HOLLOW = re.compile(r"(the |an? )?(argument|parameter|value|none|n/?a|nothing|self)?\.?", re.IGNORECASE)

_SECTION = re.compile(r"(?:^|\s)(?:Args|Arguments|Parameters|Returns|Yields|Raises):")


@dataclass(frozen=True)
class Described:
    """What a model said of a symbol, in words alone."""

    summary: str
    args: Mapping[str, str] = field(default_factory=dict)
    returns: str = ""


def write(described: Described, known: Facts, style: Style, *, sections: bool) -> str:
    """Return the text of a docstring, not indented; sections are left out where nothing was said for them."""
    blocks = [_sentence(described.summary)]
    if sections and style != "plain":
        args = [(name, words) for name in known.arguments if (words := _phrase(described.args.get(name, ""), name))]
        if args:
            blocks.append(_arguments(args, known, style))
        returns = _phrase(described.returns, "")
        if returns and (known.returns or known.yields):
            blocks.append(_returns(returns, known, style))
    return "\n\n".join(blocks)


def _arguments(args: list[tuple[str, str]], known: Facts, style: Style) -> str:
    if style == "google":
        rows = [f"    {known.stars[name]}{name}: {words}" for name, words in args]
        return "\n".join(["Args:", *rows])
    rows = []
    for name, words in args:
        kind = known.annotations.get(name)
        rows.append(f"{known.stars[name]}{name} : {kind}" if kind else f"{known.stars[name]}{name}")
        rows.append(f"    {words}")
    return "\n".join(["Parameters", "----------", *rows])


def _returns(words: str, known: Facts, style: Style) -> str:
    title = "Yields" if known.yields else "Returns"
    if style == "google":
        return f"{title}:\n    {words}"
    kind = known.annotations.get("return")
    rows = [kind, f"    {words}"] if kind else [words]
    return "\n".join([title, "-" * len(title), *rows])


def _sentence(text: str) -> str:
    """Return the first paragraph as one sentence or more that begin with a capital and end with a full stop."""
    # A summary that goes on with sections of its own is cut before them: the host lays those out.
    text = _SECTION.split(text.strip().strip("\"'").partition("\n\n")[0])[0]
    words = " ".join(text.split())
    words = words[:1].upper() + words[1:] if words[:1].isalpha() and " " in words else words
    return words if not words or words[-1] in ".!?:" else f"{words}."


def _phrase(text: str, name: str) -> str:
    words = " ".join(text.strip().strip("\"'").split())
    if _HOLLOW.fullmatch(words) or words.strip(". ").lower() == name.lower():
        return ""
    words = words[:1].upper() + words[1:] if re.match(r"[a-z]+\b", words) else words
    return words if words[-1] in ".!?" else f"{words}."

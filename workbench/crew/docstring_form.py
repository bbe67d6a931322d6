"""How a docstring looks: the host lays out in a style what a model said in words."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from workbench.crew.signatures import Facts

Style = Literal["google", "numpy", "plain"]

WIDTH = 88
"""Columns that a docstring may fill, its indentation included."""

_HOLLOW = re.compile(r"(the |an? )?(argument|parameter|value|none|n/?a|nothing|self)?\.?", re.IGNORECASE)


@dataclass(frozen=True)
class Described:
    """What a model said of a symbol, in words alone."""

    summary: str
    args: Mapping[str, str] = field(default_factory=dict)
    returns: str = ""


def write(described: Described, known: Facts, style: Style, *, sections: bool) -> str:
    """Return the text of a docstring, not indented; sections are left out where nothing was said for them."""
    width = max(40, WIDTH - 4 * known.depth)
    blocks = [_wrapped(_sentence(described.summary), width - 3, "")]
    if sections and style != "plain":
        args = [(name, words) for name in known.arguments if (words := _phrase(described.args.get(name, ""), name))]
        if args:
            blocks.append(_arguments(args, known, style, width))
        returns = _phrase(described.returns, "")
        if returns and (known.returns or known.yields):
            blocks.append(_returns(returns, known, style, width))
    return "\n\n".join(blocks)


def _arguments(args: list[tuple[str, str]], known: Facts, style: Style, width: int) -> str:
    if style == "google":
        rows = [_wrapped(f"{known.stars[name]}{name}: {words}", width, "    ", "        ") for name, words in args]
        return "\n".join(["Args:", *rows])
    rows = []
    for name, words in args:
        kind = known.annotations.get(name)
        rows.append(f"{known.stars[name]}{name} : {kind}" if kind else f"{known.stars[name]}{name}")
        rows.append(_wrapped(words, width, "    "))
    return "\n".join(["Parameters", "----------", *rows])


def _returns(words: str, known: Facts, style: Style, width: int) -> str:
    title = "Yields" if known.yields else "Returns"
    if style == "google":
        return f"{title}:\n{_wrapped(words, width, '    ')}"
    kind = known.annotations.get("return")
    rows = [kind, _wrapped(words, width, "    ")] if kind else [_wrapped(words, width, "")]
    return "\n".join([title, "-" * len(title), *rows])


def _wrapped(text: str, width: int, indent: str, hanging: str | None = None) -> str:
    return textwrap.fill(
        text,
        width,
        initial_indent=indent,
        subsequent_indent=indent if hanging is None else hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _sentence(text: str) -> str:
    """Return the first paragraph as one sentence or more that begin with a capital and end with a full stop."""
    words = " ".join(text.strip().strip("\"'").partition("\n\n")[0].split())
    words = words[:1].upper() + words[1:] if words[:1].isalpha() and " " in words else words
    return words if not words or words[-1] in ".!?:" else f"{words}."


def _phrase(text: str, name: str) -> str:
    words = " ".join(text.strip().strip("\"'").split())
    if _HOLLOW.fullmatch(words) or words.strip(". ").lower() == name.lower():
        return ""
    words = words[:1].upper() + words[1:] if re.match(r"[a-z]+\b", words) else words
    return words if words[-1] in ".!?" else f"{words}."

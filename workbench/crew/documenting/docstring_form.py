"""How a docstring looks: the host lays out in a style what a model said in words.

Each paragraph and each entry is one line here; `place_docstring` knows how wide the file's lines are and wraps them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from workbench.crew.documenting.signatures import Facts

Style = Literal["google", "numpy", "plain"]

SUMMARY_CHARACTERS = 200
"""A summary of more than one sentence is cut to whole sentences of about this length."""

SUMMARY_ROOM = 160
"""Characters that a model may take for a summary: what it says beyond runs on, of what the code does not do."""

PHRASE_ROOM = 100
"""Characters that a model may take for an argument or a result."""

_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-Z`])")
_ROUNDABOUT = re.compile(
    r"(?:The|This)\s+(?:(?:function|method|class|generator)\b\s*)?(?:`[^`]+`\s*)?(?:(?:function|method|class)\b\s*)?"
    r"(?=[a-z]+s\b)"
)
_HOLLOW = re.compile(r"(the |an? )?(argument|parameter|value|none|n/?a|nothing|self)?\.?", re.IGNORECASE)

_CLAUSE = re.compile(r"[,;]\s| (?=(?:while|which|where|and returns|or returns)\b)")
_PHRASE = re.compile(
    r",?\s(?=(?:in|of|for|from|with|to|on|by|at|as|into|than|that|which|where|when|while|if|and|or|using|based)\b)"
)
_FEWEST = 4
"""Words that a summary cut short must still have, as long as there is another place to cut it at."""

_SECTION = re.compile(r"(?:^|\s)(?:Args|Arguments|Parameters|Returns|Yields|Raises):")


@dataclass(frozen=True)
class Described:
    """What a model said of a symbol, in words alone."""

    summary: str
    args: Mapping[str, str] = field(default_factory=dict)
    returns: str = ""


def within(text: str, room: int) -> str:
    """Return `text`; where it took all its room and stopped in the middle, only what it said to its end.

    That is its whole sentences, else its first clause that says something, else all but its last phrase, else its
    first clause of three words or more, else nothing.
    """
    text = " ".join(text.split())
    if len(text) < room - 1 or text[-1] in ".!?":
        return text
    sentences = _SENTENCES.split(text)
    if len(sentences) > 1:
        return " ".join(sentences[:-1])
    clauses, phrases = (
        [end for found in where.finditer(text) if _is_whole(end := text[: found.start()])]
        for where in (_CLAUSE, _PHRASE)
    )
    words = text.lower().split()
    runs_on = 2 * len(set(words)) < len(words)
    telling = [end for end in (*clauses, *([] if runs_on else phrases[::-1])) if _says(end) >= _FEWEST]
    return next(iter([*telling, *clauses]), "")


def _is_whole(text: str) -> bool:
    return text.count(" ") >= 2 and text.count("(") == text.count(")") and text.count("`") % 2 == 0


def _says(text: str) -> int:
    """Return how many words a summary has without the roundabout beginning that is taken off."""
    return len(_ROUNDABOUT.sub("", text).split())


def write(described: Described, known: Facts, style: Style, *, sections: bool) -> str:
    """Return the text of a docstring, not indented; sections are left out where nothing was said for them."""
    blocks = [sentence(described.summary)]
    if sections and style != "plain":
        args = [(name, words) for name in known.arguments if (words := phrase(described.args.get(name, ""), name))]
        if args:
            blocks.append(_arguments(args, known, style))
        returns = phrase(described.returns, "")
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


def sentence(text: str) -> str:
    """Return the first sentence, and more as long as it is short, with a capital and a full stop.

    A small model that begins with "The function `f` returns" means "Returns".
    """
    # A summary that goes on with sections of its own is cut before them: the host lays those out.
    text = _SECTION.split(_unquoted(text).partition("\n\n")[0])[0]
    sentences = _SENTENCES.split(_ROUNDABOUT.sub("", " ".join(text.split())))
    words = sentences[0]
    for more in sentences[1:]:
        if len(words) + len(more) > SUMMARY_CHARACTERS:
            break
        words = f"{words} {more}"
    words = words[:1].upper() + words[1:] if words[:1].isalpha() and " " in words else words
    return words if not words or words[-1] in ".!?:" else f"{words}."


def _unquoted(text: str) -> str:
    """Return a text without the quotes that stand around all of it; those of a word at its end stay."""
    text = text.strip()
    while len(text) > 1 and text[0] in "\"'" and text[0] == text[-1] and text[0] not in text[1:-1].strip(text[0]):
        text = text[1:-1].strip()
    for mark in "\"'":
        # One that opens or closes nothing.
        if text.count(mark) % 2 and text.startswith(mark) != text.endswith(mark):
            text = text.strip(mark)
    return "" if set(text) <= {"'", '"'} else text.strip()


def phrase(text: str, name: str) -> str:
    """Return what is said of an argument as a sentence; nothing where it says no more than the name."""
    words = " ".join(_unquoted(text).split())
    if _HOLLOW.fullmatch(words) or words.strip(". ").lower() == name.lower():
        return ""
    words = words[:1].upper() + words[1:] if re.match(r"[a-z]+\b", words) else words
    return words if words[-1] in ".!?" else f"{words}."

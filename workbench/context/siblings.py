"""What a symbol that is still to be written can take after: the one in its file whose name is most like its own."""

from __future__ import annotations

import re

from workbench.context.budget import estimate
from workbench.context.shown import fold
from workbench.edits.foreign import symbols as foreign
from workbench.edits.foreign.symbols import symbols_of
from workbench.edits.source import PYTHON_SUFFIXES
from workbench.edits.symbols import Symbol, cut
from workbench.errors import EditRefused

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


def sibling(path: str, text: str, name: str, room: int) -> str:
    """Return the code of the function of a file that is most like one called `name`; empty where none is like it.

    Alike are names that share a word, the more the better; among equals the shorter function is taken, for it is more
    likely to be a plain use of what the file has.

    Args:
        path: the file's, for its language.
        text: the file, whole.
        name: what is to be written; a method by its class, with a dot.
        room: most tokens, by estimate.
    """
    owner, _, last = name.rpartition(".")
    wanted = _words(last)
    try:
        found = symbols_of(path, text)
    except EditRefused:
        return ""
    best: tuple[float, int, str] | None = None
    for symbol in found:
        if symbol.kind != "function" or symbol.name.rpartition(".")[0] != owner:
            continue
        have = _words(symbol.name.rpartition(".")[2])
        alike = len(wanted & have) / len(wanted | have) if wanted | have else 0.0
        code = _code(path, text, symbol) if alike else ""
        cost = estimate(code)
        if alike and cost <= room and (best is None or (-alike, cost) < best[:2]):
            best = (-alike, cost, code)
    return best[2] if best else ""


def _words(name: str) -> set[str]:
    return {word.lower() for word in _WORDS.findall(name)}


def _code(path: str, text: str, symbol: Symbol) -> str:
    if path.endswith(PYTHON_SUFFIXES):
        return cut(fold(text), symbol.name).rstrip()
    return foreign.cut(path, text, symbol.name, comments=False).rstrip()

"""The habits of a file that an answer keeps to although the model wrote otherwise: the quotes of its strings, and space
at the end of lines."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from workbench.edits.foreign.alike import quotes_differ
from workbench.edits.foreign.grammars import SCRIPTS
from workbench.edits.foreign.nodes import text, walk
from workbench.edits.foreign.outline import Outline, Symbol, build
from workbench.edits.lines import Change, changes

_PLAIN = re.compile(rb"""(?<=[\s(\[{,=:?])(['"])[\w ./@#:-]*\1""")
_CLEAR = 0.9


def in_the_files_style(file: Outline, answer: Outline, said: Symbol, known: Symbol, piece: str) -> str:
    """Return a piece of an answer with the file's quotes, where the file is of one mind."""
    if file.language not in SCRIPTS:
        return piece
    if quotes_differ(answer, said, file, known):
        return piece
    usual = _usual_quote(file.source)
    return _with_quotes(file, piece, usual, known) if usual else piece


def with_the_files_lines(known: str, piece: str) -> str:
    """Return a piece in which each line that differs from the file's in space at its end alone is the file's."""
    old, new = known.replace("\r\n", "\n").split("\n"), piece.split("\n")
    if all(line == line.rstrip() for line in old):
        return piece
    as_bytes = ([line.rstrip().encode("utf-8", "surrogatepass") for line in lines] for lines in (old, new))
    made: list[str] = []
    at_old = at_new = 0
    for change in [*changes(*as_bytes), Change(len(old), len(old), len(new), len(new))]:
        made += old[at_old : change.old_first]
        made += new[change.new_first : change.new_end]
        at_old, at_new = change.old_end, change.new_end
    assert at_new == len(new)
    return "\n".join(made)


@lru_cache(maxsize=4)
def _usual_quote(source: bytes) -> str | None:
    counts = Counter(found[1].decode() for found in _PLAIN.finditer(source))
    if not counts:
        return None
    quote, most = counts.most_common(1)[0]
    return quote if most >= _CLEAR * counts.total() else None


def _with_quotes(file: Outline, piece: str, quote: str, known: Symbol) -> str:
    """Return a piece with its plain strings in the usual quotes; those the file's symbol has otherwise are left."""
    if not any(mark in piece for mark in "'\"".replace(quote, "")):
        return piece
    for before, after in (("", ""), ("class _ {\n", "\n}"), ("_._ = {\n", "\n}")):
        made = build(file.language, before + piece + after)
        if made.is_sound:
            break
    else:
        return piece
    own = {text(file.source, node) for node in walk(known.node) if node.type == "string"}
    data = made.source
    pieces: list[bytes] = []
    at = len(before.encode())
    for node in walk(made.root):
        said = text(data, node)
        if node.type != "string" or said[:1] == quote or said in own or node.start_byte < at:
            continue
        if any(mark in said[1:-1] for mark in "'\"\\") or (node.parent is not None and "jsx" in node.parent.type):
            continue
        pieces += [data[at : node.start_byte], f"{quote}{said[1:-1]}{quote}".encode()]
        at = node.end_byte
    pieces.append(data[at : len(data) - len(after.encode())])
    return b"".join(pieces).decode("utf-8", "surrogatepass")

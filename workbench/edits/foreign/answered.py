"""What a file other than Python becomes by the code of an answer: symbols spliced in, or the file whole."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal

from workbench.edits.foreign.grammars import language_of, still_parses
from workbench.edits.foreign.nodes import shape, squeezed
from workbench.edits.foreign.outline import Outline, outline
from workbench.edits.foreign.reading import read_code
from workbench.edits.foreign.splicing import splice_foreign
from workbench.edits.forms.usable import without_drift
from workbench.edits.wholefile import SMALL, is_copy, refuse_dropped_lines, whole_file
from workbench.errors import EditRefused

_TRY_WHOLE = {"off-target", "no-change", "cannot-place", "kind-changed", "does-not-parse", "ambiguous"}


def foreign_text(
    path: str, text: str, codes: Sequence[str], in_play: Collection[str] | None
) -> tuple[str, tuple[str, ...], Literal["symbols", "whole-file"]]:
    """Return the file's new text, what of the answer was left out, and how the answer was read.

    Args:
        path: the file.
        text: what it holds.
        codes: the answer's pieces of code for it.
        in_play: qualified names of symbols that may change; None for all, and the file may be answered whole.

    Raises:
        EditRefused: the answer cannot be used.
    """
    language = language_of(path, text)
    if language is None and len(codes) > 1:
        raise EditRefused(f"{path} is answered in several pieces", code="ambiguous", hint="answer with it whole")
    if language is None:
        return whole_file(path, text, without_drift(codes[0], [text])), (), "whole-file"
    code = "\n\n".join(code.strip("\n") for code in codes) + "\n"
    if "\0" in code:
        raise EditRefused(f"{path} would be binary", code="not-text", hint="answer with text")
    file = outline(language, text)
    whole = in_play is None and len(codes) == 1 and _is_whole(file, text, code)
    if whole and (not file.is_sound or not file.by_key):
        return _whole(path, text, code), (), "whole-file"
    if whole and is_copy(text, without_drift(code, [text])):
        # Such an answer is taken at its word, line by line: what is no symbol changes too.
        _refuse_dropped(path, text, file, code)
        return _whole(path, text, code), (), "whole-file"
    try:
        spliced = splice_foreign(language, text, code, in_play)
    except EditRefused as refusal:
        if not whole or refusal.code not in _TRY_WHOLE:
            raise
        return _whole(path, text, code), (), "whole-file"
    if whole and spliced.left_out:
        try:
            return _whole(path, text, code), (), "whole-file"
        except EditRefused as refusal:
            if refusal.code != "drops-code":
                raise
    return spliced.text, spliced.left_out, "symbols"


def fits(path: str, text: str, code: str) -> bool:
    """Return whether code has a symbol that the file has too, by name and role."""
    language = language_of(path, text)
    if language is None:
        return False
    file = outline(language, text)
    try:
        return read_code(file, code).fits(file) > 0
    except EditRefused:
        return False


def _whole(path: str, text: str, code: str) -> str:
    made = whole_file(path, text, without_drift(code, [text]))
    if not still_parses(path, text, made):
        hint = "answer with complete, valid code"
        raise EditRefused(f"{path} would not parse", code="result-does-not-parse", hint=hint)
    return made


def _refuse_dropped(path: str, text: str, file: Outline, code: str) -> None:
    """Refuse a copy of a file that has one of its symbols no more and nothing in its place.

    Raises:
        EditRefused: code `drops-code`.
    """
    try:
        said = read_code(file, code).made
    except EditRefused:
        return
    missing = [one for one in file.every() if one.key not in said.by_key]
    spans = [(one.name, file.line(one.start), file.line(one.end)) for one in missing]
    refuse_dropped_lines(path, text, code, spans)


def _is_whole(file: Outline, text: str, code: str) -> bool:
    """Return whether code may stand for the whole file: it has most of its symbols, and it begins in the same way."""
    try:
        said = read_code(file, code).made
    except EditRefused:
        # What does not parse has no symbols to go by; half of the lines must be the file's.
        there = {line.strip() for line in text.splitlines() if line.strip()}
        return 2 * len(there & {line.strip() for line in code.splitlines()}) > len(there)
    if not file.by_key:
        return text.count("\n") <= SMALL or _begins_alike(file, said)
    known = {key for key, found in file.by_key.items() if found[0].scope.owner is None}
    shared = sum(key in said.by_key for key in known)
    imports = {squeezed(file.source, node) for node in file.module.imports}
    if imports and imports.isdisjoint(squeezed(said.source, node) for node in said.module.imports):
        return False
    return shared == len(known) or (2 * shared >= len(known) and _begins_alike(file, said))


def _begins_alike(file: Outline, said: Outline) -> bool:
    first, other = (
        next((shape(made.source, node) for node in made.root.named_children if "comment" not in node.type), None)
        for made in (file, said)
    )
    return first is not None and first == other

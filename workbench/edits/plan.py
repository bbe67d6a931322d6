"""From an answer to the new bytes of files: which file each piece of code means, in which form, and whether it may.

Nothing is written here. Either the whole answer becomes a plan, or it is refused.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Literal

from workbench.edits.answer import Block, blocks
from workbench.edits.foreign.answered import fits as foreign_fits
from workbench.edits.foreign.answered import foreign_text
from workbench.edits.layout import reindent
from workbench.edits.outline import outline
from workbench.edits.reading import MARGINED, read_code
from workbench.edits.source import PYTHON_SUFFIXES, check_encoding, decode
from workbench.edits.splicing import splice
from workbench.edits.wholefile import is_whole_python, whole_file
from workbench.errors import EditRefused
from workbench.model import Value
from workbench.repository import glob_match

Form = Literal["symbols", "whole-file"]
MAX_ANSWER = 100_000
"""Most characters of an answer that is read at all."""

_NOT_CODE = {"bash", "sh", "shell", "zsh", "console", "text", "txt", "output", "plaintext", "pycon", "powershell"}
_DIFF = {"diff", "patch", "udiff"}
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_TRY_WHOLE = {"off-target", "no-change", "cannot-place", "kind-changed"}


class Plan(Value):
    """What an answer does to files.

    Attributes:
        files: each changed path with its new bytes; None for a file that goes.
        left_out: symbols and statements of the answer that were not taken, by name.
        form: how the answer was read; `whole-file` where any file was.
    """

    files: dict[str, bytes | None]
    left_out: tuple[str, ...] = ()
    form: Form = "symbols"


def plan(
    files: Mapping[str, bytes],
    answer: str,
    *,
    targets: Sequence[str] | None = None,
    in_play: Collection[str] | None = None,
) -> Plan:
    """Return what `answer` makes of `files`.

    Args:
        files: the files by path, as they are.
        answer: a model's words.
        targets: paths or globs that may change; None for all of `files`.
        in_play: qualified names of Python symbols that may change; None for all.

    Raises:
        EditRefused: the answer cannot be used as a whole; nothing of it is.
    """
    if len(answer) > MAX_ANSWER:
        raise EditRefused("the answer is far too long", code="too-large", hint="ask for less at once")
    wanted = _by_file(files, _code_blocks(files, answer), targets)
    changed: dict[str, bytes | None] = {}
    left_out: list[str] = []
    form: Form = "symbols"
    for path, found in wanted.items():
        text = decode(path, files[path])
        new, missing, this_form = _new_text(path, text, found, in_play)
        content = _encoded(path, text, new)
        left_out += missing
        form = "whole-file" if this_form == "whole-file" else form
        if content != files[path]:
            changed[path] = content
    if not changed:
        raise EditRefused("the answer changes nothing", code="no-change", hint="change what the task asks for")
    return Plan(files=changed, left_out=tuple(dict.fromkeys(left_out)), form=form)


def _encoded(path: str, old: str, new: str) -> bytes:
    """Return the bytes of a new text, once it holds nothing that no answer should bring.

    Raises:
        EditRefused: it is no text (code `not-text`), hides its direction from the reader (`hidden-characters`), or
            does not fit the file's encoding.
    """
    try:
        content = new.encode("utf-8")
    except UnicodeEncodeError as error:
        raise EditRefused(f"{path} would hold half a character", code="not-text", hint="answer with text") from error
    if "\0" in new:
        raise EditRefused(f"{path} would be binary", code="not-text", hint="answer with text")
    # Marks that turn the direction of text make code look other than it is (CVE-2021-42574).
    if set(_TURNS.findall(new)) - set(old):
        hint = "answer without direction marks"
        raise EditRefused(f"{path} would hide its direction", code="hidden-characters", hint=hint)
    check_encoding(path, content)
    return content


def _code_blocks(files: Mapping[str, bytes], answer: str) -> list[Block]:
    found = [block for block in blocks(answer) if block.code.strip()]
    kept = [block for block in found if block.language not in _NOT_CODE or block.path]
    if not kept and any(not path.endswith(PYTHON_SUFFIXES) for path in files):
        kept = found
    if any(block.language in _DIFF for block in kept):
        raise EditRefused("the answer is a diff", code="unknown-form", hint="answer with whole symbols in a code fence")
    if not kept:
        raise EditRefused("the answer has no code", code="no-code", hint="answer with the code in a fence")
    return kept


def _by_file(files: Mapping[str, bytes], found: list[Block], targets: Sequence[str] | None) -> dict[str, list[Block]]:
    """Return the blocks of each file; a block that names no file belongs to the only one, or to the one it fits."""
    wanted: dict[str, list[Block]] = {}
    for block in found:
        path = _resolve(block, files)
        if targets is not None and not any(glob_match(path, target) for target in targets):
            raise EditRefused(f"{path} is not a target of the task", code="off-target", hint="change only its targets")
        wanted.setdefault(path, []).append(block)
    return wanted


def _resolve(block: Block, files: Mapping[str, bytes]) -> str:
    if block.path:
        named = block.path.removeprefix("./")
        stripped = named[2:] if named.startswith(("a/", "b/")) else named
        for known in (named, stripped):
            if known in files:
                return known
        fitting = [path for path in files if path.endswith(f"/{stripped}") or stripped.endswith(f"/{path}")]
        if len(fitting) == 1:
            return fitting[0]
        if len(fitting) > 1:
            raise EditRefused(f"{named} may be any of {', '.join(fitting)}", code="ambiguous", hint="name it in full")
        if (own := _with_first_line(block, files)) is not None:
            return own
        raise EditRefused(f"{named} is not one of the files at hand", code="off-target", hint=_known(files))
    if len(files) == 1:
        return next(iter(files))
    fitting = [path for path in files if _fits(path, files[path], block)]
    if len(fitting) != 1:
        raise EditRefused("it is not clear which file the code is for", code="ambiguous", hint="name the file above it")
    return fitting[0]


def _with_first_line(block: Block, files: Mapping[str, bytes]) -> str | None:
    """Return the one file that begins as a block does, whatever path that line, a comment of the file's own, names."""
    first = block.code.partition("\n")[0].strip()
    if not block.path or block.path not in first:
        return None
    fitting = [
        path for path, content in files.items() if first.encode("utf-8", "replace") in content[:1_000].splitlines()[:5]
    ]
    return fitting[0] if len(fitting) == 1 else None


def _known(files: Mapping[str, bytes]) -> str:
    return f"the files are {', '.join(list(files)[:8])}"


def _fits(path: str, content: bytes, block: Block) -> bool:
    """Return whether the file has a symbol that the code has too."""
    if not path.endswith(PYTHON_SUFFIXES):
        return foreign_fits(path, decode(path, content), block.code)
    try:
        there = outline(decode(path, content)).units
        said = read_code(block.code).units
    except EditRefused:
        return False
    return not there.keys().isdisjoint(said)


def _new_text(
    path: str, text: str, found: list[Block], in_play: Collection[str] | None
) -> tuple[str, tuple[str, ...], Form]:
    if not path.endswith(PYTHON_SUFFIXES):
        return foreign_text(path, text, [block.code for block in found], in_play)
    if in_play is None and len(found) == 1 and not _is_sound(text):
        # What does not parse has no symbols; it can still be mended whole.
        return whole_file(path, text, found[0].code), (), "whole-file"
    code = _joined([block.code for block in found])
    # With symbols in play the rest of the file is not the answer's to write.
    whole = len(found) == 1 and in_play is None and is_whole_python(text, code)
    try:
        spliced = splice(text, code, in_play)
    except EditRefused as refusal:
        if not whole or refusal.code not in _TRY_WHOLE:
            raise
        return whole_file(path, text, code), (), "whole-file"
    if whole and spliced.left_out:
        try:
            return whole_file(path, text, code), (), "whole-file"
        except EditRefused as refusal:
            if refusal.code != "drops-code":
                raise
    return spliced.text, spliced.left_out, "symbols"


def _is_sound(text: str) -> bool:
    try:
        outline(text)
    except EditRefused:
        return False
    return True


def _joined(codes: list[str]) -> str:
    """Return several pieces of code as one, each with its first level at the margin.

    Raises:
        EditRefused: one does not parse, or they mean something else together than apart.
    """
    if len(codes) == 1:
        return codes[0]
    pieces = [read_code(code) for code in codes]
    joined = "\n\n".join(reindent(piece.text.removeprefix(MARGINED), "", "    ") for piece in pieces)
    if len(read_code(joined).body) != sum(len(piece.body) for piece in pieces):
        raise EditRefused("the pieces of code do not fit together", code="ambiguous", hint="answer with one piece")
    return joined

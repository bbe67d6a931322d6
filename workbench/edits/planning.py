"""From an answer to the new bytes of files: which file each piece of it means, in which form, and whether it may.

Nothing is written here. Either the whole answer becomes a plan, or it is refused.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Collection, Mapping, Sequence

from workbench.edits.answer import Block, read
from workbench.edits.foreign.answered import fits as foreign_fits
from workbench.edits.foreign.answered import foreign_text
from workbench.edits.forms.paths import candidates, spellings
from workbench.edits.forms.placeholders import refuse_placeholder_lines
from workbench.edits.forms.usable import usable_blocks, without_drift
from workbench.edits.ladder.hunking import Made, carry_out, refuse_off_target
from workbench.edits.match import FUZZY
from workbench.edits.plans import Form, PlacedHunk, Plan
from workbench.edits.python.outline import outline
from workbench.edits.python.reading import MARGINED, read_code
from workbench.edits.python.settling import settle
from workbench.edits.source import PYTHON_SUFFIXES, check_encoding, decode, parse
from workbench.edits.splicing import Splice, splice
from workbench.edits.wholefile import claims_whole, is_copy, is_whole_python, refuse_dropped_symbols, whole_file
from workbench.errors import EditRefused
from workbench.repository import glob_match

MAX_ANSWER = 400_000
"""Most characters of an answer that is read at all."""

_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_TRY_WHOLE = {"off-target", "no-change", "cannot-place", "kind-changed"}


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
        targets: paths or globs that may change or be made; None for whatever the answer names.
        in_play: qualified names of Python symbols that may change; None for all.

    Raises:
        EditRefused: the answer cannot be used as a whole; nothing of it is.
    """
    if len(answer) > MAX_ANSWER:
        raise EditRefused("the answer is far too long", code="too-large", hint="ask for less at once")
    said = read(answer)
    made = carry_out(files, said.changes, targets, in_play) if said.changes else []
    changed = {one.path: _bytes_of(one) for one in made}
    left_out = [name for one in made for name in one.left_out]
    form: Form = "symbols"
    wanted = _by_file(files, usable_blocks(files, said), targets) if said.blocks or not made else {}
    for path, found in wanted.items():
        if path in changed:
            raise EditRefused(f"{path} is answered twice over", code="ambiguous", hint="answer with each file once")
        text = decode(path, files.get(path, b""))
        new, missing, this_form = (
            _new_text(path, text, found, in_play) if path in files else _made_new(path, found, files)
        )
        changed[path] = _encoded(path, text, new)
        left_out += missing
        form = "whole-file" if this_form == "whole-file" else form
    modes = {one.path: one.mode for one in made if one.mode is not None}
    changed = {path: content for path, content in changed.items() if path in modes or content != files.get(path)}
    if not changed:
        raise EditRefused("the answer changes nothing", code="no-change", hint="change what the task asks for")
    return Plan(
        files=changed,
        left_out=tuple(dict.fromkeys(left_out)),
        form=form if not made else "mixed" if said.form in {"mixed", "none", "code"} else said.form,
        sure=said.sure,
        hunks=tuple(placed for one in made for placed in _placed(one)),
        modes=modes,
        renamed={one.path: one.renamed_from for one in made if one.renamed_from},
    )


def _bytes_of(made: Made) -> bytes | None:
    return None if made.after is None else _encoded(made.path, made.before or "", made.after)


def _placed(made: Made) -> list[PlacedHunk]:
    return [
        PlacedHunk(
            path=made.path,
            number=match.hunk.number,
            first=match.first + 1,
            last=match.last + 1,
            level=match.level,
            score=match.score,
            fuzzy=match.level >= FUZZY,
        )
        for match in made.matches
    ]


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
    if not new.isascii() and set(_TURNS.findall(new)) - set(old):
        hint = "answer without direction marks"
        raise EditRefused(f"{path} would hide its direction", code="hidden-characters", hint=hint)
    check_encoding(path, content)
    return content


def _by_file(files: Mapping[str, bytes], found: list[Block], targets: Sequence[str] | None) -> dict[str, list[Block]]:
    """Return the blocks of each file; a block that names no file belongs to the only one, or to the one it fits."""
    wanted: dict[str, list[Block]] = {}
    for block in found:
        path = _new_file(block, files, targets) or _resolve(block, files)
        refuse_off_target(path, targets)
        wanted.setdefault(path, []).append(block)
    return wanted


def _new_file(block: Block, files: Mapping[str, bytes], targets: Sequence[str] | None) -> str | None:
    """Return the name of the file that a block makes: one that no file has and that a target names."""
    if not block.path or targets is None or candidates(block.path, files) or _with_first_line(block, files):
        return None
    named = spellings(block.path)[0]
    return named if any(glob_match(named, target) for target in targets) else None


def _resolve(block: Block, files: Mapping[str, bytes]) -> str:
    if block.path:
        named = spellings(block.path)[0]
        fitting = candidates(block.path, files)
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
        path
        for path, content in files.items()
        if first.encode("utf-8", "replace") in content.removeprefix(BOM_UTF8)[:1_000].splitlines()[:5]
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


def _made_new(path: str, found: list[Block], files: Mapping[str, bytes]) -> tuple[str, tuple[str, ...], Form]:
    if len(found) > 1:
        raise EditRefused(f"{path} is answered in several pieces", code="ambiguous", hint="answer with it whole")
    code = without_drift(found[0].code, (content.decode("utf-8", "replace") for content in files.values()))
    refuse_placeholder_lines(code, "")
    if path.endswith(PYTHON_SUFFIXES):
        parse(code, "answer")
    return code, (), "whole-file"


def _new_text(
    path: str, text: str, found: list[Block], in_play: Collection[str] | None
) -> tuple[str, tuple[str, ...], Form]:
    if not path.endswith(PYTHON_SUFFIXES):
        return foreign_text(path, text, [block.code for block in found], in_play)
    if in_play is None and len(found) == 1 and not _is_sound(text):
        # What does not parse has no symbols; it can still be mended whole.
        return whole_file(path, text, without_drift(found[0].code, [text])), (), "whole-file"
    code = _joined([block.code for block in found])
    # With symbols in play the rest of the file is not the answer's to write.
    if len(found) == 1 and in_play is None and is_copy(text, without_drift(code, [text])):
        refuse_dropped_symbols(path, text, code)
        return whole_file(path, text, code), (), "whole-file"
    whole = len(found) == 1 and in_play is None and is_whole_python(text, code)
    try:
        spliced = _spliced(text, code, in_play)
    except EditRefused as refusal:
        if not whole or refusal.code not in _TRY_WHOLE:
            raise
        return whole_file(path, text, code), (), "whole-file"
    if whole and claims_whole(text, code):
        made = whole_file(path, text, code)
        if made != spliced.text:
            raise EditRefused(
                f"the answer has part of {path}, or drops some of it",
                code="drops-code",
                hint="answer with the whole file, or with whole symbols alone",
            )
    if in_play is None and spliced.unplaced:
        # Statements outside symbols that have no place in the file: half of what the answer means would be lost.
        raise EditRefused(
            f"{path}: {spliced.unplaced[0]} of the answer has no place in the file",
            code="cannot-place",
            hint="answer with the whole file, or with whole symbols alone",
        )
    return spliced.text, spliced.left_out, "symbols"


def _spliced(text: str, code: str, in_play: Collection[str] | None) -> Splice:
    try:
        return splice(text, code, in_play)
    except EditRefused as refusal:
        if in_play is not None or refusal.code != "no-change":
            raise
        # Where nothing else changes, comments may be what was asked for.
        return splice(text, code, comments_count=True)


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
    joined = "\n\n".join(settle(piece.text.removeprefix(MARGINED), "", "    ") for piece in pieces)
    if len(read_code(joined).body) != sum(len(piece.body) for piece in pieces):
        raise EditRefused("the pieces of code do not fit together", code="ambiguous", hint="answer with one piece")
    return joined

"""From an answer to the new bytes of files: which file each piece of it means, in which form, and whether it may.

Nothing is written here. Either the whole answer becomes a plan, or it is refused.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Literal

from pydantic import Field

from workbench.edits.answer import Answer, Block, read
from workbench.edits.bodies import without_numbers
from workbench.edits.escapes import ENTITY, unescape
from workbench.edits.fences import parses
from workbench.edits.hunking import Made, carry_out, refuse_off_target
from workbench.edits.layout import reindent
from workbench.edits.match import FUZZY
from workbench.edits.outline import outline
from workbench.edits.page import Page, fold
from workbench.edits.paths import candidates, spellings
from workbench.edits.placeholders import refuse_placeholder_lines
from workbench.edits.reading import MARGINED, read_code
from workbench.edits.source import PYTHON_SUFFIXES, check_encoding, decode, parse
from workbench.edits.splicing import Splice, splice
from workbench.edits.wholefile import claims_whole, is_copy, is_whole_python, refuse_dropped_symbols, whole_file
from workbench.errors import EditRefused
from workbench.model import Value
from workbench.repository import glob_match

Form = Literal["symbols", "whole-file", "search-replace", "unified-diff", "v4a", "mixed"]
MAX_ANSWER = 400_000
"""Most characters of an answer that is read at all."""

_NOT_CODE = {"bash", "sh", "shell", "zsh", "console", "text", "txt", "output", "plaintext", "pycon", "powershell"}
_DIFF = {"diff", "patch", "udiff"}
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_TRY_WHOLE = {"off-target", "no-change", "cannot-place", "kind-changed"}


class PlacedHunk(Value):
    """Where a hunk of an answer was found, for whoever reviews it.

    Attributes:
        number: which hunk of the answer it is, from 1.
        first: its first line in the file as it was, from 1.
        last: its last.
        level: the level of the ladder that decided, 0 for equal bytes.
        score: how well it fits, up to 1.
        fuzzy: whether it fits only loosely, so that a reviewer should look twice.
    """

    path: str
    number: int
    first: int
    last: int
    level: int
    score: float
    fuzzy: bool = False

    def __str__(self) -> str:
        """Return it in words, as a note of a proposal has it."""
        how = "exact" if not self.level else f"fuzzy, level {self.level}" if self.fuzzy else f"level {self.level}"
        return f"{self.path}:{self.first}: match {how} ({self.score:.2f})"


class Plan(Value):
    """What an answer does to files.

    Attributes:
        files: each changed path with its new bytes; None for a file that goes.
        left_out: symbols and statements of the answer that were not taken, by name.
        form: how the answer was read; `whole-file` where any file was.
        sure: how sure the reader is that it read the answer as it was meant, from 0 to 1.
        hunks: where the hunks of the answer were found; empty where it has none.
        modes: permission bits that the answer sets, by path.
        renamed: the old path of each file that is renamed, by its new one.
    """

    files: dict[str, bytes | None]
    left_out: tuple[str, ...] = ()
    form: Form = "symbols"
    sure: float = 1.0
    hunks: tuple[PlacedHunk, ...] = ()
    modes: dict[str, int] = Field(default_factory=dict)
    renamed: dict[str, str] = Field(default_factory=dict)

    def is_fuzzy(self, path: str) -> bool:
        """Return whether some hunk of a file fits only loosely."""
        return any(hunk.fuzzy and hunk.path == path for hunk in self.hunks)


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
    wanted = _by_file(files, _code_blocks(files, said), targets) if said.blocks or not made else {}
    for path, found in wanted.items():
        if path in changed:
            raise EditRefused(f"{path} is answered twice over", code="ambiguous", hint="answer with each file once")
        text = decode(path, files.get(path, b""))
        new, missing, this_form = _new_text(path, text, found, in_play) if path in files else _made_new(path, found)
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
    if set(_TURNS.findall(new)) - set(old):
        hint = "answer without direction marks"
        raise EditRefused(f"{path} would hide its direction", code="hidden-characters", hint=hint)
    check_encoding(path, content)
    return content


def _code_blocks(files: Mapping[str, bytes], said: Answer) -> list[Block]:
    whole = _unfenced_file(files, said.text) if not said.changes else None
    found = [block for block in ((whole,) if whole else said.blocks) if block.code.strip()]
    kept = [block for block in found if block.language not in _NOT_CODE or block.path]
    if not kept and any(not path.endswith(PYTHON_SUFFIXES) for path in files):
        kept = found
    if any(block.language in _DIFF for block in kept):
        raise EditRefused(
            "the answer's diff has no hunk", code="malformed", hint="answer with whole symbols in a fence"
        )
    if not kept:
        raise EditRefused("the answer has no code", code="no-code", hint="answer with the code in a fence")
    return [_without_numbers(_unescaped(block, files) if said.is_escaped else block) for block in kept]


def _unfenced_file(files: Mapping[str, bytes], text: str) -> Block | None:
    """Return an answer without fences as a file, where it has the first and the last line of one of them."""
    if "```" in text or "~~~" in text:
        return None
    lines = text.split("\n")
    found = []
    for path, content in files.items():
        page = Page(content.decode("utf-8", "replace"))
        ends = [page.lines[number] for number in page.solid[:: max(1, len(page.solid) - 1)]]
        if len(page.solid) > 1 and ends[0] in lines and ends[-1] in lines:
            first, last = lines.index(ends[0]), len(lines) - 1 - lines[::-1].index(ends[-1])
            if first < last:
                found.append(Block(language="", path=path, code="\n".join(lines[first : last + 1]) + "\n"))
    return found[0] if len(found) == 1 else None


def _without_numbers(block: Block) -> Block:
    """Return a block without the numbers before its lines, where every line has one."""
    lines = block.code.removesuffix("\n").split("\n")
    plain = without_numbers(lines) if len(lines) > 2 else None
    return block if plain is None else block.model_copy(update={"code": "\n".join(plain) + "\n"})


def _unescaped(block: Block, files: Mapping[str, bytes]) -> Block:
    """Return a block that looks like HTML without its entities, if the files bear out that they are none of their own.

    Raises:
        EditRefused: nothing in the files says which it is (code `escaped`).
    """
    text = block.code
    if not ENTITY.search(text):
        return block
    known = {fold(line) for content in files.values() for line in Page(content.decode("utf-8", "replace")).lines}
    lines = [line for line in text.split("\n") if ENTITY.search(line)]
    plain = block.model_copy(update={"code": unescape(text)})
    if any(fold(line) in known for line in lines):
        return block
    if any(fold(unescape(line)) in known for line in lines):
        return plain
    if not parses(text.split("\n")) and parses(plain.code.split("\n")):
        return plain
    raise EditRefused("the answer may have gone through HTML", code="escaped", hint="answer with plain text")


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
        path for path, content in files.items() if first.encode("utf-8", "replace") in content[:1_000].splitlines()[:5]
    ]
    return fitting[0] if len(fitting) == 1 else None


def _known(files: Mapping[str, bytes]) -> str:
    return f"the files are {', '.join(list(files)[:8])}"


def _fits(path: str, content: bytes, block: Block) -> bool:
    """Return whether the file has a symbol that the code has too."""
    if not path.endswith(PYTHON_SUFFIXES):
        return False
    try:
        there = outline(decode(path, content)).units
        said = read_code(block.code).units
    except EditRefused:
        return False
    return not there.keys().isdisjoint(said)


def _made_new(path: str, found: list[Block]) -> tuple[str, tuple[str, ...], Form]:
    if len(found) > 1:
        raise EditRefused(f"{path} is answered in several pieces", code="ambiguous", hint="answer with it whole")
    refuse_placeholder_lines(found[0].code, "")
    if path.endswith(PYTHON_SUFFIXES):
        parse(found[0].code, "answer")
    return found[0].code, (), "whole-file"


def _new_text(
    path: str, text: str, found: list[Block], in_play: Collection[str] | None
) -> tuple[str, tuple[str, ...], Form]:
    if not path.endswith(PYTHON_SUFFIXES):
        if len(found) > 1:
            raise EditRefused(f"{path} is answered in several pieces", code="ambiguous", hint="answer with it whole")
        return whole_file(path, text, found[0].code), (), "whole-file"
    if in_play is None and len(found) == 1 and not _is_sound(text):
        # What does not parse has no symbols; it can still be mended whole.
        return whole_file(path, text, found[0].code), (), "whole-file"
    code = _joined([block.code for block in found])
    # With symbols in play the rest of the file is not the answer's to write.
    if len(found) == 1 and in_play is None and is_copy(text, code):
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
    joined = "\n\n".join(reindent(piece.text.removeprefix(MARGINED), "", "    ") for piece in pieces)
    if len(read_code(joined).body) != sum(len(piece.body) for piece in pieces):
        raise EditRefused("the pieces of code do not fit together", code="ambiguous", hint="answer with one piece")
    return joined

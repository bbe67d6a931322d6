"""Edits as unified diffs that `git apply` accepts, as numbered hunks, and as the edits that a choice of hunks leaves.

The change of a text file is as many hunks as git would show; creating, deleting, a binary file and a change of mode
alone are one hunk each. Numbers run from 1 across all files in the order of the edits.
"""

from __future__ import annotations

import base64
import hashlib
import zlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from workbench.edits.lines import Region, regions, split_lines
from workbench.errors import EditRefused
from workbench.model import FileEdit, ResultFile, Value

if TYPE_CHECKING:
    from unidiff.patch import Hunk as ParsedHunk

_NO_NEWLINE = b"\\ No newline at end of file\n"
_ESCAPES = {7: "a", 8: "b", 9: "t", 10: "n", 11: "v", 12: "f", 13: "r", 34: '"', 92: "\\"}


class Hunk(Value):
    """One part of a proposal that can be kept or left out.

    Attributes:
        number: from 1, across all files.
        header: the lines of the diff that name the file, the same for all its hunks.
        text: the hunk itself from its `@@` line on; for what has no lines, empty or git's binary form.
        whole: whether the file is created, deleted, binary or only its mode changes.
    """

    number: int
    path: str
    header: str
    text: str
    added: int = 0
    removed: int = 0
    whole: bool = False


@dataclass(frozen=True)
class _Part:
    text: bytes
    added: int
    removed: int
    region: Region | None


def unified(edits: Sequence[FileEdit]) -> str:
    """Return the edits as one git-style unified diff; empty where nothing changes."""
    written = []
    for edit in edits:
        parts = _parts(edit)
        if parts:
            written.append(_header(edit) + b"".join(part.text for part in parts))
    return b"".join(written).decode("utf-8")


def hunks(edits: Sequence[FileEdit]) -> tuple[Hunk, ...]:
    """Return all hunks of the edits, numbered."""
    found: list[Hunk] = []
    for edit in edits:
        header = _header(edit).decode("utf-8")
        found.extend(
            Hunk(
                number=number,
                path=edit.path,
                header=header,
                text=part.text.decode("utf-8"),
                added=part.added,
                removed=part.removed,
                whole=part.region is None,
            )
            for number, part in enumerate(_parts(edit), len(found) + 1)
        )
    return tuple(found)


def read_hunks(patch: str) -> tuple[Hunk, ...]:
    """Return the hunks of a diff that `unified` wrote: what `hunks` says of the edits, for whoever has only the diff.

    Raises:
        EditRefused: this is no such diff (code `not-a-patch`).
    """
    from unidiff.errors import UnidiffParseError
    from unidiff.patch import PatchSet

    found: list[Hunk] = []
    for section in _sections(patch):
        header, path = _read_header(section)
        body = section[len(header) :]
        if not body or body.startswith("GIT binary patch\n"):
            found.append(Hunk(number=len(found) + 1, path=path, header=header, text=body, whole=True))
            continue
        try:
            parsed = list(PatchSet(f"--- a\n+++ b\n{body}")[0])
        except (UnidiffParseError, IndexError) as error:
            raise EditRefused(f"the diff of {path} cannot be read: {error}", code="not-a-patch") from error
        whole = "\nnew file mode " in header or "\ndeleted file mode " in header
        found.extend(_hunk(hunk, number, path, header, whole) for number, hunk in enumerate(parsed, len(found) + 1))
    return tuple(found)


def _hunk(parsed: ParsedHunk, number: int, path: str, header: str, whole: bool) -> Hunk:
    old = _span(parsed.source_start, parsed.source_length)
    new = _span(parsed.target_start, parsed.target_length)
    text = f"@@ -{old} +{new} @@\n{''.join(str(line) for line in parsed)}"
    return Hunk(
        number=number, path=path, header=header, text=text, added=parsed.added, removed=parsed.removed, whole=whole
    )


def choose(edits: Sequence[FileEdit], keep: Collection[int]) -> tuple[FileEdit, ...]:
    """Return the edits with only the hunks numbered in `keep`; files that keep none are left out.

    Raises:
        EditRefused: a number names no hunk (code `no-such-hunk`).
    """
    chosen = []
    first = 1
    for edit in edits:
        parts = _parts(edit)
        kept = [part for number, part in enumerate(parts, first) if number in keep]
        first += len(parts)
        if len(kept) == len(parts) and parts:
            chosen.append(edit)
        elif kept:
            chosen.append(edit.model_copy(update={"after": _rebuild(edit, [part.region for part in kept])}))
    unknown = sorted(number for number in set(keep) if not 1 <= number < first)
    if unknown:
        raise EditRefused(
            f"there is no hunk {unknown[0]}",
            code="no-such-hunk",
            hint=f"hunks are numbered 1 to {first - 1}" if first > 1 else "this proposal changes nothing",
        )
    return tuple(chosen)


def counts(edits: Sequence[FileEdit]) -> tuple[ResultFile, ...]:
    """Return lines added and removed for each file that changes."""
    counted = []
    for edit in edits:
        parts = _parts(edit)
        if parts:
            added, removed = sum(part.added for part in parts), sum(part.removed for part in parts)
            counted.append(ResultFile(path=edit.path, added=added, removed=removed))
    return tuple(counted)


def _rebuild(edit: FileEdit, kept: Sequence[Region | None]) -> bytes:
    old, new = split_lines(edit.before or b""), split_lines(edit.after or b"")
    built: list[bytes] = []
    at = 0
    for change in (change for region in kept if region is not None for change in region.changes):
        built += [*old[at : change.old_first], *new[change.new_first : change.new_end]]
        at = change.old_end
    return b"".join([*built, *old[at:]])


def _parts(edit: FileEdit) -> list[_Part]:
    if edit.before == edit.after:
        return [_Part(b"", 0, 0, None)] if edit.before is not None and edit.mode is not None else []
    if _is_binary(edit.before) or _is_binary(edit.after):
        return [_Part(_binary(edit), 0, 0, None)]
    old, new = split_lines(edit.before or b""), split_lines(edit.after or b"")
    found = []
    for region in regions(old, new):
        added = sum(change.new_end - change.new_first for change in region.changes)
        removed = sum(change.old_end - change.old_first for change in region.changes)
        found.append(_Part(_region_text(region, old, new), added, removed, region))
    if edit.before is None or edit.after is None:
        only = found[0] if found else _Part(b"", 0, 0, None)
        return [_Part(only.text, only.added, only.removed, None)]
    return found


def _region_text(region: Region, old: Sequence[bytes], new: Sequence[bytes]) -> bytes:
    old_span = _place(region.old_first, region.old_end)
    new_span = _place(region.new_first, region.new_end)
    lines = [f"@@ -{old_span} +{new_span} @@\n".encode()]
    at = region.old_first
    for change in region.changes:
        lines += [_line(b" ", line) for line in old[at : change.old_first]]
        lines += [_line(b"-", line) for line in old[change.old_first : change.old_end]]
        lines += [_line(b"+", line) for line in new[change.new_first : change.new_end]]
        at = change.old_end
    lines += [_line(b" ", line) for line in old[at : region.old_end]]
    return b"".join(lines)


def _place(first: int, end: int) -> str:
    # An empty side is named by the line before it.
    return _span(first + 1 if end > first else first, end - first)


def _span(start: int, length: int) -> str:
    return f"{start}" if length == 1 else f"{start},{length}"


def _line(mark: bytes, line: bytes) -> bytes:
    return mark + line if line.endswith(b"\n") else mark + line + b"\n" + _NO_NEWLINE


def _header(edit: FileEdit) -> bytes:
    old, new = _quoted(f"a/{edit.path}"), _quoted(f"b/{edit.path}")
    lines = [f"diff --git {old} {new}"]
    if edit.before is None:
        lines.append(f"new file mode {_git_mode(edit.mode)}")
    elif edit.after is None:
        lines.append(f"deleted file mode {_git_mode(edit.mode)}")
    elif edit.mode is not None:
        # An edit tells only the mode that is to be; git knows two, so the old one is the other.
        other = 0o644 if edit.mode & 0o111 else 0o755
        lines += [f"old mode {_git_mode(other)}", f"new mode {_git_mode(edit.mode)}"]
    if _is_binary(edit.before) or _is_binary(edit.after):
        lines.append(f"index {_blob_id(edit.before)}..{_blob_id(edit.after)}")
    elif (edit.before or b"") != (edit.after or b""):
        lines.append("--- /dev/null" if edit.before is None else f"--- {_ended(old)}")
        lines.append("+++ /dev/null" if edit.after is None else f"+++ {_ended(new)}")
    return "".join(f"{line}\n" for line in lines).encode()


def _git_mode(mode: int | None) -> str:
    return "100755" if mode is not None and mode & 0o111 else "100644"


def _quoted(name: str) -> str:
    """Return `name` as git writes it with core.quotePath off: C-quoted where it holds what a line cannot carry."""
    if all(character.isprintable() and character not in '"\\' for character in name):
        return name
    written = []
    for character in name:
        if character.isprintable() and character not in '"\\':
            written.append(character)
            continue
        read = character.encode("utf-8", "surrogateescape")
        written += [f"\\{_ESCAPES[byte]}" if byte in _ESCAPES else f"\\{byte:03o}" for byte in read]
    return f'"{"".join(written)}"'


def _unquoted(name: str) -> str:
    if not name.startswith('"'):
        return name
    letters = {letter: byte for byte, letter in _ESCAPES.items()}
    read = bytearray()
    rest = name[1:-1]
    while rest:
        if rest[0] != "\\":
            read += rest[0].encode()
            rest = rest[1:]
        elif rest[1] in letters:
            read.append(letters[rest[1]])
            rest = rest[2:]
        else:
            read.append(int(rest[1:4], 8))
            rest = rest[4:]
    return read.decode("utf-8", "surrogateescape")


def _ended(name: str) -> str:
    # git ends a name that holds a space with a tab, so that a date after it could be told apart.
    return f"{name}\t" if " " in name and not name.startswith('"') else name


def _is_binary(content: bytes | None) -> bool:
    if content is None:
        return False
    if b"\0" in content:
        return True
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


def _blob_id(content: bytes | None) -> str:
    if content is None:
        return "0" * 40
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def _binary(edit: FileEdit) -> bytes:
    return b"GIT binary patch\n" + _literal(edit.after or b"") + _literal(edit.before or b"")


def _literal(content: bytes) -> bytes:
    """Return `content` in the form of git's base85.c: each line a letter for its length, then up to 52 bytes."""
    packed = zlib.compress(content)
    lines = [b"literal %d\n" % len(content)]
    for start in range(0, len(packed), 52):
        piece = packed[start : start + 52]
        length = len(piece)
        lines += [bytes([64 + length if length <= 26 else 70 + length]), base64.b85encode(piece, pad=True), b"\n"]
    return b"".join([*lines, b"\n"])


def _sections(patch: str) -> Iterator[str]:
    starts: list[int] = []
    at = 0
    for line in patch.split("\n"):
        # Lines of a hunk begin with a mark, those of git's binary form with a letter and no space.
        if line.startswith("diff --git "):
            starts.append(at)
        at += len(line) + 1
    if patch and (not starts or starts[0]):
        raise EditRefused("a diff begins with `diff --git`", code="not-a-patch")
    for start, end in pairwise([*starts, len(patch)]):
        yield patch[start:end]


def _read_header(section: str) -> tuple[str, str]:
    lines = section.split("\n")
    names = lines[0].removeprefix("diff --git ")
    # Both names are the same apart from a/ and b/, so each takes half.
    path = _unquoted(names[: len(names) // 2])[2:]
    length = 0
    for line in lines:
        if line.startswith(("@@ ", "GIT binary patch")) or not line:
            break
        length += len(line) + 1
    return section[:length], path

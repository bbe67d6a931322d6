"""Unified diffs as models write them: with wrong numbers or none, lines that lost their leading space, prose behind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from workbench.edits.forms.bodies import MOST_HUNKS, is_short, is_whole, newlines, readings
from workbench.edits.forms.hunks import Action, FileChange, Hunk, new_side, old_side
from workbench.edits.forms.paths import path_of_comment, path_of_heading, words_that_may_name
from workbench.errors import EditRefused

_AT = re.compile(
    r"^@@(?:[ \t]*-(?P<first>\d+)(?:,(?P<old>\d+))?[ \t]+\+\d+(?:,(?P<new>\d+))?[ \t]*@@)?(?P<heading>.*)$"
)
_OLD = re.compile(r"^--- (?P<path>\S.*)$")
_NEW = re.compile(r"^\+\+\+ (?P<path>\S.*)$")
_GIT = re.compile(r"^diff --git (?P<paths>.+)$")
_MODE = re.compile(r"^(?P<what>new file mode|new mode|deleted file mode) (?P<mode>\d{6})$")
_RENAME = re.compile(r"^(?P<what>rename|copy) (?P<side>from|to) (?P<path>.+)$")
_FENCE = re.compile(r"^[ \t]{0,3}(?:`{3,}|~{3,})")
_OPENS = re.compile(r"^[ \t]{0,3}(?:`{3,}|~{3,})[ \t]*(?P<info>\w[^`]*)$")
_AFTER_PATH = re.compile(
    r"(?:\t.*|\s+\((?:working copy|revision \d+|new|old|original|modified)\)|\s+\d{4}-\d\d-\d\d[ T].*)$"
)
_ESCAPED = re.compile(r"\\([abtnvfr\"\\]|[0-7]{3})")
_DIFF_LANGUAGES = {"diff", "patch", "udiff"}


@dataclass
class _File:
    """One file's part of a diff in the making."""

    old: str | None = None
    new: str | None = None
    action: Action = "update"
    renamed: tuple[str | None, str | None] = (None, None)
    mode: int | None = None
    hints: tuple[str, ...] = ()
    hunks: list[Hunk] = field(default_factory=list)
    said: bool = False
    named: bool = False


def has_diff(lines: Sequence[str]) -> bool:
    """Return whether there are lines that only a unified diff has."""
    in_diff = any(
        _OPENS.match(line) and _opened(line) in _DIFF_LANGUAGES for line in lines if line.lstrip()[:3] in _MARKS
    )
    return in_diff or any(
        line.startswith("@@")
        or (line.startswith("--- ") and lines[at + 1 : at + 2] and lines[at + 1].startswith("+++ "))
        or (line.startswith("diff --git ") and at + 1 < len(lines))
        for at, line in enumerate(lines)
        if line[:3] in {"@@ ", "@@", "---", "dif"}
    )


_MARKS = {"```", "~~~"}


def _opened(line: str) -> str:
    found = _OPENS.match(line)
    return found["info"].split()[0].split(":")[0].lower() if found and found["info"].split() else ""


def read_diff(lines: Sequence[str], *, ended: bool) -> tuple[list[FileChange], list[tuple[int, int]]]:
    """Return the changes that a diff in an answer makes, and the lines it stands on.

    Args:
        lines: the answer's.
        ended: whether the answer's last line has its end, so that it was not cut off in the middle of it.

    Raises:
        EditRefused: it was cut off (code `cut-off`), or it is a copy or binary (code `unknown-form`).
    """
    reader = _Reader(lines, ended=ended)
    reader.run()
    return [change for file in reader.files if (change := _change(file)) is not None], reader.taken


class _Reader:
    def __init__(self, lines: Sequence[str], *, ended: bool) -> None:
        self.lines = lines
        self.ended = ended
        self.files: list[_File] = []
        self.taken: list[tuple[int, int]] = []
        self.count = 0
        self.last = max((number for number, line in enumerate(lines) if line.strip()), default=-1)
        self.fenced: int | None = None
        self.is_diff = False

    def run(self) -> None:
        at = 0
        while at < len(self.lines):
            begun, self.is_diff = at, True
            at = self._step(at)
            if self.is_diff:
                self.taken.append((begun, at - 1))

    def _step(self, at: int) -> int:
        line = self.lines[at]
        if _FENCE.match(line):
            return self._fence(at)
        if line.startswith("diff --git ") and (git := _GIT.match(line)):
            old, new = _git_paths(git["paths"])
            self._add_file(_File(old=old, new=new, said=True))
            return at + 1
        if self._is_pair(at):
            return self._names(at)
        if line.startswith(("GIT binary patch", "Binary files ")):
            raise EditRefused("the answer has a binary diff", code="binary", hint="only text files can be changed")
        if self.files and self.files[-1].said and not self.files[-1].hunks and (self._extended(line)):
            return at + 1
        if line.startswith("@@") and (found := _AT.match(line)):
            return self._hunk(at, found)
        self.is_diff = False
        return at + 1

    def _is_header(self, at: int) -> bool:
        return self.lines[at].startswith(("diff --git", "--- ", "+++ ", "@@"))

    def _is_pair(self, at: int) -> bool:
        old, new = _OLD.match(self.lines[at]), _NEW.match(self.lines[at])
        following = self.lines[at + 1] if at + 1 < len(self.lines) else ""
        if old:
            return bool(_NEW.match(following)) or following.startswith("@@")
        return bool(new) and following.startswith("@@")

    def _names(self, at: int) -> int:
        """Take in the lines that name the old and the new file."""
        old, new = _OLD.match(self.lines[at]), None
        end = at + 1
        if old is None:
            new = _NEW.match(self.lines[at])
        elif end < len(self.lines):
            new = _NEW.match(self.lines[end])
            end += new is not None
        last = self.files[-1] if self.files else None
        if last is None or not last.said or last.hunks or last.named:
            last = _File(said=True)
            self._add_file(last)
        last.named = True
        names = [None if one is None else _name(one["path"]) for one in (old, new)]
        if names[0] == "/dev/null":
            last.action = "create"
        elif names[1] == "/dev/null":
            last.action = "delete"
        last.old = names[0] or names[1]
        last.new = names[1] or names[0]
        return end

    def _extended(self, line: str) -> bool:
        """Take in a line of git's extended header; return whether it was one."""
        file = self.files[-1]
        if mode := _MODE.match(line):
            if mode["what"] == "deleted file mode":
                file.action = "delete"
            elif int(mode["mode"], 8) & 0o170000 not in {0, 0o100000}:
                raise EditRefused("the answer makes a link", code="unsafe-path", hint="only plain files can be changed")
            else:
                file.mode = int(mode["mode"], 8) & 0o777
                file.action = "create" if mode["what"] == "new file mode" else file.action
            return True
        if rename := _RENAME.match(line):
            if rename["what"] == "copy":
                raise EditRefused("the answer copies a file", code="unknown-form", hint="write the new file whole")
            old, new = file.renamed
            path = _unquoted(rename["path"])
            file.renamed = (path, new) if rename["side"] == "from" else (old, path)
            return True
        return line.startswith(("index ", "similarity index ", "old mode ", "dissimilarity index "))

    def _fence(self, at: int) -> int:
        """Step over a fence; in one for diffs without any header or `@@`, its lines are one hunk."""
        self.is_diff = False
        if self.fenced is not None and not self.lines[at].strip().strip("`~"):
            self.fenced = None
            return at + 1
        self.fenced = at
        if _opened(self.lines[at]) not in _DIFF_LANGUAGES:
            return at + 1
        end = at + 1
        while end < len(self.lines) and not _FENCE.match(self.lines[end]):
            if self._is_header(end) or self.lines[end].startswith("*** "):
                return at + 1
            end += 1
        body = self.lines[at + 1 : end]
        if not any(line.startswith(("+", "-")) for line in body):
            return at + 1
        self.taken.append((at + 1, end - 1))
        open_end = self._is_open(end, body, None)
        self._file_for(at + 1)
        self._add(Hunk(self.count + 1, readings(body, None), open_end=open_end))
        return end

    def _hunk(self, at: int, found: re.Match[str]) -> int:
        end = at + 1
        counts = _counts(found)
        while end < len(self.lines) and not self._ends(end, at, counts):
            end += 1
        body = list(self.lines[at + 1 : end])
        open_end = self._is_open(end, body, counts)
        self._file_for(at)
        first = int(found["first"]) if found["first"] else None
        heading = (found["heading"] or "").strip().removesuffix("@@").strip(" .") if first is None else ""
        old_newline, new_newline = newlines(body)
        self._add(
            Hunk(
                self.count + 1,
                readings(body, counts),
                line=first if first else None,
                anchors=(heading,) if heading else (),
                old_newline=old_newline,
                new_newline=new_newline,
                open_end=open_end,
            )
        )
        return end

    def _ends(self, number: int, start: int, counts: tuple[int, int] | None) -> bool:
        """Return whether a hunk's lines end before line `number`."""
        line = self.lines[number]
        if line.startswith("@@") and _AT.match(line):
            return True
        if line.startswith(("diff --git ", "*** End Patch", "*** Begin Patch", "Index: ")):
            return True
        if _FENCE.match(line):
            return not line.startswith(" ")
        return line.startswith("--- ") and self._is_pair(number) and not self._is_wanted(number, start, counts)

    def _is_wanted(self, number: int, start: int, counts: tuple[int, int] | None) -> bool:
        """Return whether a line that looks like a header is still one of the hunk's own, as its numbers say."""
        after = self.lines[number + 2] if number + 2 < len(self.lines) else ""
        if counts is None or after.startswith("@@"):
            return False
        body = self.lines[start + 1 : number]
        old = sum(not line.startswith("+") for line in body)
        new = sum(not line.startswith("-") for line in body)
        return old < counts[0] and new < counts[1]

    def _is_open(self, end: int, body: Sequence[str], counts: tuple[int, int] | None) -> bool:
        """Return whether the answer may have ended within a hunk's last line, as it has neither a newline nor a fence.

        Raises:
            EditRefused: it ended within the hunk (code `cut-off`).
        """
        if end <= self.last:
            return False
        is_unclosed = self.fenced is not None and end == len(self.lines)
        if (self.ended and not is_unclosed) or (self.fenced is not None and not is_unclosed):
            return False
        if counts is not None and is_whole(body, counts):
            return not self.ended
        if is_unclosed or (counts is not None and is_short(body, counts)):
            raise EditRefused(
                "the last hunk of the answer is not whole",
                code="cut-off",
                hint="allow a longer answer, or ask for less at once",
            )
        return True

    def _file_for(self, at: int) -> None:
        """Begin a file without a header, where a hunk stands without one: the lines above may name it."""
        if self.files and self.files[-1].said:
            return
        path, hints = _path_above(self.lines, at)
        last = self.files[-1] if self.files else None
        if last is None or (path is not None and path != last.old):
            self.files.append(_File(old=path, new=path, hints=hints))

    def _add(self, hunk: Hunk) -> None:
        self.count += 1
        if self.count > MOST_HUNKS:
            raise EditRefused("the answer has far too many hunks", code="too-large", hint="ask for less at once")
        self.files[-1].hunks.append(hunk)

    def _add_file(self, file: _File) -> None:
        self.files.append(file)
        if len(self.files) > MOST_HUNKS:
            raise EditRefused("the answer has far too many files", code="too-large", hint="ask for less at once")


def _path_above(lines: Sequence[str], at: int) -> tuple[str | None, tuple[str, ...]]:
    hints: tuple[str, ...] = ()
    seen = 0
    for line in lines[max(0, at - 6) : at][::-1]:
        if not line.strip():
            continue
        seen += 1
        path = path_of_heading(line) or path_of_comment(line)
        if not path and _FENCE.match(line):
            words = words_that_may_name(re.sub(r"[:=]", " ", line))
            path = words[0] if words else None
        if path:
            return path, ()
        hints = hints or words_that_may_name(line)
        if seen > 3:
            break
    return None, hints


def _change(file: _File) -> FileChange | None:
    old, new = file.renamed
    renamed = new if old and new else None
    path = old or (file.new if file.action == "create" else file.old)
    if renamed is None and file.action == "update" and file.old and file.new and _bare(file.old) != _bare(file.new):
        renamed = _bare(file.new) if file.said and "/" in file.old + file.new else None
    if not file.hunks and file.action == "update" and renamed is None and file.mode is None:
        return None
    content = ""
    if file.action == "create":
        if any(old_side(hunk.readings[0]) for hunk in file.hunks) or len(file.hunks) > 1:
            raise EditRefused(
                f"{path} is created and changed at once", code="malformed", hint="write the new file whole"
            )
        lines = [text for hunk in file.hunks for text in new_side(hunk.readings[0])]
        no_end = bool(file.hunks) and file.hunks[0].new_newline is False
        content = "\n".join(lines) + ("" if no_end or not lines else "\n")
    return FileChange(
        "unified-diff",
        path,
        file.hints,
        action=file.action,
        new_path=renamed,
        content=content,
        mode=file.mode,
        hunks=tuple(file.hunks),
    )


def _bare(path: str) -> str:
    return path[2:] if path.startswith(("a/", "b/", "i/", "w/")) else path


def _name(path: str) -> str:
    return _unquoted(_AFTER_PATH.sub("", path.strip()).strip())


def _unquoted(path: str) -> str:
    if not (len(path) > 1 and path.startswith('"') and path.endswith('"')):
        return path.strip("`'\"*")
    named = {"a": 7, "b": 8, "t": 9, "n": 10, "v": 11, "f": 12, "r": 13, '"': 34, "\\": 92}
    raw = _ESCAPED.sub(lambda found: chr(named[found[1]] if found[1] in named else int(found[1], 8) & 255), path[1:-1])
    try:
        return raw.encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return raw


def _git_paths(said: str) -> tuple[str, str]:
    """Return the two paths of a `diff --git` line; where they are equal, spaces in them do no harm."""
    half = len(said) // 2
    if said[half : half + 1] == " " and _bare(said[:half]) == _bare(said[half + 1 :]):
        return said[:half], said[half + 1 :]
    if quoted := re.fullmatch(r'("(?:[^"\\]|\\.)*"|\S+) ("(?:[^"\\]|\\.)*"|\S+)', said):
        return _unquoted(quoted[1]), _unquoted(quoted[2])
    old, _, new = said.partition(" b/")
    return old, f"b/{new}" if new else old


def _counts(found: re.Match[str]) -> tuple[int, int] | None:
    if found["first"] is None:
        return None
    return int(found["old"] or 1), int(found["new"] or 1)

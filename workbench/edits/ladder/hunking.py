"""From the hunks of an answer to the new text of files: which file each means, and what it may do to it.

One hunk that is refused refuses them all.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from workbench.edits.foreign import grammars
from workbench.edits.foreign.answered import foreign_text
from workbench.edits.forms.escapes import is_doubtful
from workbench.edits.forms.hunks import FileChange, Hunk, Reading, new_side, old_side
from workbench.edits.forms.paths import candidates, namesakes, refuse_unsafe, spellings
from workbench.edits.forms.placeholders import refuse_elision, refuse_placeholder_lines
from workbench.edits.ladder.page import Page, fold
from workbench.edits.ladder.rewriting import Span, rewrite
from workbench.edits.match import Match, find
from workbench.edits.parses import still_parses_around
from workbench.edits.python.outline import outline
from workbench.edits.source import PYTHON_SUFFIXES, decode, numbered, parse
from workbench.edits.splicing import splice
from workbench.errors import EditRefused
from workbench.repository import glob_match

_SMALL = 40
_MOST_GONE = 0.8
_DOTS = re.compile(r"^\s*\.\.\.\s*$")


@dataclass
class Made:
    """What the hunks of an answer make of one file.

    Attributes:
        before: its text; None where it is created.
        after: its new text; None where it goes.
        renamed_from: what it was called.
    """

    path: str
    before: str | None
    after: str | None
    matches: tuple[Match, ...] = ()
    mode: int | None = None
    renamed_from: str | None = None
    left_out: tuple[str, ...] = ()


@dataclass
class _Target:
    path: str
    changes: list[FileChange] = field(default_factory=list)
    least_sure: int = 5


def carry_out(
    files: Mapping[str, bytes],
    changes: Sequence[FileChange],
    targets: Sequence[str] | None,
    in_play: Collection[str] | None,
) -> list[Made]:
    """Return what the changes make of the files.

    Raises:
        EditRefused: one of them cannot be carried out as it is said.
    """
    by_path: dict[str, _Target] = {}
    for change in changes:
        path, most = _locate(files, change)
        refuse_off_target(path, targets)
        target = by_path.setdefault(path, _Target(path))
        target.changes.append(change)
        target.least_sure = min(target.least_sure, most)
    return [made for target in by_path.values() for made in _made(files, target, targets, in_play)]


def refuse_off_target(path: str, targets: Sequence[str] | None) -> None:
    """Refuse a path that is none of the targets.

    Raises:
        EditRefused: code `off-target`.
    """
    if targets is not None and not any(glob_match(path, target) for target in targets):
        raise EditRefused(f"{path} is not a target of the task", code="off-target", hint="change only its targets")


def _locate(files: Mapping[str, bytes], change: FileChange) -> tuple[str, int]:
    """Return the file that a change means, and the level up to which its text must bear that out."""
    if change.action == "create":
        return _new_path(files, change), 5
    if change.path is None:
        return _by_text(files, change), 5
    found = candidates(change.path, files)
    if found and found[0] in spellings(change.path):
        return found[0], 5
    if not found:
        found, most = namesakes(change.path, files), 1
    else:
        most = 2
    if len(found) > 1:
        found = [path for path in found if _fits(path, files[path], change, most)] or found
    if len(found) > 1:
        names = ", ".join(found[:8])
        raise EditRefused(f"{change.path} may be any of {names}", code="ambiguous", hint="name it in full")
    if not found or change.action == "delete" or not change.hunks:
        known = ", ".join(list(files)[:8])
        raise EditRefused(f"{change.path} is not one of the files at hand", code="off-target", hint=f"they are {known}")
    return found[0], most


def _new_path(files: Mapping[str, bytes], change: FileChange) -> str:
    if not change.path:
        if len(files) == 1 or change.form == "search-replace":
            raise EditRefused("a block of the answer has nothing to search for", code="no-anchor", hint="repeat lines")
        raise EditRefused("a new file has no name", code="off-target", hint="name the file")
    refuse_unsafe(change.path)
    names = spellings(change.path)
    if there := next((name for name in names if name in files), None):
        raise EditRefused(
            f"{there} exists", code="exists", hint="change its lines", nearest=numbered(_shown(files[there]), 1, 12)
        )
    if change.form == "search-replace" and (alike := candidates(change.path, files)):
        raise EditRefused(f"{names[0]} may be {alike[0]}, which exists", code="exists", hint="change its lines")
    return names[-1] if change.form == "unified-diff" else names[0]


def _shown(content: bytes) -> str:
    return content.decode("utf-8", "replace")


def _by_text(files: Mapping[str, bytes], change: FileChange) -> str:
    """Return the file that a change without a path means: the only one, or the one that has its lines."""
    if len(files) == 1:
        return next(iter(files))
    hinted = [path for hint in change.hints for path in _known(hint, files)]
    tries: list[Collection[str]] = [dict.fromkeys(hinted), files]
    for paths in tries:
        for most in (1, 3):
            fitting = [path for path in paths if _fits(path, files[path], change, most)]
            if len(fitting) == 1:
                return fitting[0]
            if fitting:
                raise EditRefused(
                    f"the change fits {', '.join(fitting[:8])}", code="ambiguous", hint="name the file above it"
                )
    raise EditRefused("it is not clear which file the change is for", code="ambiguous", hint="name the file above it")


def _known(hint: str, files: Mapping[str, bytes]) -> Sequence[str]:
    refuse_unsafe(hint)
    return candidates(hint, files)


def _fits(path: str, content: bytes, change: FileChange, most: int) -> bool:
    try:
        page = Page(decode(path, content))
        return bool([find(page, hunk, path, most=most) for hunk in change.hunks])
    except EditRefused as refusal:
        return refusal.code in {"ambiguous", "already-applied"}


def _made(
    files: Mapping[str, bytes], target: _Target, targets: Sequence[str] | None, in_play: Collection[str] | None
) -> Iterator[Made]:
    path, changes = target.path, target.changes
    first = changes[0]
    if first.action != "update" or any(change.action != "update" for change in changes):
        if len(changes) > 1:
            raise EditRefused(f"{path} is changed twice over", code="overlap", hint="answer with each file once")
        yield _created(path, first) if first.action == "create" else _deleted(path, files[path], first)
        return
    before = decode(path, files[path])
    hunks = _once([hunk for change in changes for hunk in change.hunks])
    page = Page(before)
    after = before
    matches: tuple[Match, ...] = ()
    left_out: tuple[str, ...] = ()
    if hunks:
        after, matches, left_out = _rewritten(page, path, hunks, target.least_sure, in_play)
    mode = next((change.mode for change in changes if change.mode is not None), None)
    renamed = next((change.new_path for change in changes if change.new_path), None)
    if renamed is None:
        yield Made(path, before, after, matches, mode, left_out=left_out)
        return
    refuse_unsafe(renamed)
    new = spellings(renamed)[-1 if first.form == "unified-diff" else 0]
    refuse_off_target(new, targets)
    if new in files:
        raise EditRefused(f"{new} exists", code="exists", hint="name another file")
    yield Made(path, before, None)
    yield Made(new, None, after, matches, mode, renamed_from=path, left_out=left_out)


def _once(hunks: list[Hunk]) -> list[Hunk]:
    """Return the hunks without those that only repeat an earlier one, as a model does that runs in circles."""
    return list({(hunk.readings, hunk.line): hunk for hunk in reversed(hunks)}.values())[::-1]


def _created(path: str, change: FileChange) -> Made:
    if not change.content.strip() and change.form == "search-replace":
        raise EditRefused("a block of the answer is empty", code="no-change", hint="change what the task asks for")
    if path.endswith(PYTHON_SUFFIXES):
        parse(change.content, "answer")
    _refuse_lazy(path, change.hunks[0].readings[0] if change.hunks else (), "")
    return Made(path, None, change.content, mode=change.mode)


def _deleted(path: str, content: bytes, change: FileChange) -> Made:
    before = decode(path, content)
    gone = [fold(op.text) for hunk in change.hunks for op in old_side(hunk.readings[0])]
    stays = any(new_side(hunk.readings[0]) for hunk in change.hunks)
    if change.hunks and (stays or [line for line in gone if line] != [line for line in Page(before).folded if line]):
        raise EditRefused(
            f"the answer deletes {path} as it is not", code="not-found", hint="repeat its lines exactly as they are"
        )
    return Made(path, before, None)


def _rewritten(
    page: Page, path: str, hunks: list[Hunk], most: int, in_play: Collection[str] | None
) -> tuple[str, tuple[Match, ...], tuple[str, ...]]:
    if not len(page):
        return _filled(path, hunks), (), ()
    matches = []
    for hunk in hunks:
        match = find(page, hunk, path, most=most)
        if is_doubtful(hunk, match.reading, page.text):
            raise EditRefused(
                f"block {hunk.number} of the answer may have gone through HTML", code="escaped", hint="answer with text"
            )
        if hunk.open_end and (match.level > 1 or match.reading[-1].mark == "+"):
            raise EditRefused("the answer ends within its last line", code="cut-off", hint="allow a longer answer")
        _refuse_lazy(path, match.reading, page.text)
        matches.append(match)
    after, spans = rewrite(page, matches)
    _refuse_odd_size(path, page, spans)
    if not still_parses_around(path, page, spans, after):
        near = spans[0].first
        raise EditRefused(
            f"{path} would no longer parse",
            code="result-does-not-parse",
            hint="answer with complete code",
            nearest=page.shown(max(0, near - 6), near + 12),
        )
    _refuse_dots(path, page, matches, after)
    left_out: tuple[str, ...] = ()
    if in_play is not None:
        after, left_out = _within_scope(path, page, spans, after, in_play)
    return after, tuple(matches), left_out


def _refuse_odd_size(path: str, page: Page, spans: Sequence[Span]) -> None:
    """Refuse a change that makes a file far larger, or empties most of it.

    Raises:
        EditRefused: code `too-large` or `drops-code`.
    """
    added = sum(len(span.lines) for span in spans)
    gone = sum(span.end - span.first for span in spans)
    if added > 2 * len(page) + 200:
        raise EditRefused(f"the answer makes {path} far larger", code="too-large", hint="change only what is asked")
    if len(page) > _SMALL and gone - added > _MOST_GONE * len(page):
        raise EditRefused(f"the answer empties most of {path}", code="drops-code", hint="change only what is asked")


def _filled(path: str, hunks: list[Hunk]) -> str:
    """Return the text of a file that was empty."""
    if len(hunks) != 1 or old_side(hunks[0].readings[0]):
        raise EditRefused(f"{path} is empty", code="not-found", hint="write it whole")
    text = "".join(f"{line}\n" for line in new_side(hunks[0].readings[0]))
    if path.endswith(PYTHON_SUFFIXES):
        parse(text, "answer")
    return text


def _refuse_lazy(path: str, reading: Reading, original: str) -> None:
    """Refuse lines that come and stand for others that are left out; dots in Python are looked at later."""
    comes = [op.text for op in reading if op.mark == "+"]
    if path.endswith(PYTHON_SUFFIXES):
        comes = [text for text in comes if not _DOTS.match(text)]
    refuse_placeholder_lines("\n".join(comes), original)


def _refuse_dots(path: str, page: Page, matches: Sequence[Match], after: str) -> None:
    """Refuse `...` that comes into a body where Python does not mean it."""
    dots = any(op.mark == "+" and _DOTS.match(op.text) for match in matches for op in match.reading)
    if not dots or not path.endswith(".py"):
        return
    try:
        known, answered = parse(page.text), parse(after)
    except EditRefused:
        return
    refuse_elision(after, answered, ast.Module(body=known.body, type_ignores=[]))


def _within_scope(
    path: str, page: Page, spans: Sequence[Span], after: str, in_play: Collection[str]
) -> tuple[str, tuple[str, ...]]:
    """Return the new text with only what lies in symbols in play, and what was left out; files without symbols stay.

    Raises:
        EditRefused: nothing in play changes.
    """
    if path.endswith(PYTHON_SUFFIXES):
        if _in_scope(page, spans, in_play):
            return after, ()
        spliced = splice(page.text, after, in_play)
        return spliced.text, spliced.left_out
    if grammars.language_of(path, page.text) is None:
        return after, ()
    text, left_out, _ = foreign_text(path, page.text, [after], in_play)
    return text, left_out


def _in_scope(page: Page, spans: Sequence[Span], in_play: Collection[str]) -> bool:
    """Return whether all that changes lies within symbols in play, their comments and decorators included."""
    file = outline(page.text)
    covered: set[int] = set()
    for unit in file.every_unit():
        parts = unit.name.split(".")
        if any(".".join(parts[:length]) in in_play for length in range(1, len(parts) + 1)):
            for part in unit.parts:
                first = file.lines.line_at(file.comment_start(part))
                covered.update(range(first - 1, part.last))
    return all(
        set(range(span.first, span.end)) <= covered
        and (span.end > span.first or {span.first - 1, span.first} <= covered)
        for span in spans
    )

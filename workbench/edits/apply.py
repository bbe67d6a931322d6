"""The transaction: all files of a proposal change, or none, and what was done can be taken back.

`home` is the record of one task. Its `undo/` holds the bundle of the applied proposal, and in `undo/back/` the bundle
of the undo itself, which is a transaction like any other. A crash at any moment leaves the old or the new state, or a
plan on disk from which `recover` makes one of the two.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import Literal

from workbench.edits.merge import merge
from workbench.edits.rebase import rebase
from workbench.edits.writing.filesystem import Announce, Tree, silent
from workbench.edits.writing.journal import (
    Bundle,
    Entry,
    damaged,
    discard,
    fingerprint,
    fingerprint_edits,
    is_applied,
    is_pending,
    is_tidy,
    mark_tidy,
    new_token,
    read_bundle,
    read_content,
    sweep,
    write_bundle,
)
from workbench.edits.writing.swap import backward, clean, forward
from workbench.errors import EditRefused, TaskRefused
from workbench.model import FileEdit
from workbench.repository import Repository

UNDO = "undo"
BACK = "undo/back"
_CODES = {
    errno.ENOSPC: "disk-full",
    errno.EDQUOT: "disk-full",
    errno.EFBIG: "disk-full",
    errno.EROFS: "read-only",
    errno.EACCES: "not-permitted",
    errno.EPERM: "not-permitted",
    errno.EIO: "disk-error",
    errno.ELOOP: "symlink",
    errno.ENOTDIR: "symlink",
}
_HINTS = {
    "disk-full": "free some space and approve again",
    "read-only": "make it writable and approve again",
    "not-permitted": "check who owns the file and its folder",
    "disk-error": "check the disk",
}


def apply(root: Path, home: Path, edits: Sequence[FileEdit], *, announce: Announce = silent) -> tuple[FileEdit, ...]:
    """Change all files of a proposal, or none; return the edits as they were really applied, rebased where need be.

    Called again after it finished (also by another process) it changes nothing and returns the same. Edits that change
    nothing are left out.

    Args:
        root: the repository's top folder.
        home: the task's record; `undo/` is written there first.
        edits: what to change, one edit a file.
        announce: told of each file-system call before it is made; for tests.

    Raises:
        EditRefused: nothing was changed. Codes: `changed` (a file differs, where it matters, from what the proposal was
            made from), `read-only`, `not-permitted`, `disk-full`, `disk-error`, `ignored`, `already-applied` (another
            proposal of this task), and those of `Repository.locate`. Only code `rollback-failed` means that the old
            state could not be restored for now; `recover` will.
    """
    if not edits:
        return ()
    tree, record = Tree(root, announce), Tree(home, announce)
    with _explained():
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        _recover(tree, record)
        bundle = read_bundle(record, UNDO)
        if bundle is not None and is_applied(record, BACK):
            discard(record, UNDO, bundle.token)
            bundle = None
        if bundle is not None:
            if bundle.asked != fingerprint_edits(edits):
                raise EditRefused(
                    "another proposal of this task is applied already", code="already-applied", hint="undo it first"
                )
            return _applied(bundle, _contents(record, bundle))
        return _begin(tree, record, edits)


def undo(root: Path, home: Path, *, announce: Announce = silent) -> tuple[str, ...]:
    """Take back what `apply` did and return the paths; bytes and modes are restored. Called again, it says the same.

    A file that was edited since, by a person or by another proposal, keeps those edits if they touch no line that the
    proposal changed, nor one beside it.

    Raises:
        EditRefused: nothing was changed. Codes: `nothing-to-undo`, `changed` (a file was edited where the proposal had
            changed it; `nearest` shows what stands there), and those of `apply`.
    """
    tree, record = Tree(root, announce), Tree(home, announce)
    with _explained():
        _recover(tree, record)
        bundle = read_bundle(record, UNDO)
        if bundle is None:
            raise EditRefused("nothing of this task is applied", code="nothing-to-undo", hint="nanites show ID")
        if not is_applied(record, BACK):
            _take_back(tree, record, bundle)
        return tuple(entry.path for entry in bundle.entries)


def recover(root: Path, home: Path, *, announce: Announce = silent) -> Literal["applied", "reverted"] | None:
    """Finish what a crash left half done, or take it back where it cannot be finished; None where nothing was.

    Returns:
        Whether the proposal's files are now new (`applied`) or old (`reverted`).

    Raises:
        EditRefused: somebody changed a file meanwhile (code `changed`): that file is left as it is, the others are back
            to the old state, and the bundle is kept beside `undo/`. Or the bundle is damaged (code `journal-damaged`).
    """
    with _explained("what a crash left is not recovered yet"):
        return _recover(Tree(root, announce), Tree(home, announce))


def stands(home: Path) -> bool:
    """Return whether a change of this task was made whole and has not been taken back."""
    record = Tree(home)
    return is_applied(record, UNDO) and not is_applied(record, BACK)


def forget(home: Path) -> None:
    """Forget what was applied or undone, in one move: nothing can be undone any more, and `apply` may begin anew.

    Raises:
        EditRefused: it cannot be forgotten now.
    """
    record = Tree(home)
    with _explained():
        if record.status(UNDO) is not None:
            discard(record, UNDO, new_token())


def _recover(tree: Tree, record: Tree) -> Literal["applied", "reverted"] | None:
    sweep(record, UNDO)
    bundle = _bundle(record, UNDO)
    if bundle is None:
        return None
    if is_pending(record, UNDO):
        return "applied" if _finish(tree, record, UNDO, bundle) else "reverted"
    _tidy(tree, record, UNDO, bundle)
    sweep(record, BACK)
    back = _bundle(record, BACK)
    if back is None:
        return None
    if is_pending(record, BACK):
        return "reverted" if _finish(tree, record, BACK, back) else "applied"
    _tidy(tree, record, BACK, back)
    return None


def _bundle(record: Tree, name: str) -> Bundle | None:
    if not (is_pending(record, name) or is_applied(record, name)):
        # The rest of a bundle whose removal was cut off, if anything.
        if record.status(name) is not None:
            discard(record, name, new_token())
        return None
    bundle = read_bundle(record, name)
    if bundle is None:
        raise damaged(record, name)
    return bundle


def _tidy(tree: Tree, record: Tree, name: str, bundle: Bundle) -> None:
    """Remove what an applied transaction left beside the files; failing to does not make it less applied."""
    if not is_tidy(record, name):
        with suppress(OSError):
            clean(tree, bundle)
            mark_tidy(record, name)


def _finish(tree: Tree, record: Tree, name: str, bundle: Bundle) -> bool:
    """Go forward if possible, else back; return whether it went forward."""
    try:
        forward(tree, record, name, bundle)
    except (OSError, EditRefused):
        changed = backward(tree, record, name, bundle)
        if changed:
            record.rename(name, f"{name}-interrupted-{bundle.token}")
            raise EditRefused(
                f"{', '.join(changed)} was changed while the work was interrupted and is left as it is;"
                " the other files are as before",
                code="changed",
                hint=f"the bytes before and after lie in {record.root.name}/{name}-interrupted-{bundle.token}",
            ) from None
        discard(record, name, bundle.token)
        return False
    _tidy(tree, record, name, bundle)
    return True


def _begin(tree: Tree, record: Tree, edits: Sequence[FileEdit]) -> tuple[FileEdit, ...]:
    _check_paths(tree, edits)
    entries: list[Entry] = []
    contents: list[tuple[bytes | None, bytes | None]] = []
    for edit in edits:
        status = _look(tree, edit.path)
        current = rebase(edit, None if status is None else tree.read_if_there(edit.path))
        before_mode = None if status is None else stat.S_IMODE(status.st_mode)
        after_mode = before_mode if edit.mode is None else edit.mode & 0o777
        if current.before == current.after and before_mode == after_mode:
            continue
        entries.append(
            Entry(
                path=edit.path,
                before=fingerprint(current.before),
                after=fingerprint(current.after),
                before_mode=before_mode,
                after_mode=None if current.after is None else after_mode,
                mode=edit.mode,
                fuzzy=edit.fuzzy,
            )
        )
        contents.append((current.before, current.after))
    if not entries:
        return ()
    create = _missing_folders(tree, entries)
    bundle = Bundle(token=new_token(), asked=fingerprint_edits(edits), entries=tuple(entries), create=create)
    _carry_out(tree, record, UNDO, bundle, contents)
    return _applied(bundle, contents)


def _take_back(tree: Tree, record: Tree, bundle: Bundle) -> None:
    entries: list[Entry] = []
    contents: list[tuple[bytes | None, bytes | None]] = []
    for number, entry in enumerate(bundle.entries):
        _locate(tree, entry.path)
        status = _look(tree, entry.path)
        now = None if status is None else tree.read_if_there(entry.path)
        mode = None if status is None else stat.S_IMODE(status.st_mode)
        original = read_content(record, UNDO, bundle, number, "before")
        applied = read_content(record, UNDO, bundle, number, "after")
        # A mode that somebody set since is theirs.
        goal = entry.before_mode if mode in {None, entry.after_mode} else mode
        if now == original and mode == goal:
            continue
        edit = FileEdit(path=entry.path, before=now if now == original else applied, after=original)
        moved = _moved_back(edit, now)
        entries.append(
            Entry(
                path=entry.path,
                before=fingerprint(now),
                after=fingerprint(moved.after),
                before_mode=mode,
                after_mode=None if moved.after is None else goal,
            )
        )
        contents.append((now, moved.after))
    back = Bundle(
        token=new_token(),
        asked=bundle.asked,
        entries=tuple(entries),
        create=_missing_folders(tree, entries),
        leave=bundle.create,
    )
    _carry_out(tree, record, BACK, back, contents)


def _moved_back(edit: FileEdit, now: bytes | None) -> FileEdit:
    """Return the edit that takes a change out of a file as it is now: by its context, else by a three-way merge."""
    try:
        return rebase(edit, now)
    except EditRefused:
        if now is None or edit.before is None or edit.after is None or b"\0" in now:
            raise
        return edit.model_copy(update={"before": now, "after": merge(edit.path, edit.before, edit.after, now)})


def _carry_out(
    tree: Tree, record: Tree, name: str, bundle: Bundle, contents: Sequence[tuple[bytes | None, bytes | None]]
) -> None:
    try:
        write_bundle(record, name, bundle, contents)
        forward(tree, record, name, bundle)
    except BaseException as error:
        _back_out(tree, record, name, bundle, error)
        raise
    with suppress(OSError):
        _tidy(tree, record, name, bundle)


def _back_out(tree: Tree, record: Tree, name: str, bundle: Bundle, why: BaseException) -> None:
    try:
        if record.status(name) is not None:
            backward(tree, record, name, bundle)
            discard(record, name, bundle.token)
        else:
            sweep(record, name)
    except OSError as error:
        raise EditRefused(
            f"the change failed ({why}) and could not be taken back: {error.strerror}",
            code="rollback-failed",
            hint="make room or repair the disk, then start the runner: it restores the files",
        ) from why


def _contents(record: Tree, bundle: Bundle) -> list[tuple[bytes | None, bytes | None]]:
    return [
        (read_content(record, UNDO, bundle, number, "before"), read_content(record, UNDO, bundle, number, "after"))
        for number in range(len(bundle.entries))
    ]


def _applied(bundle: Bundle, contents: Sequence[tuple[bytes | None, bytes | None]]) -> tuple[FileEdit, ...]:
    return tuple(
        FileEdit(path=entry.path, before=before, after=after, mode=entry.mode, fuzzy=entry.fuzzy)
        for entry, (before, after) in zip(bundle.entries, contents, strict=True)
    )


def _check_paths(tree: Tree, edits: Sequence[FileEdit]) -> None:
    paths = [edit.path for edit in edits]
    for path in paths:
        _locate(tree, path)
        if paths.count(path) > 1:
            raise EditRefused(f"{path} is edited twice", code="twice", hint="one edit a file")
    ignored = Repository(tree.root).ignored(paths)
    if ignored:
        raise EditRefused(
            f"{sorted(ignored)[0]} is ignored by git", code="ignored", hint="ignored files are never changed"
        )


def _locate(tree: Tree, path: str) -> None:
    try:
        Repository(tree.root).locate(path)
    except TaskRefused as error:
        raise EditRefused(error.message, code=error.code, hint=error.hint) from error


def _look(tree: Tree, path: str) -> os.stat_result | None:
    """Return what lies at `path`, once it may be replaced: a plain file or nothing, in a folder that can be written."""
    status = tree.status(path)
    if status is not None and not stat.S_ISREG(status.st_mode):
        raise EditRefused(f"{path} is no plain file", code="not-a-file", hint="only plain files can be changed")
    # Root may write everything; a file whose mode says read-only is left alone all the same.
    if status is not None and not (status.st_mode & 0o222 and tree.writable(path)):
        raise EditRefused(f"{path} is read-only", code="read-only", hint=f"chmod u+w {path}, then approve again")
    folder = PurePosixPath(path).parent
    while (inner := tree.status(str(folder))) is None:
        folder = folder.parent
    if not stat.S_ISDIR(inner.st_mode):
        raise EditRefused(f"{folder} is no folder", code="not-a-file", hint="only plain files can be changed")
    if not (inner.st_mode & 0o222 and tree.writable(str(folder))):
        raise EditRefused(f"the folder {folder} is read-only", code="read-only", hint="make it writable")
    return status


def _missing_folders(tree: Tree, entries: Sequence[Entry]) -> tuple[str, ...]:
    missing: set[str] = set()
    for entry in entries:
        for folder in PurePosixPath(entry.path).parents:
            if entry.after is None or str(folder) == "." or tree.status(str(folder)) is not None:
                break
            missing.add(str(folder))
    clash = missing & {entry.path for entry in entries}
    if clash:
        raise EditRefused(f"{min(clash)} would be a file and a folder", code="twice", hint="one of them must go")
    return tuple(sorted(missing))


@contextmanager
def _explained(outcome: str = "nothing was changed") -> Iterator[None]:
    try:
        yield
    except OSError as error:
        code = _CODES.get(error.errno or 0, "write-failed")
        where = f"{error.filename}: " if isinstance(error.filename, str) else ""
        raise EditRefused(
            f"{where}{error.strerror or error}; {outcome}",
            code=code,
            hint=_HINTS.get(code, "look at the file and its folder"),
        ) from error

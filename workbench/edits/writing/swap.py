"""Carrying a planned transaction forward to its new state, or back to its old one, from wherever it stands.

Both look at what each file is now, not at what should have happened, so they may be cut off anywhere and begun again.
New versions are written beside their files first; from the first rename on nothing needs room on the disk, and the old
version keeps a second name until the transaction is marked as applied, so that going back needs none either.
"""

from __future__ import annotations

import errno
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import PurePosixPath
from typing import Literal

from workbench.edits.writing.filesystem import Tree
from workbench.edits.writing.journal import Bundle, Entry, fingerprint, mark_applied, read_content
from workbench.errors import EditRefused

Standing = Literal["before", "after", "other"]


def forward(tree: Tree, home: Tree, name: str, bundle: Bundle) -> None:
    """Bring every file to its new state and mark the transaction as applied.

    Raises:
        EditRefused: a file is neither as it was nor as it shall be (code `changed`). Some files may be new by then.
        OSError: likewise.
    """
    for folder in bundle.create:
        if tree.status(folder) is None:
            tree.make_folder(folder)
    staged = []
    for number, entry in enumerate(bundle.entries):
        match standing(tree, entry):
            case "before":
                _stage(tree, home, name, bundle, number)
                staged.append(number)
            case "after":
                _check_last_version(tree, bundle, number)
            case _:
                raise _changed(entry)
    for number in staged:
        _swap(tree, bundle, number)
    _sync_folders(tree, bundle)
    mark_applied(home, name)


def backward(tree: Tree, home: Tree, name: str, bundle: Bundle) -> tuple[str, ...]:
    """Bring every file back to its old state; return the files that somebody else changed meanwhile: they are kept."""
    changed = []
    for number, entry in reversed(list(enumerate(bundle.entries))):
        match standing(tree, entry):
            case "after":
                _restore(tree, home, name, bundle, number)
            case "other":
                changed.append(entry.path)
            case _:
                pass
        _remove_temporaries(tree, bundle, number)
    _remove_if_empty(tree, bundle.create)
    _sync_folders(tree, bundle)
    return tuple(sorted(changed))


def clean(tree: Tree, bundle: Bundle) -> None:
    """Remove what an applied transaction no longer needs: last versions, and folders it was to leave empty."""
    for number in range(len(bundle.entries)):
        _remove_temporaries(tree, bundle, number)
    _remove_if_empty(tree, bundle.leave)


def standing(tree: Tree, entry: Entry) -> Standing:
    """Return whether a file is as it was before, as it shall be after, or something else."""
    status = tree.status(entry.path)
    if status is not None and not stat.S_ISREG(status.st_mode):
        return "other"
    now = fingerprint(None if status is None else tree.read_if_there(entry.path))
    if entry.before == entry.after == now and status is not None:
        return "after" if stat.S_IMODE(status.st_mode) == entry.after_mode else "before"
    return "before" if now == entry.before else "after" if now == entry.after else "other"


def _stage(tree: Tree, home: Tree, name: str, bundle: Bundle, number: int) -> None:
    """Write the next version of a file beside it, and give its last version a second name."""
    entry = bundle.entries[number]
    _remove_temporaries(tree, bundle, number)
    status = tree.status(entry.path)
    after = read_content(home, name, bundle, number, "after")
    if after is not None:
        tree.write(bundle.temporary(number, "new"), after, mode=entry.after_mode, like=status)
    if status is not None and not tree.link(entry.path, bundle.temporary(number, "old")):
        before = read_content(home, name, bundle, number, "before")
        tree.write(bundle.temporary(number, "old"), before or b"", mode=entry.before_mode, like=status)


def _swap(tree: Tree, bundle: Bundle, number: int) -> None:
    entry = bundle.entries[number]
    new = bundle.temporary(number, "new")
    if standing(tree, entry) != "before":
        raise _changed(entry)
    if entry.before is None:
        try:
            # A link never replaces: a file that somebody makes in this moment is kept.
            linked = tree.link(new, entry.path)
        except FileExistsError as error:
            raise _changed(entry) from error
        if linked:
            tree.remove(new)
        else:
            tree.rename(new, entry.path)
        return
    if entry.after is None:
        tree.remove(entry.path)
    else:
        tree.rename(new, entry.path)
    _check_last_version(tree, bundle, number)


def _check_last_version(tree: Tree, bundle: Bundle, number: int) -> None:
    """Refuse if somebody wrote into the last version while it was being replaced; going back then keeps their words."""
    entry = bundle.entries[number]
    last = tree.read_if_there(bundle.temporary(number, "old"))
    if last is not None and fingerprint(last) != entry.before:
        raise _changed(entry)


def _restore(tree: Tree, home: Tree, name: str, bundle: Bundle, number: int) -> None:
    entry = bundle.entries[number]
    new, old = bundle.temporary(number, "new"), bundle.temporary(number, "old")
    if entry.before is None:
        tree.remove(entry.path)
    elif tree.status(old) is not None:
        tree.rename(old, entry.path)
    else:
        before = read_content(home, name, bundle, number, "before")
        tree.remove_if_there(new)
        tree.write(new, before or b"", mode=entry.before_mode, like=tree.status(entry.path))
        tree.rename(new, entry.path)


def _remove_temporaries(tree: Tree, bundle: Bundle, number: int) -> None:
    tree.remove_if_there(bundle.temporary(number, "new"))
    tree.remove_if_there(bundle.temporary(number, "old"))


def _remove_if_empty(tree: Tree, folders: Iterable[str]) -> None:
    for folder in reversed(list(folders)):
        try:
            tree.remove_folder(folder)
        except OSError as error:
            # Somebody put a file there, or it is gone already.
            if error.errno not in {errno.ENOTEMPTY, errno.EEXIST, errno.ENOENT}:
                raise


def _sync_folders(tree: Tree, bundle: Bundle) -> None:
    folders = {str(PurePosixPath(path).parent) for path in (*(entry.path for entry in bundle.entries), *bundle.create)}
    for folder in sorted(folders):
        with suppress(FileNotFoundError):
            tree.sync(folder)


def _changed(entry: Entry) -> EditRefused:
    return EditRefused(
        f"{entry.path} was changed by somebody else in this moment",
        code="changed",
        hint="look at the file as it is now, and try again",
    )

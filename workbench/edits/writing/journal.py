"""The undo bundle of a transaction: all that is needed to finish it or take it back, on disk before a file is touched.

A bundle is a folder `NAME/` with `plan.json` and the files' bytes as `1.before`, `1.after`, … It is written under a
temporary name and renamed into place: from then on the transaction is planned. When its marker `pending` has become
`applied`, it is done, and `tidy` when its temporary files are gone too; those renames need no room on the disk.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import stat
from collections.abc import Sequence
from pathlib import PurePosixPath

from pydantic import ValidationError

from workbench.edits.writing.filesystem import Tree
from workbench.errors import EditRefused
from workbench.model import FileEdit, Value

VERSION = 1
PLAN = "plan.json"
PENDING = "pending"
APPLIED = "applied"
TIDY = "tidy"
_TEMPORARY = re.compile(rb"\.nanites-[0-9a-f]{12}-\d+\.(?:new|old)")


class Entry(Value):
    """One file of a transaction; `before` and `after` are sha256 of its bytes, None where there is no file.

    Attributes:
        before_mode: permission bits it had; None where it is created.
        after_mode: permission bits it gets; None for the usual ones of a new file, or where it is deleted.
        mode: the mode that the edit itself named.
    """

    path: str
    before: str | None
    after: str | None
    before_mode: int | None = None
    after_mode: int | None = None
    mode: int | None = None
    fuzzy: bool = False


class Bundle(Value):
    """A transaction as `plan.json` holds it.

    Attributes:
        token: names the temporary files of this transaction and no other.
        asked: the fingerprint of the edits that were asked for, before they were rebased.
        create: folders to make, outermost first.
        leave: folders to remove at the end if they are empty, outermost first.
    """

    version: int = VERSION
    token: str
    asked: str
    entries: tuple[Entry, ...]
    create: tuple[str, ...] = ()
    leave: tuple[str, ...] = ()

    def temporary(self, number: int, what: str) -> str:
        """Return the name, beside the file of entry `number`, of its next (`new`) or last (`old`) version."""
        folder = PurePosixPath(self.entries[number].path).parent
        return str(folder / f".nanites-{self.token}-{number}.{what}")


def is_temporary(path: bytes) -> bool:
    """Return whether a path names such a version: it is there for a moment, beside its file, and nobody's work."""
    return _TEMPORARY.fullmatch(path.rpartition(b"/")[2]) is not None


def fingerprint(content: bytes | None) -> str | None:
    """Return the sha256 of a file's bytes, None for no file."""
    return None if content is None else hashlib.sha256(content).hexdigest()


def fingerprint_edits(edits: Sequence[FileEdit]) -> str:
    """Return what tells two proposals apart."""
    said = [[edit.path, fingerprint(edit.before), fingerprint(edit.after), edit.mode] for edit in edits]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def new_token() -> str:
    """Return a name for a transaction's temporary files."""
    return secrets.token_hex(6)


def write_bundle(home: Tree, name: str, bundle: Bundle, contents: Sequence[tuple[bytes | None, bytes | None]]) -> None:
    """Write a bundle with the bytes of its files, before and after, to disk: the transaction is then planned."""
    parent = str(PurePosixPath(name).parent)
    temporary = str(PurePosixPath(parent) / f".{PurePosixPath(name).name}-{bundle.token}.tmp")
    home.make_folder(temporary, 0o700)
    for number, (before, after) in enumerate(contents, 1):
        for content, what in ((before, "before"), (after, "after")):
            if content is not None:
                home.write(f"{temporary}/{number}.{what}", content, mode=0o600)
    home.write(f"{temporary}/{PENDING}", b"", mode=0o600)
    home.write(f"{temporary}/{PLAN}", f"{bundle.model_dump_json(indent=1)}\n".encode(), mode=0o600)
    home.sync(temporary)
    home.rename(temporary, name)
    home.sync(parent)


def read_bundle(home: Tree, name: str) -> Bundle | None:
    """Return the bundle called `name`, or None where there is none.

    Raises:
        EditRefused: it is damaged or of another version (code `journal-damaged`).
    """
    content = home.read_if_there(f"{name}/{PLAN}")
    if content is None:
        return None
    try:
        bundle = Bundle.model_validate_json(content)
    except ValidationError as error:
        raise damaged(home, name) from error
    if bundle.version != VERSION:
        raise damaged(home, name)
    return bundle


def read_content(home: Tree, name: str, bundle: Bundle, number: int, what: str) -> bytes | None:
    """Return the bytes of entry `number` (from 0) `before` or `after`, None for no file.

    Raises:
        EditRefused: they are not the bytes that were written (code `journal-damaged`).
    """
    wanted = bundle.entries[number].before if what == "before" else bundle.entries[number].after
    if wanted is None:
        return None
    content = home.read_if_there(f"{name}/{number + 1}.{what}")
    if fingerprint(content) != wanted:
        raise damaged(home, name)
    return content


def damaged(home: Tree, name: str) -> EditRefused:
    """Return the error for a bundle that is not what was written."""
    where = f"{home.root.name}/{name}"
    return EditRefused(
        f"the undo bundle {where} is damaged",
        code="journal-damaged",
        hint="compare the files with its contents by hand",
    )


def is_pending(home: Tree, name: str) -> bool:
    """Return whether the transaction is planned and not done; what has no marker is the rest of a removed bundle."""
    return home.status(f"{name}/{PENDING}") is not None


def is_applied(home: Tree, name: str) -> bool:
    """Return whether the transaction is done."""
    return is_tidy(home, name) or home.status(f"{name}/{APPLIED}") is not None


def is_tidy(home: Tree, name: str) -> bool:
    """Return whether the transaction is done and nothing of it is left beside the files."""
    return home.status(f"{name}/{TIDY}") is not None


def mark_applied(home: Tree, name: str) -> None:
    """Write down that the transaction is done, on disk."""
    home.rename(f"{name}/{PENDING}", f"{name}/{APPLIED}")
    home.sync(name)


def mark_tidy(home: Tree, name: str) -> None:
    """Write down that nothing is left to remove; if a crash forgets it, it is found out again."""
    home.rename(f"{name}/{APPLIED}", f"{name}/{TIDY}")


def discard(home: Tree, name: str, token: str) -> None:
    """Forget a transaction: in one move, so that a crash leaves it whole or gone."""
    parent = str(PurePosixPath(name).parent)
    temporary = str(PurePosixPath(parent) / f".{PurePosixPath(name).name}-{token}.tmp")
    home.rename(name, temporary)
    home.sync(parent)
    remove_folder(home, temporary)


def sweep(home: Tree, name: str) -> None:
    """Remove what unfinished writing or discarding of bundles called `name` has left."""
    parent, last = PurePosixPath(name).parent, PurePosixPath(name).name
    for found in home.names(str(parent)):
        if found.startswith(f".{last}-") and found.endswith(".tmp"):
            remove_folder(home, str(parent / found))


def remove_folder(home: Tree, path: str) -> None:
    """Remove a bundle's folder with all it holds."""
    for name in home.names(path):
        inner = f"{path}/{name}"
        status = home.status(inner)
        if status is not None and stat.S_ISDIR(status.st_mode):
            remove_folder(home, inner)
        else:
            home.remove_if_there(inner)
    home.remove_folder(path)

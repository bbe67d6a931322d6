"""The user's git repository: where it is, which files are in play, and which paths may never be.

Every git call of the house goes through `Repository.git`, with hooks, file-system monitors and prompts off: a
repository is data from a stranger. Path rules are those of CONTRACT.md, section 5.
"""

from __future__ import annotations

import fnmatch
import os
import stat
import subprocess
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from workbench.errors import NaniteError, TaskRefused
from workbench.model import Source

Ignored = Callable[[Iterable[str]], frozenset[str]]
"""Tells which of some paths git ignores."""

MAX_TARGET_BYTES = 2_000_000
_NEVER = {".git", ".nanites"}
# Characters that HFS+ leaves out when it compares names (git's utf8.c: next_hfs_char).
_UNSEEN = dict.fromkeys([*range(0x200C, 0x2010), *range(0x202A, 0x202F), *range(0x206A, 0x2070), 0xFEFF])
_QUIET = (
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "core.pager=cat",
    "-c",
    "protocol.allow=never",
    "-c",
    "submodule.recurse=false",
    "--no-optional-locks",
)


def git_environment() -> dict[str, str]:
    """Return the environment for git: nothing that points it elsewhere, nothing that asks a person."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return kept | {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}


def safe_path(text: str) -> str:
    """Return `text` as a path relative to the repository with forward slashes, or as the glob it is.

    Looks at the words alone; what lies on disk is `Repository.locate`'s affair.

    Raises:
        TaskRefused: it is absolute, leaves the repository, or names what is not the task's to touch.
    """
    hint = "name a path inside the repository, relative to its root"
    if "\\" in text or any(ord(character) < 32 or _is_lone_surrogate(character) for character in text):
        raise TaskRefused(f"{text!r} holds a character no path may have", code="unsafe-path", hint=hint)
    path = PurePosixPath(text)
    if path.is_absolute() or text.startswith("~") or text[1:2] == ":":
        raise TaskRefused(f"{text!r} is absolute", code="outside", hint=hint)
    if ".." in path.parts:
        raise TaskRefused(f"{text!r} leaves the repository", code="outside", hint=hint)
    if any(_is_never(part) for part in path.parts):
        raise TaskRefused(f"{text!r} belongs to git or to the workbench", code="unsafe-path", hint=hint)
    if not path.parts:
        raise TaskRefused("a path is empty", code="unsafe-path", hint=hint)
    return str(path)


def _is_lone_surrogate(character: str) -> bool:
    # U+DC80 to U+DCFF stand for bytes that are not UTF-8; the others stand for nothing and cannot be encoded.
    return 0xD800 <= ord(character) <= 0xDFFF and not 0xDC80 <= ord(character) <= 0xDCFF


def _is_never(part: str) -> bool:
    # Some file systems fold case, drop trailing dots and spaces, do not see some characters, or take what follows a
    # colon for a stream of the file: .GIT, ".git " and .git:x are .git there.
    seen = part.translate(_UNSEEN).partition(":")[0].casefold().rstrip(". ")
    return seen in _NEVER or seen.startswith("git~")


def is_glob(text: str) -> bool:
    """Return whether `text` is a pattern rather than a path."""
    return any(mark in text for mark in "*?[")


def glob_match(path: str, pattern: str) -> bool:
    """Return whether `path` fits `pattern`: `*` and `?` stay within a folder, `**` crosses any number of them."""
    return _parts_match(PurePosixPath(path).parts, PurePosixPath(pattern).parts)


def _parts_match(path: Sequence[str], pattern: Sequence[str]) -> bool:
    reachable = {0}
    for part in pattern:
        if part == "**":
            reachable = set(range(min(reachable), len(path) + 1)) if reachable else set()
        else:
            reachable = {at + 1 for at in reachable if at < len(path) and fnmatch.fnmatchcase(path[at], part)}
        if not reachable:
            return False
    return len(path) in reachable


@dataclass(frozen=True)
class Repository:
    """One working tree. `root` is its top folder, resolved."""

    root: Path

    @classmethod
    def find(cls, start: Path) -> Repository:
        """Return the repository that `start` lies in.

        Raises:
            NaniteError: there is none (code `not-a-repository`), its files are elsewhere (`strange-repository`), or git
                is missing.
        """
        here = Repository(start.resolve())
        if not start.is_dir():
            raise NaniteError(f"{start} is no folder", code="not-a-repository", hint="name a folder with --repo")
        answer = here.git("rev-parse", "--show-toplevel", check=False)
        top = answer.stdout.decode("utf-8", "surrogateescape").removesuffix("\n")
        if answer.returncode or not top:
            raise NaniteError(
                f"{start} is not inside a git repository",
                code="not-a-repository",
                hint="run git init there, or name one with --repo",
            )
        root = Path(top).resolve()
        if not here.root.is_relative_to(root) or not (root / ".git").exists():
            # Its settings say where its files are, and they are data from a stranger: it might be the user's home.
            raise NaniteError(
                f"the repository of {start} has its files in {root}, which is not where it is",
                code="strange-repository",
                hint="unset core.worktree there, or name the folder of its files with --repo",
            )
        return cls(root)

    def git(
        self, *arguments: str, check: bool = True, stdin: bytes = b"", timeout: float = 60
    ) -> subprocess.CompletedProcess[bytes]:
        """Run git here, quietly, and return what it said.

        Raises:
            NaniteError: git is not installed, took longer than `timeout` seconds, or (with `check`) failed.
        """
        try:
            done = subprocess.run(
                ["git", *_QUIET, *arguments],
                cwd=self.root,
                env=git_environment(),
                input=stdin,
                capture_output=True,
                timeout=timeout,
                check=False,
            )
        except FileNotFoundError as error:
            raise NaniteError("git is not installed", code="no-git", hint="install git and try again") from error
        except subprocess.TimeoutExpired as error:
            raise NaniteError(f"git {arguments[0]} took longer than {timeout:g} s", code="git-failed") from error
        if check and done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise NaniteError(f"git {arguments[0]} failed: {said[-1] if said else done.returncode}", code="git-failed")
        return done

    def files(self) -> tuple[str, ...]:
        """Return every file git knows or does not ignore, sorted; submodules and what was deleted are left out."""
        said = self.git("ls-files", "-z", "--cached", "--others", "--exclude-standard").stdout
        names = {name.decode("utf-8", "surrogateescape") for name in said.split(b"\0") if name}
        folders = {str(PurePosixPath(name).parent) for name in names}
        # git lists what it tracks under a folder that has become a symlink since, and so leads elsewhere.
        real = {folder for folder in folders if not self._passes_symlink(folder)}
        return tuple(
            sorted(name for name in names if str(PurePosixPath(name).parent) in real and self._is_plain_file(name))
        )

    def _is_plain_file(self, name: str) -> bool:
        try:
            return stat.S_ISREG((self.root / name).lstat().st_mode)
        except (OSError, ValueError):
            return False

    def _passes_symlink(self, folder: str) -> bool:
        path = PurePosixPath(folder)
        return any((self.root / part).is_symlink() for part in (path, *path.parents) if str(part) != ".")

    def ignored(self, paths: Iterable[str]) -> frozenset[str]:
        """Return those of `paths` that git ignores (and does not track)."""
        asked = list(dict.fromkeys(paths))
        if not asked:
            return frozenset()
        # With ./ before it a path is a name, also where it begins like one of git's patterns: `:!x`.
        stdin = b"".join(b"./" + path.encode("utf-8", "surrogateescape") + b"\0" for path in asked)
        done = self.git("check-ignore", "-z", "--stdin", check=False, stdin=stdin)
        if done.returncode not in {0, 1}:
            said = done.stderr.decode("utf-8", "replace").strip()
            raise NaniteError(f"git check-ignore failed: {said}", code="git-failed", hint="check the paths")
        names = (name.removeprefix(b"./") for name in done.stdout.split(b"\0") if name)
        return frozenset(name.decode("utf-8", "surrogateescape") for name in names)

    def locate(self, path: str, *, field: str | None = None) -> Path:
        """Return where `path` lies on disk, once no part of it is a symlink.

        The last part need not exist. git's ignore rules are not asked here: see `ignored`.

        Raises:
            TaskRefused: the words are unsafe (see `safe_path`), or a part is a symlink or no folder.
        """
        place = self.root
        try:
            safe = safe_path(path)
        except TaskRefused as error:
            raise TaskRefused(error.message, code=error.code, hint=error.hint, field=field) from error
        parts = PurePosixPath(safe).parts
        for number, part in enumerate(parts, 1):
            place = place / part
            try:
                mode = place.lstat().st_mode
            except FileNotFoundError:
                break
            except OSError as error:
                raise TaskRefused(
                    f"{path!r}: {error.strerror}", code="unreadable", field=field, hint="check the path"
                ) from error
            if stat.S_ISLNK(mode):
                raise TaskRefused(
                    f"{path!r} passes through a symlink", code="symlink", field=field, hint="name the real file"
                )
            if number < len(parts) and not stat.S_ISDIR(mode):
                raise TaskRefused(
                    f"{path!r}: {part} is no folder", code="no-such-file", field=field, hint="check the path"
                )
        return self.root.joinpath(*parts)

    def read(self, path: str, *, field: str | None = None) -> Source:
        """Return a text file of the repository as it is now.

        Raises:
            TaskRefused: there is none, it is a folder, not a plain file, too large, binary, or not UTF-8.
        """
        place = self.locate(path, field=field)

        def refusal(what: str, code: str, hint: str) -> TaskRefused:
            return TaskRefused(f"{path!r} {what}", code=code, field=field, hint=hint)

        try:
            descriptor = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        except FileNotFoundError as error:
            raise refusal("does not exist", "no-such-file", "check the path, relative to the root") from error
        except OSError as error:
            raise refusal(f"cannot be read: {error.strerror}", "unreadable", "check its permissions") from error
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            os.close(descriptor)
            if stat.S_ISDIR(status.st_mode):
                raise refusal("is a folder", "is-a-folder", f"name its files, or write {path.rstrip('/')}/**")
            raise refusal("is no plain file", "not-a-file", "only plain files can be worked on")
        with os.fdopen(descriptor, "rb") as stream:
            content = stream.read(MAX_TARGET_BYTES + 1)
        if len(content) > MAX_TARGET_BYTES:
            raise refusal(f"has more than {MAX_TARGET_BYTES:,} bytes", "too-large", "name a smaller file")
        if b"\0" in content:
            raise refusal("is binary", "binary", "only text files can be worked on")
        try:
            content.decode("utf-8")
        except UnicodeDecodeError as error:
            raise refusal(f"is not UTF-8 at byte {error.start}", "not-utf8", "only UTF-8 text is worked on") from error
        return Source(path=safe_path(path), content=content, mode=stat.S_IMODE(status.st_mode))

    def expand(
        self, patterns: Sequence[str], *, field: str = "targets", ignored: Ignored | None = None
    ) -> tuple[str, ...]:
        """Return the files that `patterns` (paths or globs) name, in order, each once. A path stands for itself.

        Args:
            patterns: paths or globs, relative to the root.
            field: the field of a task that an error is about.
            ignored: who says which of them git ignores, where somebody asked git already; else git is asked.

        Raises:
            TaskRefused: a pattern is unsafe or fits no file; a file is a symlink or ignored by git.
        """
        found: dict[str, None] = {}
        everything: tuple[str, ...] | None = None
        for pattern in patterns:
            if not is_glob(pattern) or self._is_plain_file(pattern):
                self.locate(pattern, field=field)
                found[safe_path(pattern)] = None
                continue
            try:
                wanted = safe_path(pattern)
            except TaskRefused as error:
                raise TaskRefused(error.message, code=error.code, hint=error.hint, field=field) from error
            everything = self.files() if everything is None else everything
            fitting = [name for name in everything if glob_match(name, wanted)]
            if not fitting:
                raise TaskRefused(
                    f"no file fits {pattern!r}",
                    code="no-such-file",
                    field=field,
                    hint="git must know or not ignore the files",
                )
            found.update(dict.fromkeys(fitting))
        refused = (ignored or self.ignored)(found)
        if refused:
            raise TaskRefused(
                f"{sorted(refused)[0]!r} is ignored by git",
                code="ignored",
                field=field,
                hint="ignored files are never read or changed",
            )
        return tuple(found)

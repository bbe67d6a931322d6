"""What a person allowed on this machine, kept outside of every repository so that no repository can allow it itself."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from workbench.home import home

MAX_BYTES = 1_000_000
Word = Literal["unguarded"]


@dataclass(frozen=True)
class Consent:
    """What was allowed for one repository: `path` is the file that says it."""

    path: Path
    root: Path
    given: tuple[str, ...] = ()

    @classmethod
    def of(cls, root: Path) -> Consent:
        """Return what was allowed for the repository at `root`; nothing where the file is not its owner's alone."""
        name = hashlib.sha256(os.fsencode(root)).hexdigest()[:32]
        path = home() / "consent" / f"{name}.json"
        return cls(path, root, _read(path, root))

    def unguarded(self, command: str) -> bool:
        """Return whether `command` may run here without a sandbox."""
        return command in self.given

    def with_unguarded(self, command: str) -> Consent:
        """Write down that `command` may run here without a sandbox; return what holds then."""
        return self._written(tuple(dict.fromkeys([*self.given, command])))

    def without(self, command: str) -> Consent:
        """Take back what was allowed for `command`; return what holds then."""
        return self._written(tuple(one for one in self.given if one != command))

    def _written(self, given: tuple[str, ...]) -> Consent:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        text = json.dumps({"repository": str(self.root), "unguarded": given}, ensure_ascii=False, indent=1)
        temporary = self.path.with_name(f".{self.path.name}.{os.getpid()}.tmp")
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600), "w") as stream:
            stream.write(text)
        temporary.replace(self.path)
        return Consent(self.path, self.root, given)


def _read(path: Path, root: Path) -> tuple[str, ...]:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return ()
    with os.fdopen(descriptor, "rb") as stream:
        status = os.fstat(stream.fileno())
        if status.st_uid != os.getuid() or status.st_mode & 0o022 or status.st_size > MAX_BYTES:
            return ()
        try:
            value: Any = json.loads(stream.read(MAX_BYTES))
        except (ValueError, RecursionError):
            return ()
    if not isinstance(value, dict) or value.get("repository") != str(root):
        return ()
    words = value.get("unguarded")
    return tuple(word for word in words if isinstance(word, str)) if isinstance(words, list) else ()

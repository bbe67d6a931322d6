"""What a person decided on this machine, kept outside of every repository: none can decide it itself."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from workbench.home import home

MAX_BYTES = 1_000_000


@dataclass(frozen=True)
class Consent:
    """What was decided for one repository.

    Attributes:
        path: the file that says it.
        root: the repository.
        unguarded: commands that may run without a sandbox where none can be had.
        never: commands that may not run, whatever the repository's nanites.toml says.
        agreed: settings of the repository's that reach beyond this machine, by key, with the value (JSON) agreed to.
    """

    path: Path
    root: Path
    unguarded: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    agreed: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, root: Path) -> Consent:
        """Return what was decided for the repository at `root`; nothing where the file is not its owner's alone."""
        name = hashlib.sha256(os.fsencode(root)).hexdigest()[:32]
        path = home() / "consent" / f"{name}.json"
        value = _read(path)
        if value.get("repository") != str(root):
            value = {}
        return cls(path, root, _words(value, "unguarded"), _words(value, "never"), _pairs(value, "agreed"))

    def may_run_unguarded(self, command: str) -> bool:
        """Return whether `command` may run here without a sandbox."""
        return command in self.unguarded

    def forbids(self, command: str) -> bool:
        """Return whether `command` may not run here at all."""
        return command in self.never

    def with_unguarded(self, command: str) -> Consent:
        """Write down that `command` may run here without a sandbox; return what holds then."""
        return self.without(command)._written(unguarded=(*self.without(command).unguarded, command))

    def with_never(self, command: str) -> Consent:
        """Write down that `command` may not run here; return what holds then."""
        return self.without(command)._written(never=(*self.without(command).never, command))

    def agrees_to(self, key: str, value: Any) -> bool:
        """Return whether this value of this setting was agreed to; any other asks again."""
        return (key, _text(value)) in self.agreed

    def with_agreed(self, values: Mapping[str, Any]) -> Consent:
        """Write down that these settings, by key, are agreed to, and no others; return what holds then."""
        return self._written(agreed=tuple((key, _text(value)) for key, value in sorted(values.items())))

    def without(self, command: str) -> Consent:
        """Return what would hold had nothing been decided about `command`; nothing is written down."""
        unguarded = tuple(one for one in self.unguarded if one != command)
        return replace(self, unguarded=unguarded, never=tuple(one for one in self.never if one != command))

    def forget(self, command: str) -> Consent:
        """Write down that nothing is decided about `command`; return what holds then."""
        less = self.without(command)
        return less._written() if less != self else self

    def _written(self, **changes: Any) -> Consent:
        new = replace(self, **changes)
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        value: dict[str, Any] = {"repository": str(self.root), "unguarded": new.unguarded, "never": new.never}
        value["agreed"] = dict(new.agreed)
        temporary = self.path.with_name(f".{self.path.name}.{os.getpid()}.tmp")
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            json.dump(value, stream, ensure_ascii=False, indent=1)
        temporary.replace(self.path)
        return new


def _read(path: Path) -> dict[str, Any]:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return {}
    with os.fdopen(descriptor, "rb") as stream:
        status = os.fstat(stream.fileno())
        if status.st_uid != os.getuid() or status.st_mode & 0o022 or status.st_size > MAX_BYTES:
            return {}
        try:
            value = json.loads(stream.read(MAX_BYTES))
        except (ValueError, RecursionError):
            return {}
    return value if isinstance(value, dict) else {}


def _words(value: dict[str, Any], name: str) -> tuple[str, ...]:
    words = value.get(name)
    return tuple(word for word in words if isinstance(word, str)) if isinstance(words, list) else ()


def _pairs(value: dict[str, Any], name: str) -> tuple[tuple[str, str], ...]:
    pairs = value.get(name)
    if not isinstance(pairs, dict):
        return ()
    return tuple((str(key), text) for key, text in pairs.items() if isinstance(text, str))


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)

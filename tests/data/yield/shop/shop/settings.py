"""Loads the settings of the application from a file of key=value lines.

The environment comes first: APP_PORT=8080 there overrides port=80 in the file.
"""

from __future__ import annotations

import os
from pathlib import Path

PREFIX = "APP_"


def parse_bool(text: str) -> bool:
    """Return the truth value that a setting stands for."""
    if text in ("true", "yes", "1"):
        return True
    if text in ("false", "no", "0"):
        return False
    raise ValueError(f"not a boolean: {text!r}")


def parse_lines(text: str) -> dict[str, str]:
    """Return the settings of a file's text; blank lines and comments are skipped."""
    values: dict[str, str] = {}
    for line in text.splitlines():
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        key, _, value = line.partition("=")
        values[key.strip().lower()] = value.strip()
    return values


def from_environment(environ: dict[str, str], prefix: str = PREFIX) -> dict[str, str]:
    """Return the settings among the variables of the environment."""
    return {name[len(prefix) :].lower(): value for name, value in environ.items() if name.startswith(prefix)}


class Settings:
    """The settings, by name."""

    def __init__(self, values: dict[str, str]) -> None:
        self._values = dict(values)

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def get(self, key: str, default: str | None = None) -> str | None:
        return self._values.get(key, default)

    def get_bool(self, key: str, default: bool = False) -> bool:
        if key not in self._values:
            return default
        return parse_bool(self._values[key])

    def get_int(self, key: str, default: int | None = None) -> int | None:
        """Return a setting as a number, or the default if it isn't set."""
        if key not in self._values:
            return default
        text = self._values[key]
        try:
            return int(text)
        except ValueError:
            raise ValueError(f"{key} must be a whole number, not {text!r}") from None

    def get_list(self, key: str) -> list[str]:
        """Return a setting's comma-separated parts."""
        return [part.strip() for part in self._values.get(key, "").split(",") if part.strip()]


def load(path: str | Path, environ: dict[str, str] | None = None) -> Settings:
    """Return the settings of a file (it may be absent) and of the environment."""
    path = Path(path)
    values = parse_lines(path.read_text(encoding="utf-8")) if path.exists() else {}
    values.update(from_environment(dict(os.environ) if environ is None else environ))
    return Settings(values)

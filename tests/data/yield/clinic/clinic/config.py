"""Settings of the clinic's program, from a text of `name = value` lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

TRUE = ("true", "1")


class ConfigError(ValueError):
    """A setting is missing or cannot be read."""


def parse(text: str) -> dict[str, str]:
    """Return the settings of a text; empty lines and lines that begin with # are left out.

    Raises:
        ConfigError: a line has no equals sign.
    """
    values = {}
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        name, sign, value = line.partition("=")
        if not sign:
            raise ConfigError(f"line {number}: no '=' in {line!r}")
        values[name.strip().lower()] = value.strip()
    return values


def _lowered(values: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in values.items()}


class Config:
    """Settings by name; upper and lower case are the same in names."""

    def __init__(self, values: Mapping[str, str], defaults: Mapping[str, str] | None = None) -> None:
        self._values = _lowered(defaults or {}) | _lowered(values)

    @classmethod
    def from_text(cls, text: str, defaults: Mapping[str, str] | None = None) -> Config:
        """Return the settings of a text."""
        return cls(parse(text), defaults)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._values))

    def get(self, name: str, default: str | None = None) -> str:
        """Return a setting as a text.

        Raises:
            ConfigError: it is missing and there is no default.
        """
        value = self._values.get(name.lower(), default)
        if value is None:
            raise ConfigError(f"missing: {name}")
        return value

    def get_int(self, name: str, default: int | None = None) -> int:
        """Return a setting as a whole number."""
        text = self.get(name, None if default is None else str(default))
        try:
            return int(text)
        except ValueError:
            raise ConfigError(f"{name} is not a whole number: {text!r}") from None

    def get_bool(self, name: str, default: bool = False) -> bool:
        """Return a setting as true or false."""
        return self.get(name, str(default)).lower() in TRUE

    def get_list(self, name: str) -> list[str]:
        """Return a setting with commas in it as a list; an empty one if it is missing."""
        return self.get(name, "").split(",")

    def with_changes(self, changes: Mapping[str, str]) -> Config:
        """Return settings with some of them changed; these stay as they are."""
        return Config(changes, self._values)

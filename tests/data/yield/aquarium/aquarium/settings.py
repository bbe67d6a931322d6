"""The settings of the programs, read from lines such as `lights = 08:00`."""

from __future__ import annotations

DEFAULTS = {"lights": "08:00", "language": "en", "alarm": "yes", "pumps": "4"}

TRUE = ("yes", "on", "true")
FALSE = ("no", "off", "false")


class SettingsError(Exception):
    """A setting is missing or makes no sense."""


def parse(text: str) -> dict[str, str]:
    """Return the settings of a text; empty lines and lines that begin with # say nothing."""
    values: dict[str, str] = {}
    for line in text.splitlines():
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        key, sign, value = line.partition("=")
        if not sign:
            raise SettingsError(f"no = in {line!r}")
        values[key.strip()] = value.strip()
    return values


class Settings:
    """The settings, with a default for what is not given."""

    def __init__(self, values: dict[str, str] | None = None) -> None:
        self._values = {**DEFAULTS, **(values or {})}

    def get(self, key: str) -> str:
        """Return a setting."""
        if key not in self._values:
            raise SettingsError(f"no such setting: {key}")
        return self._values[key]

    def flag(self, key: str) -> bool:
        """Return a setting that is switched on or off."""
        value = self.get(key).lower()
        if value in TRUE:
            return True
        if value in FALSE:
            return False
        raise SettingsError(f"neither on nor off: {key}")

    def number(self, key: str) -> int:
        """Return a setting that is a whole number."""
        return int(self.get(key))

    def items(self, key: str) -> list[str]:
        """Return a setting that is a list with commas."""
        return [item.strip() for item in self.get(key).split(",")]

    def dump(self) -> str:
        """Return all settings as a text that can be read again."""
        return "\n".join(f"{key} = {value}" for key, value in self._values.items())

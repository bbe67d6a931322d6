"""Reads the settings file of the reception, and lists in CSV.

    # times
    gate = 22:00
    languages = en, de, nl
"""

from pathlib import Path

TRUE = {"yes", "true", "1"}
FALSE = {"no", "false", "0"}


def parse_list(text: str) -> list[str]:
    """Return the entries of a list such as 'en, de, nl'."""
    return [part.strip() for part in text.split(",")]


def parse_bool(text: str) -> bool:
    word = text.strip().lower()
    if word in TRUE:
        return True
    if word in FALSE:
        return False
    raise ValueError(f"neither yes nor no: {text}")


def parse_settings(text: str) -> dict[str, str]:
    """Return the settings of a text; empty lines and comments are skipped."""
    values = {}
    for line in text.splitlines():
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        name, found, value = line.partition("=")
        if not found:
            raise ValueError(f"no '=' in line: {line}")
        values[name.strip()] = value.strip()
    return values


class Settings:
    """Settings with their types."""

    def __init__(self, values):
        self._values = dict(values)

    @classmethod
    def load(cls, path):
        return cls(parse_settings(Path(path).read_text(encoding="utf-8")))

    def get(self, name, default=None):
        return self._values.get(name, default)

    def get_int(self, name, default=0):
        """Return a setting as a number, the default if it is not set."""
        if name not in self._values:
            return default
        return int(self._values[name])

    def get_bool(self, name, default=False):
        if name not in self._values:
            return default
        return parse_bool(self._values[name])

    def get_list(self, name):
        return parse_list(self._values.get(name, ""))

    def names(self):
        return sorted(self._values)


def parse_csv(text, separator=";"):
    """Return the rows of a simple CSV text as dicts; the first line has the names."""
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        return []
    names = [name.strip() for name in lines[0].split(separator)]
    rows = []
    for line in lines[1:]:
        cells = [cell.strip() for cell in line.split(separator)]
        rows.append(dict(zip(names, cells)))
    return rows

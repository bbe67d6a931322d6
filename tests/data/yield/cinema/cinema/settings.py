"""Reads the settings of the box office's computer.

    # comment
    screen = 2
    title = Lantern
"""

from __future__ import annotations

from pathlib import Path

TRUE = ("yes", "true")
FALSE = ("no", "false")


def parse_settings(text: str) -> dict[str, str]:
    """Return the settings of a text."""
    settings = {}
    for line in text.splitlines():
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        name, value = line.split("=")
        settings[name.strip()] = value.strip()
    return settings


def read_settings(path: str) -> dict[str, str]:
    """Return the settings of a file."""
    return parse_settings(Path(path).read_text(encoding="utf-8"))


def dump_settings(settings: dict[str, str]) -> str:
    """Return settings as text, ready to be written to a file."""
    return "".join(f"{name} = {value}\n" for name, value in settings.items())


def get_flag(settings: dict[str, str], name: str, default: bool = False) -> bool:
    """Return a setting that is yes or no."""
    if name not in settings:
        return default
    value = settings[name]
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    raise ValueError(f"{name}: neither yes nor no: {value}")


def get_number(settings: dict[str, str], name: str, default: int = 0) -> int:
    """Return a setting that is a whole number."""
    return int(settings.get(name, default))


def get_list(settings: dict[str, str], name: str) -> list[str]:
    """Return a setting that is a list: 'popcorn, cola'."""
    if not settings.get(name):
        return []
    return settings[name].split(",")


def require(settings: dict[str, str], *names: str) -> None:
    """Raise a KeyError if a setting is missing."""
    for name in names:
        if name not in settings:
            raise KeyError(name)


def merge(base: dict[str, str], changes: dict[str, str]) -> dict[str, str]:
    """Return settings with some of them changed."""
    return {**base, **changes}

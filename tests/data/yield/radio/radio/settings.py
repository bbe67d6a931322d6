"""Settings of the stream encoder, from a file of lines like 'bitrate = 192'."""

from __future__ import annotations

from pathlib import Path
from typing import Any

DEFAULTS: dict[str, str] = {
    "bitrate": "128",
    "format": "ogg",
    "mount": "/live",
    "public": "yes",
    "fallback": "",
}


def parse_settings(text: str) -> dict[str, str]:
    """Return the settings that a text has, without the defaults.

    Raises:
        ValueError: a line is no setting; the message has its number.
    """
    settings = {}
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        key, sign, value = line.partition("=")
        if not sign:
            raise ValueError(f"line {number}: no setting")
        settings[key.strip()] = value.strip()
    return settings


def flag(value: str) -> bool:
    """Return what 'yes' and 'no' mean."""
    if value == "yes":
        return True
    if value == "no":
        return False
    raise ValueError(f"neither yes nor no: {value!r}")


def load(path: Path) -> dict[str, str]:
    """Return the settings of a file over the defaults; there need not be a file."""
    if not path.exists():
        return dict(DEFAULTS)
    return DEFAULTS | parse_settings(path.read_text(encoding="utf-8"))


def dump(settings: dict[str, str]) -> str:
    """Return the text of a settings file, without what is as the defaults are."""
    lines = [f"{key} = {value}" for key, value in sorted(settings.items()) if DEFAULTS.get(key) != value]
    return "".join(f"{line}\n" for line in lines)


def mount_url(host: str, mount: str, port: int = 8000) -> str:
    """Return where listeners find the stream."""
    return f"http://{host}:{port}/{mount.lstrip('/')}"


def differences(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """Return what has changed, a line for each key."""
    lines = []
    for key in sorted(old.keys() | new.keys()):
        if old.get(key) != new.get(key):
            lines.append(f"{key}: {old.get(key, '-')} -> {new.get(key, '-')}")
    return lines

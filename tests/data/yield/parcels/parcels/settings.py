"""Settings of the depot's programs, from the environment or from a dict like it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

START = "PARCELS_"


def collect(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return the settings of an environment: 'PARCELS_PRINTER' is 'printer'."""
    settings = {}
    for name, value in environment.items():
        if name.startswith(START):
            settings[name[len(START) :].lower()] = value
    return settings


def flag(settings: Mapping[str, str], name: str) -> bool:
    """Return a setting that is on or off; it is off if it is not set.

    Raises:
        ValueError: it is neither.
    """
    value = settings.get(name, "0").strip()
    if value in ("1", "true"):
        return True
    if value in ("0", "false"):
        return False
    raise ValueError(f"{name} is neither on nor off: {value}")


def number(settings: Mapping[str, str], name: str, default: int) -> int:
    """Return a setting that is a whole number."""
    value = settings.get(name)
    if value is None:
        return default
    return int(value)


def folder(settings: Mapping[str, str], name: str) -> Path:
    return Path(settings.get(name, ".")).expanduser()


def seconds(text: str) -> int:
    """Return the seconds of a duration such as '90s' or '5m'."""
    units = {"s": 1, "m": 60}
    unit = text[-1]
    if unit not in units:
        raise ValueError(f"no duration: {text}")
    return int(text[:-1]) * units[unit]


def show(settings: Mapping[str, str]) -> str:
    """Return the settings for the log, sorted by name."""
    return "\n".join(f"{name}={settings[name]}" for name in sorted(settings))

"""The settings of the museum's programs, which are read from a nested dictionary."""

from __future__ import annotations

import copy
import os
from typing import Any

DEFAULTS: dict[str, Any] = {
    "name": "Town Museum",
    "shop": {"open": True, "currency": "EUR"},
    "rooms": 12,
}
PREFIX = "MUSEUM_"
TRUE_WORDS = ("1", "true", "yes", "on")


class ConfigError(Exception):
    """A setting is wrong."""


def lookup(config: dict[str, Any], path: str, default: Any = None) -> Any:
    """Return a setting by its path, such as 'shop.currency'."""
    value: Any = config
    for part in path.split("."):
        if part not in value:
            return default
        value = value[part]
    return value


def merged(base: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Return settings with some of them changed; both are left as they are."""
    result = copy.deepcopy(base)
    for name, value in changes.items():
        result[name] = copy.deepcopy(value)
    return result


def as_bool(text: str) -> bool:
    """Return whether a word means yes."""
    return text in TRUE_WORDS


def as_size(text: str) -> int:
    """Return the bytes of a size such as '500', '20k' or '3M'."""
    factors = {"k": 1024, "M": 1024**2}
    if text[-1] in factors:
        return int(text[:-1]) * factors[text[-1]]
    return int(text)


def from_environment(environment: dict[str, str] | None = None) -> dict[str, str]:
    """Return the settings that the environment has: MUSEUM_NAME is 'name'."""
    if environment is None:
        environment = dict(os.environ)
    return {name.removeprefix(PREFIX).lower(): value for name, value in environment.items() if name.startswith(PREFIX)}


def rooms(config: dict[str, Any]) -> int:
    """Return how many rooms there are."""
    count = config.get("rooms", DEFAULTS["rooms"])
    if not isinstance(count, int):
        raise ConfigError(f"rooms: not a number: {count!r}")
    return count


def flatten(config: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """Return the settings by their paths: {'shop': {'open': True}} is {'shop.open': True}."""
    flat = {}
    for name, value in config.items():
        if isinstance(value, dict):
            flat.update(flatten(value, f"{prefix}{name}."))
        else:
            flat[prefix + name] = value
    return flat

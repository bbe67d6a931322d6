"""Settings of the choir's scripts: simple "key = value" files and json."""

import json
import os

DEFAULTS = {"place": "hall", "weekday": "tuesday", "reminder": "yes"}

TRUE = ("yes", "true", "1")
FALSE = ("no", "false", "0")


def parse_settings(text):
    """Parse "key = value" lines into a dict."""
    settings = {}
    for line in text.splitlines():
        line = line.strip()
        if not line:
            continue
        key, _, value = line.partition("=")
        settings[key.strip()] = value.strip()
    return settings


def with_defaults(settings: dict) -> dict:
    return {**DEFAULTS, **settings}


def as_bool(text: str) -> bool:
    """Convert a setting to a bool."""
    value = text.strip()
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    raise ValueError(f"not a yes or no: {text!r}")


def as_list(text: str, sep: str = ",") -> list[str]:
    """Split a setting with several values.

    >>> as_list("alto, bass")
    ['alto', 'bass']
    """
    return [part.strip() for part in text.split(sep)]


def get_int(settings, key, default=0):
    """Return a setting as an int, or the default if it is not set."""
    value = settings.get(key)
    if value is None:
        return default
    return int(value)


def load_json(path):
    """Read settings from a json file."""
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def save_json(path, settings):
    """Write settings to a json file; the old file stays if something goes wrong."""
    temporary = f"{path}.tmp"
    with open(temporary, "w", encoding="utf-8") as file:
        json.dump(settings, file, indent=2)
        file.write("\n")
    os.replace(temporary, path)


def changed_keys(old: dict, new: dict) -> list[str]:
    """Return the keys that have another value in new, or are only there."""
    return sorted(key for key in new if old.get(key) != new[key])

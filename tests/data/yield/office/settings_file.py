"""Reads the deploy tool's settings files, which look like INI files."""

import re

UNITS = {"s": 1, "m": 60, "h": 3600}

DEFAULTS = {
    "server": {"host": "localhost", "port": "8080"},
    "log": {"level": "info"},
}


def parse_bool(value):
    """Return the truth value that a word stands for."""
    if value in ("1", "true", "yes", "on"):
        return True
    if value in ("0", "false", "no", "off"):
        return False
    raise ValueError(f"not a boolean: {value!r}")


def parse_duration(text):
    """Return the seconds in a duration such as '45', '30s', '5m' or '2h'."""
    match = re.fullmatch(r"(\d+)([smh]?)", text.strip())
    if match is None:
        raise ValueError(f"not a duration: {text!r}")
    number, unit = match.groups()
    return int(number) * UNITS[unit or "s"]


def parse_list(value):
    """Return the items of a comma-separated value."""
    return [item.strip() for item in value.split(",") if item.strip()]


def parse_ini(text):
    """Parse a settings file into a dict of sections, each a dict of strings."""
    sections = {}
    current = None
    for number, line in enumerate(text.splitlines(), start=1):
        line = line.strip()
        if not line or line[0] in "#;":
            continue
        if line.startswith("[") and line.endswith("]"):
            current = sections.setdefault(line[1:-1].strip(), {})
            continue
        key, equals, value = line.partition("=")
        if not equals:
            raise ValueError(f"line {number}: expected key = value")
        if current is None:
            raise ValueError(f"line {number}: key outside of a section")
        current[key.strip()] = value.strip()
    return sections


def merge(base, extra):
    """Return `base` with the sections and keys of `extra` laid over it."""
    merged = {name: dict(section) for name, section in base.items()}
    for name, section in extra.items():
        merged.setdefault(name, {}).update(section)
    return merged


def lookup(settings, path, default=None):
    """Return one value by its dotted path, e.g. 'server.port'."""
    section, _, key = path.partition(".")
    return settings.get(section, {}).get(key, default)


def load(path):
    """Read a settings file, on top of the defaults."""
    with open(path, encoding="utf-8") as file:
        return merge(DEFAULTS, parse_ini(file.read()))

"""Settings of the shop's programs, read from a small text file.

The file has lines such as

    # the oven
    oven.degrees = 230
    days = mon, tue, wed
"""

from pathlib import Path

DEFAULTS = {
    "oven.degrees": "220",
    "till.name": "till 1",
}


class SettingsError(ValueError):
    """Something in the file is not understood."""


def parse_settings(text: str) -> dict[str, str]:
    """Return the settings of a text; of a name that stands there twice the last one counts."""
    settings = {}
    for number, line in enumerate(text.splitlines(), start=1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        name, equals, value = line.partition("=")
        if not equals:
            raise SettingsError(f"line {number}: no '=': {line}")
        settings[name.strip()] = value.strip()
    return settings


def read_settings(path) -> dict[str, str]:
    """Return the settings of a file, with the defaults for what it does not set."""
    return DEFAULTS | parse_settings(Path(path).read_text(encoding="utf-8"))


def get_list(settings: dict, name: str) -> list[str]:
    """Return a setting that is a list: 'mon, tue' is ['mon', 'tue']."""
    value = settings.get(name, "")
    return [item.strip() for item in value.split(",")]


def get_number(settings: dict, name: str, default: float = 0) -> float:
    """Return a setting that is a number."""
    if name not in settings:
        return default
    try:
        return float(settings[name])
    except ValueError:
        raise SettingsError(f"{name}: not a number: {settings[name]}") from None


def section(settings: dict, prefix: str) -> dict:
    """Return the settings of a section without its name: of 'oven' {'degrees': '230'}."""
    start = prefix + "."
    return {name[len(start) :]: value for name, value in settings.items() if name.startswith(start)}


def write_settings(settings: dict) -> str:
    """Return the text of a file with some settings."""
    return "".join(f"{name} = {value}\n" for name, value in sorted(settings.items()))

"""Settings, in files with lines such as `port = 8080`."""

import os


class ConfigError(Exception):
    pass


def parse_line(line: str):
    """Return the key and the value of a line."""
    key, _, value = line.partition("=")
    return key.strip(), value.strip()


def parse(text: str) -> dict:
    """Return all settings of a text; later ones win."""
    settings = {}
    for line in text.splitlines():
        if not line.strip():
            continue
        key, value = parse_line(line)
        settings[key] = value
    return settings


def load(path):
    with open(path, encoding="utf-8") as file:
        return parse(file.read())


def dump(settings: dict) -> str:
    """Return settings as the text of a file."""
    return "".join(f"{key} = {value}\n" for key, value in settings.items())


def merge(*layers: dict) -> dict:
    """Put layers of settings over each other, the last one on top."""
    result = {}
    for layer in layers:
        result.update(layer)
    return result


class Config:
    """Settings with types."""

    def __init__(self, settings=None):
        self.settings = dict(settings or {})

    def get(self, key: str, default=None):
        return self.settings.get(key, default)

    def get_int(self, key: str, default: int = 0) -> int:
        """Return a setting as a number."""
        if key not in self.settings:
            return default
        return int(self.settings[key])

    def get_bool(self, key: str, default: bool = False) -> bool:
        """Return a setting as a flag."""
        value = self.settings.get(key)
        if value is None:
            return default
        return value in ("yes", "true")

    def get_list(self, key: str) -> list:
        """Return a setting with commas in it as a list."""
        value = self.settings.get(key, "")
        return [part.strip() for part in value.split(",")]

    def require(self, key: str) -> str:
        """Return a setting that must be there."""
        if key not in self.settings:
            raise ConfigError("setting is missing")
        return self.settings[key]

    def keys(self, prefix: str = "") -> list:
        return [key for key in self.settings if key.startswith(prefix)]


def from_env(prefix: str, env=None) -> dict:
    """Return the settings that stand in the environment: SHOP_PORT=80 -> {'port': '80'}."""
    if env is None:
        env = os.environ
    return {name[len(prefix):].lower(): value for name, value in env.items() if name.startswith(prefix)}


def mask(key: str, value: str) -> str:
    """Return the value as it may stand in a log."""
    if "password" in key:
        return "***"
    return value

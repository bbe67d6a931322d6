"""Command line and settings of the tools, and a small cache for what they ask the server."""

import time

TRUE_WORDS = ("yes", "true", "on", "1")


def parse_args(args):
    """Split a command line into its words and its options: ['show', '--day=mon', '--all']."""
    words = []
    options = {}
    for arg in args:
        if arg.startswith("--"):
            name, sep, value = arg[2:].partition("=")
            options[name] = value if sep else True
        else:
            words.append(arg)
    return words, options


def parse_settings(text: str) -> dict:
    """Read settings, one 'name = value' a line. Lines that begin with '#' are comments."""
    settings = {}
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        name, value = line.split("=")
        settings[name.strip()] = value.strip()
    return settings


def switched_on(text: str) -> bool:
    """Tell whether a setting is switched on."""
    return text in TRUE_WORDS


def as_int(text, default=0):
    """Return the number that a setting holds, or the default if it is no number."""
    try:
        return int(text)
    except ValueError:
        return default


class Cache:
    """Remembers answers for some seconds."""

    def __init__(self, seconds: float = 60, clock=time.monotonic):
        self.seconds = seconds
        self.clock = clock
        self._values: dict = {}

    def __len__(self) -> int:
        return len(self._values)

    def set(self, key, value) -> None:
        self._values[key] = (self.clock() + self.seconds, value)

    def get(self, key):
        """Return what is stored for a key, None if there is nothing or it is too old."""
        if key not in self._values:
            return None
        until, value = self._values[key]
        if self.clock() >= until:
            del self._values[key]
            return None
        return value

    def forget(self, key) -> None:
        """Remove a key from the cache."""
        del self._values[key]

    def clear(self) -> None:
        self._values.clear()


def usage(tool: str, commands: dict) -> str:
    """Return the help text of a tool: its commands and what they do."""
    lines = [f"usage: {tool} <command>", ""]
    width = max(len(name) for name in commands)
    for name, text in commands.items():
        lines.append(f"  {name.ljust(width)}  {text}")
    return "\n".join(lines)

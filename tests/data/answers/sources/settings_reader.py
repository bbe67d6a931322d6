# -*- coding: utf-8 -*-
import os
import sys

DEFAULTS = {
    "host": "localhost",
    "port": 8080,
    "debug": False,
}


class SettingsError(Exception):
    pass


def parse_line(line):
    key, _, value = line.partition("=")
    return key.strip(), value.strip()


def read(path):
    settings = dict(DEFAULTS)
    if not os.path.exists(path):
        return settings
    with open(path) as f:
        for line in f:
            line = line.strip()
            if not line or line.startswith("#"):
                continue
            key, value = parse_line(line)
            settings[key] = convert(value, DEFAULTS.get(key))
    return settings


def convert(value, like):
    if isinstance(like, bool):
        return value.lower() in ("1", "true", "yes")
    if isinstance(like, int):
        return int(value)
    return value


def main(argv=None):
    argv = argv or sys.argv[1:]
    for path in argv:
        for key, value in sorted(read(path).items()):
            print("%s = %r" % (key, value))
    return 0


if __name__ == "__main__":
    sys.exit(main())

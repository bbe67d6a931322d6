"""The structs that a file in Go declares, each with its fields."""

from __future__ import annotations

import re

_STRUCT = re.compile(r"^type (?P<name>\w+) struct \{\n(?P<fields>(?:(?!\}|type ).*\n)*+)\}", re.MULTILINE)
_FIELD = re.compile(
    r"^[ \t]+(?P<names>\w+(?:, \w+)*)[ \t]+(?P<kind>(?>[^\s`/](?:[^\n`/]*[^\s`/])?))[ \t]*+(?:`[^`\n]*`[ \t]*)?(?://[^\n]*)?$",
    re.MULTILINE,
)


def structs_of(source: bytes) -> dict[str, dict[str, str]]:
    """Return the fields of each struct of a file, as gofmt writes it, with their types."""
    said = source.decode("utf-8").replace("\r\n", "\n")
    return {
        found["name"]: {
            name: one["kind"] for one in _FIELD.finditer(found["fields"]) for name in one["names"].split(", ")
        }
        for found in _STRUCT.finditer(said)
    }

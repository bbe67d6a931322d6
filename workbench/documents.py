"""The parts of docs/ that are made from the code: `python -m workbench.documents` writes them anew.

A page holds such a part between two marks, `<!-- made: NAME -->` and `<!-- end -->`. A test fails where what stands
between them is not what the code says.
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from workbench import events, model, settings

_PART = re.compile(r"(<!-- made: ([a-z-]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def refreshed(page: str) -> str:
    """Return the text of a page with every made part as the code says it now.

    Raises:
        KeyError: a mark names no part.
    """
    return _PART.sub(lambda found: f"{found[1]}{PARTS[found[2]]()}{found[3]}", page)


def event_sections() -> str:
    """Return a section for each kind of event: what it says and its fields."""
    sections = []
    for kind in events.kinds():
        fields = {name: field for name, field in kind.model_fields.items() if name != "task"}
        rows = [
            f"| `{name}` | {_type(field.annotation)} | {'may be absent' if field.default is None else ''} |"
            for name, field in fields.items()
        ]
        table = ["", "| field | value | |", "| --- | --- | --- |", *rows] if rows else []
        sections.append("\n".join([f"### `{kind.event}`", "", _words(kind.__doc__), *table, ""]))
    return "\n".join(sections)


def task_table() -> str:
    """Return the table of a task file's fields."""
    lines = ["| field | value | meaning | default |", "| --- | --- | --- | --- |"]
    for name, field in model.TaskSpec.model_fields.items():
        lines.append(f"| `{name}` | {_type(field.annotation)} | {field.description} | {_default(field)} |")
    return "\n".join(lines) + "\n"


def settings_tables() -> str:
    """Return a table for each section of nanites.toml."""
    lines = []
    for name, section in settings.Settings.model_fields.items():
        kind = section.annotation
        if not (isinstance(kind, type) and issubclass(kind, BaseModel)) or not kind.model_fields:
            continue
        lines += [f"### `[{name}]`", "", _words(kind.__doc__), "", "| key | value | default |", "| --- | --- | --- |"]
        lines += [
            f"| `{key}` | {_type(field.annotation)} | {_default(field)} |" for key, field in kind.model_fields.items()
        ]
        lines.append("")
    return "\n".join(lines)


def command_table() -> str:
    """Return the table of commands with their arguments; the options of a task, which many have, are a row below."""
    import click

    from workbench import cli

    root = click.Context(cli.nanites, info_name="nanites")
    lines = ["| command | does |", "| --- | --- |"]
    shared = ""
    for name, (_, help_text) in cli.COMMANDS.items():
        command = cli.nanites.get_command(root, name)
        if command is None or not help_text:
            continue
        pieces = [piece for piece in map(_usage, command.params) if piece]
        if isinstance(command, click.Group):
            pieces = ["[" + "\\|".join(command.list_commands(root)) + "]"]
        elif any(piece.startswith("[--target ") for piece in pieces):
            shared = " ".join(pieces[-_task_options(pieces) :])
            pieces = [*pieces[: -_task_options(pieces)], "[OPTIONS OF A TASK]"]
        lines.append(f"| `{' '.join(['nanites', name, *pieces])}` | {help_text} |")
    return "\n".join([*lines, "", f"Options of a task: `{shared}`", ""])


def keys_tables() -> str:
    """Return the keys of the terminal workbench, a table for each pane."""
    from workbench.tui.keys import table_text

    return table_text()


def _task_options(pieces: list[str]) -> int:
    """Return how many of a command's pieces are options of a task: from `--target` on, all."""
    return len(pieces) - next(number for number, piece in enumerate(pieces) if piece.startswith("[--target "))


def _usage(part: Any) -> str:
    import click

    if isinstance(part, click.Argument):
        name = (part.metavar or part.human_readable_name.upper()).replace(" | ", "\\|")
        return name if part.required or "..." in name else f"[{name}]"
    option = part.opts[0]
    if option in {"--json", "--repo", "--help"}:
        return ""
    value = "" if part.is_flag else f" {_choice(part)}"
    return f"[{option}{value}]" + ("..." if part.multiple else "")


def _choice(part: Any) -> str:
    choices = getattr(part.type, "choices", None)
    if choices and len(choices) <= 5:
        return "\\|".join(choices)
    return str(part.metavar or part.name.upper())


def _words(text: str | None) -> str:
    return " ".join((text or "").split())


def _type(kind: Any) -> str:
    """Return what a value may be, in words."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in {types.UnionType, Union}:
        return " or ".join(_type(part) for part in inner if part is not type(None))
    if origin is Literal:
        return " or ".join(f"`{part}`" for part in inner)
    if origin is tuple:
        return f"list of {_type(inner[0])}"
    if origin is not None and hasattr(kind, "__metadata__"):
        return _type(inner[0])
    if isinstance(kind, type) and issubclass(kind, Enum):
        return " or ".join(f"`{part.value}`" for part in kind)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return "{" + ", ".join(f"`{name}`" for name in kind.model_fields) + "}"
    return {str: "text", int: "number", float: "number", bool: "true or false"}.get(kind, "value")


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "always there" if field.description is None else "required"
    value = field.default
    if value is None or value in ((), ""):
        return ""
    if isinstance(value, BaseModel):
        return ""
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, tuple):
        return f"`[{', '.join(repr(part) for part in value)}]`".replace("'", '"')
    return f"`{str(value).lower()}`" if isinstance(value, bool) else f"`{value}`"


PARTS: dict[str, Callable[[], str]] = {
    "events": event_sections,
    "task": task_table,
    "settings": settings_tables,
    "commands": command_table,
    "keys": keys_tables,
}


def write_all(folder: Path) -> None:
    """Write every page of a docs folder anew."""
    for path in sorted(folder.glob("*.md")):
        path.write_text(refreshed(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    from workbench import schemas

    write_all(Path(__file__).parent.parent / "docs")
    schemas.write_all()

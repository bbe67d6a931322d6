"""The JSON Schemas that ship with the package, made from the pydantic models, and a check that needs no pydantic.

`nanites submit` must start in tens of milliseconds and pydantic takes longer than that to load. So a task is first held
against its shipped schema by `fits`; only what does not fit is looked at by the model itself, which then says what is
wrong. A test keeps the files equal to what the models say, and `fits` never kinder than they are.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from workbench.errors import NaniteError

NAMES = ("task", "decision", "result", "settings", "event")


def load(name: str) -> dict[str, Any]:
    """Return the shipped schema called `name`, one of `NAMES`.

    Raises:
        NaniteError: there is none of that name.
    """
    if name not in NAMES:
        raise NaniteError(f"there is no schema {name!r}", code="no-such-schema", hint=f"there are {', '.join(NAMES)}")
    text = (Path(__file__).parent / f"{name}.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def make(name: str) -> dict[str, Any]:
    """Return the schema that the models say now; `load` returns the same from a file, without pydantic."""
    from pydantic import TypeAdapter

    from workbench import model, settings

    if name == "event":
        schema = _event_schema()
    else:
        kinds: dict[str, Any] = {
            "task": model.TaskSpec,
            "decision": model.Decision,
            "result": model.Result,
            "settings": settings.Settings,
        }
        schema = TypeAdapter(kinds[name]).json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | schema


def _event_schema() -> dict[str, Any]:
    from workbench import events

    head: dict[str, Any] = {
        "v": {"const": events.VERSION},
        "seq": {"type": "integer", "minimum": 1},
        "at": {"type": "number", "description": "seconds since 1970"},
    }
    shared: dict[str, Any] = {}
    kinds = []
    for kind in events.kinds():
        schema = kind.model_json_schema()
        shared |= schema.pop("$defs", {})
        # Fields that say nothing are left out of the line, and a later version may add some.
        kinds.append(
            {
                "title": kind.__name__,
                "description": schema["description"],
                "type": "object",
                "properties": head | {"event": {"const": kind.event}} | schema["properties"],
                "required": ["v", "seq", "at", "event"],
            }
        )
    return {"title": "Event", "description": "A line of events.jsonl.", "oneOf": kinds, "$defs": shared}


def write_all(folder: Path = Path(__file__).parent) -> None:
    """Write every schema anew: `python -c "import workbench.schemas as s; s.write_all()"`."""
    for name in NAMES:
        text = json.dumps(make(name), ensure_ascii=False, indent=1) + "\n"
        (folder / f"{name}.json").write_text(text, encoding="utf-8")


def fits(value: Any, schema: dict[str, Any], whole: dict[str, Any] | None = None) -> bool:
    """Return whether `value` surely satisfies `schema`; False also where this small check does not know.

    Knows what the schema of a task is made of: objects without further properties, arrays, strings, numbers, `null`,
    `enum`, `const`, `anyOf` and references within `whole`.
    """
    whole = whole or schema
    if "$ref" in schema:
        found: Any = whole
        for part in str(schema["$ref"]).removeprefix("#/").split("/"):
            found = found[part]
        return fits(value, found, whole)
    if "anyOf" in schema:
        return any(fits(value, one, whole) for one in schema["anyOf"])
    if "enum" in schema or "const" in schema:
        return isinstance(value, str) and value in schema.get("enum", (schema.get("const"),))
    match schema.get("type"):
        case "object":
            return _object_fits(value, schema, whole)
        case "array":
            return isinstance(value, list) and all(fits(item, schema["items"], whole) for item in value)
        case "string":
            return isinstance(value, str) and _text_fits(value, schema)
        case "integer":
            return type(value) is int and _number_fits(value, schema)
        case "number":
            return type(value) in {int, float} and _number_fits(value, schema)
        case "null":
            return value is None
        case _:
            return False


def _object_fits(value: Any, schema: dict[str, Any], whole: dict[str, Any]) -> bool:
    known = schema.get("properties", {})
    return (
        isinstance(value, dict)
        and schema.get("additionalProperties") is False
        and all(name in value for name in schema.get("required", ()))
        and all(name in known and fits(item, known[name], whole) for name, item in value.items())
    )


def _text_fits(value: str, schema: dict[str, Any]) -> bool:
    if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value)):
        return False
    # A half of a surrogate pair is a character to Python and none to UTF-8.
    if not value.isascii() and any("\ud800" <= character <= "\udfff" for character in value):
        return False
    return "pattern" not in schema or re.fullmatch(schema["pattern"], value) is not None


def _number_fits(value: float, schema: dict[str, Any]) -> bool:
    low, high = schema.get("minimum", value), schema.get("maximum", value)
    above, below = schema.get("exclusiveMinimum", value - 1), schema.get("exclusiveMaximum", value + 1)
    return bool(low <= value <= high and above < value < below)

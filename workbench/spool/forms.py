"""The forms in which a dropped file may say something: JSON, or Markdown with YAML front matter.

Both are data from a stranger: bounded before they are parsed, YAML without tags or aliases, and a refusal with code
`unfinished` wherever more bytes might still make it whole.
"""

from __future__ import annotations

import json
import re
from typing import Any

from workbench.errors import TaskRefused

MAX_DEPTH = 20
MAX_FRONT_MATTER = 20_000
"""Most characters of front matter: YAML is slow to read, and a long text belongs into the body."""

_JSON_STRING = r'"(?:[^"\\]|\\.)*"'
_FRONT_MATTER = r"(?sm)\A---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)"


def decode(data: bytes) -> str:
    """Return the text of a dropped file.

    Raises:
        TaskRefused: it is not UTF-8 or no text.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        code = "unfinished" if error.reason == "unexpected end of data" else "not-utf8"
        raise TaskRefused(f"not UTF-8 at byte {error.start}", code=code, hint="save the file as UTF-8") from error
    if "\x00" in text:
        raise TaskRefused("the file holds a NUL character", code="not-text", hint="save the file as plain UTF-8 text")
    return text


def read_json(text: str) -> Any:
    """Return what a JSON text says.

    Raises:
        TaskRefused: it is no JSON, nested too deeply, or names a field twice.
    """
    if not text.strip():
        raise TaskRefused(
            "the file is empty", code="unfinished", hint="write the whole task, then rename it into place"
        )
    if _depth(text) > MAX_DEPTH:
        raise TaskRefused(f"nested deeper than {MAX_DEPTH}", code="too-deep", hint="a task is one flat object")
    try:
        return json.loads(text, object_pairs_hook=_no_twins)
    except json.JSONDecodeError as error:
        raise TaskRefused(
            f"not JSON, line {error.lineno} column {error.colno}: {error.msg}",
            code="unfinished" if _is_cut(text, error) else "not-json",
            hint="check the commas and quotes there",
        ) from error
    except (ValueError, RecursionError) as error:
        raise TaskRefused(f"not JSON: {error}", code="not-json", hint="use plain values") from error


def _is_cut(text: str, error: json.JSONDecodeError) -> bool:
    """Return whether the text may only end too early: inside a string, or in the middle of a word or number."""
    rest = text.rstrip()[error.pos :]
    return "Unterminated" in error.msg or (error.msg != "Extra data" and re.fullmatch(r"[\w.+\-]*", rest) is not None)


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        names = [name for name, _ in pairs]
        twin = next(name for name in names if names.count(name) > 1)
        raise TaskRefused(f"field {twin!r} stands twice", code="twice", field=twin, hint="keep one of them")
    return fields


def _depth(text: str) -> int:
    depth = deepest = 0
    for character in re.sub(_JSON_STRING, "", text, flags=re.DOTALL):
        if character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    return deepest


def read_markdown(text: str) -> Any:
    """Return the fields of a Markdown text's front matter, with its body as the task.

    Raises:
        TaskRefused: there is no front matter, or it is no flat list of fields.
    """
    import yaml

    if not text.strip():
        raise TaskRefused(
            "the file is empty", code="unfinished", hint="write the whole task, then rename it into place"
        )
    found = re.match(_FRONT_MATTER, text)
    if found is None:
        code = "unfinished" if text.startswith("---") or "---".startswith(text) else "no-front-matter"
        raise TaskRefused(
            "no YAML front matter between two lines of ---",
            code=code,
            hint="begin with ---, the fields, then --- again",
        )
    if len(found[1]) > MAX_FRONT_MATTER:
        raise TaskRefused(
            f"front matter of more than {MAX_FRONT_MATTER:,} characters",
            code="too-large",
            hint="put the words of the task into the body",
        )
    if _depth(found[1]) > MAX_DEPTH or (any(mark in found[1] for mark in ("&", "*")) and _has_alias(found[1])):
        raise TaskRefused("anchors, aliases or deep nesting", code="too-deep", hint="front matter is one flat list")
    try:
        _refuse_twins(yaml.compose(found[1], yaml.SafeLoader))
        fields = yaml.safe_load(found[1]) or {}
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 2}" if mark else ""
        problem = getattr(error, "problem", None) or str(error)
        raise TaskRefused(
            f"front matter{where}: {problem.splitlines()[0]}",
            code="not-yaml",
            hint='check indentation and quotes: a glob needs them, "*.py"',
        ) from error
    if not isinstance(fields, dict):
        raise TaskRefused("front matter is no list of fields", code="not-an-object", hint="write `field: value` lines")
    body = text[found.end() :].strip()
    if body and fields.get("task"):
        raise TaskRefused(
            "the task stands twice, as field and as body", code="twice", field="task", hint="keep one of them"
        )
    fields = {str(name): value for name, value in fields.items()}
    return fields | {"task": body} if body else fields


def _refuse_twins(node: Any) -> None:
    import yaml

    if isinstance(node, yaml.MappingNode):
        _no_twins([(str(key.value), None) for key, _ in node.value])


def _has_alias(text: str) -> bool:
    import yaml

    try:
        return any(isinstance(token, yaml.AliasToken | yaml.AnchorToken) for token in yaml.scan(text))
    except yaml.YAMLError:
        return False

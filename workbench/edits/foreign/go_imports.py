"""Imports of a Go file kept to what it uses: Go compiles neither what lacks an import nor what has one too many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.edits.foreign.importing import imported
from workbench.edits.foreign.nodes import field, text, walk
from workbench.edits.foreign.outline import Outline
from workbench.edits.foreign.symbols import outline_of_file
from workbench.errors import EditRefused

if TYPE_CHECKING:
    from tree_sitter import Node

_PATHS = """
    bufio bytes cmp context encoding/base64 encoding/csv encoding/hex encoding/json errors fmt html io log maps math
    math/bits net/http net/url os path path/filepath reflect regexp slices sort strconv strings sync time unicode
    unicode/utf8
    """.split()  # noqa: SIM905 — a paragraph of words reads better than a list
_STANDARD = {path.rpartition("/")[2]: path for path in _PATHS}
"""Packages of the standard library by the names that code uses; of names that two of them share, the usual one."""

_DECLARES = {
    "parameter_declaration": "name",
    "variadic_parameter_declaration": "name",
    "var_spec": "name",
    "const_spec": "name",
    "type_spec": "name",
    "function_declaration": "name",
    "short_var_declaration": "left",
    "range_clause": "left",
}


def imported_as_used(path: str, before: bytes, after: bytes) -> bytes:
    """Return a changed Go file with what it newly uses of the standard library imported, and what it used no longer.

    Args:
        path: the file; one of another language, with other ends of lines or that cannot be read stays as it is.
        before: the file as it was; what it lacked then, or had too many of, is not looked at.
        after: the file as it is.
    """
    if not path.endswith(".go") or b"\r" in after:
        return after
    try:
        was, now = outline_of_file(path, before.decode("utf-8")), outline_of_file(path, after.decode("utf-8"))
    except (EditRefused, ValueError):
        return after
    if now.source != after:
        return after
    uses, used = _packages(now), _packages(was)
    specs = [one for node in now.module.imports for one in walk(node) if one.type == "import_spec"]
    bound = {name for node in now.module.imports for item in imported("go", now.source, node) for name in item.binds}
    missing = sorted(_STANDARD[one] for one in uses - used - bound - _declared(now) if one in _STANDARD)
    idle = [one for one in specs if _is_idle(now, one, uses, used)]
    changes = [change for one in idle if (change := _without(now, one, specs))]
    if missing:
        changes.append(_with(now, specs, missing))
    for begin, end, new in sorted(changes, reverse=True):
        after = after[:begin] + new.encode("utf-8") + after[end:]
    return after


def _packages(file: Outline) -> set[str]:
    """Return the names before a point that may be packages."""
    found: set[str] = set()
    for node in walk(file.root):
        if node.type == "selector_expression" and (operand := field(node, "operand")) and operand.type == "identifier":
            found.add(text(file.source, operand))
        if node.type == "qualified_type" and (package := field(node, "package")):
            found.add(text(file.source, package))
    return found


def _declared(file: Outline) -> set[str]:
    found: set[str] = set()
    for node in walk(file.root):
        for place in node.children_by_field_name(_DECLARES[node.type]) if node.type in _DECLARES else ():
            found |= {text(file.source, one) for one in walk(place) if one.type in {"identifier", "type_identifier"}}
    return found


def _is_idle(file: Outline, spec: Node, uses: set[str], used: set[str]) -> bool:
    """Return whether a package was used, and is no longer."""
    names = {name for item in imported("go", file.source, spec) for name in item.binds}
    return bool(names & used) and not names & uses


def _without(file: Outline, spec: Node, specs: list[Node]) -> tuple[int, int, str] | None:
    """Return the change that takes an import out, with its line; None where it is the last one of a group."""
    holder = spec.parent
    if holder is None or (holder.type == "import_spec_list" and len(specs) < 2):
        return None
    whole = spec if holder.type == "import_spec_list" else holder
    return file.line_start(whole.start_byte), file.line_end(whole.end_byte) + 1, ""


def _with(file: Outline, specs: list[Node], paths: list[str]) -> tuple[int, int, str]:
    """Return the change that adds imports, in order among those of the standard library."""
    held = [one for one in specs if one.parent and one.parent.type == "import_spec_list"]
    if held:
        told = {text(file.source, one.child_by_field_name("path")).strip('"`'): one for one in held}
        later = [one for path, one in told.items() if path > paths[0] and "." not in path.partition("/")[0]]
        own = [one for path, one in told.items() if "." not in path.partition("/")[0]]
        lines = "".join(f'\t"{path}"\n' for path in paths)
        if later or not own:
            at = file.line_start((later or held)[0].start_byte)
            return at, at, lines
        at = file.line_end(own[-1].end_byte) + 1
        return at, at, lines
    if specs and (alone := specs[0].parent):
        every = sorted(
            [text(file.source, specs[0]), *(f'"{path}"' for path in paths)], key=lambda one: one.split('"')[1]
        )
        return alone.start_byte, alone.end_byte, "import (\n" + "".join(f"\t{one}\n" for one in every) + ")"
    package = next(node for node in file.root.children if node.type == "package_clause")
    names = [f'"{path}"' for path in paths]
    said = f"import {names[0]}" if len(names) == 1 else "import (\n" + "".join(f"\t{one}\n" for one in names) + ")"
    return package.end_byte, package.end_byte, f"\n\n{said}"

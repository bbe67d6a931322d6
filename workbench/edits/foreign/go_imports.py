"""Imports of a Go file kept to what it uses: Go compiles neither what lacks an import nor what has one too many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.edits.foreign.importing import imported
from workbench.edits.foreign.nodes import field, text, walk
from workbench.edits.foreign.outline import Outline
from workbench.edits.foreign.symbols import outline_of_file
from workbench.edits.foreign.verifying import replaced
from workbench.edits.source import Replacement
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
    "receive_statement": "left",
    "type_switch_statement": "alias",
    "type_parameter_declaration": "name",
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
    if not all(_has_its_lines(now, one) for one in specs):
        return after
    # What stands above cgo's import is code that belongs to it.
    specs = [one for one in specs if _path(now, one) != "C"]
    bound = {name for node in now.module.imports for item in imported("go", now.source, node) for name in item.binds}
    missing = sorted(_STANDARD[one] for one in uses - used - bound - _declared(now) if one in _STANDARD)
    declared = _declared(was)
    idle = [one for one in specs if _is_idle(now, one, uses, used, declared)]
    changes = [_without(now, one) for one in idle if missing or len(specs) > 1 or not _is_in_group(one)]
    if missing and (added := _with(now, specs, idle, missing)):
        changes = [added, *(one for one in changes if one.end <= added.start or one.start >= added.end)]
    return replaced(after, changes)


def _packages(file: Outline) -> set[str]:
    """Return the names before a point that may be packages: what they give begins with a capital."""
    found: set[str] = set()
    for node in walk(file.root):
        operand = field(node, "operand") if node.type == "selector_expression" else None
        is_given = text(file.source, field(node, "field"))[:1].isupper()
        if operand is not None and operand.type == "identifier" and is_given:
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


def _is_idle(file: Outline, spec: Node, uses: set[str], used: set[str], declared: set[str]) -> bool:
    """Return whether a package was used, and is no longer; not where one of its likely names was a variable's."""
    names = {name for item in imported("go", file.source, spec) for name in item.binds}
    is_clear = len(names) == 1 or names.isdisjoint(declared)
    return is_clear and bool(names & used) and not names & uses


def _path(file: Outline, spec: Node) -> str:
    return text(file.source, field(spec, "path")).strip('"`')


def _is_in_group(spec: Node) -> bool:
    return spec.parent is not None and spec.parent.type == "import_spec_list"


def _whole(spec: Node) -> Node:
    """Return an import with its word, where it has one to itself."""
    return spec if _is_in_group(spec) or spec.parent is None else spec.parent


def _has_its_lines(file: Outline, spec: Node) -> bool:
    """Return whether nothing but a comment of one line stands beside an import."""
    whole = _whole(spec)
    ahead = file.source[file.line_start(whole.start_byte) : whole.start_byte].strip()
    behind = file.source[whole.end_byte : file.line_end(whole.end_byte)].strip()
    return not ahead and (not behind or behind.startswith(b"//"))


def _without(file: Outline, spec: Node) -> Replacement:
    """Return the change that takes an import out, with its line."""
    whole = _whole(spec)
    return Replacement(file.line_start(whole.start_byte), file.line_end(whole.end_byte) + 1, "")


def _with(file: Outline, specs: list[Node], idle: list[Node], paths: list[str]) -> Replacement | None:
    """Return the change that adds imports, in order among those of the standard library; None in a mere piece of code.

    Of imports that stand alone, the first becomes one of a group, or gives way to what is added where it is idle.
    """
    held = [one for one in specs if _is_in_group(one)]
    if held:
        told = {_path(file, one): one for one in held}
        later = [one for path, one in told.items() if path > paths[0] and "." not in path.partition("/")[0]]
        own = [one for path, one in told.items() if "." not in path.partition("/")[0]]
        lines = "".join(f'\t"{path}"\n' for path in paths)
        is_before = later or not own
        at = file.line_start((later or held)[0].start_byte) if is_before else file.line_end(own[-1].end_byte) + 1
        return Replacement(at, at, lines)
    added = [(path, f'"{path}"') for path in paths]
    if specs:
        kept = [(_path(file, one), text(file.source, one)) for one in specs[:1] if one not in idle]
        return Replacement(_whole(specs[0]).start_byte, _whole(specs[0]).end_byte, _said(sorted([*kept, *added])))
    package = next((node for node in file.root.children if node.type == "package_clause"), None)
    return Replacement(package.end_byte, package.end_byte, f"\n\n{_said(added)}") if package else None


def _said(imports: list[tuple[str, str]]) -> str:
    """Return imports as one declaration, by their paths and how each is written."""
    if len(imports) == 1:
        return f"import {imports[0][1]}"
    return "import (\n" + "".join(f"\t{said}\n" for _, said in imports) + ")"

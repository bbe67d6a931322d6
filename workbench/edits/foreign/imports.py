"""Imports that new code brings: which of them it needs, whether they fit the file's own, and where they go."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.edits.foreign.importing import Imported, imported
from workbench.edits.foreign.nodes import COMMENTS, text
from workbench.edits.foreign.outline import Outline, Scope
from workbench.edits.source import Replacement
from workbench.errors import EditRefused

if TYPE_CHECKING:
    from tree_sitter import Node

_LONGEST = 100
_HEAD = frozenset({"package_clause", "package_declaration", "inner_attribute_item", "hash_bang_line"})
_HEAD_LOOSE = re.compile(r"""['"]use |#pragma once|#!\[|set -|# frozen_string_literal""")


@dataclass
class Wanted:
    """Imports to be added, with the statement of the answer that each stands in, and those left out."""

    items: list[tuple[Node, Imported]]
    left_out: list[str]


def wanted(answer: Outline, said: Scope, file: Outline, known: Scope, used: set[str]) -> Wanted:
    """Return the imports of `answer` that code using the names `used` needs and `file` lacks, and those left out.

    Raises:
        EditRefused: one would bind a name that the file imports from elsewhere (code `import-conflict`).
    """
    language = file.language
    there = [item for node in known.imports for item in imported(language, file.source, node)]
    keys = {item.key for item in there}
    bound = {name: item for item in there for name in item.binds}
    chosen = Wanted([], [])
    for node in said.imports:
        for item in imported(language, answer.source, node):
            if item.key in keys:
                continue
            if item.binds and not used.intersection(item.binds):
                chosen.left_out.append(item.statement)
                continue
            taken = next((name for name in item.binds if name in bound and len(item.binds) == 1), None)
            if taken is not None and not bound[taken].serves_as(item):
                raise EditRefused(
                    f"`{item.statement}` would replace {taken}, which the file has as `{bound[taken].statement}`",
                    code="import-conflict",
                    hint=f"use {taken} as the file has it",
                )
            if taken is not None or any(_defines(file, known, name) for name in item.binds):
                # A model that was shown a part of the file imports the rest from where it thinks it is.
                continue
            keys.add(item.key)
            chosen.items.append((node, item))
    return chosen


def _defines(file: Outline, known: Scope, name: str) -> bool:
    return f"{known.prefix}{name}" in file.by_name


def insert_imports(
    answer: Outline, file: Outline, known: Scope, items: list[tuple[Node, Imported]]
) -> list[Replacement]:
    """Return the changes, in offsets of bytes, that add imports after the file's own."""
    if not items:
        return []
    if file.language == "go":
        return [_into_go(file, known, [item for _, item in items])]
    changes: list[Replacement] = []
    statements: list[str] = []
    by_node: dict[int, list[tuple[Node, Imported]]] = {}
    for node, item in items:
        by_node.setdefault(node.id, []).append((node, item))
    for group in by_node.values():
        node = group[0][0]
        every = imported(file.language, answer.source, node)
        extended = _extend(file, known, [item for _, item in group], taken=changes)
        if extended is not None:
            changes.append(extended)
        elif len(every) == len(group):
            statements.append(_in_the_files_style(file, known, text(answer.source, node).strip()))
        else:
            statements += [_in_the_files_style(file, known, item.statement) for _, item in group]
    if statements:
        changes.append(_insert(file, known, statements))
    return changes


def _extend(file: Outline, known: Scope, items: list[Imported], taken: list[Replacement]) -> Replacement | None:
    """Return the names put into a one-line import that the file has of the same module, where they fit."""
    if not all(item.item for item in items):
        return None
    for node in known.imports:
        there = imported(file.language, file.source, node)
        holder = next((one for one in _down(node) if one.type == "named_imports"), None)
        if holder is None or not there or there[0].module != items[0].module or there[0].typed != items[0].typed:
            continue
        specifiers = [one for one in holder.named_children if one.type == "import_specifier"]
        added = "".join(f", {item.item}" for item in items)
        line = file.said(file.line_start(node.start_byte), file.line_end(node.start_byte))
        one_line = node.start_point.row == node.end_point.row
        if one_line and specifiers and len(line) + len(added) <= _LONGEST:
            at = specifiers[-1].end_byte
            if all(change.start != at for change in taken):
                return Replacement(at, at, added)
    return None


def _down(node: Node) -> list[Node]:
    return (
        [node, *(inner for child in node.named_children for inner in _down(child))]
        if node.named_child_count
        else [node]
    )


def _in_the_files_style(file: Outline, known: Scope, statement: str) -> str:
    """Return an import with the quotes and the semicolon of the file's own imports."""
    if file.language not in {"javascript", "typescript", "tsx", "ruby"}:
        return statement
    own = [text(file.source, node).strip() for node in known.imports]
    quotes = [mark for line in own for mark in re.findall("['\"]", line)]
    if quotes:
        usual = max(set(quotes), key=quotes.count)
        statement = re.sub(r"(['\"])([^'\"\\]*)\1", lambda found: f"{usual}{found[2]}{usual}", statement)
    if own and file.language != "ruby":
        ends = sum(line.endswith(";") for line in own) * 2 >= len(own)
        statement = statement.rstrip(";") + (";" if ends else "")
    return statement


def _into_go(file: Outline, known: Scope, items: list[Imported]) -> Replacement:
    """Return Go's imports put into the file's group, or as a declaration of their own."""
    groups = [one for node in known.imports for one in node.named_children if one.type == "import_spec_list"]
    ending = _ending(file)
    if groups:
        specs = [one for one in groups[0].named_children if one.type == "import_spec"]
        at = file.line_end(specs[-1].start_byte) if specs else groups[0].start_byte + 1
        return Replacement(at, at, "".join(f"{ending}\t{item.item}" for item in items))
    if known.imports:
        at = file.line_end(known.imports[-1].start_byte)
        return Replacement(at, at, "".join(f"{ending}import {item.item}" for item in items))
    lines = [f"import {items[0].item}"]
    if len(items) > 1:
        lines = ["import (", *(f"\t{item.item}" for item in items), ")"]
    return _insert(file, known, lines)


def _insert(file: Outline, known: Scope, statements: list[str]) -> Replacement:
    """Return the insertion of whole lines after the last import of a scope, or where the first one belongs."""
    ending = _ending(file)
    indent = ""
    if known.imports:
        last = _last_together(file, known.imports)
        at = file.line_end(last.start_byte + len(file.source[last.start_byte : last.end_byte].rstrip()))
        indent = file.indent(last.start_byte)
        return Replacement(at, at, "".join(f"{ending}{indent}{line}" for line in statements))
    if known.owner is not None:
        first = known.symbols[0] if known.symbols else None
        indent = file.indent(first.start) if first is not None else "    "
        return Replacement(known.start, known.start, "".join(f"{ending}{indent}{line}" for line in statements) + ending)
    at, after_head = _top(file)
    body = "".join(f"{line}{ending}" for line in statements)
    follows = file.source[at : file.line_end(at)].strip()
    return Replacement(at, at, (ending if after_head else "") + body + (ending if follows else ""))


def _last_together(file: Outline, imports: list[Node]) -> Node:
    """Return the last import of the file's head: one that comes after other code is not where new ones go."""
    last = imports[0]
    for node in imports[1:]:
        between = file.source[last.end_byte : node.start_byte]
        if between.count(b"\n") > 3 and any(
            sym.start < node.start_byte for sym in file.module.symbols[:50] if sym.role != "macro"
        ):
            break
        last = node
    return last


def _top(file: Outline) -> tuple[int, bool]:
    """Return where the first import of a file goes: below its head comments, package, pragmas and guards."""
    at = 0
    after_head = False
    for node in file.root.children:
        said = text(file.source, node)
        if node.type == "preproc_ifdef" and file.module.symbols and file.module.symbols[0].role == "macro":
            guard = file.module.symbols[0]
            if node.start_byte <= guard.start < node.end_byte and not file.source[node.end_byte :].strip():
                return file.line_end(guard.end) + 1, True
        is_head = node.type in _HEAD or _HEAD_LOOSE.match(said.strip()) is not None
        if node.type in COMMENTS:
            follows = node.next_sibling
            gap = file.source[node.end_byte : follows.start_byte] if follows is not None else b"\n\n"
            is_head = said.startswith(("#!", "//!", "/*!")) or gap.count(b"\n") > (0 if said.endswith("\n") else 1)
            is_head = is_head or (follows is not None and follows.type in COMMENTS | _HEAD)
        if not is_head:
            break
        end = node.start_byte + len(file.source[node.start_byte : node.end_byte].rstrip())
        at, after_head = min(len(file.source), file.line_end(end) + len(_ending(file))), True
    if after_head and at and file.source[at - 1 : at] != b"\n":
        return at, True
    return at, after_head


def _ending(file: Outline) -> str:
    return "\r\n" if file.source.count(b"\r\n") * 2 > file.source.count(b"\n") else "\n"

"""Imports that new code brings: which of them it needs, whether they fit the file's own, and where they go."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterable
from dataclasses import dataclass

from workbench.edits.python.outline import Import, Outline, Scope, bound_name
from workbench.edits.python.trees import Definition, docstring
from workbench.edits.source import Replacement
from workbench.errors import EditRefused

_ALIKE = {"typing", "typing_extensions", "collections.abc", "collections", "re", "contextlib"}
_ONE_LINE = re.compile(r"from[ \t]+[\w.]+[ \t]+import[ \t]+[\w ,\t]+\Z")
_LONGEST = 100
BUILTINS = frozenset(dir(builtins))


@dataclass(frozen=True)
class Imported:
    """One name that one import binds: `from MODULE import NAME as BINDS`; `name` is None for `import MODULE`."""

    module: str
    name: str | None
    binds: str
    renamed: bool

    @property
    def statement(self) -> str:
        """The import as a statement of its own."""
        renaming = f" as {self.binds}" if self.renamed else ""
        return f"from {self.module} import {self.name}{renaming}" if self.name else f"import {self.module}{renaming}"

    @property
    def item(self) -> str:
        """The name as it stands behind `import`."""
        return f"{self.name} as {self.binds}" if self.renamed else str(self.name)


def imported(statement: Import) -> list[Imported]:
    """Return what a statement imports, one value for each name."""
    if isinstance(statement, ast.Import):
        return [
            Imported(alias.name, None, bound_name(alias, statement), alias.asname is not None)
            for alias in statement.names
        ]
    module = "." * statement.level + (statement.module or "")
    return [
        Imported(module, alias.name, bound_name(alias, statement), alias.asname is not None)
        for alias in statement.names
    ]


def wanted(answer: Outline, file: Outline, used: set[str]) -> tuple[list[Imported], list[str]]:
    """Return the imports of `answer` that code using the names `used` needs and `file` lacks, and those left out.

    Raises:
        EditRefused: one would bind a name that the file has for something else (code `import-conflict`), or stands
            below a condition (code `cannot-place`).
    """
    there = {item for statement, _ in file.module.imports for item in imported(statement)}
    needed: dict[Imported, None] = {}
    left_out = []
    for statement, conditional in answer.module.imports:
        for item in imported(statement):
            if item in there or item in needed:
                continue
            if item.module == "__future__" or item.name == "*" or item.binds not in used:
                left_out.append(item.statement)
                continue
            if _file_has_it(item, file.module, there):
                continue
            if conditional:
                raise EditRefused(
                    f"`{item.statement}` stands below a condition",
                    code="cannot-place",
                    hint="import it at the top of the answer",
                )
            needed[item] = None
    return list(needed), left_out


def _file_has_it(item: Imported, scope: Scope, there: set[Imported]) -> bool:
    """Return whether the file's own binding of the name serves as well."""
    if not scope.bound[item.binds]:
        return False
    if scope.named(item.binds):
        # A model that was shown a part of the file imports the rest from where it thinks it is.
        return True
    same_name = [known for known in there if known.binds == item.binds]
    if item.name is None and not item.renamed:
        if any(known.name is None and known.module == item.module for known in same_name):
            return True
        if same_name and all(known.name is None and not known.renamed for known in same_name):
            return "." not in item.module
    elif any(known.name == item.name and {known.module, item.module} <= _ALIKE for known in same_name):
        return True
    known_as = f"`{same_name[0].statement}`" if same_name else "something else"
    raise EditRefused(
        f"`{item.statement}` would replace {item.binds}, which the file has as {known_as}",
        code="import-conflict",
        hint=f"use {item.binds} as the file has it",
    )


def insert_imports(file: Outline, items: Iterable[Imported], before: int) -> list[Replacement]:
    """Return the changes that add imports after the file's own, all before the offset `before`.

    A `from` import that fits on a line the file has for that module is added there.
    """
    changes: list[Replacement] = []
    by_module: dict[str, list[Imported]] = {}
    for item in items:
        by_module.setdefault(item.module if item.name else f" {item.module}", []).append(item)
    statements = []
    for group in by_module.values():
        if group[0].name is None:
            statements += [item.statement for item in group]
            continue
        extended = _extend(file, group, before)
        if extended:
            changes.append(extended)
        else:
            statements.append(f"from {group[0].module} import {', '.join(item.item for item in group)}")
    if statements:
        changes.append(_insert(file, statements, before))
    return changes


def _extend(file: Outline, group: list[Imported], before: int) -> Replacement | None:
    for statement, conditional in file.module.imports:
        if conditional or not isinstance(statement, ast.ImportFrom):
            continue
        start, end = file.lines.span(statement)
        line = file.lines.line(statement.lineno)
        known = imported(statement)
        if known[0].module != group[0].module or end > before or not _ONE_LINE.match(line):
            continue
        added = ", ".join(item.item for item in group)
        if len(line) + len(added) + 2 <= _LONGEST and file.text[start:end] == line:
            return Replacement(end, end, f", {added}")
    return None


def _insert(file: Outline, statements: list[str], before: int) -> Replacement:
    """Return the insertion of whole lines after the last import of the file's head, or where the first one belongs."""
    lines, last, lead = file.lines, None, None
    for number, statement in enumerate(file.body):
        if isinstance(statement, Definition) or lines.span(statement)[1] > before:
            break
        if isinstance(statement, Import):
            last = statement
        elif number == 0 and isinstance(statement, ast.Expr) and docstring(ast.Module(file.body, [])):
            lead = statement
    ending = lines.ending
    if last or lead:
        after = last or lead
        assert after is not None
        line = after.end_lineno or after.lineno
        at = lines.end(line)
        gap = "" if last else ending
        shared = lines.text[lines.span(after)[1] : at].strip(" \t\f").startswith((";", "\\"))
        if shared:
            raise EditRefused("the last import shares its line", code="shared-line", hint="add the imports by hand")
        tail = ending if not last and lines.line(line + 1).strip() else ""
        return Replacement(at, at, gap + "".join(ending + text for text in statements) + tail)
    at = _top(file)
    return Replacement(at, at, "".join(text + ending for text in statements) + ending)


def _top(file: Outline) -> int:
    """Return where the first import of a file without any goes: below the comments at its very top."""
    lines = file.lines
    line = 1
    while line <= len(lines) and lines.line(line).startswith("#"):
        line += 1
    if line > 1 and line <= len(lines) and not lines.line(line).strip():
        line += 1
    return lines.start(line)

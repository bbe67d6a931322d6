"""What an import statement of each language brings: of which module, under which names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.edits.foreign.grammars import Language
from workbench.edits.foreign.nodes import field, squeezed, text, walk

if TYPE_CHECKING:
    from tree_sitter import Node

_TRAITS = frozenset(
    """
    Write Read BufRead Seek FromStr Hash Hasher Borrow ToOwned Any Error FromIterator IntoIterator Iterator TryFrom
    TryInto Display Debug Deref DerefMut Add Sub Mul Div Neg Not Index IndexMut Ord PartialOrd
    """.split()  # noqa: SIM905 — a paragraph of words reads better than a list
)
_GO_VERSION = re.compile(r"v\d+|\.v\d+$")


@dataclass(frozen=True)
class Imported:
    """One thing that an import brings.

    Attributes:
        key: what makes two imports the same.
        binds: names under which code may use it; empty where that cannot be known, as for an include.
        statement: the import as a statement of its own.
        module: where it comes from.
        item: how it stands within a list of its kind; empty where there is no such list.
        typed: whether it is TypeScript's import of types alone.
    """

    key: str
    binds: tuple[str, ...]
    statement: str
    module: str = ""
    item: str = ""
    typed: bool = False

    def serves_as(self, other: Imported) -> bool:
        """Return whether code that wants `other` can use this one under the same name."""
        return self.module == other.module or not self.module or not other.module


def imported(language: Language, source: bytes, node: Node) -> list[Imported]:
    """Return what a statement imports, one value for each thing."""
    match language:
        case "javascript" | "typescript" | "tsx":
            return list(_javascript(source, node))
        case "go":
            return [_go(source, one) for one in walk(node) if one.type == "import_spec"]
        case "rust":
            return list(_rust(source, node))
        case "java":
            return [_java(source, node)]
        case _:
            said = squeezed(source, node)
            return [Imported(said.replace('"', "'").rstrip(";"), (), said)]


def _javascript(source: bytes, node: Node) -> Iterator[Imported]:
    said = squeezed(source, node)
    module = text(source, field(node, "source")).strip("'\"")
    clause = next((one for one in node.named_children if one.type == "import_clause"), None)
    if node.type != "import_statement" or clause is None:
        names = [
            text(source, one)
            for one in walk(node)
            if one.type in {"identifier", "shorthand_property_identifier_pattern"} and text(source, one) != "require"
        ]
        bare = not names or node.type == "import_statement"
        yield Imported(said.replace('"', "'").rstrip(";"), () if bare else (*names,), said, module)
        return
    typed = any(child.type == "type" for child in node.children)
    word = "import type" if typed else "import"
    for one in clause.named_children:
        if one.type == "named_imports":
            for specifier in one.named_children:
                if specifier.type != "import_specifier":
                    continue
                item = squeezed(source, specifier)
                name = text(source, field(specifier, "alias") or field(specifier, "name"))
                yield Imported(
                    f"{module} {item}", (name,), f"{word} {{ {item} }} from '{module}';", module, item, typed
                )
        else:
            item = squeezed(source, one)
            name = item.rpartition(" ")[2]
            yield Imported(f"{module} default {item}", (name,), f"{word} {item} from '{module}';", module, "", typed)


def _go(source: bytes, node: Node) -> Imported:
    path = text(source, field(node, "path")).strip('"`')
    alias = text(source, field(node, "name"))
    item = f'{alias} "{path}"' if alias else f'"{path}"'
    if alias:
        binds: tuple[str, ...] = () if alias in {"_", "."} else (alias,)
    else:
        parts = [part for part in path.split("/") if part]
        last = parts[-1] if parts else ""
        if len(parts) > 1 and _GO_VERSION.fullmatch(last):
            last = parts[-2]
        last = _GO_VERSION.sub("", last)
        alike = [
            last,
            last.removeprefix("go-"),
            last.removesuffix("-go"),
            last.removeprefix("go."),
            last.rpartition("-")[2],
        ]
        binds = tuple(dict.fromkeys(alike))
    return Imported(f"{alias} {path}".strip(), binds, f"import {item}", path, item)


def _rust(source: bytes, node: Node) -> Iterator[Imported]:
    said = squeezed(source, node)
    argument = field(node, "argument")
    if node.type != "use_declaration" or argument is None:
        yield Imported(said, (), said)
        return
    public = said.partition("use ")[0]
    for path, name in _rust_paths(source, argument, ""):
        renamed = f" as {name}" if name and name != path.rpartition("::")[2] and not path.endswith("*") else ""
        # A trait is used without being named; nor can be known what a glob or `_` brings.
        binds = (name,) if name and name != "_" and name not in _TRAITS else ()
        yield Imported(f"{path} {name}", binds, f"{public}use {path}{renamed};", path)


def _rust_paths(source: bytes, node: Node, before: str) -> Iterator[tuple[str, str]]:
    join = f"{before}::" if before else ""
    match node.type:
        case "scoped_use_list":
            path = squeezed(source, field(node, "path"))
            inner = field(node, "list")
            for one in inner.named_children if inner is not None else ():
                yield from _rust_paths(source, one, f"{join}{path}" if path else before)
        case "use_list":
            for one in node.named_children:
                yield from _rust_paths(source, one, before)
        case "use_as_clause":
            yield f"{join}{squeezed(source, field(node, 'path'))}", text(source, field(node, "alias"))
        case "self":
            yield before, before.rpartition("::")[2]
        case "use_wildcard":
            yield f"{join}{squeezed(source, node)}", ""
        case "line_comment" | "block_comment":
            return
        case _:
            path = f"{join}{squeezed(source, node)}"
            yield path, path.rpartition("::")[2]


def _java(source: bytes, node: Node) -> Imported:
    said = squeezed(source, node)
    path = said.removeprefix("import ").removeprefix("static ").rstrip("; ")
    last = path.rpartition(".")[2]
    return Imported(said, () if last == "*" else (last,), said, path)

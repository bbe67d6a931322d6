"""Which file a module's name means, and which names in a file stand for a module: as far as imports say it."""

from __future__ import annotations

import ast
from collections.abc import Collection, Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from workbench.edits.python.scopes import Names, Place, Scope, resolve

if TYPE_CHECKING:
    from workbench.crew.renaming.bindings import Binding


def dotted(node: ast.AST) -> str:
    """Return `a.b.c` for names with dots; of anything else the last attribute with `?` before it, or nothing."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value) if isinstance(node.value, ast.Name | ast.Attribute) else "?"
        return f"{before}.{node.attr}"
    return ""


class Modules:
    """The Python files of a repository, as modules."""

    def __init__(self, files: Collection[str]) -> None:
        self._files = frozenset(files)

    def path_of(self, module: str, level: int, importer: str) -> str | None:
        """Return the file that `from MODULE import …` in a file means, or None where it is none of the repository's."""
        parts = [part for part in module.split(".") if part]
        if level:
            folder = PurePosixPath(importer).parent
            for _ in range(level - 1):
                folder = folder.parent
            return self._at("/".join([*folder.parts, *parts]))
        name = "/".join(parts)
        beside = str(PurePosixPath(importer).parent / name)
        for start in (name, f"src/{name}", f"lib/{name}", beside):
            if parts and (found := self._at(start)):
                return found
        ending = [path for path in self._files if path.endswith((f"/{name}.py", f"/{name}/__init__.py"))]
        return ending[0] if parts and len(ending) == 1 else None

    def _at(self, name: str) -> str | None:
        tried = [f"{name}.py", f"{name}/__init__.py"] if name else ["__init__.py"]
        return next((path for path in tried if path in self._files), None)

    def is_from(self, importer: str, alias: ast.AST, names: Names, path: str) -> bool:
        """Return whether an imported name is imported out of the file `path`."""
        node = next((n for n in ast.walk(names.tree) if isinstance(n, ast.ImportFrom) and alias in n.names), None)
        return node is not None and self.path_of(node.module or "", node.level, importer) == path

    def has_star(self, importer: str, names: Names, path: str) -> bool:
        """Return whether a file imports everything out of the file `path`."""
        return any(
            isinstance(node, ast.ImportFrom)
            and node.names[0].name == "*"
            and self.path_of(node.module or "", node.level, importer) == path
            for node in ast.walk(names.tree)
        )

    def means(self, importer: str, names: Names, place: Place, path: str) -> bool:
        """Return whether what stands before the dot of an attribute is the module of the file `path`."""
        node = place.node
        if not isinstance(node, ast.Attribute):
            return False
        base = dotted(node.value)
        head = base.partition(".")[0]
        if not base or head == "?":
            return False
        for bound, module, alias_place in self._imported(importer, names):
            if resolve(head, place.scope) is not resolve(bound, alias_place):
                continue
            if (base == bound or (bound == head and base == module)) and self._is(module, importer, path):
                return True
            if (
                base.startswith(f"{bound}.")
                and bound != module
                and self._is(f"{module}{base[len(bound) :]}", importer, path)
            ):
                return True
        return False

    def holds(self, importer: str, names: Names, path: str) -> bool:
        """Return whether a file has the module of the file `path` as an object."""
        return any(self._is(module, importer, path) for _, module, _ in self._imported(importer, names))

    def _is(self, module: str, importer: str, path: str) -> bool:
        level = len(module) - len(module.lstrip("."))
        return self.path_of(module[level:], level, importer) == path

    @staticmethod
    def _imported(importer: str, names: Names) -> list[tuple[str, str, Scope]]:
        """Return the names that imports bind: the name, the module it may be, and the scope it is bound in."""
        del importer
        scopes = {id(place.node): place.scope for place in names.places if isinstance(place.node, ast.alias)}
        found: list[tuple[str, str, Scope]] = []
        for node in ast.walk(names.tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    bound = alias.asname or alias.name.partition(".")[0]
                    found.append((bound, alias.name, scopes.get(id(alias), names.module)))
            elif isinstance(node, ast.ImportFrom):
                before = f"{'.' * node.level}{node.module or ''}"
                for alias in node.names:
                    module = f"{before}.{alias.name}" if node.module else f"{before}{alias.name}"
                    found.append((alias.asname or alias.name, module, scopes.get(id(alias), names.module)))
        return found

    def is_call_of(self, path: str, names: Names, call: ast.Call, binding: Binding, files: Mapping[str, Names]) -> bool:
        """Return whether a call is surely one of the module's function that a binding is an argument of."""
        del files
        function = binding.scope.name
        if "." in function:
            return False
        if isinstance(call.func, ast.Name):
            place = next((one for one in names.of(call.func.id) if one.node is call.func), None)
            if place is None:
                return False
            if path == binding.path:
                return resolve(function, place.scope) is names.module
            imported = [one for one in names.of(function) if one.role == "import"]
            return bool(imported) and all(self.is_from(path, one.node, names, binding.path) for one in imported)
        place = next((one for one in names.places if one.node is call.func), None)
        return place is not None and self.means(path, names, place, binding.path)

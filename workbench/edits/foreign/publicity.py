"""Which definitions of a file others see, by the rules or the habits of its language: those want documentation."""

from __future__ import annotations

import re
from collections.abc import Callable

from workbench.edits.foreign.grammars import Language
from workbench.edits.foreign.nodes import field, squeezed, text
from workbench.edits.foreign.outline import Outline, Symbol

_FRAMES = frozenset({"module", "namespace", "impl", "macro"})
_HIDES = frozenset({"private", "protected", "private_class_method"})
_INHERITED = re.compile(r"@Override\b")


def is_public(file: Outline, symbol: Symbol) -> bool:
    """Return whether a definition is one that others use, and says what it is by itself.

    Names that begin with `_` are nobody's; so are what is declared private, the methods that a trait or a parent class
    describes, and frames such as namespaces.
    """
    if symbol.kind == "assignment" or symbol.role in _FRAMES:
        return False
    if any(part.startswith(("_", "#", "~", "operator")) for part in symbol.name.split(".")):
        return False
    return _RULES[file.language](file, symbol)


def _script(file: Outline, symbol: Symbol) -> bool:
    owner = symbol.scope.owner
    if symbol.last_name == "constructor" or "private" in symbol.marks or (symbol.role == "value"):
        return False
    if owner is not None and owner.role == "namespace" and symbol.node.type != "export_statement":
        return False
    return owner is None or owner.role in {"value", "namespace"} or _script(file, owner)


def _go(file: Outline, symbol: Symbol) -> bool:
    return all(part[:1].isupper() for part in symbol.name.split("."))


def _rust(file: Outline, symbol: Symbol) -> bool:
    owner = symbol.scope.owner
    if owner is not None and owner.role == "impl" and field(owner.core, "trait") is not None:
        return False
    if owner is not None and owner.core.type == "trait_item":
        return _rust(file, owner)
    return any(mark.startswith("pub") for mark in symbol.marks)


def _java(file: Outline, symbol: Symbol) -> bool:
    owner = symbol.scope.owner
    if "private" in symbol.marks or any(_INHERITED.match(mark) for mark in symbol.marks):
        return False
    return owner is None or _java(file, owner)


def _c(file: Outline, symbol: Symbol) -> bool:
    owner = symbol.scope.owner
    in_class = owner is not None and owner.role == "type"
    if not in_class and ("static" in symbol.marks or (symbol.outside and file.language == "cpp")):
        return False
    node = symbol.node.parent
    while node is not None:
        if node.type == "namespace_definition" and field(node, "name") is None:
            return False
        node = node.parent
    if owner is None or not in_class:
        return True
    return _access(file, symbol, owner) != "private" and _c(file, owner)


def _access(file: Outline, symbol: Symbol, owner: Symbol) -> str:
    """Return the access of a member of a class, by the last word on it above."""
    said = "private" if "class" in {child.type for child in owner.core.children} else "public"
    for child in symbol.scope.node.children:
        if child.start_byte >= symbol.node.start_byte:
            break
        if child.type == "access_specifier":
            said = text(file.source, child).split()[0].rstrip(":")
    return said


def _ruby(file: Outline, symbol: Symbol) -> bool:
    if symbol.last_name == "initialize":
        return False
    private = False
    holder = symbol.node.parent
    for child in holder.children if holder is not None else ():
        if child.type == "identifier" and child.start_byte < symbol.node.start_byte:
            word = text(file.source, child)
            private = (word != "public") if word in {"private", "protected", "public"} else private
        elif child.type == "call" and text(file.source, field(child, "method")) in _HIDES:
            given = field(child, "arguments")
            named = [squeezed(file.source, one).lstrip(":") for one in (given.named_children if given else ())]
            if symbol.last_name in named or child.id == symbol.node.id:
                return False
    if symbol.role.startswith("static") and symbol.frame is None:
        # `private` says nothing of `def self.name`.
        private = False
    owner = symbol.scope.owner
    return not private and (owner is None or _ruby(file, owner))


def _shell(file: Outline, symbol: Symbol) -> bool:
    return True


_RULES: dict[Language, Callable[[Outline, Symbol], bool]] = {
    "javascript": _script,
    "typescript": _script,
    "tsx": _script,
    "go": _go,
    "rust": _rust,
    "java": _java,
    "c": _c,
    "cpp": _c,
    "ruby": _ruby,
    "shell": _shell,
}

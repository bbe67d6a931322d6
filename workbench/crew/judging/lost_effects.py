"""What a method no longer does to its own thing: a field that it set, or a list that it added to, and now leaves."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.crew.judging.handed_on import is_handed_on, is_handed_on_elsewhere
from workbench.crew.judging.stated import Function
from workbench.edits.foreign.nodes import field, text, walk

if TYPE_CHECKING:
    from tree_sitter import Node

_LEAVES = re.compile(
    r"\b(?:instead|no longer|leav(?:e|es|ing)|alone|untouched|unchanged|cop(?:y|ies)|pure|immutab\w*|mov(?:e|es|ed|ing)"
    r"|without \w+ing|(?:not|never) (?:\w+ )?(?:chang|modif|touch|alter|stor|keep|kept|add|put|set|remember)\w*"
    r"|n't (?:\w+ )?(?:chang|modif|touch|alter|stor|keep|kept|add|put|set|remember)\w*"
    r"|forget\w*|renam\w*|peek\w*|only (?:meant )?to look|itself|themselves|work\w* (?:it )?out|comput\w+|deriv\w+)\b",
    re.IGNORECASE,
)
"""Words of a task that may want something left as it is."""

_SETTERS = frozenset(
    """
    append appendleft extend insert add update setdefault pop popitem popleft remove discard clear sort reverse push
    unshift shift splice set delete fill
    """.split()  # noqa: SIM905 — a paragraph of words reads better than a list
)


def without_effect(task: str, name: str, before: Function, after: Function) -> Iterator[str]:
    """Yield a field of `self` that a method changed and now neither changes nor hands on."""
    if not _LEAVES.search(task) and not _is_left_to_another(after):
        known = set(_changed(before)) - set(_changed(after))
        yield from _told(name, sorted(one for one in known if not is_handed_on(after, one)))


def without_effect_elsewhere(
    task: str, name: str, sources: tuple[bytes, bytes], nodes: tuple[Node, Node]
) -> Iterator[str]:
    """Yield the same of `this`, or of the receiver, in other languages.

    Args:
        task: what is asked.
        name: the method's name.
        sources: the file as it was, and as it is.
        nodes: the method in both.
    """
    if not _LEAVES.search(task):
        owners = [_owner(source, node) for source, node in zip(sources, nodes, strict=True)]
        was, now = (
            set(_changed_elsewhere(*one)) if one[2] else set() for one in zip(sources, nodes, owners, strict=True)
        )
        lost = [one for one in was - now if not is_handed_on_elsewhere(sources[1], nodes[1], owners[1], one)]
        yield from _told(name, sorted(f"{owners[1]}.{one}" for one in lost))


def _told(name: str, fields: list[str]) -> Iterator[str]:
    for one in fields:
        yield f"{name} no longer changes {one}; it must go on to do what it did"


def _is_left_to_another(node: Function) -> bool:
    """Return whether a method calls another one of its own thing, or hands that on: `vars(self)`, `save(self)`."""
    parts = list(ast.walk(node))
    own = {id(part.value) for part in parts if isinstance(part, ast.Attribute) and not part.attr.startswith("__")}
    handed = [part for part in parts if isinstance(part, ast.Name) and part.id == "self" and id(part) not in own]
    return bool(handed) or re.search(r"\bself\.\w+\(|\bsuper\b", ast.unparse(node)) is not None


def _changed(node: Function) -> Iterator[str]:
    for part in ast.walk(node):
        match part:
            case ast.Attribute(value=ast.Name(id="self"), ctx=ast.Store() | ast.Del()):
                yield ast.unparse(part)
            case ast.Subscript(value=ast.Attribute(value=ast.Name(id="self")) as held, ctx=ast.Store() | ast.Del()):
                yield ast.unparse(held)
            case ast.Call(func=ast.Attribute(value=ast.Attribute(value=ast.Name(id="self")) as held, attr=name)) if (
                name in _SETTERS
            ):
                yield ast.unparse(held)


def _owner(source: bytes, root: Node) -> str:
    """Return how a method calls its own thing; nothing where Go has a function without one."""
    given = field(root, "receiver")
    found = re.match(r"\(\s*(\w+)\s", text(source, given))
    return found[1] if found else "" if root.type == "function_declaration" else "this"


def _changed_elsewhere(source: bytes, root: Node, owner: str) -> Iterator[str]:
    own = re.compile(rf"\(*\b{owner}\.(#?\w+)")
    for node in walk(root):
        goal: Node | None = None
        if node.type in {"assignment_expression", "augmented_assignment_expression", "assignment_statement"}:
            goal = field(node, "left")
        elif node.type in {"update_expression", "inc_statement", "dec_statement"}:
            goal = node.named_children[0] if node.named_children else None
        elif node.type == "call_expression":
            called = field(node, "function")
            setter = text(source, field(called, "property") or field(called, "field"))
            goal = field(called, "object") if setter in _SETTERS else None
        elif node.type == "unary_expression" and text(source, node).startswith("delete "):
            goal = field(node, "argument")
        sides = re.split(r",\s*", text(source, goal)) if goal is not None else []
        yield from (found[1] for side in sides if (found := own.match(side.lstrip("[{ "))))

"""Walking and comparing tree-sitter nodes without recursion: what code says, its white space and comments aside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node

COMMENTS = frozenset({"comment", "line_comment", "block_comment"})
_STRINGS = frozenset(
    """
    string template_string string_literal interpreted_string_literal raw_string_literal char_literal character_literal
    heredoc_body raw_string ansi_c_string regex chained_string concatenated_string_part text_block system_lib_string
    """.split()  # noqa: SIM905 — a paragraph of words reads better than a list
)
BLOCKS = frozenset(
    """
    statement_block class_body block compound_statement declaration_list field_declaration_list body_statement then
    enum_body interface_body object do_group constructor_body block_body enumerator_list
    """.split()  # noqa: SIM905 — a paragraph of words reads better than a list
)
HEREDOCS = frozenset({"heredoc_body", "heredoc_end"})
_WORD = re.compile(r"[A-Za-z_$][\w$]*")


def text(source: bytes, node: Node | None) -> str:
    """Return the text of a node, lines ending with `\\n`; empty for None."""
    if node is None:
        return ""
    return source[node.start_byte : node.end_byte].decode("utf-8", "replace").replace("\r\n", "\n")


def squeezed(source: bytes, node: Node | None) -> str:
    """Return the text of a node with each run of white space as one space."""
    return " ".join(text(source, node).split())


def in_its_place(source: bytes, node: Node, lines: Iterable[str]) -> str | None:
    """Return lines as they are written in a node's place, with its margin and the file's ends of lines.

    None where something else stands before the node in its line.
    """
    margin = source[: node.start_byte].rpartition(b"\n")[2].decode("utf-8")
    ending = "\r\n" if b"\r\n" in source else "\n"
    made = f"\n{margin}".join(lines).replace("\n", ending)
    return None if margin.strip() else made


def field(node: Node | None, *names: str) -> Node | None:
    """Return the child that a chain of fields leads to, or None."""
    for name in names:
        node = node.child_by_field_name(name) if node is not None else None
    return node


def statements_in(body: Node | None) -> list[Node]:
    """Return the statements of a function's body, with the comments among them; nothing of no body."""
    inner = body.named_children if body is not None else []
    return statements_in(inner[0]) if inner and inner[0].type == "statement_list" else inner


def walk(root: Node) -> Iterator[Node]:
    """Yield all nodes of a tree in order, a node before its children; strings and comments are not gone into."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        if node.type not in COMMENTS and node.type not in _STRINGS:
            waiting.extend(reversed(node.children))


def comments(source: bytes, root: Node) -> list[str]:
    """Return the comments of a tree, white space squeezed."""
    return [squeezed(source, node) for node in walk(root) if node.type in COMMENTS]


def shape(source: bytes, root: Node, *, skip: Node | None = None) -> list[tuple[str, str]]:
    """Return what a tree says: its nodes' types in order, with the text of those that have no children.

    Comments count for nothing; so does the white space between words of JSX. The node `skip` is left out.
    """
    found = []
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.type in COMMENTS or (skip is not None and node.id == skip.id):
            continue
        if not node.child_count or node.type in _STRINGS:
            said = squeezed(source, node) if node.type == "jsx_text" else text(source, node)
            found.append((node.type, said.strip() if node.type != "heredoc_body" else said))
        else:
            found.append((node.type, ""))
            waiting.extend(reversed(node.children))
    return found


def words(source: bytes, root: Node) -> set[str]:
    """Return the names that a tree mentions, those inside of templates and macros too."""
    found: set[str] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.type in COMMENTS:
            continue
        if node.child_count:
            waiting.extend(node.children)
        elif node.type in {"preproc_arg", "heredoc_content"}:
            found.update(_WORD.findall(text(source, node)))
        elif "string" not in node.type and (word := text(source, node)) and _WORD.fullmatch(word):
            found.add(word)
    return found


def is_string(node: Node) -> bool:
    """Return whether what lies in a node is data, whose white space matters."""
    return node.type in _STRINGS or node.type in HEREDOCS


def long_strings(root: Node) -> Iterator[Node]:
    """Yield the strings of several lines in a tree, and here documents."""
    for node in walk(root):
        if node.type in HEREDOCS or (node.type in _STRINGS and node.start_point.row < node.end_point.row):
            yield node

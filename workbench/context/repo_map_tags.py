"""What a source file defines and what it refers to, by name: queries on its syntax tree, one for each language.

Python has a reader of its own beside this one.
"""

from __future__ import annotations

import builtins
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

from workbench.edits.foreign.grammars import Language, grammar, language_of, parse

if TYPE_CHECKING:
    from tree_sitter import Node, Query

MOST_BYTES = 1_000_000
"""Files larger than this are data, or made by a program; they are not read."""

IMPORTED = 8
"""How many uses an import of a name counts as."""

_BUILT_IN: tuple[type, ...] = (str, bytes, list, dict, set, tuple, int, float, BytesIO, type)
_EVERYWHERE: dict[bool, frozenset[str]] = {
    True: frozenset(dir(builtins)) | {name for kind in _BUILT_IN for name in dir(kind)},
    False: frozenset(
        {"push", "map", "filter", "slice", "then", "log", "len", "append", "String", "string", "int", "any"}
    ),
}
"""Names that a language's own values have: a call of one of those says nothing of where it leads."""

_PYTHON = (".py", ".pyi")
_LONGEST_LINE = 2_000

_SCRIPT = """
(function_declaration name: (_) @def) (generator_function_declaration name: (_) @def) (class_declaration name: (_) @def)
(method_definition name: (_) @def)
(variable_declarator name: (identifier) @def value: [(arrow_function) (function_expression)])
(assignment_expression left: (member_expression property: (_) @def) right: [(arrow_function) (function_expression)])
(call_expression function: (identifier) @ref) (call_expression function: (member_expression property: (_) @ref))
(new_expression constructor: (identifier) @ref) (import_specifier name: (identifier) @import)
(class_heritage (identifier) @ref)
"""
_TYPED = (
    _SCRIPT.replace("(class_heritage (identifier) @ref)", "(extends_clause value: (identifier) @ref)")
    + """
(abstract_class_declaration name: (_) @def) (interface_declaration name: (_) @def) (enum_declaration name: (_) @def)
(type_alias_declaration name: (_) @def) (function_signature name: (_) @def) (type_identifier) @ref
"""
)
_C = """
(function_definition declarator: (function_declarator declarator: (identifier) @def))
(function_definition declarator: (pointer_declarator declarator: (function_declarator declarator: (identifier) @def)))
(struct_specifier name: (type_identifier) @def body: (_)) (enum_specifier name: (type_identifier) @def body: (_))
(type_definition declarator: (type_identifier) @def) (preproc_function_def name: (identifier) @def)
(call_expression function: (identifier) @ref) (call_expression function: (field_expression field: (_) @ref))
(type_identifier) @ref
"""
_QUERIES: dict[Language, str] = {
    "javascript": _SCRIPT + "(jsx_opening_element name: (identifier) @ref)",
    "typescript": _TYPED,
    "tsx": _TYPED + "(jsx_opening_element name: (identifier) @ref)",
    "go": """
(function_declaration name: (_) @def) (method_declaration name: (_) @def) (type_spec name: (_) @def)
(source_file (const_declaration (const_spec name: (identifier) @def)))
(call_expression function: (identifier) @ref) (call_expression function: (selector_expression field: (_) @ref))
(type_identifier) @ref
""",
    "rust": """
(function_item name: (_) @def) (function_signature_item name: (_) @def) (struct_item name: (_) @def)
(enum_item name: (_) @def) (trait_item name: (_) @def) (type_item name: (_) @def) (macro_definition name: (_) @def)
(const_item name: (_) @def) (call_expression function: (identifier) @ref)
(call_expression function: (scoped_identifier name: (_) @ref))
(call_expression function: (field_expression field: (_) @ref)) (macro_invocation macro: (identifier) @ref)
(type_identifier) @ref
""",
    "java": """
(class_declaration name: (_) @def) (interface_declaration name: (_) @def) (enum_declaration name: (_) @def)
(record_declaration name: (_) @def) (method_declaration name: (_) @def) (method_invocation name: (_) @ref)
(type_identifier) @ref
""",
    "c": _C,
    "cpp": _C
    + """
(class_specifier name: (type_identifier) @def body: (_)) (namespace_definition name: (_) @def)
(function_definition declarator: (function_declarator declarator: (field_identifier) @def))
(function_definition declarator: (function_declarator declarator: (qualified_identifier name: (_) @def)))
(call_expression function: (qualified_identifier name: (identifier) @ref))
""",
    "ruby": """
(class name: (_) @def) (module name: (_) @def) (method name: (_) @def) (singleton_method name: (_) @def)
(call method: (identifier) @ref) (constant) @ref
""",
    "shell": "(function_definition name: (_) @def) (command name: (command_name) @ref)",
}


@dataclass(frozen=True)
class Definition:
    """A definition: its name, its line from 1, and the names of what it lies in."""

    name: str
    line: int
    within: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tags:
    """What a file defines, in its order, and how often it refers to a name."""

    defines: tuple[Definition, ...] = ()
    refers: Counter[str] = field(default_factory=Counter)


def has_place(path: str) -> bool:
    """Return whether a file is in a language that the map reads."""
    return path.endswith(_PYTHON) or language_of(path) is not None


def tags_of(path: str, content: bytes) -> Tags:
    """Return the tags of a file; none for what is too large, made by a program, or in no language at hand."""
    if len(content) > MOST_BYTES or b"\0" in content[:8_000]:
        return Tags()
    if len(content) > _LONGEST_LINE and max(map(len, content[:100_000].split(b"\n"))) > _LONGEST_LINE:
        return Tags()
    if path.endswith(_PYTHON):
        from workbench.context.repo_map_python import python_tags

        return _without_common(python_tags(content), python=True)
    language = language_of(path)
    return Tags() if language is None else _without_common(_by_tree(language, content), python=False)


def _without_common(tags: Tags, *, python: bool) -> Tags:
    for name in tags.refers.keys() & _EVERYWHERE[python]:
        del tags.refers[name]
    return tags


def _by_tree(language: Language, content: bytes) -> Tags:
    from tree_sitter import QueryCursor

    found = QueryCursor(_query(language)).captures(parse(language, content).root_node)
    names = sorted(found.get("def", ()), key=lambda node: node.start_byte)
    refers = Counter(_text(content, node) for node in found.get("ref", ()))
    for node in found.get("import", ()):
        # An import says where a name comes from more surely than a call does.
        refers[_text(content, node)] += IMPORTED
    own = {(node.start_byte, node.end_byte) for node in names}
    # A type's own name is a type's name too.
    refers -= Counter(_text(content, node) for node in found.get("ref", ()) if (node.start_byte, node.end_byte) in own)
    return Tags(tuple(_nested(content, names)), refers)


@cache
def _query(language: Language) -> Query:
    from tree_sitter import Query as NewQuery

    return NewQuery(grammar(language), _QUERIES[language])


def _text(content: bytes, node: Node) -> str:
    return content[node.start_byte : node.end_byte].decode("utf-8", "replace")


def _nested(content: bytes, names: list[Node]) -> list[Definition]:
    """Return the definitions of a file with what each lies in; what a function's body holds is not the map's."""
    made: list[Definition] = []
    open_: list[tuple[int, str, bool]] = []
    for node in names:
        while open_ and open_[-1][0] <= node.start_byte:
            open_.pop()
        whole = node.parent
        is_function = whole is not None and ("function" in whole.type or "method" in whole.type)
        while whole is not None and whole.type.endswith("declarator"):
            whole = whole.parent
            is_function = True
        name = _text(content, node)
        if not any(function for _, _, function in open_):
            made.append(Definition(name, node.start_point.row + 1, tuple(outer for _, outer, _ in open_)))
        if whole is not None and whole.end_byte > node.end_byte:
            open_.append((whole.end_byte, name, is_function))
    return made

"""Grammars by a file's name, each loaded when the first file of its language is read, and what does not parse by them.

The packages carry their compiled grammars; nothing is fetched at run time.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Literal

from workbench.errors import EditRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Language as Grammar
    from tree_sitter import Node, Parser, Tree

Language = Literal["javascript", "typescript", "tsx", "go", "rust", "java", "c", "cpp", "ruby", "shell"]
SCRIPTS: frozenset[Language] = frozenset({"javascript", "typescript", "tsx"})
"""JavaScript, and what is written as it is."""


_SUFFIXES: dict[str, Language] = {
    "js": "javascript",
    "jsx": "javascript",
    "mjs": "javascript",
    "cjs": "javascript",
    "ts": "typescript",
    "mts": "typescript",
    "cts": "typescript",
    "tsx": "tsx",
    "go": "go",
    "rs": "rust",
    "java": "java",
    "c": "c",
    "h": "c",
    "cc": "cpp",
    "cpp": "cpp",
    "cxx": "cpp",
    "c++": "cpp",
    "hh": "cpp",
    "hpp": "cpp",
    "hxx": "cpp",
    "ipp": "cpp",
    "inl": "cpp",
    "rb": "ruby",
    "rake": "ruby",
    "gemspec": "ruby",
    "sh": "shell",
    "bash": "shell",
}
_NAMES: dict[str, Language] = {"Rakefile": "ruby", "Gemfile": "ruby", "Guardfile": "ruby"}
_SHEBANG = re.compile(r"#!\s*(?:/usr/bin/env\s+(?:-S\s+)?)?(?:[\w./-]*/)?(?P<program>[\w.+-]+)")
_PROGRAMS: dict[str, Language] = {
    "sh": "shell",
    "bash": "shell",
    "dash": "shell",
    "ksh": "shell",
    "node": "javascript",
    "ruby": "ruby",
}
# A header of `.h` is C unless it speaks C++.
_SPEAKS_CPP = re.compile(
    r"^\s*(?:class\s+\w+|namespace\b|template\s*<|using\s+\w+|(?:public|private|protected)\s*:)", re.M
)
_SPEAKS_OBJECTIVE_C = re.compile(r"^\s*(?:@(?:interface|protocol|class|implementation)\b|#import\b)", re.M)
_LONG_FAULT = 400
_KNOWN_BY = 40
_PACKAGES: dict[Language, tuple[str, str]] = {
    "javascript": ("tree_sitter_javascript", "language"),
    "typescript": ("tree_sitter_typescript", "language_typescript"),
    "tsx": ("tree_sitter_typescript", "language_tsx"),
    "go": ("tree_sitter_go", "language"),
    "rust": ("tree_sitter_rust", "language"),
    "java": ("tree_sitter_java", "language"),
    "c": ("tree_sitter_c", "language"),
    "cpp": ("tree_sitter_cpp", "language"),
    "ruby": ("tree_sitter_ruby", "language"),
    "shell": ("tree_sitter_bash", "language"),
}


def language_of(path: str, text: str = "") -> Language | None:
    """Return the language of a file by its name, or its first line; None where no grammar is at hand."""
    name = path.rpartition("/")[2]
    if name in _NAMES:
        return _NAMES[name]
    if "." in name.lstrip("."):
        found = _SUFFIXES.get(name.rpartition(".")[2].lower())
        if found == "c" and name.lower().endswith(".h"):
            if _SPEAKS_OBJECTIVE_C.search(text):
                return None
            return "cpp" if _SPEAKS_CPP.search(text) else "c"
        return found
    shebang = _SHEBANG.match(text)
    return _PROGRAMS.get(shebang["program"]) if shebang else None


@cache
def grammar(language: Language) -> Grammar:
    """Return the grammar of a language, loaded at the first call."""
    from tree_sitter import Language as NewGrammar

    package, function = _PACKAGES[language]
    return NewGrammar(getattr(import_module(package), function)())


@cache
def parser(language: Language) -> Parser:
    """Return the parser of a language; its grammar is loaded at the first call."""
    from tree_sitter import Parser as NewParser

    return NewParser(grammar(language))


def parse(language: Language, source: bytes, *, seconds: float | None = None) -> Tree:
    """Return the syntax tree of UTF-8 `source`; offsets are those of `source`, whatever its line endings.

    Args:
        language: its language.
        source: the text.
        seconds: how long it may take, for text that nobody vouches for; None for as long as it takes.

    Raises:
        EditRefused: it took longer (code `too-deep`).
    """
    if b"\r" in source:
        # Grammars take a carriage return for a part of a word, or a line continuation for something else.
        source = source.replace(b"\\\r\n", b" \\\n").replace(b"\r\n", b" \n")
    if seconds is None:
        return parser(language).parse(source)
    view, end = memoryview(source), time.monotonic() + seconds
    try:
        return parser(language).parse(lambda at, _: view[at:], progress_callback=lambda _, __: time.monotonic() > end)
    except ValueError as error:
        parser(language).reset()
        hint = "answer with complete, valid code"
        raise EditRefused("the code is too tangled to be read", code="too-deep", hint=hint) from error


def faults(root: Node) -> Iterator[Node]:
    """Yield the nodes that stand for what does not parse: errors, outermost only, and tokens that are missing."""
    waiting = [root] if root.has_error else []
    while waiting:
        node = waiting.pop()
        if node.is_error or node.is_missing:
            yield node
        else:
            waiting.extend(child for child in reversed(node.children) if child.has_error or child.is_missing)


def still_parses(path: str, before: str, after: str) -> bool:
    """Return whether `after` has no fault that `before` does not have too; True where no grammar is at hand."""
    language = language_of(path, before) or language_of(path, after)
    if language is None:
        return True
    root = parse(language, _bytes(after)).root_node
    return not new_faults(_bytes(after), root, _bytes(before), parse(language, _bytes(before)).root_node)


def first_new_fault(path: str, before: str, after: str) -> int | None:
    """Return the line of the first fault that `after` has and `before` has not; None where no grammar is at hand.

    0 means that `after` parses; a line below 0 is of a fault that was there before.
    """
    language = language_of(path, after)
    if language is None:
        return None
    root = parse(language, _bytes(after)).root_node
    new = new_faults(_bytes(after), root, _bytes(before), parse(language, _bytes(before)).root_node)
    if new:
        return min(node.start_point.row for node in new) + 1
    return -min((node.start_point.row + 1 for node in faults(root)), default=0)


def new_faults(source: bytes, root: Node, known_source: bytes, known_root: Node) -> list[Node]:
    """Return the faults of a tree that another does not have too, each as often as it has."""
    if not root.has_error:
        return []
    there = Counter(_said(known_source, node) for node in faults(known_root))
    found = []
    for node in faults(root):
        there[_said(source, node)] -= 1
        if there[_said(source, node)] < 0:
            found.append(node)
    return found


def _said(source: bytes, node: Node) -> tuple[str, bytes]:
    # What goes wrong early may swallow half a file; then it is known by how it begins, for more than it will change.
    end = node.end_byte if node.end_byte - node.start_byte < _LONG_FAULT else node.start_byte + _KNOWN_BY
    return node.type, b"".join(source[node.start_byte : end].split())


def _bytes(text: str) -> bytes:
    return text.removeprefix("\ufeff").encode("utf-8", "surrogatepass")

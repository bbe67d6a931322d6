"""What a file of any language says but for its comments: for tests that nothing else changes."""

from __future__ import annotations

from workbench.edits.foreign.grammars import language_of, parse


def code_words(path: str, text: str) -> list[bytes]:
    """Return all that is not a comment, in order."""
    language = language_of(path, text)
    assert language is not None
    source = text.removeprefix("\ufeff").encode()
    waiting, found = [parse(language, source).root_node], []
    while waiting:
        node = waiting.pop()
        if "comment" in node.type:
            continue
        if node.child_count:
            waiting += reversed(node.children)
        elif words := source[node.start_byte : node.end_byte].strip():
            found.append(words)
    return found

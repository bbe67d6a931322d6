"""What a change of Python that is about form alone must not do: lose words or comments, do other things than before.

A linter that finds nothing any more says nothing of that. Nothing runs here; `workbench.crew.as_before` runs things.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections import Counter
from collections.abc import Iterator

from workbench.crew.lost import lost
from workbench.crew.stated import functions
from workbench.edits.parses import tree_of
from workbench.model import FileEdit

UNUSED = re.compile(r"\b(?:unused|never used|not used|unnecessary|useless|redundant|unreachable)\b", re.IGNORECASE)
"""Findings after which a line may have to go."""

_WORD = re.compile(r"\w+")
_ABOUT_COMMENTS = re.compile(r"\b(?:comment\w*|TODO|FIXME|docstrings?|copyright|coding)\b", re.IGNORECASE)
_ABOUT_TEXTS = re.compile(r"\b(?:spell\w*|typo\w*|docstrings?|summary|imperative|format(?:ting)?)\b", re.IGNORECASE)

_HARMLESS = frozenset(
    # What may come and go with another form of the same: builtins that only look, and what fills a list.
    """
    any all append dict enumerate extend filter format frozenset get getattr isinstance issubclass items iter join keys
    len list map max min next partial range reversed set setattr setdefault sorted sum super suppress tuple values zip
    """.split()  # noqa: SIM905 — a paragraph of words reads better than a list
)
_MERGES = re.compile(
    r"\b(?:directly|any|all|ternary|nested|combine|merge|multiple|dictionary|min|max)\b", re.IGNORECASE
)
"""Findings after which one statement may stand for several."""


def says_otherwise(message: str, line: int, edit: FileEdit) -> str:
    """Return what a change for one finding does beside it, for the model to read; nothing where nothing is seen.

    Args:
        message: what the linter said.
        line: where, in the file as it was.
        edit: the change of that one file.
    """
    before, after = (_text(side) for side in (edit.before, edit.after))
    old, new = tree_of(before), tree_of(after)
    if not edit.path.endswith((".py", ".pyi")) or old is None or new is None:
        return ""
    its_line = before.split("\n")[line - 1]
    faults = (
        *_lost_words(message, its_line, old, new),
        *_lost_comments(message, its_line, before, after),
        *_other_calls(message, its_line, old, new),
        *_lost_ends(message, before, after),
    )
    return next(iter(faults), "") or lost(message, [edit])


def without_new_comments(message: str, before: str, after: str) -> str:
    """Return a file without the comments that a change puts behind code, but where the finding is about comments."""
    if _ABOUT_COMMENTS.search(message):
        return after
    known = Counter(comment for _, comment, _ in _comments(before))
    lines = after.split("\n")
    for (row, column), comment, _ in _comments(after):
        known[comment] -= 1
        code = lines[row - 1][:column].rstrip()
        if known[comment] < 0 and code and lines[row - 1][column:].rstrip("\r") == comment:
            lines[row - 1] = code + ("\r" if lines[row - 1].endswith("\r") else "")
    return "\n".join(lines)


def _text(content: bytes | None) -> str:
    return (content or b"").decode("utf-8", "replace").removeprefix("\ufeff")


def _lost_words(message: str, its_line: str, old: ast.Module, new: ast.Module) -> Iterator[str]:
    """Yield which words of texts are gone, but those of the finding's own line."""
    if _ABOUT_TEXTS.search(message):
        return
    gone = _words(old) - _words(new) - Counter(_WORD.findall(its_line))
    if gone:
        words = list(gone.elements())
        yield f"a text lost {' '.join(words[:6])!r}; leave texts as they are"


def _words(tree: ast.Module) -> Counter[str]:
    texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return Counter(word for text in texts for word in _WORD.findall(text))


def _lost_comments(message: str, its_line: str, before: str, after: str) -> Iterator[str]:
    """Yield which comment is gone, but one of the finding's own line."""
    if _ABOUT_COMMENTS.search(message):
        return
    gone = Counter(comment for _, comment, _ in _comments(before)) - Counter(
        comment for _, comment, _ in _comments(after)
    )
    for comment in gone:
        if comment not in its_line:
            yield f"the comment {comment[:60]!r} is gone; keep it"


def _comments(text: str) -> list[tuple[tuple[int, int], str, str]]:
    """Return place, text and line of each comment."""
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (tokenize.TokenError, SyntaxError):
        return []
    return [(token.start, token.string, token.line) for token in tokens if token.type == tokenize.COMMENT]


def _other_calls(message: str, its_line: str, old: ast.Module, new: ast.Module) -> Iterator[str]:
    """Yield what is called that was not, and what no longer is, where the finding does not speak of it."""
    before, after = _called(old), _called(new)
    spoken = set(_WORD.findall(message))
    may_go = set(_WORD.findall(its_line)) if UNUSED.search(message) else set()
    for name in sorted((after - before).keys() - spoken - _HARMLESS):
        yield f"it calls {name} now, which it did not; do the same as before"
    for name in sorted((before - after).keys() - spoken - _HARMLESS - may_go):
        yield f"it no longer calls {name}; do the same as before"
    for node in ast.walk(new):
        match node:
            case ast.Call(func=ast.Attribute(attr="extend"), args=[argument]) if after["extend"] > before["extend"]:
                if not isinstance(argument, ast.GeneratorExp | ast.ListComp | ast.SetComp):
                    yield f"extend({ast.unparse(argument)}) takes that apart; extend wants (… for … in …)"


def _lost_ends(message: str, before: str, after: str) -> Iterator[str]:
    """Yield in which function something is no longer returned, raised or yielded."""
    if _MERGES.search(message) or UNUSED.search(message):
        return
    old, new = functions(before.encode("utf-8")), functions(after.encode("utf-8"))
    for name in sorted(old.keys() & new.keys()):
        for kind in (ast.Return, ast.Raise, ast.Yield, ast.YieldFrom):
            was, now = ([node for node in ast.walk(side[name]) if isinstance(node, kind)] for side in (old, new))
            kept = {ast.unparse(node) for node in now}
            gone = [text for node in was if (text := ast.unparse(node)) not in kept]
            if len(now) < len(was) and gone:
                yield f"{name} no longer has `{gone[0]}`; do the same as before"


def _called(tree: ast.Module) -> Counter[str]:
    functions = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    names = (
        one.attr if isinstance(one, ast.Attribute) else one.id
        for one in functions
        if isinstance(one, ast.Attribute | ast.Name)
    )
    return Counter(names)

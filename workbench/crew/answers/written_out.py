"""An answer that gives out what a test or an example has, written out: it passes, and works nothing out."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence

from workbench.crew.slips.righted import changed_function
from workbench.edits.parses import tree_of
from workbench.model import Excerpt, FileEdit

NAMING = 3
"""Characters of a text that is passed, from which on it says something."""

SHORTEST = 8
"""Characters of a text from which on it is hardly written twice by chance."""

_OF_ONE_VALUE = re.compile(
    r"(?P<one>[A-Za-z_$][\w$.]*) ?={2,3} ?(?P<quote>['\"]?)(?P<value>\d+(?:\.\d+)?)(?P=quote)"
    r"\)?(?:\s*\?|\s*\{?\s*return\b|:\s*return\b)(?P<given>[\[\](){},\s\d.'\"]+)(?:[:;]|$)",
    re.MULTILINE,
)
"""One number that is asked for alone, and what is given for it, where that is all written out: `=== '4' ? [4, 4] :`."""

_SMALL = frozenset({"0", "1"})
_LONGER = re.compile(r"(?<!\w)(?:'[^'\n]* [^'\n]*'|\"[^\"\n]* [^\"\n]*\"|`[^`\n]* [^`\n]*`)(?!\w)")
"""What a task quotes of more than one word."""


def written_out(task: str, edits: Sequence[FileEdit], tests: Sequence[Excerpt]) -> str:
    """Return, for the model to read, which text of a test the changed function gives out; nothing where none.

    A text that the task has itself, or that stood there before, may well be written out; but not with what the test
    passes in it.
    """
    if told := _of_one_value(edits):
        return told
    changed = changed_function(task, edits)
    if changed is None:
        return ""
    before = (changed.edit.before or b"").decode("utf-8", "replace")
    words = " ".join(task.split())
    tree = tree_of(before.removeprefix("\ufeff"))
    old, new = _texts(ast.walk(tree) if tree else ()), _texts(changed.new)
    if example := _given_out(new - old, tests, changed.node.name, _kinds(task, changed.node, old)):
        text, given = example
        return f"{changed.node.name} has {given!r} of the example written out in {text!r}; put there what it is given"
    for text in _expected(tests):
        is_telling = len(text) >= SHORTEST and " " in text and text not in words and text not in before
        if is_telling and text in new:
            return f"{changed.node.name} gives out {text!r}, the words of one test; work out what is in it"
    return ""


def _of_one_value(edits: Sequence[FileEdit]) -> str:
    """Return which number of an example an answer asks for, and gives out again in what it has written out for it.

    Of what is left over of a number that number may be meant (noon is 12), and so is what was asked for before.
    """
    for edit in edits:
        before, after = ((content or b"").decode("utf-8", "replace") for content in (edit.before, edit.after))
        known = {(old["value"], "".join(old["given"].split())) for old in _OF_ONE_VALUE.finditer(before)}
        for found in _OF_ONE_VALUE.finditer(after):
            value = found["value"]
            is_new = (value, "".join(found["given"].split())) not in known
            stays = found["given"].strip() == value and re.search(rf"% ?{re.escape(value)}\b", after) is not None
            if (
                is_new
                and not stays
                and value not in _SMALL
                and re.search(rf"(?<![\d.]){re.escape(value)}(?![\d.])", found["given"])
            ):
                return f"{found[0].split('?')[0].strip()} is true of {value} alone; work it out of {found['one']}"
    return ""


def _kinds(task: str, node: ast.AST, before: set[str]) -> set[str]:
    """Return the texts that a function asks for, and that its file or the task has as words of their own: `'open'`."""
    bare = _LONGER.sub("", task)
    quoted, words = {*re.findall(r"[\"'`]([^\"'`\n]+)[\"'`]", bare)}, {*re.findall(r"\b[a-z]\w*", bare)}
    return _texts(ast.walk(node)) & (before | quoted | words)


def _given_out(new: set[str], tests: Sequence[Excerpt], name: str, known: set[str]) -> tuple[str, str] | None:
    """Return a new text that is part of what a test expects, and what the test passes that stands in it as a word.

    `greeting("Ann") == "Dear Ann!"` is not met by a text with Ann in it, even where the task has that example.
    """
    expected = list(_expected(tests))
    for given in _passed(tests, name):
        if given in known:
            continue
        word = re.compile(rf"(?<!\w){re.escape(given)}(?!\w)")
        for text in new:
            if text != given and word.search(text) and any(text in one and one != given for one in expected):
                return text, given
    return None


def _passed(tests: Sequence[Excerpt], name: str) -> Iterator[str]:
    """Yield the texts, of a word's length and more, that tests pass to a function, or to a class."""
    for test in tests:
        tree = tree_of(test.text)
        for part in ast.walk(tree) if tree else ():
            if isinstance(part, ast.Call) and _is_called(part, name):
                for one in (*part.args, *(keyword.value for keyword in part.keywords)):
                    if isinstance(one, ast.Constant) and isinstance(one.value, str) and len(one.value) >= NAMING:
                        yield one.value


def _is_called(call: ast.Call, name: str) -> bool:
    match call.func:
        case ast.Name(id=last) | ast.Attribute(attr=last):
            return last == name or last[:1].isupper()
    return False


def _texts(parts: Iterable[ast.AST]) -> set[str]:
    return {part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)}


def _expected(tests: Sequence[Excerpt]) -> Iterator[str]:
    """Yield the texts that tests compare something with."""
    for test in tests:
        tree = tree_of(test.text)
        for part in ast.walk(tree) if tree else ():
            if isinstance(part, ast.Compare):
                for side in (part.left, *part.comparators):
                    if isinstance(side, ast.Constant) and isinstance(side.value, str):
                        yield side.value

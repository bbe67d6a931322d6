"""The words of a docstring: a model's habits taken off, prose wrapped, code left as it is."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
import warnings

from workbench import python_ast
from workbench.edits.python.trees import Definition, docstring_text, nodes
from workbench.errors import EditRefused

_THOUGHT = re.compile(r"\A\s*<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL)
_WHOLE_FENCE = re.compile(r"\A\s*(`{3,}|~{3,})[^\n`]*\n(.*)\n[ \t]*\1[ \t]*\s*\Z", re.DOTALL)
_INNER_FENCE = re.compile(r"^[ \t]*```[\w+-]*[ \t]*\n(.*?)\n[ \t]*```[ \t]*$", re.DOTALL | re.MULTILINE)
_QUOTED = re.compile(r"\A[rRuU]{0,1}(\"\"\"|''')(.*)\1\Z", re.DOTALL)
_MARKS = {'"': '"', "'": "'", "“": "”", "`": "`"}
# Control characters and the marks that turn the direction of text have no business in a docstring.
_NOT_WORDS = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
_LIST_ITEM = re.compile(r"([ \t]*)([-*+•]|\d+[.)])[ \t]+\S")
_FIELD = re.compile(r"[ \t]*(?::\w+[^:]*:|\*{0,2}\w+(?: \([^)]*\))?:)[ \t]+\S")
_CODE = re.compile(r"[ \t]*(?:>>>|\.\.\.|\$ |\||\+[-=]|[-=~^]{3,}|@|#|\.\. |```|~~~)")
_SPAN = re.compile(r"`+[^`\n]+`+")
_PRIVATE = "\ue000"
_MOST = 10_000
_WIDTHS = (79, 88, 100, 120)


def clean_words(text: str, name: str) -> str:
    """Return the docstring in `text` for a symbol whose last name is `name`, at the margin, without trailing space.

    Raises:
        EditRefused: no words are left (code `no-docstring`), or there are far too many (code `too-large`).
    """
    if len(text) > _MOST:
        raise EditRefused("the docstring is far too long", code="too-large", hint="ask for a short one")
    words = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    words = _NOT_WORDS.sub("", _THOUGHT.sub("", words, count=1))
    words = _unwrapped(words, name)
    words = "\n".join(line.rstrip() for line in inspect.cleandoc(words).expandtabs().split("\n")).strip()
    words = _blank_after_summary(words)
    if not any(character.isalnum() for character in words):
        raise EditRefused("the answer has no words for a docstring", code="no-docstring", hint="answer with prose")
    return words


def _unwrapped(words: str, name: str) -> str:
    if found := _WHOLE_FENCE.match(words):
        words = found.group(2)
    elif any(_holds_docstring(block) for block in _INNER_FENCE.findall(words)):
        words = next(block for block in _INNER_FENCE.findall(words) if _holds_docstring(block))
    in_code = _from_code(words, name)
    if in_code is not None:
        return in_code
    words = _without_signature(words.strip(), name).strip()
    if found := _QUOTED.match(words):
        return found.group(2)
    if len(words) > 1 and _MARKS.get(words[0]) == words[-1] and words[0] not in words[1:-1]:
        return words[1:-1]
    return words


def _holds_docstring(code: str) -> bool:
    return '"""' in code or "'''" in code


def _from_code(words: str, name: str) -> str | None:
    """Return the docstring of the code that `words` are, if they are code."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            body = python_ast.parse(textwrap.dedent(words).strip() + "\n").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    definitions = [node for node in nodes(body) if isinstance(node, Definition)]
    named = [node for node in definitions if node.name == name] or definitions[:1]
    if named:
        found = docstring_text(named[0])
        if found is None:
            raise EditRefused("the answer is code without a docstring", code="no-docstring", hint="answer with prose")
        return found
    first = body[0] if len(body) == 1 else None
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        return first.value.value
    return None


def _without_signature(words: str, name: str) -> str:
    first, _, rest = words.partition("\n")
    signature = rf"(?:@.*|(?:async\s+)?(?:def|class)\s+{re.escape(name)}\b.*:|{re.escape(name)}\(.*\)(?:\s*->.*)?:?)"
    return _without_signature(rest.lstrip("\n"), name) if rest and re.fullmatch(signature, first.strip()) else words


def _blank_after_summary(words: str) -> str:
    """Return `words` with a blank line below the summary where the model left it out, as PEP 257 wants it."""
    first, _, rest = words.partition("\n")
    ends = first.endswith((".", "!", "?"))
    return f"{first}\n\n{rest}" if rest and not rest.startswith("\n") and ends else words


def usual_width(source: str) -> int:
    """Return how wide a file's lines are by habit: the least usual width that nearly all of them keep."""
    lengths = sorted(len(line) for line in source.splitlines() if "://" not in line)
    longest = lengths[int(len(lengths) * 0.99) - 1] if lengths else 0
    return next((width for width in _WIDTHS if longest <= width), _WIDTHS[-1])


def wrap(words: str, width: int) -> str:
    """Return `words` with prose lines wider than `width` wrapped. The first line has room for its quotes taken off."""
    lines = words.split("\n")
    made: list[str] = []
    verbatim: int | None = None
    fenced = False
    for number, line in enumerate(lines):
        indent = len(line) - len(line.lstrip())
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        if verbatim is not None and line.strip() and indent <= verbatim:
            verbatim = None
        room = width - (0 if number else 3)
        if len(line) <= room or fenced or verbatim is not None or _CODE.match(line):
            made.append(line)
        else:
            made += _wrapped(line, width, 0 if number else 3)
        if line.endswith("::"):
            verbatim = indent
    return "\n".join(line.rstrip() for line in made)


def _wrapped(line: str, width: int, taken: int) -> list[str]:
    indent = line[: len(line) - len(line.lstrip())]
    hanging = indent
    if item := _LIST_ITEM.match(line):
        hanging = indent + " " * (len(item.group(2)) + 1)
    elif indent and _FIELD.match(line):
        hanging = indent + "    "
    # A span of code stays on one line, so its spaces are no places to break.
    held = _SPAN.sub(lambda found: found.group().replace(" ", _PRIVATE), line.strip())
    first, *rest = textwrap.wrap(
        held,
        width - len(indent),
        initial_indent=" " * taken,
        subsequent_indent=hanging[len(indent) :],
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [indent + part.replace(_PRIVATE, " ") for part in [first[taken:], *rest]]

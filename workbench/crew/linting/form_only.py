"""What a change of Python that is about form alone must not do: lose words or comments, do other things than before.

A linter that finds nothing any more says nothing of that. Nothing runs here; `as_before` beside it runs things.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath

from workbench.crew.judging.lost import lost
from workbench.crew.judging.stated import functions
from workbench.crew.linting.form_names import more_than_names
from workbench.edits.parses import tree_of
from workbench.edits.source import Lines
from workbench.model import FileEdit

UNUSED = re.compile(r"\b(?:unused|never used|not used|unnecessary|useless|redundant|unreachable)\b", re.IGNORECASE)
"""Findings after which a line may have to go."""

_WORD = re.compile(r"\w+")
_INPUT = re.compile(r"(?:\bself\.)?\b\w+")
_ABOUT_COMMENTS = re.compile(
    r"\b(?:comment\w*|TODO|FIXME|docstrings?|copyright|coding|noqa|ignor\w*|pragma|shebang)\b", re.IGNORECASE
)
_TOO_LONG = re.compile(r"\btoo long\b", re.IGNORECASE)
_ABOUT_TEXTS = re.compile(r"\b(?:spell\w*|typo\w*|docstrings?|summary|imperative|format(?:ting)?)\b", re.IGNORECASE)

_HARMLESS = frozenset(
    # What may come and go with another form of the same: builtins that only look, and what fills a list.
    """
    any all append dict enumerate extend filter format frozenset get getattr isinstance issubclass items iter join keys
    len list map max min next partial range reversed set setattr setdefault sorted sum super suppress tuple values zip
    bool fromkeys
    """.split()  # noqa: SIM905 — a paragraph of words reads better than a list
)
_MERGES = re.compile(
    r"\b(?:any|all|min|max)\(|\b(?:directly|ternary|nested|combine|merge|merging|multiple|dictionary)\b", re.IGNORECASE
)
"""Findings after which one statement may stand for several."""

_DEAD = re.compile(r"\b(?:unreachable|outdated)\b", re.IGNORECASE)
"""Findings after which a block may have to go."""

_GOES = re.compile(r"\b(?:unused|never used|not used|useless|unreachable|outdated)\b", re.IGNORECASE)
"""Findings after which all of a statement may have to go; what is unnecessary is often but a part of it."""

_LOOKS_TWICE = re.compile(r"\b(?:redefin\w*|with itself|instead of)\b", re.IGNORECASE)
_SELF = re.compile(r"\bshould be named [`'\"]?(?:self|cls)\b")
_WAYS = (
    (re.compile(r"\bcontext manager\b|\bwith'", re.IGNORECASE), frozenset({"close"})),
    (
        re.compile(r"\b(?:datetime|utcnow|tz\w*|time ?zone)\b", re.IGNORECASE),
        frozenset({"now", "replace", "astimezone", "date", "ZoneInfo", "timezone", "fromtimestamp"}),
    ),
    (re.compile(r"\blist summation\b"), frozenset({"reduce", "chain", "from_iterable"})),
    (
        re.compile(r"\bPath\b"),
        frozenset({"str", "read", "write", "read_text", "read_bytes", "write_text", "write_bytes"}),
    ),
    (re.compile(r"\broot logger\b"), frozenset({"getLogger"})),
    (
        re.compile(r"\bown exception\b|\bgeneral exception\b"),
        frozenset({"Exception", "BaseException", "RuntimeError", "ValueError", "TypeError", "KeyError", "OSError"}),
    ),
)
"""What is called otherwise where a finding speaks of something."""


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
    its_line, its_own = Lines(before).line(line), _statement(message, before, old, line)
    may_go = its_own if _GOES.search(message) else its_line if UNUSED.search(message) else ""
    may_ignore = frozenset(_INPUT.findall(its_own)) if may_go or _LOOKS_TWICE.search(message) else frozenset()
    try:
        faults = (
            *_lost_words(message, may_go or its_line, old, new),
            *_lost_comments(message, its_line if _TOO_LONG.search(message) else may_go, before, after),
            *_other_calls(message, its_own, may_go, old, new),
            *_lost_ends(message, may_go, before, after),
            *_lost_exports(edit.path, old, new),
        )
        said = f"{message} Rename it." if _SELF.search(message) else message
        found = next(iter(faults), "") or lost(said, [edit], may_ignore=may_ignore)
        return found or next(more_than_names(message, old, new), "")
    except (RecursionError, ValueError):
        # Code can be deeper, and its texts quoted otherwise, than can be written anew.
        return "it cannot be told what such code does; change less"


def _statement(message: str, before: str, old: ast.Module, line: int) -> str:
    """Return the lines of a finding's own statement; of one that holds others, those before them."""
    lines = Lines(before)
    first = last = line
    around = [
        one
        for one in ast.walk(old)
        if isinstance(one, ast.stmt) and _first_line(one) <= line <= (one.end_lineno or one.lineno)
    ]
    if around:
        one = min(around, key=lambda one: (one.end_lineno or one.lineno) - _first_line(one))
        body = getattr(one, "body", None)
        end = one.end_lineno or one.lineno
        if isinstance(one, ast.Match):
            end = one.lineno
        elif isinstance(body, list) and not _DEAD.search(message):
            end = max(one.lineno, body[0].lineno - 1)
        if line <= end:
            first, last = _first_line(one), end
    return "\n".join(lines.line(number) for number in range(first, last + 1))


def _first_line(statement: ast.stmt) -> int:
    decorators = getattr(statement, "decorator_list", [])
    return min((one.lineno for one in decorators), default=statement.lineno)


def without_new_comments(message: str, before: str, after: str) -> str:
    """Return a file without the comments that a change puts behind code, but where the finding is about comments."""
    if _ABOUT_COMMENTS.search(message):
        return after
    known = Counter(comment for _, comment in _comments(before))
    if known - Counter(comment for _, comment in _comments(after)):
        # What is new may be what was there, in other words.
        return after
    lines = after.split("\n")
    for (row, column), comment in _comments(after):
        known[comment] -= 1
        code = lines[row - 1][:column].rstrip()
        if known[comment] < 0 and code and lines[row - 1][column:].rstrip("\r") == comment:
            lines[row - 1] = code + ("\r" if lines[row - 1].endswith("\r") else "")
    return "\n".join(lines)


def _text(content: bytes | None) -> str:
    return (content or b"").decode("utf-8", "replace").removeprefix("\ufeff")


def _lost_words(message: str, own: str, old: ast.Module, new: ast.Module) -> Iterator[str]:
    """Yield which words of texts are gone, but those that are the finding's own."""
    if _ABOUT_TEXTS.search(message):
        return
    gone = _fewer(message, _words(old), _words(new)) - Counter(_WORD.findall(own))
    if gone:
        words = list(gone.elements())
        yield f"a text lost {' '.join(words[:6])!r}; leave texts as they are"


def _fewer(message: str, before: Counter[str], after: Counter[str]) -> Counter[str]:
    """Return what there is less of; where one statement may stand for several, what there is none of."""
    gone = before - after
    return Counter({one: gone[one] for one in gone if not after[one]}) if _MERGES.search(message) else gone


def _words(tree: ast.Module) -> Counter[str]:
    texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return Counter(word for text in texts for word in _WORD.findall(text))


def _lost_comments(message: str, may_go: str, before: str, after: str) -> Iterator[str]:
    """Yield which comment is gone, but one of what may go."""
    if _ABOUT_COMMENTS.search(message):
        return
    gone = Counter(comment for _, comment in _comments(before)) - Counter(comment for _, comment in _comments(after))
    for comment in gone:
        if comment not in may_go:
            yield f"the comment {comment[:60]!r} is gone; keep it"


def _comments(text: str) -> list[tuple[tuple[int, int], str]]:
    """Return place and text of each comment."""
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (tokenize.TokenError, SyntaxError):
        return []
    return [(token.start, token.string) for token in tokens if token.type == tokenize.COMMENT]


def _other_calls(message: str, its_own: str, may_go: str, old: ast.Module, new: ast.Module) -> Iterator[str]:
    """Yield what is called that was not, and what no longer is, where the finding does not speak of it."""
    before, after = _called(old), _called(new)
    spoken = set(_WORD.findall(message))
    ways = {name for about, names in _WAYS if about.search(message) for name in names}
    come = (after - before).keys()
    # Where the finding names what is better, that stands for what was there.
    gone_with_it = set(_WORD.findall(its_own if come & spoken else may_go))
    may_come = _bound(new) - _bound(old)
    for name in sorted(come - spoken - ways - _HARMLESS - may_come):
        yield f"it calls {name} now, which it did not; do the same as before"
    for name in sorted(_fewer(message, before, after).keys() - spoken - ways - _HARMLESS - gone_with_it):
        yield f"it no longer calls {name}; do the same as before"
    if "copy" in spoken:
        return
    known = Counter(ast.dump(node) for node in ast.walk(old) if isinstance(node, ast.Call))
    for node in ast.walk(new):
        match node:
            case ast.Call(func=ast.Attribute(attr="extend"), args=[argument]) if not known[ast.dump(node)]:
                if not isinstance(argument, _SEVERAL):
                    yield f"extend({ast.unparse(argument)}) takes that apart; extend wants (… for … in …)"


_SEVERAL = (ast.GeneratorExp, ast.ListComp, ast.SetComp, ast.List, ast.Tuple)


def _bound(tree: ast.Module) -> set[str]:
    """Return the names of variables and parameters."""
    names = {one.id for one in ast.walk(tree) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}
    return names | {one.arg for one in ast.walk(tree) if isinstance(one, ast.arg)}


def _lost_ends(message: str, may_go: str, before: str, after: str) -> Iterator[str]:
    """Yield in which function something is no longer returned, raised or yielded, but what may go."""
    if _MERGES.search(message):
        return
    own = " ".join(may_go.split())
    old, new = functions(before.encode("utf-8")), functions(after.encode("utf-8"))
    for name in sorted(old.keys() & new.keys()):
        for kind in (ast.Return, ast.Raise, (ast.Yield, ast.YieldFrom)):
            was, now = ([node for node in ast.walk(side[name]) if isinstance(node, kind)] for side in (old, new))
            kept = {ast.unparse(node) for node in now}
            gone = [text for node in was if (text := ast.unparse(node)) not in kept]
            gone = [text for text in gone if text not in own and text not in message]
            if len(now) < len(was) and gone:
                yield f"{name} no longer has `{gone[0]}`; do the same as before"


def _lost_exports(path: str, old: ast.Module, new: ast.Module) -> Iterator[str]:
    """Yield what can no longer be taken from a package that handed it on: that it is unused there says nothing."""
    if PurePosixPath(path).name.startswith("__init__."):
        for name in sorted(_handed_on(old) - _handed_on(new)):
            yield f"others may import {name} from here; keep it, as `import {name} as {name}` or in `__all__`"


def _handed_on(tree: ast.Module) -> set[str]:
    rows = [one for one in tree.body if isinstance(one, ast.ImportFrom) and one.level]
    return {alias.asname or alias.name for one in rows for alias in one.names}


def _called(tree: ast.Module) -> Counter[str]:
    functions = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    names = (
        one.attr if isinstance(one, ast.Attribute) else one.id
        for one in functions
        if isinstance(one, ast.Attribute | ast.Name)
    )
    return Counter(names)

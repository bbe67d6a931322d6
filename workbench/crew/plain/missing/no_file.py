"""What a function gives where the file that it reads is not there: an empty dictionary if the file does not exist."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.judging.stated import own_parts
from workbench.crew.plain.missing.guards import is_generator, none_too
from workbench.crew.plain.missing.wished import wished
from workbench.crew.plain.places import Finder, Sure, put, said_as
from workbench.crew.slips.righted import Changed, Righted

_IS_MISSING = re.compile(
    r"\b(?:file|path|it|that|one|[\w.]*\.\w{2,4}|config\w*|settings|cache)\b[^.;,\n]{0,25}?"
    r"\b(?:(?:does|do|did)(?:n't| not) (?:yet )?exist|(?:is|are|was)(?:n't| not) (?:there|found|present)"
    r"|(?:is|are|was|goes) (?:missing(?! (?:an?|the|its|some|all|any)\b)|absent|gone))"
    r"|\bmissing [\w-]*? ?(?:file|path)\b|\bmissing file|\bfile(?: is)? not found\b|\bFileNotFoundError\b"
    r"|\b(?:there is|there's|have|has|with) no (?:such |[\w-]+ )?file\b|\bno (?:such |[\w-]+ )?file"
    r" (?:yet|exists|is there|there)\b"
    r"|\bwithout an? (?:[\w-]+ )?file\b|\bnon-?existent (?:file|path)\b|\bnon-?existing (?:file|path)\b",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    r"\b(?:unless|parameter|argument|option\w*|keyword|creat\w*|instead raise"
    r"|(?:should|must|to) (?:also |still |then )*raise)\b",
    re.IGNORECASE,
)
_OTHER_ERRORS = re.compile(r"\b(?!FileNotFoundError|OSError|IOError)[A-Z]\w*(?:Error|Exception)\b")
_READS = frozenset({"read_text", "read_bytes", "open"})
_CAUGHT = frozenset({"FileNotFoundError", "OSError", "IOError", "EnvironmentError", "exists", "is_file"})


def given_without_file(changed: Changed) -> Iterator[Righted]:
    """Yield the statement that reads a file within a `try`, with what a task wishes for where there is none.

    Nothing is found where a function asks for the file already, reads several, or writes one.
    """
    value = wished(changed.task)
    if not value or not _IS_MISSING.search(changed.task) or is_generator(changed):
        return
    if _OTHERWISE.search(changed.task) or _OTHER_ERRORS.search(changed.task) or changed.hides("open"):
        return
    if any(_said(part) in _CAUGHT for part in ast.walk(changed.node)):
        return
    opened = [part for part in own_parts(changed.node) if isinstance(part, ast.Call) and _said(part.func) in _READS]
    if len(opened) == 1 and not _writes(opened[0]) and (statement := _statement(changed, opened[0])):
        yield from _tried(changed, statement, value)


def _said(part: ast.AST) -> str:
    match part:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _writes(call: ast.Call) -> bool:
    """Return whether a file is opened to be written, or in a way that is not written out."""
    is_method = isinstance(call.func, ast.Attribute)
    modes = [*call.args[0 if is_method else 1 :][:1], *(word.value for word in call.keywords if word.arg == "mode")]
    if _said(call.func) != "open":
        return False
    return any(not (isinstance(one, ast.Constant) and str(one.value) in {"r", "rt", "rb"}) for one in modes)


def _statement(changed: Changed, call: ast.Call) -> ast.stmt | None:
    """Return the statement of the function's body that opens a file; None where it stands deeper."""
    inner: ast.AST = call
    while (holder := changed.holders.get(id(inner))) is not None and holder is not changed.node:
        if isinstance(holder, ast.Lambda | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            return None
        inner = holder
    is_short = isinstance(inner, ast.With | ast.Assign | ast.Return | ast.For | ast.AnnAssign)
    return inner if isinstance(inner, ast.stmt) and is_short else None


def _tried(changed: Changed, statement: ast.stmt, value: str) -> Iterator[Righted]:
    """Yield a statement put into a `try`, line by line; nothing where a text goes over several lines in it."""
    lines = changed.lines
    first, last = statement.lineno, statement.end_lineno or statement.lineno
    is_alone = not lines.text[lines.start(first) : lines.span(statement)[0]].strip()
    texts = (part for part in ast.walk(statement) if isinstance(part, ast.Constant | ast.JoinedStr))
    if not is_alone or any(one.lineno != one.end_lineno for one in texts):
        return
    margin = lines.indent(first)
    rows = [lines.line(number) for number in range(first, last + 1)]
    inner = "\n".join(f"    {row}" if row.strip() else row for row in rows)
    new = f"{margin}try:\n{inner}\n{margin}except FileNotFoundError:\n{margin}    return {value}"
    yield from put(
        changed,
        f"`return {value}` where there is no file",
        (lines.start(first), lines.end(last), new),
        *none_too(changed, value),
    )


FINDERS: tuple[Finder, ...] = (given_without_file,)
SURE: tuple[Sure, ...] = (
    (
        given_without_file,
        said_as(
            r"^(?!.*\b(?:unless|except|only|but|also|too|otherwise|logs?|logg\w+|warn\w*|prints?|messages?|and|or|still"
            r"|empty file|is empty|invalid|broken|if not"
            r"|(?:found|there|missing) (?:in|from) (?:the|our)|written|writes?)\b)"
        ),
        1,
    ),
)

"""Docstrings, one symbol at a time: the model says what it does, the host writes it down and proves the rest equal.

What is Python's own is here; `doc_comments` has the other languages.
"""

from __future__ import annotations

import ast
import re
from functools import partial

from workbench import python_ast
from workbench.checks.preserve import preserves
from workbench.checks.remarks import comments_only
from workbench.context.budget import Part
from workbench.context.shown import around, fold
from workbench.crew import doc_comments
from workbench.crew.aiming.naming import named, tasks_for
from workbench.crew.conversation import Conversation
from workbench.crew.documenting.describing import asks_for_sections, described, description_schema
from workbench.crew.documenting.docstring_form import Described, Style, write
from workbench.crew.documenting.signatures import Facts, facts
from workbench.crew.piecewise import Piece, piecewise
from workbench.crew.words import read_json
from workbench.edits.docstrings import docstring_of, place_docstring, undocumented
from workbench.edits.source import PYTHON_SUFFIXES
from workbench.edits.symbols import Symbol, cut, symbols
from workbench.errors import AnswerRejected, EditRefused, NaniteError
from workbench.model import Check, Proposal, Source

LONG_CLASS = 40
"""A class of more lines is shown by the signatures of its methods."""

LONG_FUNCTION = 120
"""Lines of a function that are shown."""


async def docstrings(talk: Conversation) -> Proposal:
    """Return docstrings for what has none, each proven to change nothing else; symbols that failed are in the notes.

    Other languages get documentation comments, see `doc_comments`.

    Raises:
        AnswerRejected: there is nothing to do (code `nothing-to-do`), no target's language is known (code
            `unknown-language`), or no answer could be used.
    """
    return await piecewise(talk, partial(_pieces, talk), _proof, partial(_nothing, talk), verb="Documents")


def _pieces(talk: Conversation, source: Source, text: str) -> list[Piece]:
    """Return the symbols to document, each with what writes it into the file as it is by then."""
    path = source.path
    if path.endswith(PYTHON_SUFFIXES):
        wanted = _wanted(talk, source, text)
        tasks = tasks_for(talk.brief.task.spec.task, [symbol.name for symbol in wanted])
        return [(symbol.name, partial(_document, talk, path, symbol, tasks[symbol.name])) for symbol in wanted]
    if not doc_comments.can_document(path, text):
        talk.note(f"{path}: left out: documentation is written for {doc_comments.LANGUAGES} only")
        return []
    return doc_comments.pieces(talk, source, text)


def _proof(path: str, before: bytes, after: bytes) -> Check:
    if path.endswith(PYTHON_SUFFIXES):
        return preserves(path, before, after, "docstrings")
    return comments_only(path, before, after)


def _nothing(talk: Conversation, failed: list[NaniteError]) -> NaniteError:
    targets = talk.brief.targets
    if failed:
        last = failed[-1]
        return AnswerRejected(f"no docstring could be used; the last: {last.message}", code=last.code, hint=last.hint)
    unknown = [one.path for one in targets if not doc_comments.can_document(one.path, one.content.decode("utf-8"))]
    if unknown and len(unknown) == len(targets):
        return AnswerRejected(
            f"documentation cannot be written for {', '.join(unknown[:3])}",
            code="unknown-language",
            hint=f"it is written for {doc_comments.LANGUAGES}",
        )
    hidden = [name for one in targets for name in doc_comments.hidden(one)]
    if hidden:
        return AnswerRejected(
            "everything public that the task is about is documented",
            code="nothing-to-do",
            hint=f"name what is not public to have it documented too: {', '.join(hidden[:3])}",
        )
    return AnswerRejected(
        "everything the task is about has a docstring",
        code="nothing-to-do",
        hint="name other targets, or a function by its name; existing docstrings are kept",
    )


def _wanted(talk: Conversation, source: Source, text: str) -> list[Symbol]:
    """Return the symbols to document: those the task names, else all public ones without a docstring."""
    try:
        every = [symbol for symbol in symbols(text) if symbol.kind != "assignment"]
        bare = list(undocumented(text))
    except EditRefused as error:
        talk.note(f"{source.path}: left out: {error.message}")
        return []
    elsewhere = talk.brief.task.spec.task
    names = named(elsewhere, [symbol.name for symbol in every])
    if not names:
        return bare
    meant = [symbol for symbol in every if symbol.name in names]
    for symbol in meant:
        if docstring_of(text, symbol.name) is not None:
            talk.note(f"{symbol.name} in {source.path} has a docstring, which is kept")
    return [symbol for symbol in meant if docstring_of(text, symbol.name) is None]


async def _document(talk: Conversation, path: str, symbol: Symbol, task: str, text: str) -> str:
    """Return `text` with a docstring for one symbol; `task` is what was asked, as it reads for that.

    Raises:
        AnswerRejected, EditRefused: no answer could be used.
    """
    known = facts(text, symbol.name)
    style = _style(talk)
    sections = style != "plain" and (known.is_long or asks_for_sections(talk.brief.task.spec.task))
    shown = _shown(text, symbol)
    parts = [Part(name=f"{symbol.name} in {path}", text=f"```python\n{shown}\n```"), _task(task, symbol)]

    def taken(answer: str) -> str:
        said = _read(answer, known, f"{shown}\n{talk.brief.task.spec.task}")
        changed = place_docstring(text, symbol.name, write(said, known, style, sections=sections))
        proof = preserves(path, text.encode("utf-8"), changed.encode("utf-8"), "docstrings")
        if not proof.ok:
            raise EditRefused(f"more than a docstring would change: {proof.output}", code="not-preserved")
        return changed

    schema = description_schema(known, sections=sections)
    return await talk.ask_and_mend(talk.open(), parts, taken, schema=schema, about=symbol.name)


def _style(talk: Conversation) -> Style:
    found = re.search(r"\b(google|numpy)\b", talk.brief.task.spec.task, re.IGNORECASE)
    if found:
        return "google" if found.group().lower() == "google" else "numpy"
    return talk.brief.docstring_style


def _task(task: str, symbol: Symbol) -> Part:
    asked = f"Task: {task}\n" if task else ""
    return Part(name="task", text=f"{asked}Document the {symbol.kind} `{symbol.name}`.")


def _shown(text: str, symbol: Symbol) -> str:
    folded = fold(text.replace("\r\n", "\n"))
    code = cut(folded, symbol.name).rstrip()
    if symbol.kind == "class" and symbol.last - symbol.first > LONG_CLASS:
        return around(folded, f"{symbol.name}.")
    lines = code.split("\n")
    code = "\n".join([*lines[:LONG_FUNCTION], *(["    # and so on"] if len(lines) > LONG_FUNCTION else [])])
    owner = symbol.name.rpartition(".")[0]
    header = around(folded, symbol.name) if owner else ""
    return f"{header}\n\n{code}" if header else code


def _read(answer: str, known: Facts, context: str) -> Described:
    try:
        value = read_json(answer)
    except AnswerRejected:
        # An engine without schemas: a docstring in a function, or alone in quotes, says the same.
        value = {"summary": _docstring_in(answer, known.name)}
    return described(value, known, context)


def _docstring_in(answer: str, name: str) -> str:
    code = re.search(r"```\w*\n(.*?)\n```", answer, re.DOTALL)
    text = code.group(1) if code else answer
    try:
        tree = python_ast.parse(text)
    except (SyntaxError, ValueError):
        tree = None
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and node.name == name:
            return (ast.get_docstring(node) or "").partition("\n\n")[0]
    quoted = re.search(r'"""(.*?)"""', text, re.DOTALL)
    if quoted:
        return quoted.group(1).strip().partition("\n\n")[0]
    raise AnswerRejected("the answer holds no docstring", code="not-json", hint="try again, or a larger model")

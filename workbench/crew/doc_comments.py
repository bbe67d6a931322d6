"""Documentation comments of other languages: the model says what a symbol does, the host writes it above and proves
that nothing but comments changed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial

from workbench.checks.remarks import comments_only
from workbench.context.budget import Part
from workbench.crew.aiming.naming import named, tasks_for
from workbench.crew.conversation import Conversation
from workbench.crew.documenting.describing import asks_for_sections, described, description_schema
from workbench.crew.documenting.doc_comment_form import Form, form_of, write_comment
from workbench.crew.documenting.doc_facts import foreign_facts
from workbench.crew.words import read_json
from workbench.edits.foreign.documented import Place, found_at, place_comment, places
from workbench.edits.foreign.symbols import around, outline_of_file, speaks
from workbench.edits.source import PYTHON_SUFFIXES
from workbench.errors import AnswerRejected, EditRefused
from workbench.model import Source

LANGUAGES = "Python, JavaScript, TypeScript, Go, Rust, Java, C, C++, Ruby and shell scripts"

LONG_TYPE = 40
"""A type of more lines is shown by what it holds, in short."""

LONG_FUNCTION = 120
"""Lines of a function that are shown."""

MOST_NAMES = 3
"""Symbols that a refusal names."""


def can_document(path: str, text: str) -> bool:
    """Return whether documentation can be written for a file's language."""
    return path.endswith(PYTHON_SUFFIXES) or speaks(path, text)


def pieces(talk: Conversation, source: Source, text: str) -> list[tuple[str, Callable[[str], Awaitable[str]]]]:
    """Return the symbols to document, each with what writes its comment into the file as it is by then."""
    found = _wanted(talk, source, text)
    if not found:
        return []
    # What is written first is no habit of the file.
    form = form_of(outline_of_file(source.path, text))
    tasks = tasks_for(talk.brief.task.spec.task, [place.symbol.name for place in found])
    return [
        (place.symbol.name, partial(_document, talk, source.path, _Asked(place, tasks[place.symbol.name]), form))
        for place in found
    ]


def _wanted(talk: Conversation, source: Source, text: str) -> list[Place]:
    """Return the symbols to document: those the task names, else all public ones without a comment above them."""
    try:
        every = places(source.path, text)
    except EditRefused as error:
        talk.note(f"{source.path}: left out: {error.message}")
        return []
    names = named(talk.brief.task.spec.task, [place.symbol.name for place in every])
    if not names:
        return [place for place in every if place.is_public and not place.is_commented and not place.fault]
    meant = [place for place in every if place.symbol.name in names]
    for place in meant:
        if place.has:
            talk.note(f"{place.symbol.name} in {source.path} has a documentation comment, which is kept")
    return [place for place in meant if not place.has]


def hidden(source: Source) -> list[str]:
    """Return the symbols without a comment that only a task that names them documents, for they are not public."""
    text = source.content.decode("utf-8")
    if source.path.endswith(PYTHON_SUFFIXES) or not speaks(source.path, text):
        return []
    every = places(source.path, text)
    found = [place.symbol.name for place in every if not (place.is_public or place.is_commented or place.fault)]
    return found[:MOST_NAMES]


@dataclass(frozen=True)
class _Asked:
    """A symbol to document, and the task as it reads for that."""

    place: Place
    task: str


async def _document(talk: Conversation, path: str, asked_of: _Asked, form: Form, text: str) -> str:
    """Return `text` with a documentation comment for one symbol.

    Raises:
        AnswerRejected, EditRefused: no answer could be used.
    """
    place, task = asked_of.place, asked_of.task
    file, symbol = found_at(path, text, place.number)
    known = foreign_facts(path, text, place.number)
    asks = asks_for_sections(talk.brief.task.spec.task)
    sections = bool(form.tag) and (asks or (talk.brief.docstring_style != "plain" and known.is_long))
    shown = _shown(path, text, place)
    asked = f"Task: {task}\n" if task else ""
    word = "type" if place.symbol.kind == "class" else place.symbol.kind
    fence = "bash" if file.language == "shell" else file.language
    parts = [
        Part(name=f"{place.symbol.name} in {path}", text=f"```{fence}\n{shown}\n```"),
        Part(name="task", text=f"{asked}Document the {word} `{place.symbol.name}`."),
    ]
    messages = talk.open("instruction" if talk.recipe.origin else "other")
    is_type = place.symbol.kind == "class"

    def taken(answer: str) -> str:
        said = described(read_json(answer), known, f"{shown}\n{task}")
        lines = write_comment(said, known, form, indent=file.indent(symbol.start), is_type=is_type, sections=sections)
        return _placed(path, text, place, lines)

    schema = description_schema(known, sections=sections)
    return await talk.ask_and_mend(messages, parts, taken, schema=schema, about=place.symbol.name)


def _placed(path: str, text: str, place: Place, lines: Sequence[str]) -> str:
    if not lines:
        raise AnswerRejected("the answer has no words for a comment", code="no-docstring", hint="answer with prose")
    after = place_comment(path, text, place.number, lines)
    proof = comments_only(path, text.encode("utf-8"), after.encode("utf-8"))
    if not proof.ok:
        raise EditRefused(f"more than comments would change: {proof.output}", code="not-preserved")
    return after


def _shown(path: str, text: str, place: Place) -> str:
    """Return a symbol as it stands, below what says which type it belongs to."""
    file, symbol = found_at(path, text, place.number)
    if place.symbol.kind == "class" and place.symbol.last - place.symbol.first > LONG_TYPE:
        short = around(path, text, f"{place.symbol.name}.")
        if short:
            return short
    lines = file.said(file.line_start(symbol.start), symbol.end).replace("\r\n", "\n").split("\n")
    mark = "#" if file.language in {"ruby", "shell"} else "//"
    code = "\n".join([*lines[:LONG_FUNCTION], *([f"    {mark} and so on"] if len(lines) > LONG_FUNCTION else [])])
    header = around(path, text, place.symbol.name) if "." in place.symbol.name else ""
    return f"{header}\n\n{code}" if header else code

"""The prompt of a change: what a file's part in play looks like to a nanite, and what its answer may touch."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.context.budget import Part
from workbench.context.neighbours import neighbours
from workbench.context.shown import around, fold
from workbench.context.siblings import sibling
from workbench.context.tests_shown import shown_tests
from workbench.crew.aiming.naming import unknown_names
from workbench.crew.aiming.outlines import Aim
from workbench.crew.conversation import Conversation
from workbench.crew.judging.trial_words import mends_failure
from workbench.crew.solving.lines_ahead import can_lead
from workbench.crew.solving.lines_ahead import wanted as lines_wanted
from workbench.crew.solving.marking import can_mark, has_example, has_one_place, marked
from workbench.crew.solving.plan import Step
from workbench.crew.wrapping.wrapper import can_wrap, changes_result, has_result, with_old_name, without_body
from workbench.crew.wrapping.wrapper import wanted as wrapper_wanted
from workbench.edits.foreign import symbols as foreign
from workbench.edits.source import PYTHON_SUFFIXES
from workbench.edits.symbols import cut
from workbench.model import Excerpt

_LANGUAGES = {
    "py": "python",
    "pyi": "python",
    "js": "javascript",
    "ts": "typescript",
    "jsx": "javascript",
    "mjs": "javascript",
    "cjs": "javascript",
    "rs": "rust",
    "rb": "ruby",
    "h": "c",
    "hpp": "cpp",
    "cc": "cpp",
    "md": "markdown",
    "yml": "yaml",
    "sh": "bash",
}
_ABOUT_COMMENTS = re.compile(r"comment|\bdocument|\b(?:js|java|go|rust)doc|doc[ -]?strings?", re.IGNORECASE)
_OF_ANOTHER = re.compile(
    r"\bhelpers?\b|\bextract|\b(?:into an?|its own|new|another|separate|private) (?:\w+ )?(?:method|function)\b",
    re.IGNORECASE,
)
_ABOUT_LOGS = re.compile(r"\blog(?:s|ged|ging|gers?)?\b", re.IGNORECASE)
_LOGGER = re.compile(r"(?m)^\w+ *= *(?:\w+\.)?getLogger\(.*\)$")
_ABOUT_DOCSTRINGS = re.compile(r"doc[ -]?strings?|doctests?|\bdocument", re.IGNORECASE)


SIBLING = 200
"""Tokens of a function shown as an example of what one to be added can take after."""

TESTS_FIRST = 160
"""Tokens of the task's tests that a first try is shown."""

TESTS_AGAIN = 400
"""The same once they failed."""


@dataclass(frozen=True)
class Showing:
    """What is shown of one file.

    Attributes:
        opening: which of the recipe's texts comes first.
        parts: the question, piece by piece.
        code: the code that the answer will write anew; its size says how long the answer may be.
        in_play: the symbols the answer may change; None for all of a file.
        folded: the symbols whose docstrings were cut down, to be put back.
        one_block: whether the answer is one code block, so that its end is the answer's.
        wanted: what is to be written, said once more when an answer failed.
        has_example: whether an example of a task well done comes first.
        is_marked: whether the task stands in the code as a comment.
        wraps: the function that is shown under its old name, to be called by what is written; empty where none is.
        unseen: whether its body is not shown.
        leads: the function of which only the lines that come first are wanted; empty where it is wanted whole.
    """

    opening: str
    parts: tuple[Part, ...]
    code: str
    in_play: tuple[str, ...] | None
    folded: tuple[str, ...] = ()
    one_block: bool = True
    wanted: str = "Write the file whole."
    has_example: bool = False
    is_marked: bool = False
    wraps: str = ""
    unseen: bool = False
    leads: str = ""


def can_be_wrapped(aimed: Aim, talk: Conversation) -> bool:
    """Return whether a change can be asked for as a wrapper: it is about one Python function that can be called."""
    python = aimed.source.path.endswith(PYTHON_SUFFIXES)
    return python and _may_be_asked_in_part(aimed, talk) and can_wrap(show(aimed, talk).code, aimed.names[0])


def can_be_worked_on(aimed: Aim, talk: Conversation) -> bool:
    """Return whether, of a function that can be wrapped, the result can be worked on, and was not at once."""
    task = talk.brief.task.spec.task
    can_help = not changes_result(task) and not mends_failure(task)
    return can_help and has_result(show(aimed, talk).code, aimed.names[0])


def can_be_led(aimed: Aim, talk: Conversation) -> bool:
    """Return whether the lines that come first in a function can be asked for alone: it is about one that is there."""
    text = aimed.source.content.decode("utf-8").removeprefix("\ufeff")
    return _may_be_asked_in_part(aimed, talk) and can_lead(aimed.source.path, text, aimed.names[0])


def _may_be_asked_in_part(aimed: Aim, talk: Conversation) -> bool:
    """Return whether less than the whole symbol may be asked for: it is one that is there, and in the house's words.

    A repository's own words say what is to be written, and they were not made for a part of it.
    """
    is_one = len(aimed.names) == 1 and not aimed.added
    return talk.brief.solving.wrap and is_one and talk.recipe.kind == "patch" and not talk.recipe.origin


def show(aimed: Aim, talk: Conversation, step: Step | None = None, failed: str = "") -> Showing:
    """Return the question for one file: context first, the file next, what tests ask for, the task last.

    The first try goes without docstrings, for a small model likes to change those instead of the code; later ones have
    their first lines, so that what failed once is looked at differently.

    Args:
        aimed: the file and the symbols in play.
        talk: whose task it is.
        step: which try it is; the first where None.
        failed: what the task's checks said of an earlier try, if anything.
    """
    anew = step is not None and step.manner in {"mended", "afresh", "unseen", "ahead", "result"}
    task = talk.brief.task.spec.task.strip()
    context = tuple(excerpt_part(excerpt) for excerpt in talk.brief.reads)
    text = aimed.source.content.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
    ask = Part(name="task", text=f"Task: {task}")
    if aimed.is_whole:
        file = Part(name=aimed.source.path, text=_fenced(aimed.source.path, text))
        # A file that holds fences of its own may have one where the answer would be stopped.
        parts = (*context, file, *_tests(aimed, talk, failed), ask)
        return Showing("whole", parts, text, None, one_block="```" not in text)
    python = aimed.source.path.endswith(PYTHON_SUFFIXES)
    folds = python and not _ABOUT_DOCSTRINGS.search(task)
    visible = fold(text, to_first_line=anew) if folds else text
    code = _code(aimed, visible) if python else _foreign_code(aimed, text, task)
    # A path above the code of one symbol makes a small model write a whole file, imports and all.
    is_marked = step is not None and step.is_marked and bool(code) and can_mark(aimed.source.path, text, task)
    is_marked = is_marked and has_one_place(aimed.source.path, code, aimed.names)
    shown = marked(aimed.source.path, code, task) if is_marked else code
    file = Part(name=aimed.source.path, text=_block(aimed.source.path, shown) if code else f"File: {aimed.source.path}")
    on_result = step is not None and step.manner == "result"
    unseen = on_result or (step is not None and step.manner == "unseen")
    is_wrapped = unseen or (step is not None and step.manner == "wrapped")
    if is_wrapped:
        shown = (without_body if unseen else with_old_name)(code, aimed.names[0])
        file = Part(name=aimed.source.path, text=_block(aimed.source.path, shown))
    on_result = on_result or changes_result(task)
    is_led = step is not None and step.manner == "ahead"
    if is_led:
        # Without its class: what that has misled it so far.
        alone = cut(visible, aimed.names[0]) if python else foreign.cut(aimed.source.path, text, aimed.names[0])
        file = Part(name=aimed.source.path, text=_block(aimed.source.path, textwrap.dedent(alone)))
    wanted = wrapper_wanted(code, aimed.names[0], on_result=on_result) if is_wrapped else _wanted(aimed, code, task)
    wanted = lines_wanted(aimed.names[0]) if is_led else wanted
    ask = Part(name="task", text=f"Task: {task}\n\n{wanted}")
    in_play = (*aimed.names, aimed.added) if aimed.added else aimed.names
    by_example = step is not None and step.has_example and not aimed.added and has_example(language(aimed.source.path))
    return Showing(
        "ahead" if is_led else "wrapper" if is_wrapped else "new" if aimed.new and not aimed.names else "instruction",
        (*context, *_beside(aimed, talk, text, code), file, *_tests(aimed, talk, failed), ask),
        code,
        (*in_play, *(name for name in unknown_names(task, text) if name != aimed.new)),
        aimed.names if folds else (),
        one_block=len(in_play) == 1,
        wanted=wanted,
        has_example=by_example,
        is_marked=is_marked,
        wraps=aimed.names[0] if is_wrapped else "",
        unseen=unseen,
        leads=aimed.names[0] if is_led else "",
    )


def _beside(aimed: Aim, talk: Conversation, text: str, code: str) -> Iterator[Part]:
    """Yield what helps to read the code or to write what is to be added: what it calls, and a function like that."""
    path = aimed.source.path
    task = talk.brief.task.spec.task
    lines = neighbours(path, text, code, aimed.names, talk.brief.solving.neighbours, task=task).splitlines()
    if _ABOUT_LOGS.search(task):
        lines += _LOGGER.findall(text)[:1]
    if lines:
        # Not in a block of its own: a small model would answer with it.
        listed = "; ".join(f"`{line}`" for line in lines)
        yield Part(name="neighbours", text=f"From the same file: {listed}", needed=False)
    if aimed.added and (like := sibling(path, text, aimed.added, SIBLING)) and like not in code:
        yield Part(name="sibling", text=f"For example:\n{_block(path, like)}", needed=False)


def _tests(aimed: Aim, talk: Conversation, failed: str) -> tuple[Part, ...]:
    """Return what the task's own tests ask of the symbols in play; of one that failed, more is shown."""
    if not talk.brief.solving.tests:
        return ()
    names = (*aimed.names, *([aimed.new] if aimed.new else []))
    text = shown_tests(talk.brief.tests, names, TESTS_AGAIN if failed else TESTS_FIRST, failed=failed)
    if not text:
        return ()
    path = talk.brief.tests[0].path
    return (Part(name="tests", text=f"It will be tested by:\n{_block(path, text)}", needed=False),)


def _wanted(aimed: Aim, code: str, task: str) -> str:
    if aimed.new and aimed.owner and not aimed.source.path.endswith(PYTHON_SUFFIXES):
        return f"Write only `{aimed.new}`, a method of `{aimed.owner}`."
    if aimed.new and aimed.owner:
        return f"Write only `{aimed.new}`, inside `class {aimed.owner}:`."
    if aimed.new:
        return f"Write only `{aimed.new}`." if not aimed.names else f"Write `{aimed.new}` and what changes with it."
    if len(aimed.names) == 1:
        owner, _, name = aimed.names[0].rpartition(".")
        if owner and not aimed.source.path.endswith(PYTHON_SUFFIXES):
            is_inside = foreign.is_within(aimed.source.path, aimed.source.content.decode("utf-8"), aimed.names[0])
            alone = f" Answer with `{name}` alone, without its class." if is_inside else ""
            return f"Rewrite {'the method ' if is_inside else ''}`{aimed.names[0]}` so that it does that.{alone}"
        found = re.findall(rf"\b(?:async )?def {re.escape(name)}\b", code) if owner else []
        # Of a property and its setter, or of overloads, all are wanted; and a helper that the task speaks of.
        if len(found) == 1 and not _OF_ANOTHER.search(task):
            # Asked for by its whole name a small model writes its class as well, as far as it was shown.
            return (
                f"Rewrite the method `{name}` so that it does that. Answer with `{found[0]}` alone, without its class."
            )
        return f"Rewrite `{aimed.names[0]}` so that it does that."
    return "Rewrite only those that must change."


def _code(aimed: Aim, text: str) -> str:
    if aimed.owner and aimed.added:
        return around(text, aimed.added)
    pieces = []
    owners: list[str] = []
    for name in aimed.names:
        owner = name.rpartition(".")[0]
        if owner and owner not in owners:
            owners.append(owner)
            frame = around(text, name, aimed.names)
            if frame:
                pieces.append(frame)
        pieces.append(cut(text, name).rstrip())
    return "\n\n".join(pieces)


def _foreign_code(aimed: Aim, text: str, task: str) -> str:
    """Return what is shown of a file that is not Python: comments above its symbols only if the task is about them."""
    path = aimed.source.path
    if aimed.owner and aimed.added:
        return foreign.around(path, text, aimed.added)
    comments = bool(_ABOUT_COMMENTS.search(task))
    held: dict[str, list[str]] = {}
    for name in aimed.names:
        held.setdefault(name.rpartition(".")[0], []).append(foreign.cut(path, text, name, comments=comments).rstrip())
    pieces = []
    for owner, codes in held.items():
        first = next(name for name in aimed.names if name.rpartition(".")[0] == owner)
        code = "\n\n".join(codes)
        pieces.append(foreign.around(path, text, first, aimed.names, code) if owner else code)
    return "\n\n".join(filter(None, pieces))


def language(path: str) -> str:
    """Return the language of a file as code fences name it; empty where its name does not tell."""
    suffix = path.partition(":")[0].rpartition(".")[2].lower()
    return _LANGUAGES.get(suffix, suffix if suffix.isalnum() else "")


def excerpt_part(excerpt: Excerpt) -> Part:
    """Return lines of context as part of a prompt; it is dropped where there is no room."""
    where = f"{excerpt.path}:{excerpt.first}-{excerpt.last}"
    return Part(name=where, text=f"For reference, {_fenced(where, excerpt.text)}", needed=False)


def _fenced(path: str, text: str) -> str:
    return f"{path}:\n{_block(path, text)}"


def _block(path: str, text: str) -> str:
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}{language(path)}\n{text.rstrip()}\n{fence}"

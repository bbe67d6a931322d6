"""A model's code read as an outline, whatever stands around it: a method comes bare as often as in its class."""

from __future__ import annotations

import re

from workbench.edits.foreign.grammars import Language, new_faults
from workbench.edits.foreign.nodes import COMMENTS, text, walk
from workbench.edits.foreign.outline import Outline, build, first_fault, is_open
from workbench.edits.forms.placeholders import is_placeholder, refuse_placeholder_lines
from workbench.edits.source import numbered
from workbench.errors import EditRefused

MOST_SECONDS = 1.0
"""How long one reading of an answer may take; a sound one takes milliseconds."""

_CLASS = ("class _ {\n", "}\n")
# An object is a container only where it holds a function.
_SCRIPT = (_CLASS, ("_._ = {\n_() {},\n", "}\n"))
_ENDS = frozenset({"c", "cpp", "java", "rust"})
_FRAMES: dict[Language, tuple[tuple[str, str], ...]] = {
    "javascript": _SCRIPT,
    "typescript": _SCRIPT,
    "tsx": _SCRIPT,
    "java": (_CLASS, ("interface _ {\n", "}\n")),
    "cpp": (("class _ {\npublic:\n", "};\n"),),
    "go": (("const (\n", ")\n"), ("var (\n", ")\n"), ("type (\n", ")\n")),
}
_SIGNS = re.compile(r"^(?:/[/*!]+|#+!?|\*+|<!--)|(?:\*/|-->)$")


class Answer:
    """An answer's outline. `bare` says that its symbols are members whose class the answer does not say."""

    def __init__(self, made: Outline, *, bare: bool) -> None:
        self.made = made
        self.bare = bare
        held = made.module.symbols[0].members if bare else None
        self.scope = held or made.module
        if bare:
            self.scope.symbols = [symbol for symbol in self.scope.symbols if symbol.last_name != "_"]

    def fits(self, file: Outline) -> int:
        """Return how well its symbols fit those of the file: by form, and by whether they lie in a class there."""
        return sum(
            max(
                (
                    1 + (self.bare is not is_open(known.scope))
                    for known in file.by_last_name.get(said.last_name, ())
                    if known.role == said.role and known.core.type == said.core.type
                ),
                default=0,
            )
            for said in self.scope.symbols
        )


def read_code(file: Outline, code: str) -> Answer:
    """Return the outline of a model's code, read in the frame in which it fits the file best.

    Raises:
        EditRefused: it does not parse in any (code `does-not-parse`).
    """
    said = code.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").strip("\n") + "\n"
    plain, readings = _readings(file, said)
    if not readings and file.language in _ENDS:
        # The semicolon behind a type is what a model forgets first.
        _, readings = _readings(file, f"{said.rstrip()};\n")
    best = max(readings, key=lambda reading: reading.fits(file), default=None)
    if best is not None:
        return best
    line = first_fault(plain) or 1
    raise EditRefused(
        f"the answer does not parse: line {line}",
        code="does-not-parse",
        hint="answer with complete, valid code",
        nearest=numbered(said, line - 2, line + 2),
    )


def _parses(made: Outline, file: Outline) -> bool:
    """Return whether code parses, or has only faults that the file has too, such as macros no grammar knows."""
    if file.is_sound or made.is_sound:
        return made.is_sound
    return not new_faults(made.source, made.root, file.source, file.root)


def _readings(file: Outline, said: str) -> tuple[Outline, list[Answer]]:
    """Return the outline of code as it stands, and all readings of it that parse."""
    plain = build(file.language, said, seconds=MOST_SECONDS)
    readings = [Answer(plain, bare=False)] if _parses(plain, file) else []
    if not readings or not plain.module.symbols or readings[0].fits(file) < 2 * len(plain.module.symbols):
        readings += _framed(file, said)
    return plain, readings


def _framed(file: Outline, said: str) -> list[Answer]:
    found = []
    for before, after in _FRAMES.get(file.language, ()):
        made = build(file.language, before + said + after, seconds=MOST_SECONDS)
        if not _parses(made, file) or not made.module.symbols:
            continue
        if file.language == "go":
            found.append(Answer(made, bare=False))
        elif len(made.module.symbols) == 1 and (scope := made.module.symbols[0].members) and scope.symbols:
            found.append(Answer(made, bare=True))
    return found


def refuse_placeholders(answer: Outline, file: Outline) -> None:
    """Refuse an answer with a comment that stands for code which it leaves out, unless the file has that comment.

    Raises:
        EditRefused: code `placeholder`, naming the line.
    """
    original = file.source.decode("utf-8", "replace")
    for node in walk(answer.root):
        if node.type not in COMMENTS:
            continue
        for number, line in enumerate(text(answer.source, node).split("\n")):
            said = _SIGNS.sub("", _SIGNS.sub("", line.strip())).strip()
            if said and is_placeholder(said) and line.strip() not in original:
                row = node.start_point.row + number + 1
                raise EditRefused(
                    f"line {row} of the answer stands for code that is left out: {line.strip()[:80]}",
                    code="placeholder",
                    hint="write out every line, without placeholders",
                    nearest=numbered(answer.source.decode("utf-8", "replace"), row - 1, row + 1),
                )
    refuse_placeholder_lines(answer.source.decode("utf-8", "replace"), original)

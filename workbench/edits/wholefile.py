"""Answers that are whole files: what a file of any language becomes, with guards against an answer that drops code."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from workbench.edits.forms.placeholders import refuse_placeholder_comments, refuse_placeholder_lines
from workbench.edits.lines import changes
from workbench.edits.python.imports import imported
from workbench.edits.python.layout import unix
from workbench.edits.python.outline import outline
from workbench.edits.python.reading import read_code
from workbench.edits.python.settling import settle
from workbench.edits.source import PYTHON_SUFFIXES, Lines, numbered, parse
from workbench.errors import EditRefused

SMALL = 60
"""Lines up to which a Python file without symbols may be answered whole."""

_DROPPED = 0.3
_DROPPED_AT_AN_END = 0.05
_HEAD = 3
_CUT = 0.1
_PATH_COMMENT = re.compile(
    r"\s*(?:#|//|--|;|/\*|<!--)\s*(?:(?:file(?:name)?|path)\s*:\s*)?[\w./-]+\.\w{1,8}\s*(?:\*/|-->)?\s*"
)


def is_whole_python(text: str, code: str) -> bool:
    """Return whether Python code may stand for the whole file.

    It must have all the file's symbols, members of classes too, and some of its imports; without any symbol to go by,
    the file must be small.
    """
    try:
        said = read_code(code)
    except EditRefused:
        return False
    try:
        known = outline(text)
    except EditRefused:
        return True
    imports, said_imports = (
        {item for statement, _ in one.module.imports for item in imported(statement)} for one in (known, said)
    )
    if not known.units.keys() <= said.units.keys() or (imports and imports.isdisjoint(said_imports)):
        return False
    return bool(known.units) or len(known.lines) <= SMALL


def is_copy(text: str, code: str) -> bool:
    """Return whether an answer is the file itself with some lines changed: nothing is missing at its ends, and most
    lines between are there. Such an answer is taken at its word, line by line.
    """
    old, new = _solid(text), _solid(code)
    if len(old) < 2 or len(new) < 2 or (new[0][0] in " \t" and old[0][0] not in " \t"):
        # What begins with a margin is a part of something.
        return False
    lost = 0
    cut_head = False
    for change in changes(_bytes(old), _bytes(new)):
        lost += change.old_end - change.old_first
        missing = (change.old_end - change.old_first) - (change.new_end - change.new_first)
        if missing > 0 and (change.old_end == len(old) or (change.old_first == 0 and missing > _HEAD)):
            return False
        cut_head = cut_head or (missing > 0 and change.old_first == 0)
    if old[0] == new[0] and old[-1] == new[-1]:
        return True
    return lost <= max(4, (_CUT if cut_head else _DROPPED) * len(old)) and not (cut_head and lost > _CUT * len(old))


def claims_whole(text: str, code: str) -> bool:
    """Return whether code has statements of the file that are neither symbols nor imports: a symbol alone has none."""
    try:
        known, said = outline(text), read_code(code)
    except EditRefused:
        return False
    there = {ast.dump(statement) for statement in known.module.loose}
    return any(ast.dump(statement) in there for statement in said.module.loose)


def _solid(text: str) -> list[str]:
    return [line.rstrip() for line in unix(text.removeprefix("\ufeff")).split("\n") if line.strip()]


def refuse_dropped_symbols(path: str, text: str, code: str) -> None:
    """Refuse a copy of a file that has one of its symbols no more and nothing in its place.

    Raises:
        EditRefused: code `drops-code`.
    """
    try:
        known, said = outline(text), read_code(code)
    except EditRefused:
        return
    missing = sorted(known.units.keys() - said.units.keys())
    parts = [(name, known.units[name][0].parts[0]) for name in missing]
    refuse_dropped_lines(path, text, code, [(name, part.first, part.last) for name, part in parts])


def refuse_dropped_lines(path: str, text: str, code: str, spans: Sequence[tuple[str, int, int]]) -> None:
    """Refuse a copy of a file that has nothing in the place of what is named, with its first and last line.

    Raises:
        EditRefused: code `drops-code`.
    """
    if not spans:
        return
    gone: set[int] = set()
    for change in changes(_bytes(_split(unix(text.removeprefix("\ufeff")))), _bytes(_split(unix(code)))):
        if change.new_first == change.new_end:
            gone.update(range(change.old_first + 1, change.old_end + 1))
    for name, first, last in spans:
        if set(range(first, last + 1)) <= gone:
            raise EditRefused(
                f"the answer leaves {name} out of {path}",
                code="drops-code",
                hint="answer with the whole file, every line of it",
                nearest=numbered(text, first, last),
            )


def whole_file(path: str, text: str, code: str) -> str:
    """Return the file `text` with the content of `code`: its BOM, line endings and final newline stay as they are.

    Lines that are equal are the file's own, so that mixed line endings stay mixed.

    Raises:
        EditRefused: the answer has placeholders, drops or adds far more than a change does, changes nothing, or is
            Python that does not parse.
    """
    bom = "\ufeff" if text.startswith("\ufeff") else ""
    old = _split(unix(text.removeprefix(bom)))
    new = _split(unix(code).removeprefix("\ufeff"))
    if new and _PATH_COMMENT.fullmatch(new[0]) and (not old or new[0].strip() != old[0].strip()):
        new = new[1:]
    new = _with_the_first_blanks(old, new)
    _refuse_odd_size(path, old, new)
    if path.endswith(PYTHON_SUFFIXES):
        parse("\n".join(new) + "\n", "answer")
        new = _settled(old, new)
        refuse_placeholder_comments("\n".join(new) + "\n", text)
    refuse_placeholder_lines("\n".join(new), text)
    made = bom + _merge(Lines(text), old, new)
    if made == text:
        raise EditRefused("the answer changes nothing", code="no-change", hint="change what the task asks for")
    return made


def _with_the_first_blanks(old: list[str], new: list[str]) -> list[str]:
    """Return the lines of an answer with as many blank ones first as the file has: a fence loses or adds some."""
    first, begins = ([number for number, line in enumerate(lines) if line.strip()][:1] for lines in (old, new))
    return [*old[: first[0]], *new[begins[0] :]] if first and begins else new


def _settled(old: list[str], new: list[str]) -> list[str]:
    """Return the lines of a Python file with the file's own white space where the answer's differs in nothing else."""
    there = set(old)
    worn = {line.strip() for line in old}
    if not any(line not in there and line.strip() in worn for line in new if line.strip()):
        return new
    try:
        unit = outline("\n".join(old) + "\n").unit_of_indent()
    except EditRefused:
        # What does not parse has no blocks to go by.
        return new
    return settle("\n".join(new), "", unit, "\n".join(old)).split("\n")


def _split(text: str) -> list[str]:
    return text.rstrip("\n").split("\n") if text.strip("\n") else []


def _refuse_odd_size(path: str, old: list[str], new: list[str]) -> None:
    """Refuse a file that loses, or gains, more than a change of it would."""
    if len(new) > 2 * len(old) + 200:
        raise EditRefused(f"the answer makes {path} far larger", code="too-large", hint="change only what is asked")
    there = sum(bool(line.strip()) for line in old)
    dropped = at_an_end = 0
    for change in changes(_bytes(old), _bytes(new)):
        lost = sum(bool(line.strip()) for line in old[change.old_first : change.old_end])
        lost -= sum(bool(line.strip()) for line in new[change.new_first : change.new_end])
        dropped += max(0, lost)
        if change.old_first == 0 or change.old_end == len(old):
            at_an_end = max(at_an_end, lost)
    if dropped > max(4, _DROPPED * there) or at_an_end > max(1, _DROPPED_AT_AN_END * there) or not new:
        raise EditRefused(
            f"the answer drops {dropped} of the {there} lines of {path}",
            code="drops-code",
            hint="answer with the whole file, every line of it",
            nearest=numbered("\n".join(old), 1, 40),
        )


def _bytes(lines: list[str]) -> list[bytes]:
    # Trailing space says nothing about which line was meant.
    return [line.rstrip().encode("utf-8", "surrogatepass") for line in lines]


def _merge(known: Lines, old: list[str], new: list[str]) -> str:
    """Return the new lines with the file's own endings; the last has one only where the file's last has."""
    endings = [known.text[known.end(number) : known.start(number + 1)] for number in range(1, len(known) + 1)]
    kept: dict[int, int] = {}
    old_at = new_at = 0
    # Nobody adds space at the end of lines on purpose; where it came to lines that stay, it came to others too.
    there = set(old)
    if any(line not in there and line.rstrip() in there for line in new):
        new = [line if line in there else line.rstrip() for line in new]
    exact = [[line.encode("utf-8", "surrogatepass") for line in lines] for lines in (old, new)]
    for change in [*changes(exact[0], exact[1]), None]:
        end = change.new_first if change else len(new)
        kept |= {new_at + step: old_at + step for step in range(end - new_at)}
        old_at, new_at = (change.old_end, change.new_end) if change else (old_at, new_at)
    pieces = [
        line + (endings[kept[number]] or known.ending if number in kept else known.ending)
        for number, line in enumerate(new)
    ]
    tail = known.text[known.end(len(old)) :] if old else ""
    body = "".join(pieces)
    return body[: len(body) - len(_ending(body))] + (tail if old else known.ending)


def _ending(text: str) -> str:
    return "\r\n" if text.endswith("\r\n") else text[-1:] if text.endswith(("\n", "\r")) else ""

"""What a change of another language than Python takes away unasked.

A number or field by which it decided, blanks that were taken off.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from workbench.crew.judging.itself import with_itself_elsewhere
from workbench.crew.judging.lost_cases import TOLD, leaves_out
from workbench.crew.judging.lost_effects import without_effect_elsewhere
from workbench.edits.foreign.nodes import text, walk
from workbench.edits.foreign.outline import Outline
from workbench.edits.foreign.symbols import outline_of_file, speaks
from workbench.edits.source import PYTHON_SUFFIXES
from workbench.errors import EditRefused
from workbench.model import FileEdit

if TYPE_CHECKING:
    from tree_sitter import Node

_OTHER_LIMITS = re.compile(
    r"\b(?:instead|rather than|any number|no longer|no limit|remov\w*|drop\w*|replac\w*|chang\w*|simplif\w*|rewrit\w*"
    r"|without|regardless|whatever|increas\w*|rais\w* the|lower\w* the|constant\w*|extract\w*|helper)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_WORD = re.compile(r"[^\W\d][\w$]*|\$[\w$]*")
_PART = re.compile(r"[^\W\d_]{4,}")
_OF_ORDER = re.compile(r"^(?!.*\b(?:ties?|same|equal\w*|then)\b).*\b(?:sort|order|rank)", re.IGNORECASE | re.DOTALL)
_DEEPEST = 20
"""Comparisons in which a field may stand, one in another."""

_FIELDS = frozenset({"property_identifier", "field_identifier"})
_CERTAIN = re.compile(r"(?P<what>[\w.$]+) ={2,3} (?P<value>-?\d+|\"\"|''|nil|null|undefined)|!(?P<none>[\w.$]+)")
_SIZE = re.compile(r"(?P<what>[\w.$()]+) (?P<sign>[<>]=?) (?P<limit>-?\d+(?:\.\d+)?)")
_STRIPS = re.compile(r"\bTrimSpace\(|\.trim\(\)")
_CLEANS = re.compile(r"(?i)\btrim|\bfields\(|\\s|strip|\bNumber\(|(?-i:\bparse(?:Int|Float)\()|\bclean|\bnormali[sz]e")
_OF_BLANKS = re.compile(
    r"\b(?:blanks?|(?:white ?)?spaces?|strip\w*|trim\w*|indent\w*|as (?:it is|they are))\b", re.IGNORECASE
)
_COMPARES = frozenset({"binary_expression", "unary_expression"})
_DECIDES = frozenset({"==", "!=", "===", "!==", "<", "<=", ">", ">=", "!", "&&", "||"})
_TELLS_NOTHING = frozenset({"0", "1", "2", "length", "size"})


_Changed = tuple[str, Outline, Outline]
"""A function that says something else, with the file as it was and as it is."""


def lost_elsewhere(task: str, edits: Sequence[FileEdit]) -> str:
    """Return what a function no longer has, or does, for the model to read; nothing where nothing is missed.

    Args:
        task: what was asked; what it names may go, and so may anything where it speaks of other limits.
        edits: the change.
    """
    for edit in edits:
        if edit.before and edit.after and not edit.path.endswith(PYTHON_SUFFIXES):
            changed = list(_changed(edit.path, edit.before, edit.after))
            if fault := next(_faults(task, changed), ""):
                return fault
    return ""


def _faults(task: str, changed: Sequence[_Changed]) -> Iterator[str]:
    for name, was, now in changed:
        nodes = was.by_name[name][0].node, now.by_name[name][0].node
        yield from without_effect_elsewhere(task, name, (was.source, now.source), nodes)
    if _OTHER_LIMITS.search(task):
        return
    is_of_order = _OF_ORDER.search(task) is not None
    named = {word.lower() for word in (*_NUMBER.findall(task), *_WORD.findall(task))}
    for name, what in _missing(changed, is_of_order=is_of_order):
        if what.lower() not in named and not _is_spoken_of(task, what):
            yield f"{name} no longer has {what}; leave what it does with that as it was"
    for name, asked in _written_over(changed):
        yield f"{name} no longer asks whether `{asked}`; {TOLD}"
    for name, was, now in changed:
        yield from with_itself_elsewhere(task, name, was, now)
    for name in _no_longer_stripped(changed) if not _OF_BLANKS.search(task) else ():
        yield f"{name} no longer takes off the blanks around a text; leave what it does with that as it was"


def _is_spoken_of(task: str, field: str) -> bool:
    """Return whether a task has the words of a field's name, in whatever form: `isPaid` of "unpaid ones"."""
    parts = _PART.findall(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", field))
    return bool(parts) and all(part[: max(4, len(part) - 2)].lower() in task.lower() for part in parts)


def _missing(changed: Iterable[_Changed], *, is_of_order: bool) -> Iterator[tuple[str, str]]:
    """Yield the numbers and fields by which a function as it was decides, and that stand nowhere in it as it is.

    What it hands on to in the same file may ask for them, and another order by something else.
    """
    for name, was, now in changed:
        code = _with_what_it_calls(now, name)
        has = {*_NUMBER.findall(code), *_WORD.findall(code)}
        decided = _decided_by(was, name, is_of_order=is_of_order)
        yield from ((name, what) for what in (*_asked_by(was, name), *decided) if what not in has)


def _with_what_it_calls(file: Outline, name: str) -> str:
    """Return the code of a function, and of all that it may hand something on to in its file."""
    said = {*_WORD.findall(_code(file, name))}
    others = [other for other in file.by_name if other != name and other.rpartition(".")[2] in said]
    return "\n".join(_code(file, one) for one in (name, *others))


def _written_over(changed: Iterable[_Changed]) -> Iterator[tuple[str, str]]:
    """Yield questions for a certain value that gave way to one how large something is, with the same outcome."""
    for name, was, now in changed:
        new = _choices(now, name)
        for asked, outcome in _choices(was, name):
            old = _CERTAIN.fullmatch(asked)
            sizes = [found for test, way in new if way == outcome and (found := _SIZE.fullmatch(test))]
            if old and asked not in _code(now, name) and any(_forgets(size, old) for size in sizes):
                yield name, asked


def _no_longer_stripped(changed: Iterable[_Changed]) -> Iterator[str]:
    """Yield functions that took off the blanks around a text, and nothing in the file that they know does so now."""
    for name, was, now in changed:
        if _STRIPS.search(_code(was, name)) and not _CLEANS.search(_with_what_it_calls(now, name)):
            yield name


def _forgets(size: re.Match[str], old: re.Match[str]) -> bool:
    value = "0" if old["none"] else old["value"]
    is_of_it = size["what"] == (old["what"] or old["none"]) and _NUMBER.fullmatch(value)
    return not is_of_it or leaves_out(size["sign"], float(size["limit"]), float(value))


def _choices(file: Outline, name: str) -> list[tuple[str, str]]:
    """Return what a function asks, and what it does then."""
    found = []
    for node in walk(file.by_name[name][0].node):
        test, way = node.child_by_field_name("condition"), node.child_by_field_name("consequence")
        if node.type == "if_statement" and test and way:
            found.append((text(file.source, test).removeprefix("(").removesuffix(")"), text(file.source, way)))
    return found


def _changed(path: str, before: bytes, after: bytes) -> Iterator[_Changed]:
    """Yield the functions of a file that say something else, each with the file as it was and as it is."""
    try:
        texts = before.decode("utf-8"), after.decode("utf-8")
        if not speaks(path, texts[0]):
            return
        was, now = (outline_of_file(path, one) for one in texts)
    except (EditRefused, ValueError):
        return
    for name, found in was.by_name.items():
        is_one = len(found) == 1 and found[0].kind == "function" and len(now.by_name.get(name, [])) == 1
        if is_one and _code(was, name) != _code(now, name):
            yield name, was, now


def _code(file: Outline, name: str) -> str:
    return text(file.source, file.by_name[name][0].node)


def _asked_by(file: Outline, name: str) -> Iterator[str]:
    """Yield the numbers that a function compares with, but for those that stand for nothing, one and a pair."""
    for node in walk(file.by_name[name][0].node):
        if node.type in {"binary_expression", "binary", "test_command", "comparison"}:
            said = text(file.source, node)
            if re.search(r"[<>]=?|==|-[gl][te]\b|-eq\b", said):
                yield from (one for one in _NUMBER.findall(said) if one not in _TELLS_NOTHING)


def _decided_by(file: Outline, name: str, *, is_of_order: bool) -> Iterator[str]:
    """Yield the fields by which a function decides something; of how many there are, and of what is called, none."""
    for node in walk(file.by_name[name][0].node):
        decides = node.type in _FIELDS and node.parent and not _is_called(node.parent) and _is_asked(node.parent)
        if is_of_order and decides and node.parent and _orders(file, node.parent):
            continue
        if decides and (said := text(file.source, node)) not in _TELLS_NOTHING:
            yield said


def _orders(file: Outline, member: Node) -> bool:
    """Return whether a field of one thing is compared with the same of another, as where things are put in order."""
    holder = member.parent
    sides = [holder.child_by_field_name(side) for side in ("left", "right")] if holder else []
    last = {text(file.source, side).rpartition(".")[2] for side in sides}
    return all(sides) and len(last) == 1


def _is_called(member: Node) -> bool:
    holder = member.parent
    return holder is not None and holder.child_by_field_name("function") == member


def _is_asked(member: Node) -> bool:
    """Return whether a value is compared, negated, or asked for its truth."""
    inner, holder = member, member.parent
    for _ in range(_DEEPEST):
        if holder is None or holder.type not in {"parenthesized_expression", *_COMPARES}:
            break
        sign = holder.child_by_field_name("operator")
        if sign is not None and sign.type in _DECIDES:
            return True
        inner, holder = holder, holder.parent
    return holder is not None and holder.child_by_field_name("condition") == inner

"""Changes of one place that the words of a task name, in other languages than Python.

There are fewer of them, and fewer still are sure where no command judges them: of which type things are, nobody knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from workbench.crew.plain.calls import said_steps
from workbench.crew.plain.counting.sums import added_up_elsewhere
from workbench.crew.plain.elsewhere.blanks import blank_too_elsewhere, stripped_elsewhere
from workbench.crew.plain.elsewhere.bounds import bounded_elsewhere, given_for_nothing_elsewhere
from workbench.crew.plain.elsewhere.cases import in_any_case_elsewhere
from workbench.crew.plain.elsewhere.commas import decimal_commas_elsewhere
from workbench.crew.plain.elsewhere.copies import copied_elsewhere
from workbench.crew.plain.elsewhere.flags import without_flagged_elsewhere
from workbench.crew.plain.elsewhere.go_days import that_day_too
from workbench.crew.plain.elsewhere.go_maps import made_before_written
from workbench.crew.plain.elsewhere.go_options import optional_in_go
from workbench.crew.plain.elsewhere.go_slices import at_most_all
from workbench.crew.plain.elsewhere.letters import in_capitals_elsewhere, small_letters_elsewhere
from workbench.crew.plain.elsewhere.messages import named_in_message_elsewhere
from workbench.crew.plain.elsewhere.missing import given_for_missing_elsewhere
from workbench.crew.plain.elsewhere.options import option_elsewhere
from workbench.crew.plain.elsewhere.pieces import without_pieces, words_for_nothing_elsewhere
from workbench.crew.plain.elsewhere.places import FinderElsewhere, SwapElsewhere, result_of
from workbench.crew.plain.elsewhere.refusals import too_little_elsewhere
from workbench.crew.plain.elsewhere.rounding import rounded_elsewhere
from workbench.crew.plain.elsewhere.singular import singular_elsewhere
from workbench.crew.plain.elsewhere.splits import split_too_elsewhere
from workbench.crew.plain.elsewhere.sure_words import are_sure
from workbench.crew.plain.elsewhere.taken import taken_elsewhere
from workbench.crew.plain.elsewhere.tells import tells_elsewhere
from workbench.crew.plain.elsewhere.ties import ties_elsewhere
from workbench.crew.plain.elsewhere.twins import each_once_elsewhere
from workbench.crew.plain.elsewhere.zeros import with_zeros_elsewhere
from workbench.crew.plain.leaving.entries import added_if_there_elsewhere
from workbench.crew.plain.leaving.last_parts import last_part_missing_elsewhere
from workbench.crew.plain.leaving.lines import lines_passed_over_elsewhere
from workbench.crew.plain.measuring.limits import no_limit_at_zero_elsewhere
from workbench.crew.plain.measuring.minus import minus_in_front_elsewhere
from workbench.crew.plain.missing.unnamed import under_a_word_elsewhere
from workbench.crew.plain.surest import LONGEST
from workbench.crew.plain.tests import BOUNDARY, GOES_ON, ZERO
from workbench.crew.plain.wording.enumerated import with_and_elsewhere
from workbench.crew.slips.righted import Righted
from workbench.edits.foreign.go_imports import imported_as_used
from workbench.edits.foreign.grammars import SCRIPTS, still_parses
from workbench.edits.foreign.nodes import field, is_string, text, walk
from workbench.edits.foreign.symbols import outline_of_file
from workbench.edits.source import PYTHON_SUFFIXES
from workbench.errors import EditRefused
from workbench.model import FileEdit, Source

if TYPE_CHECKING:
    from tree_sitter import Node

MOST = 8
"""Changes of one function that are tried."""

_IN_CASES = re.compile(
    r"\b(?:unless|except|only (?:if|when)|parameter|argument|option\w*|rais\w*|throw\w*|log\w*|warn\w*|tests?)\b",
    re.IGNORECASE,
)
"""Words of a case, or of something else that is wanted beside what is named."""

_SIGNS = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
_COMPARES = frozenset({"binary_expression", "binary"})
_COUNTS = frozenset({"for_statement", "for_clause"})
_MEMBERS = frozenset({"member_expression", "selector_expression", "field_expression"})
_ASKS = frozenset({"if_statement", "while_statement", "do_statement", "ternary_expression"})
_LEAVES = {"break_statement": "continue", "break_expression": "continue", "break": "next"}
_NEAR = 12
"""Nodes around a comparison among which what sorts by it may stand."""

_SPLIT = re.compile(r"(?P<value>[\w$.\[\]()]+)\.split\((['\"`])(?P<sign>[^\w\s\\/])\2\)")
_SHOWN = re.compile(r"'([^'\n]{3,80})'|\"([^\"\n]{3,80})\"|`([^`\n]{3,80})`")
_SLICE = re.compile(r"var (?P<name>\w+) (?P<kind>\[\][\w.*\[\]]+)")
_NO_NIL = re.compile(r"\bnil\b(?=.*\bempty\b)|\bempty\b(?=.*\bnil\b)", re.IGNORECASE | re.DOTALL)
_WANTS_NIL = re.compile(r"\b(?:should|must)(?: just| then| only)? (?:return|be|give|stay) nil\b", re.IGNORECASE)
_NAMES_OF_SIGNS = {
    "=": ("equals? signs?",),
    ":": ("colons?",),
    ";": ("semicolons?",),
    ",": ("commas?",),
    "-": ("hyphens?",),
}


def changes_elsewhere(task: str, source: Source, name: str) -> tuple[Righted, ...]:
    """Return a file with one change each of a function: a boundary, where a loop is left, what counts, a text, blanks.

    Args:
        task: what is asked.
        source: the file; what no grammar is at hand for is left alone.
        name: the function's qualified name.
    """
    return _found(task, source, name, _swaps)


def _found(task: str, source: Source, name: str, swaps: FinderElsewhere) -> tuple[Righted, ...]:
    try:
        before = source.content.decode("utf-8")
        file = outline_of_file(source.path, before)
    except (EditRefused, ValueError):
        return ()
    if file.source != source.content:
        return ()
    places = [one.node for one in file.by_name.get(name, [])]
    found = (swap for node in places for swap in swaps(task, file.language, file.source, list(walk(node))))
    return tuple(islice(_made(source, before, found), MOST))


def likely_elsewhere(task: str, source: Source, name: str) -> tuple[Righted, ...]:
    """Return those of the changes that are more than a guess: one alone is as good as an answer.

    Args:
        task: what is asked.
        source: the file; what no grammar is at hand for is left alone.
        name: the function's qualified name.
    """
    return _found(task, source, name, _named)


def surest_elsewhere(task: str, source: Source, name: str) -> Righted | None:
    """Return the one change that a short task's words leave no doubt of, for where nothing judges it; else None.

    Neither a boundary nor a number that is never passed: of what they are, words alone do not tell here.

    Args:
        task: what is asked.
        source: the file; what no grammar is at hand for is left alone.
        name: the function's qualified name.
    """
    if len(task) > LONGEST or _IN_CASES.search(task):
        return None
    # Mostly no words are sure, and then nothing need be looked for.
    found = _found(task, source, name, _named) if _found(task, source, name, _surely_named) else ()
    return found[0] if len(found) == 1 else None


def righted_elsewhere(task: str, edits: Sequence[FileEdit]) -> tuple[Righted, ...]:
    """Return an answer with one such change each, in the functions that it changed.

    Args:
        task: what was asked.
        edits: the answer; of more than one file it is left alone, and so it is in Python.
    """
    if len(edits) != 1 or edits[0].path.endswith(PYTHON_SUFFIXES) or not edits[0].before or not edits[0].after:
        return ()
    (edit,) = edits
    before, after = (_codes(edit.path, content) for content in (edit.before, edit.after))
    changed = [name for name, code in after.items() if name in before and before[name] != code]
    inner = [name for name in changed if not any(other.startswith(f"{name}.") for other in changed)]
    fields = [one for name in inner for one in _of_its_field(edit, name, before[name])]
    made = (changes_elsewhere(task, Source(path=edit.path, content=edit.after or b""), name) for name in inner)
    options = (optional_in_go(edit, name) for name in inner)
    found = (*(one for one in options if one), *fields, *(one for some in made for one in some))
    return tuple(
        Righted(one.what, tuple(each.model_copy(update={"before": edit.before}) for each in one.edits)) for one in found
    )[:MOST]


def _of_its_field(edit: FileEdit, name: str, before: str) -> Iterator[Righted]:
    """Yield an answer with a new case asked for by the field and not the parameter of its name, or the other way."""
    content = edit.after or b""
    after = content.decode("utf-8")
    file = outline_of_file(edit.path, after)
    nodes = [node for one in file.by_name.get(name, []) for node in walk(one.node)]
    fields = {_field_name(text(content, node)): text(content, node) for node in nodes if node.type in _MEMBERS}
    asked = (node.child_by_field_name("condition") for node in nodes if node.type in _ASKS)
    for test in (one for one in asked if one is not None and text(content, one) not in before):
        for node in walk(test):
            said = text(content, node)
            if node.type == "identifier" and (other := fields.get(said.lower())):
                yield from _made(Source(path=edit.path, content=content), after, iter([(node, other)]))


def _field_name(said: str) -> str:
    """Return the name of a field of the function's own thing in small letters; nothing of another's."""
    found = re.fullmatch(r"(?:this|self|[a-z])\.(\w+)", said)
    return found[1].lower() if found else ""


def _codes(path: str, content: bytes | None) -> dict[str, str]:
    """Return the code of each function of a file by its name; nothing where it cannot be read."""
    try:
        found = outline_of_file(path, (content or b"").decode("utf-8")).by_name
    except (EditRefused, ValueError):
        return {}
    functions = {name: some for name, some in found.items() if all(one.kind == "function" for one in some)}
    return {name: "\n".join(text(content or b"", one.node) for one in some) for name, some in functions.items()}


def _made(source: Source, before: str, found: Iterator[SwapElsewhere]) -> Iterator[Righted]:
    for node, new in found:
        old = text(source.content, node)
        content = source.content[: node.start_byte] + new.encode("utf-8") + source.content[node.end_byte :]
        if still_parses(source.path, before, content.decode("utf-8")):
            content = imported_as_used(source.path, source.content, content)
            edit = FileEdit(path=source.path, before=source.content, after=content)
            what = " ".join(new.split())
            yield Righted(f"`{what}` for `{old}` in line {node.start_point.row + 1}", (edit,))


def _named(task: str, language: str, source: bytes, nodes: list[Node]) -> Iterator[SwapElsewhere]:
    """Yield what one of the finders finds."""
    for find in _finders(language):
        yield from find(task, language, source, nodes)


def _surely_named(task: str, language: str, source: bytes, nodes: list[Node]) -> Iterator[SwapElsewhere]:
    """Yield what those of them find whose words leave no doubt."""
    for find in _finders(language):
        if are_sure(find, task):
            yield from find(task, language, source, nodes)


def _finders(language: str) -> tuple[FinderElsewhere, ...]:
    own = _OF_GO if language == "go" else _OF_SCRIPTS if language in SCRIPTS else ()
    return (*own, *(_FINDERS if own else ()))


def _swaps(task: str, language: str, source: bytes, nodes: list[Node]) -> Iterator[SwapElsewhere]:
    """Yield parts of a function, each with what the task's words may want in its place."""
    if GOES_ON.search(task):
        for node in nodes:
            if node.type in _LEAVES and node.is_named and not _is_of_a_switch(node):
                yield node, text(source, node).replace("break", _LEAVES[node.type], 1)
    if ZERO.search(task) and language in SCRIPTS:
        for node in nodes:
            if node.type == "||" and not _is_asked(node):
                yield node, "??"
    yield from _named(task, language, source, nodes)
    if language == "go" or language in SCRIPTS:
        yield from bounded_elsewhere(task, language, source, nodes)
    for before, after in said_steps(task):
        for node in nodes:
            said = text(source, node) if is_string(node) else ""
            if before.strip() and said.count(before) == 1:
                yield node, said.replace(before, after)
    if BOUNDARY.search(task):
        for node in nodes:
            compares = node.parent if node.type in _SIGNS else None
            if compares and compares.type in _COMPARES and _has_boundary(source, compares):
                yield node, _SIGNS[node.type]


def _cut_once(task: str, language: str, source: bytes, nodes: list[Node]) -> Iterator[SwapElsewhere]:
    """Yield pairs that are cut at each of their signs cut at the first alone, where the task shows a text with more.

    `split('=', 2)` throws the rest away in JavaScript; what a pattern's group matched is kept.
    """
    for node in nodes:
        if node.type != "variable_declarator" or not (value := node.child_by_field_name("value")):
            continue
        goal, found = node.child_by_field_name("name"), _SPLIT.fullmatch(text(source, value))
        if goal is None or goal.type != "array_pattern" or len(goal.named_children) != 2 or not found:
            continue
        sign = found["sign"]
        named = [word for word in _NAMES_OF_SIGNS.get(sign, ()) if re.search(rf"\b{word}\b", task, re.IGNORECASE)]
        shown = [said for groups in _SHOWN.findall(task) if (said := "".join(groups)).count(sign) > 1]
        if named or shown:
            yield value, f"{found['value']}.split(/{re.escape(sign)}(.*)/s, 2)"


def _no_nil(task: str, language: str, source: bytes, nodes: list[Node]) -> Iterator[SwapElsewhere]:
    """Yield a slice that begins as none, or is returned as none, as an empty one."""
    kind = result_of(source, nodes)
    if not _NO_NIL.search(task) or _WANTS_NIL.search(task):
        return
    for node in nodes:
        said = text(source, node)
        if node.type == "var_declaration" and (found := _SLICE.fullmatch(said)):
            yield node, f"{found['name']} := {found['kind']}{{}}"
        if node.type == "return_statement" and said == "return nil" and kind.startswith("[]"):
            yield node, f"return {kind}{{}}"


def _is_of_a_switch(node: Node) -> bool:
    """Return whether what is left by a `break` is a `switch`, and no loop."""
    holder = node.parent
    while holder is not None:
        if "switch" in holder.type or "case" in holder.type:
            return True
        if holder.type.startswith(("for", "while", "do", "loop", "until")):
            return False
        holder = holder.parent
    return True


def _is_asked(node: Node) -> bool:
    """Return whether a choice is asked for its truth alone: as a test, or as a part of one."""
    inner = node.parent
    while inner is not None and inner.parent is not None:
        holder = inner.parent
        if holder.type in _ASKS:
            test = holder.child_by_field_name("condition")
            return test is not None and test.start_byte <= node.start_byte < test.end_byte
        if holder.type not in {"binary_expression", "parenthesized_expression", "unary_expression"}:
            return False
        inner = holder
    return False


def _has_boundary(source: bytes, compares: Node) -> bool:
    """Return whether a comparison may be off by one: a loop does not count by it, and nothing is sorted by it."""
    return not _is_counting(compares) and not _puts_in_order(source, compares)


def _puts_in_order(source: bytes, compares: Node) -> bool:
    """Return whether a comparison says which of two things comes first."""
    holder = compares.parent
    for _ in range(_NEAR):
        if holder is None:
            break
        if holder.type == "call_expression" and re.search(
            r"(?i)\bsort|sort\b", text(source, field(holder, "function"))
        ):
            return True
        holder = holder.parent
    return False


def _is_counting(compares: Node) -> bool:
    """Return whether a comparison is what a loop counts by: `i < n`."""
    holder = compares.parent
    return holder is not None and holder.type in _COUNTS


_FINDERS: tuple[FinderElsewhere, ...] = (
    without_pieces,
    singular_elsewhere,
    minus_in_front_elsewhere,
    no_limit_at_zero_elsewhere,
    ties_elsewhere,
    added_up_elsewhere,
    lines_passed_over_elsewhere,
    added_if_there_elsewhere,
    under_a_word_elsewhere,
    each_once_elsewhere,
    copied_elsewhere,
    in_any_case_elsewhere,
    with_zeros_elsewhere,
    given_for_nothing_elsewhere,
    without_flagged_elsewhere,
    with_and_elsewhere,
    decimal_commas_elsewhere,
    split_too_elsewhere,
    stripped_elsewhere,
    blank_too_elsewhere,
    too_little_elsewhere,
    taken_elsewhere,
    given_for_missing_elsewhere,
    small_letters_elsewhere,
    in_capitals_elsewhere,
    tells_elsewhere,
    named_in_message_elsewhere,
    rounded_elsewhere,
    option_elsewhere,
)
"""Of JavaScript, TypeScript and Go, those first whose words are the plainest."""

_OF_SCRIPTS: tuple[FinderElsewhere, ...] = (_cut_once, words_for_nothing_elsewhere, last_part_missing_elsewhere)
_OF_GO: tuple[FinderElsewhere, ...] = (at_most_all, made_before_written, that_day_too, _no_nil)

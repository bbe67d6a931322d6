"""Functions of scripts in the form that the file has them in: a declaration, an arrow, a method, a property's value.

A small model that is shown `const decode = (text) => {` likes to answer with `function decode(text) {`, and so it does
where it is asked for a method alone. Both say the same, and the file goes on as it was written. In Ruby it forgets the
`self.` of a class's own method.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbench.edits.answer import read
from workbench.edits.foreign.nodes import field, text
from workbench.edits.foreign.outline import Outline
from workbench.edits.foreign.outline import Symbol as Found
from workbench.edits.foreign.symbols import outline_of_file
from workbench.errors import EditRefused

if TYPE_CHECKING:
    from tree_sitter import Node

SUFFIXES = (".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx")

_RUBY = (".rb", ".rake")
_STATIC = "static function"
_CLASS = ("class _ {\n", "\n}\n")
_METHOD, _FIELD = "method_definition", "field_definition"
_PROPERTIES = frozenset({"get", "set", "static get", "static set"})
_HAS_OWN_CLASS = re.compile(r"\bclass[ \t]*<<")
_ASYNC = re.compile(r"\basync\b")
_NAME = re.compile(r"(?:\*\s*)?#?[\w$]+\s*$")
_OWN_WORLD = re.compile(r"\b(?:this|arguments)\b\s*(?:[.\[(),;:?!=}]|$)|\bnew\.target\b|\bsuper\s*[.(]|\byield\b", re.M)


def as_in_file(path: str, content: str, names: Sequence[str], answer: str) -> str:
    """Return an answer with the functions in play written as the file has them.

    Args:
        path: the file's, for its language.
        content: the file.
        names: the functions in play.
        answer: what a model wrote. Where it uses `this` or `arguments`, which an arrow has not of its own, it is left.
    """
    if path.endswith(_RUBY):
        return _of_the_class(path, content, names, answer)
    said = read(answer)
    if not path.endswith(SUFFIXES) or said.changes or len(said.blocks) > 1:
        return answer
    code = said.blocks[0].code if said.blocks else answer
    if code not in answer:
        return answer
    written = code
    for name in names:
        written = _as_in_file(path, content, name, written)
    return answer.replace(code, written, 1) if written != code else answer


def _of_the_class(path: str, content: str, names: Sequence[str], answer: str) -> str:
    """Return an answer in Ruby whose methods are those of the class where the file has them so."""
    if _HAS_OWN_CLASS.search(answer):
        return answer
    try:
        file = outline_of_file(path, content)
    except EditRefused:
        return answer
    for name in names:
        if {one.role for one in file.by_name.get(name, []) if one.node.type == "singleton_method"} == {_STATIC}:
            last = re.escape(name.rpartition(".")[2])
            answer = re.sub(rf"(?m)^([ \t]*def[ \t]+)(?={last}(?![\w?!=]))", r"\1self.", answer)
    return answer


def _as_in_file(path: str, content: str, name: str, code: str) -> str:
    """Return code with one function as the file has it; as it is where it is so, or that is not sure."""
    try:
        file = outline_of_file(path, content)
        own = _own(path, name.rpartition(".")[2], code)
    except EditRefused:
        return code
    known = file.by_name.get(name, [])
    if len(known) != 1 or own is None or known[0].role in _PROPERTIES:
        return code
    made, said, frame = own
    was, new = _parts(known[0]), _parts(said)
    if was is None or new is None or _form(known[0]) == _form(said):
        return code
    if _is_generator(known[0]) != _is_generator(said) or not _has_its_types(file, known[0], made, said):
        return code
    becomes_arrow = "arrow_function" in {known[0].core.type, said.core.type} and not known[0].node.type.endswith(_FIELD)
    if becomes_arrow and _OWN_WORLD.search(made.said(said.start, said.end)):
        return code
    head = file.said(known[0].start, was[0].start_byte)
    if _ASYNC.search(made.said(said.start, new[0].start_byte)) and not _ASYNC.search(head):
        first = file.said(known[0].start, known[0].core.start_byte)
        head = (
            _NAME.sub(r"async \g<0>", head) if known[0].core.type == _METHOD else f"{first}async {head[len(first) :]}"
        )
    given = field(said.core, "return_type") or field(known[0].core, "return_type")
    given_by = made if field(said.core, "return_type") else file
    link = " => " if known[0].core.type == "arrow_function" else " "
    written = f"{head}{text(made.source, new[0])}{text(given_by.source, given)}{link}{text(made.source, new[1])}"
    written += file.said(was[1].end_byte, known[0].end)
    tail = said.tail if made.said(said.end, said.tail).strip() in {";", ","} else said.end
    begin, end = frame
    return f"{made.said(begin, said.start)}{written}{made.said(tail, len(made.source) - end)}"


def _own(path: str, last: str, code: str) -> tuple[Outline, Found, tuple[int, int]] | None:
    """Return the one function of a name in an answer, and how much stands around it so that it can be read."""
    for before, after in (("", ""), _CLASS):
        made = outline_of_file(path, f"{before}{code}{after}")
        if made.is_sound:
            found = [one for one in made.every() if one.last_name == last and one.kind == "function"]
            return (made, found[0], (len(before), len(after))) if len(found) == 1 else None
    return None


def _parts(one: Found) -> tuple[Node, Node] | None:
    """Return a function's parameters and its body; None where it has no block."""
    parameters = field(one.core, "parameters") or field(one.core, "parameter")
    body = field(one.core, "body")
    return (parameters, body) if parameters and body and body.type == "statement_block" else None


def _is_generator(one: Found) -> bool:
    return "generator" in one.core.type or any(part.type == "*" for part in one.core.children)


def _has_its_types(file: Outline, known: Found, made: Outline, said: Found) -> bool:
    """Return whether an answer's types stand where the file has them: of the parameters, and none that it adds."""
    there, here = (text(each.source, field(one.core, "type_parameters")) for each, one in ((file, known), (made, said)))
    if here.replace(",>", ">") not in {"", there.replace(",>", ">")}:
        return False
    return _type_of_name(said) is None or _type_of_name(known) is not None


def _type_of_name(one: Found) -> Node | None:
    """Return the type that is declared of the name by which a function is known."""
    return field(one.core.parent, "type") if one.core.parent and one.core.type != _METHOD else None


def _form(one: Found) -> tuple[str, str, str]:
    return one.core.type, one.node.type, one.role

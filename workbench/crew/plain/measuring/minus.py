"""What a function writes for a negative number: a minus before all that it writes for the positive one.

`'€-2.50'` that should be `'-€2.50'`, and `-250` that is floored to `'-3.50'`, are both mended by one line at the top:
the function is asked for the positive number. So it is in Python, JavaScript and Go.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.crew.judging.stated import needed, work_of
from workbench.crew.plain.elsewhere.places import SwapElsewhere
from workbench.crew.plain.places import parts, quoted
from workbench.crew.slips.righted import Changed, Righted, at_the_top
from workbench.crew.wrapping.tail import stored
from workbench.edits.foreign.nodes import field, in_its_place, statements_in, text

if TYPE_CHECKING:
    from tree_sitter import Node

_SAYS_SO = re.compile(r"\b(?:minus|negative)\b", re.IGNORECASE)
_NEGATIVE = re.compile(r"-\W{0,3}\d")
_AMOUNT = re.compile(r"(?<![\w'\"-])-[€$£¥] ?\d[\d.,]*\d")
_PUT_TOGETHER = re.compile(r"\$\{|\bSprintf\(|[\"'] \+|\+ [\"']")
_NUMBERS = frozenset({"int", "float", "Decimal", "int | float", "float | int"})
_FUNCTIONS = frozenset({"function_declaration", "method_declaration", "method_definition", "arrow_function"})


def _shown(task: str) -> tuple[str, ...]:
    """Return the texts with a minus at their front that a task shows, where it speaks of one."""
    shown = (*quoted(task), *_AMOUNT.findall(task))
    return tuple(one for one in shown if _NEGATIVE.match(one)) if _SAYS_SO.search(task) else ()


def is_surely_misplaced(changed: Changed) -> bool:
    """Return whether a function does nothing but write one text of a number, which a task shows with the minus inside.

    The task must show the same text with the minus before it, and the function must write all of it. What asks for
    something may take None, and a text or a coroutine has no minus.
    """
    node, numbers = changed.node, needed(changed.node)[-1:]
    *steps, last = work_of(node)
    asks = any(isinstance(part, ast.IfExp | ast.BoolOp | ast.Compare | ast.Await) for part in parts(changed))
    if asks or isinstance(node, ast.AsyncFunctionDef) or not all(map(_sets_names, steps)):
        return False
    match last:
        case ast.Return(value=ast.JoinedStr() as written) if numbers and _is_number(changed, numbers[0]):
            texts = quoted(changed.task)
            inside = {one.replace("-", "", 1) for one in texts if "-" in one and not one.startswith("-")}
            return any(one[1:] in inside and _may_give(written, one[1:]) for one in _shown(changed.task))
    return False


def _sets_names(step: ast.stmt) -> bool:
    goals = [part for goal in step.targets for part in ast.walk(goal)] if isinstance(step, ast.Assign) else []
    return bool(goals) and not any(isinstance(part, ast.Attribute | ast.Subscript) for part in goals)


def _is_number(changed: Changed, given: ast.arg) -> bool:
    """Return whether a parameter is declared a number, or taken for one."""
    if given.annotation or given.arg in stored([changed.node]):
        return given.annotation is not None and ast.unparse(given.annotation) in _NUMBERS
    for part in parts(changed):
        match part:
            case ast.BinOp(left=ast.Name(id=name), op=ast.Div() | ast.FloorDiv() | ast.Sub()) if name == given.arg:
                return True
            case ast.FormattedValue(value=ast.Name(id=name), format_spec=ast.JoinedStr() as form):
                if name == given.arg and re.search(r"[deEfFgGn%]'$", ast.unparse(form)):
                    return True
    return False


def _may_give(written: ast.JoinedStr, said: str) -> bool:
    """Return whether a formatted text may be what is said: its own signs stand there, in their order."""
    pieces = [str(one.value) if isinstance(one, ast.Constant) else "" for one in written.values]
    rest = said
    for piece in pieces:
        if piece not in rest:
            return False
        rest = rest.partition(piece)[2] if piece else rest
    return said.startswith(pieces[0]) and said.endswith(pieces[-1])


def minus_in_front(changed: Changed) -> Iterator[Righted]:
    """Yield a function that writes a minus before what it writes for the positive number."""
    names = [one.arg for one in needed(changed.node)]
    own = "self." if names[:1] == ["self"] else ""
    number = "".join(names[1:] if own else names) if len(names) == (2 if own else 1) else ""
    arguments = changed.node.args
    if not _shown(changed.task) or not number or arguments.vararg or arguments.kwarg or _asks_for_less(changed.node):
        return
    listed = [one.arg for one in (*arguments.posonlyargs, *arguments.args)][1 if own else 0 :]
    given = [f"-{one}" if one == number else one for one in listed]
    given += [f"{one.arg}={one.arg}" for one in arguments.kwonlyargs]
    if number in listed and not changed.node.decorator_list and _has_a_text(changed):
        call = f"{own}{changed.node.name}({', '.join(given)})"
        made = at_the_top(changed, [f"if {number} < 0:", f'    return "-" + {call}'])
        yield from [made] if made else []


def _has_a_text(changed: Changed) -> bool:
    """Return whether a function puts values into a text."""
    return any(isinstance(part, ast.JoinedStr) for part in parts(changed))


def _asks_for_less(node: ast.AST) -> bool:
    """Return whether a function asks already for what is below zero."""
    compared = (part for one in ast.walk(node) if isinstance(one, ast.Compare) for part in one.comparators)
    return any(isinstance(part, ast.Constant) and part.value == 0 for part in compared)


def minus_in_front_elsewhere(task: str, language: str, source: bytes, nodes: list[Node]) -> Iterator[SwapElsewhere]:
    """Yield the same in JavaScript and Go."""
    node = next((one for one in nodes if one.type in _FUNCTIONS), None) if _shown(task) else None
    body = field(node, "body")
    if node is None or body is None:
        return
    only, call, said = _only_parameter(source, node), _called(source, nodes, node), text(source, node)
    if not (only and call and _PUT_TOGETHER.search(said)):
        return
    # What is waited for is no text, and has no minus before it.
    if re.search(r"[<>]=? 0\b|^async\b", said):
        return
    if body.type not in {"statement_block", "block"}:
        quote = "`-${" if body.type == "template_string" else "'-' + "
        made = f"{quote}{call}(-{only}){'}`' if body.type == 'template_string' else ''}"
        yield body, f"{only} < 0 ? {made} : {text(source, body)}"
        return
    statements = statements_in(body)
    if not statements:
        return
    first = statements[0]
    is_go = language == "go"
    margin = "\t" if is_go else "  "
    test = f"if {only} < 0 {{" if is_go else f"if ({only} < 0) {{"
    sign = '"-" + ' if is_go else "`-${"
    lines = (test, f"{margin}return {sign}{call}(-{only}){'' if is_go else '}`;'}", "}", text(source, first))
    if (placed := in_its_place(source, first, lines)) is not None:
        yield first, placed


def _called(source: bytes, nodes: list[Node], function: Node) -> str:
    """Return how a function calls itself; nothing where that is not known."""
    named = next((one for one in nodes if one.type == "variable_declarator"), None)
    if function.type == "arrow_function":
        return text(source, field(named, "name"))
    name, receiver = text(source, field(function, "name")), field(function, "receiver")
    if receiver is not None:
        found = re.match(r"\((\w+) ", text(source, receiver))
        return f"{found[1]}.{name}" if found else ""
    is_static = re.match(r"static\b", text(source, function)) is not None
    return "" if is_static or name.startswith("#") else f"this.{name}" if function.type == "method_definition" else name


def _only_parameter(source: bytes, function: Node) -> str:
    """Return the name of a function's one parameter, whatever its type; nothing where it has another number of them."""
    said = text(source, field(function, "parameters") or field(function, "parameter")).strip("()")
    found = re.fullmatch(r"(?P<name>\w+)(?::? (?:int\d*|float(?:32|64)|number))?", said)
    return found["name"] if found else ""

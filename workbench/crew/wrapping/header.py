"""Puts a wrapper's new parameters and defaults into the header of the function it wraps, as that is written."""

from __future__ import annotations

import ast
import re

from workbench.crew.judging.stated import Function as FunctionNode
from workbench.crew.judging.stated import Parameter, parameters
from workbench.crew.wrapping.tail import CannotInline


def with_parameters(text: str, old: FunctionNode, wrapper: FunctionNode) -> str:
    """Return a function with the parameters that only its wrapper has, and with the defaults that the wrapper changed.

    Args:
        text: the function, at the margin; its header is that of `old`.
        old: the function as it was.
        wrapper: the function around it, with the names that the old one has for its parameters.

    Raises:
        CannotInline: there is no place for one of them.
    """
    lines = text.split("\n")
    known = parameters(old)
    extra = [one.arg for one in (old.args.vararg, old.args.kwarg) if one is not None]
    edits: list[tuple[int, int, int, str]] = []
    for name, given in parameters(wrapper).items():
        if name not in known or given.default is None:
            continue
        had = known[name]
        if had.default is None:
            row, _, last = _span(had.node)
            edits.append((row, last, last, f"{_equals(had.node)}{given.written}"))
        elif ast.dump(had.default) != ast.dump(given.default):
            edits.append((*_span(had.default), ast.unparse(given.default)))
    keyword_only = {one.arg for one in wrapper.args.kwonlyargs}
    added: dict[tuple[int, int], tuple[ast.arg | ast.expr | None, list[str]]] = {}
    for name, given in parameters(wrapper).items():
        if name not in known and name not in extra:
            after, star = _anchor(old, name in keyword_only)
            _, news = added.setdefault((after.lineno, after.col_offset) if after else (0, 0), (after, []))
            news += [*(["*"] if star and "*" not in news else []), _written(given)]
    edits += [_addition(lines, old, after, news) for after, news in added.values()]
    for row, first, last, new in sorted(edits, key=lambda edit: edit[:2], reverse=True):
        raw = lines[row].encode()
        lines[row] = (raw[:first] + new.encode() + raw[last:]).decode()
    return "\n".join(lines)


def _equals(parameter: ast.arg) -> str:
    return " = " if parameter.annotation else "="


def _written(parameter: Parameter) -> str:
    default = "" if parameter.written is None else f"{_equals(parameter.node)}{parameter.written}"
    return f"{ast.unparse(parameter.node)}{default}"


def _span(node: ast.expr | ast.arg) -> tuple[int, int, int]:
    if node.lineno != node.end_lineno:
        raise CannotInline("a default of several lines changes")
    return node.lineno - 1, node.col_offset, node.end_col_offset or node.col_offset


def _anchor(old: FunctionNode, is_keyword: bool) -> tuple[ast.arg | ast.expr | None, bool]:
    """Return what a new parameter comes after, None where nothing is before it, and whether it needs a star first."""
    if old.args.posonlyargs and not old.args.args:
        raise CannotInline("all its parameters are positional only")
    ends = [parameter.default or parameter.node for parameter in parameters(old).values()]
    positional = ends[: len(ends) - len(old.args.kwonlyargs)]
    if old.args.kwonlyargs and (is_keyword or old.args.vararg):
        return ends[-1], False
    if old.args.vararg:
        return old.args.vararg, False
    return positional[-1] if positional else None, is_keyword


def _addition(
    lines: list[str], old: FunctionNode, after: ast.arg | ast.expr | None, news: list[str]
) -> tuple[int, int, int, str]:
    """Return where new parameters go: the row, the empty stretch of its bytes that they replace, and their text."""
    if after is None:
        row = old.lineno - 1
        found = re.search(rb"\bdef\s+\w+\s*\(", lines[row].encode())
        if found is None:
            raise CannotInline("its header is not written plainly")
        has_more = old.args.kwarg is not None or bool(old.args.kwonlyargs)
        return row, found.end(), found.end(), ", ".join(news) + (", " if has_more else "")
    row, at = (after.end_lineno or after.lineno) - 1, after.end_col_offset or 0
    margin = re.match(r"[ \t]*", lines[row]).group()  # type: ignore[union-attr]
    is_alone = row != old.lineno - 1 and lines[row].encode()[at:].strip() in {b",", b""}
    between = f",\n{margin}" if is_alone else ", "
    return row, at, at, "".join(f"{between}{new}" for new in news)

"""Puts a wrapper's new parameters and defaults into the header of the function it wraps, as that is written."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.wrapper_tail import CannotInline

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


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
    known = {parameter.arg: default for parameter, default in _parameters(old)}
    own = {parameter.arg: parameter for parameter, _ in _parameters(old)}
    extra = [one.arg for one in (old.args.vararg, old.args.kwarg) if one is not None]
    edits: list[tuple[int, int, int, str]] = []
    for parameter, default in _parameters(wrapper):
        had = known.get(parameter.arg)
        if had is not None and default is not None and ast.dump(had) != ast.dump(default):
            row, first, last = _span(had)
            edits.append((row, first, last, ast.unparse(default)))
        elif had is None and default is not None and parameter.arg in known:
            row, _, last = _span(own[parameter.arg])
            equals = " = " if own[parameter.arg].annotation else "="
            edits.append((row, last, last, f"{equals}{ast.unparse(default)}"))
    keyword_only = {one.arg for one in wrapper.args.kwonlyargs}
    added: dict[tuple[int, int], tuple[ast.arg | ast.expr | None, list[str]]] = {}
    for parameter, default in _parameters(wrapper):
        if parameter.arg not in known and parameter.arg not in extra:
            after, star = _anchor(old, parameter.arg in keyword_only)
            _, news = added.setdefault((after.lineno, after.col_offset) if after else (0, 0), (after, []))
            news += [*(["*"] if star and "*" not in news else []), _written(parameter, default)]
    edits += [_addition(lines, old, after, news) for after, news in added.values()]
    for row, first, last, new in sorted(edits, key=lambda edit: edit[:2], reverse=True):
        raw = lines[row].encode()
        lines[row] = (raw[:first] + new.encode() + raw[last:]).decode()
    return "\n".join(lines)


def _parameters(node: FunctionNode) -> Iterator[tuple[ast.arg, ast.expr | None]]:
    positional = [*node.args.posonlyargs, *node.args.args]
    required = len(positional) - len(node.args.defaults)
    yield from ((one, None) for one in positional[:required])
    yield from zip(positional[required:], node.args.defaults, strict=True)
    yield from zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)


def _written(parameter: ast.arg, default: ast.expr | None) -> str:
    equals = " = " if parameter.annotation else "="
    return ast.unparse(parameter) + ("" if default is None else f"{equals}{ast.unparse(default)}")


def _span(node: ast.expr | ast.arg) -> tuple[int, int, int]:
    if node.lineno != node.end_lineno:
        raise CannotInline("a default of several lines changes")
    return node.lineno - 1, node.col_offset, node.end_col_offset or node.col_offset


def _anchor(old: FunctionNode, is_keyword: bool) -> tuple[ast.arg | ast.expr | None, bool]:
    """Return what a new parameter comes after, None where nothing is before it, and whether it needs a star first."""
    if old.args.posonlyargs and not old.args.args:
        raise CannotInline("all its parameters are positional only")
    parameters = list(_parameters(old))
    positional = parameters[: len(parameters) - len(old.args.kwonlyargs)]
    if old.args.kwonlyargs and (is_keyword or old.args.vararg):
        return parameters[-1][1] or parameters[-1][0], False
    if old.args.vararg:
        return old.args.vararg, False
    return (positional[-1][1] or positional[-1][0]) if positional else None, is_keyword


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

"""A new parameter that took a constant's place, and whose default is another: old calls do something else now."""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Sequence

from workbench import python_ast
from workbench.crew.judging.stated import Parameter, stated, work_of
from workbench.crew.plain.wording.signs import SIGNS
from workbench.crew.slips.righted import Changed, Righted

_STAYS = (
    r"(?:stays?|remains?|keeps?|leaves?) [^.;]{0,30}\b(?:as|same|unchanged)\b|as (?:before|now|it is|today|ever|usual)"
    r"|like (?:now|before|today)|nothing (?:else )?changes"
)
_ELSE = (
    r"(?:otherwise|else|without (?:it|one|that)|unless"
    r"|(?:if|when) (?:(?:it|none|nothing)(?:'s| is) )?(?:(?:not )?given|not passed|left out))\b"
)
_FALLS_BACK = rf"(?:{_ELSE}|fall\w* back|omitted\b|missing\b|absent\b|(?:if|when|where) [^.;,]{{0,20}}\bnot\b)"
_IS_AS_EVER = re.compile(rf"\b(?:{_STAYS})", re.IGNORECASE)
_AS_EVER = re.compile(rf"\b(?:defaults?|optional\w*|{_STAYS}|{_ELSE})", re.IGNORECASE)
"""How a task says that a parameter need not be given, or that nothing changes for who gives none."""

_FROM_NOW_ON = re.compile(r"\b(?:defaults?|from now on|now|no longer|any ?more)\b", re.IGNORECASE)
_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

_WORD, _SPEC, _NAME = "NaniteWordHere", "NaniteSpecHere", "NaniteNameHere"
_TAKES = {
    _WORD: r"([^'\"{}\n]{0,40}?)",
    _SPEC: r"([^'\"{}\n]{1,40}?)",
    _NAME: r"(None|True|False|-?\d[\w.]*|'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\")",
}
"""Marks of a parameter within an f-string, in how it writes something and elsewhere, with what may have stood there."""


def default_as_it_stood(changed: Changed) -> Righted | None:
    """Return the answer with the constant whose place a new parameter took as that parameter's default.

    `f"{day}-{number}"` that became `f"{day}{separator}{number}"` wants `separator="-"`, whatever example of another one
    the task has, unless it says the default itself.
    """
    for name, one in changed.added.items():
        value = _stood_there(changed, name)
        if value is None or name in stated(changed.task) or _is_said(changed.task, one, value):
            continue
        default = one.default
        if default is None and (_is_called_by_others(changed) or not _AS_EVER.search(changed.task)):
            continue
        if default is not None:
            swap = (*changed.lines.span(default), _written(changed, default, value))
        else:
            end = changed.lines.span(one.node)[1]
            swap = (end, end, f"{' = ' if one.node.annotation else '='}{value!r}")
        if righted := changed.righted(f"`{name}` is {value!r} where it is not given, as it was", swap):
            return righted
    return None


def _is_called_by_others(changed: Changed) -> bool:
    """Return whether a decorator, or who runs tests, gives a function what its parameters are called."""
    decorators = {ast.unparse(one) for one in changed.node.decorator_list}
    return bool(decorators - {"staticmethod", "classmethod"}) or changed.node.name.startswith("test")


def _is_said(task: str, one: Parameter, value: object) -> bool:
    """Return whether a task says the default that an answer has, or that is the one which stood there."""
    if one.default is None:
        return False
    if not isinstance(one.default, ast.Constant) or one.default.value in (None, value):
        return True
    if isinstance(one.default.value, bool):
        return _FROM_NOW_ON.search(task) is not None and not _IS_AS_EVER.search(task)
    said = re.escape(str(one.default.value))
    quoted = rf"(?:[\"'`]{said}[\"'`]|(?<![\w.'\"]){said}(?![\w'\"]))" if said.strip() else rf"[\"'`]{said}[\"'`]"
    if words := _words(one.default.value):
        quoted = rf"(?:{quoted}|(?i:\b(?:{words})(?:es|s)?\b))"
    if re.search(rf"\bdefault\w*[^.;]{{0,40}}{quoted}|{quoted}[^.;]{{0,30}}\b(?:by |as (?:the )?)?default", task):
        return True
    if _IS_AS_EVER.search(task) or not re.search(quoted, task):
        return False
    falls = rf"(?i:\b{_FALLS_BACK})"
    is_else = re.search(rf"{falls}[^.;]{{0,40}}{quoted}|{quoted}[^.;]{{0,40}}{falls}", task)
    return is_else is not None or not _AS_EVER.search(task)


def _words(value: object) -> str:
    """Return the words by which people name a number or a sign, as a pattern; nothing where there are none."""
    if isinstance(value, int):
        return _NUMBERS[value] if 0 <= value < len(_NUMBERS) else ""
    return "|".join(name for name, sign in SIGNS.items() if sign == value)


def _written(changed: Changed, default: ast.expr, value: object) -> str:
    """Return a value as Python, in the quotes of what it takes the place of."""
    is_double = changed.lines.text[changed.lines.span(default)[0]] == '"'
    is_plain = isinstance(value, str) and value.isprintable() and not {"'", '"', "\\"} & {*value}
    return f'"{value}"' if is_double and is_plain else repr(value)


def _stood_there(changed: Changed, name: str) -> object | None:
    """Return the constant in whose place a parameter stands now, where nothing else of the function changed."""
    if changed.was is None or len(changed.sets(name)) or not changed.looks(name):
        return None
    marked = [_Marked(name).visit(copy.deepcopy(one)) for one in work_of(changed.node)]
    pieces = re.split(rf"({'|'.join(_TAKES)})", _text(marked))
    # What stood in one place stood in all.
    kinds = [one for one in dict.fromkeys(pieces) if one in _TAKES]
    takes = [
        (_TAKES[one] if one not in pieces[:at] else rf"\{kinds.index(one) + 1}") if one in _TAKES else re.escape(one)
        for at, one in enumerate(pieces)
    ]
    found = re.fullmatch("".join(takes), _text(work_of(changed.was)))
    if found is None:
        return None
    try:
        values = [_value(kind, each) for kind, each in zip(kinds, found.groups(), strict=True)]
    except (SyntaxError, ValueError):
        return None
    is_one = all(type(one) is type(values[0]) and one == values[0] for one in values)
    is_text = not isinstance(values[0], str) or not {"{", "}", "\\"} & {*values[0]}
    return values[0] if is_one and is_text else None


def _value(kind: str, text: str) -> object:
    """Return what a text stands for in the place of a mark.

    Raises:
        ValueError: it is a number with more to it, such as the 02 of `{n:02d}`.
        SyntaxError: it is no value.
    """
    if kind == _SPEC and text.isdigit():
        if str(int(text)) != text:
            raise ValueError(text)
        return int(text)
    return python_ast.literal_eval(text) if kind == _NAME else text


class _Marked(ast.NodeTransformer):
    """A statement with marks in the places of a name."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._word = _WORD

    def visit_FormattedValue(self, node: ast.FormattedValue) -> ast.FormattedValue:
        node.value = self.visit(node.value)
        if node.format_spec is not None:
            outer, self._word = self._word, _SPEC
            node.format_spec = self.visit(node.format_spec)
            self._word = outer
        return node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.expr:
        self.generic_visit(node)
        values: list[ast.expr] = []
        for part in node.values:
            match part:
                case ast.FormattedValue(value=ast.Name(id=name), conversion=-1, format_spec=None) if name == _NAME:
                    values.append(ast.Constant(self._word))
                case _:
                    values.append(part)
        texts = [part.value for part in values if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        is_text = self._word == _WORD and len(texts) == len(values)
        return ast.Constant("".join(texts)) if is_text else ast.JoinedStr(values)

    def visit_Name(self, node: ast.Name) -> ast.Name:
        return ast.Name(_NAME, node.ctx) if node.id == self._name else node


def _text(body: Sequence[ast.stmt]) -> str:
    return "\n".join(ast.unparse(ast.fix_missing_locations(one)) for one in body)

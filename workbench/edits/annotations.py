"""Annotations put into place by the host: from a model's function only the types of parameters and of the result are
taken, and only where their names resolve; defaults, comments and body stay as they are.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from workbench.edits.python.imports import BUILTINS, Imported, imported, insert_imports
from workbench.edits.python.layout import header_end, tokens, unix
from workbench.edits.python.outline import Outline, Part, Unit, outline
from workbench.edits.python.reading import read_code
from workbench.edits.python.trees import Function, names_used, nodes
from workbench.edits.python.typenames import TYPING_MODULES, Where, judge, unquoted
from workbench.edits.source import Replacement, numbered, parse, replace
from workbench.edits.symbols import Symbol, as_symbol
from workbench.errors import EditRefused
from workbench.model import Value

_EQUALS = re.compile(r"[ \t]*=[ \t]*")
_TYPE_COMMENT = re.compile(r"#[ \t]*type:(?![ \t]*ignore\b)")


class Annotated(Value):
    """A file with annotations put in, those placed (`x: int`, `-> str`), and those dropped with the reason."""

    text: str
    placed: tuple[str, ...]
    dropped: tuple[str, ...] = ()


def unannotated(source: str) -> tuple[Symbol, ...]:
    """Return the functions and methods that lack an annotation of a parameter or of their result, in file order.

    `self` and `cls` need none, nor does the result of an `__init__` with an annotated parameter.

    Raises:
        EditRefused: the file does not parse.
    """
    file = outline(source)
    found = [
        unit
        for unit in file.every_unit()
        if unit.kind == "function" and not unit.is_twin and any(_lacks(part.node, unit) for part in _typed_parts(unit))
    ]
    return tuple(sorted((as_symbol(file, unit) for unit in found), key=lambda symbol: symbol.first))


def place_annotations(source: str, name: str, answer_code: str) -> str:
    """Return `source` with the annotations that the answer's function has put onto its own function `name`.

    See `annotate`, which also says what was dropped.

    Raises:
        EditRefused: as `annotate`.
    """
    return annotate(source, name, answer_code).text


def annotate(source: str, name: str, answer_code: str) -> Annotated:
    """Return `source` with the annotations of the answer's function `name`, and what was dropped.

    Annotations that are there already are kept. One whose names do not resolve in the file or by imports from the
    typing modules is dropped; one that cannot be evaluated where it stands is put in quotes.

    Args:
        source: the file, Python that parses.
        name: a function or method by its qualified name.
        answer_code: the model's code with the function, its signature alone at the least.

    Raises:
        EditRefused: nothing can be placed (code `no-change`), the answer does not parse or lacks the function, the
            symbol is unknown, bound twice, no function, or speaks by type comments.
    """
    file = outline(source)
    unit = file.find(name)
    if unit.kind != "function":
        raise EditRefused(f"{name} is no function", code="not-a-function", hint="name a function or a method")
    answer = _read(answer_code)
    said = _answered(answer, unit, name)
    part = _matching_part(unit, said)
    node = part.node
    assert isinstance(node, Function)
    header = file.text[part.start : file.lines.span(node.body[0])[0]]
    if _TYPE_COMMENT.search(header):
        raise EditRefused(f"{name} has type comments", code="type-comments", hint="annotate it by hand")
    return _Annotating(file, unit, part, node, said, answer).run(source)


@dataclass
class _Annotating:
    file: Outline
    unit: Unit
    part: Part
    node: Function
    said: Function
    answer: Outline
    changes: list[Replacement] = field(default_factory=list)
    imports: dict[Imported, None] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    placed: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)

    def run(self, source: str) -> Annotated:
        theirs = {argument.arg: argument.annotation for argument in _arguments(self.said)}
        defaults = _defaults(self.node)
        for argument in _wanting(self.node, self.unit):
            annotation = theirs.get(argument.arg)
            text = self._resolved(argument.arg, annotation) if annotation else None
            if text:
                self._place_argument(argument, defaults.get(argument.arg), text)
        if (
            self.node.returns is None
            and self.said.returns is not None
            and (text := self._resolved("->", self.said.returns))
        ):
            at = self._closing_parenthesis()
            self.changes.append(Replacement(at, at, f" -> {text}"))
            self.placed.append(f"-> {text}")
        if not self.changes:
            why = f"; dropped: {'; '.join(self.dropped)}" if self.dropped else ""
            raise EditRefused(
                f"the answer adds no annotation to {self.unit.name}{why}",
                code="no-change",
                hint="use types that are built in, in the file, or imported from typing",
                nearest=numbered(self.file.text, self.part.first, min(self.part.last, self.part.first + 5)),
            )
        self.changes += insert_imports(self.file, self.imports, self.part.start)
        text = replace(source, self.changes)
        parse(text, "result")
        return Annotated(text=text, placed=tuple(self.placed), dropped=tuple(self.dropped))

    def _resolved(self, label: str, annotation: ast.expr) -> str | None:
        """Return an annotation's text as it can stand here, or None where it cannot; its imports are noted."""
        text = self._text(annotation)
        needed = self._imports_for(annotation)
        where = Where(self.file, self.unit.scope, self.part.start)
        judgement = judge(annotation, where, needed)
        if judgement.plain:
            final: str | None = text
        elif judgement.quoted:
            final = _quoted(annotation)
            judgement = judgement if final else type(judgement)(why="cannot be put in quotes")
        else:
            final = None
        if final is None:
            self.dropped.append(f"{label}: {text} {judgement.why}")
        else:
            self.imports |= dict.fromkeys(needed)
        return final

    def _text(self, annotation: ast.expr) -> str:
        start, end = self.answer.lines.span(annotation)
        text = self.answer.text[start:end]
        return text if "\n" not in text and "#" not in text else ast.unparse(annotation)

    def _imports_for(self, annotation: ast.expr) -> list[Imported]:
        """Return the answer's imports from typing modules that an annotation needs and the file can take."""
        bare = unquoted(annotation)
        used = {node.id for node in nodes([bare]) if isinstance(node, ast.Name)} if bare else set()
        found: dict[Imported, None] = {}
        for statement, _ in self.answer.module.imports:
            for item in imported(statement):
                fitting = item.module in TYPING_MODULES and item.name != "*" and item.binds in used
                if fitting and not self.file.module.bound[item.binds] and not self._is_taken(item.binds):
                    found[item] = None
        return list(found)

    def _is_taken(self, name: str) -> bool:
        """Return whether the file uses a name anywhere, so that a new import of it could hide something."""
        self.names = self.names or self._names_in_file() | BUILTINS
        return name in self.names

    def _names_in_file(self) -> set[str]:
        return names_used(self.file.body) | {
            node.name if isinstance(node, Function | ast.ClassDef) else node.arg
            for node in nodes(self.file.body)
            if isinstance(node, Function | ast.ClassDef | ast.arg)
        }

    def _place_argument(self, argument: ast.arg, default: ast.expr | None, text: str) -> None:
        at = self.file.lines.span(argument)[1]
        self.placed.append(f"{argument.arg}: {text}")
        equals = _EQUALS.match(self.file.text, at)
        if default is not None and equals:
            self.changes.append(Replacement(at, equals.end(), f": {text} = "))
        else:
            self.changes.append(Replacement(at, at, f": {text}"))

    def _closing_parenthesis(self) -> int:
        """Return the offset after the parenthesis that closes the parameters."""
        lines, node = self.file.lines, self.node
        start = lines.offset(node.lineno, node.col_offset)
        end = header_end(lines, node)[0]
        closing = None
        for token in tokens(unix(lines.text[start:end]) + " pass"):
            closing = token.end if token.string == ")" else closing
        assert closing is not None
        row, column = closing
        return start + column if row == 1 else lines.start(node.lineno + row - 1) + column


def _read(code: str) -> Outline:
    """Return the outline of the answer; a signature without a body is given one."""
    try:
        return read_code(code)
    except EditRefused:
        for body in (" ...", ": ..."):
            with suppress(EditRefused):
                return read_code(code.rstrip() + body)
        raise


def _answered(answer: Outline, unit: Unit, name: str) -> Function:
    """Return the answer's function that is meant for a symbol: by qualified name, else by its last name."""
    every = [other for other in answer.every_unit() if other.kind == "function"]
    fitting = [other for other in every if other.name == name]
    fitting = fitting or [other for other in every if other.last_name == unit.last_name]
    parts = [part for other in fitting for part in other.parts if part.role != "overload"]
    wanted = {part.role for part in unit.parts} & {part.role for part in parts}
    parts = [part for part in parts if part.role in wanted] or parts
    parts = parts[:1] if len({ast.dump(part.node) for part in parts}) == 1 or len(fitting) == 1 else parts
    if len(parts) != 1 or not isinstance(parts[0].node, Function):
        what = "more than once" if parts else "not at all"
        hint = f"answer with {name} once, with annotations"
        raise EditRefused(f"the answer has {unit.last_name} {what}", code="off-target", hint=hint)
    return parts[0].node


def _matching_part(unit: Unit, said: Function) -> Part:
    parts = _typed_parts(unit)
    names = [argument.arg for argument in _arguments(said)]
    if not parts:
        raise EditRefused(f"{unit.name} only declares", code="overload", hint="annotate overloads by hand")
    same_names = [part for part in parts if [one.arg for one in _arguments(part.node)] == names]
    return (same_names or parts)[0]


def _typed_parts(unit: Unit) -> list[Part]:
    return [part for part in unit.parts if part.role != "overload"]


def _arguments(node: ast.AST) -> list[ast.arg]:
    assert isinstance(node, Function)
    arguments = node.args
    found = [*arguments.posonlyargs, *arguments.args, arguments.vararg, *arguments.kwonlyargs, arguments.kwarg]
    return [argument for argument in found if argument]


def _wanting(node: ast.AST, unit: Unit) -> Iterator[ast.arg]:
    """Yield the parameters without an annotation, `self` and `cls` aside."""
    assert isinstance(node, Function)
    positional = [*node.args.posonlyargs, *node.args.args]
    bound = bool(unit.scope.name) and "staticmethod" not in names_used(node.decorator_list)
    own = positional[0] if bound and positional else None
    return (one for one in _arguments(node) if one.annotation is None and one is not own)


def _lacks(node: ast.AST, unit: Unit) -> bool:
    assert isinstance(node, Function)
    if any(True for _ in _wanting(node, unit)):
        return True
    annotated = any(argument.annotation for argument in _arguments(node))
    return node.returns is None and not (unit.last_name == "__init__" and unit.scope.name and annotated)


def _defaults(node: Function) -> dict[str, ast.expr]:
    arguments = node.args
    positional = [*arguments.posonlyargs, *arguments.args]
    found = {}
    if arguments.defaults:
        pairs = zip(positional[-len(arguments.defaults) :], arguments.defaults, strict=True)
        found = {argument.arg: default for argument, default in pairs}
    pairs_of_keywords = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    return found | {argument.arg: default for argument, default in pairs_of_keywords if default}


def _quoted(annotation: ast.expr) -> str | None:
    bare = unquoted(annotation)
    text = ast.unparse(bare) if bare else "\\"
    if "\\" in text:
        return None
    if '"' not in text:
        return f'"{text}"'
    return f"'{text}'" if "'" not in text else None

"""Where new symbols go: beside their neighbours in the answer, and early enough for what runs at import."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace

from workbench.edits.forms.placeholders import refuse_elision
from workbench.edits.python.alike import is_method, is_stub
from workbench.edits.python.imports import BUILTINS
from workbench.edits.python.outline import Outline, Part, Scope, SymbolNode, Unit
from workbench.edits.python.pieces import chosen_comments, piece
from workbench.edits.python.trees import Definition, Function, names_used
from workbench.edits.source import Replacement, numbered
from workbench.errors import EditRefused

MOST_NEW = 100
"""Most new symbols that one answer may bring."""

Written = list[tuple[str, SymbolNode]]


@dataclass
class Fresh:
    """A symbol of the answer that the file does not have, and the scope of the file it would go to."""

    unit: Unit
    scope: Scope

    @property
    def name(self) -> str:
        """Its qualified name in the file."""
        return self.scope.qualified(self.unit.last_name)

    @property
    def nodes(self) -> list[SymbolNode]:
        """Its statements."""
        return [part.node for part in self.unit.parts]


class Placing:
    """New symbols chosen and put in place.

    Args:
        file: the file.
        answer: the answer's outline.
        matched: the file's symbol for each of the answer's, by `id`.
        in_play: names that may change or be added, qualified.
    """

    def __init__(
        self, file: Outline, answer: Outline, matched: dict[int, Unit], in_play: Collection[str] | None
    ) -> None:
        self.file = file
        self.answer = answer
        self.matched = matched
        self.in_play = in_play or ()
        beside = [matched.get(id(unit)) for unit in answer.module.units]
        self.homes = {unit.scope.name: unit.scope for unit in beside if unit and unit.kind == "function"}
        self.left_out: list[str] = []

    def choose(self, fresh: list[Fresh], written: Written, plays: Callable[[str], bool]) -> list[Fresh]:
        """Return which new symbols are wanted: those in play, and those that what is written needs, directly or not.

        Raises:
            EditRefused: one that is wanted cannot be placed, or its name is taken.
        """
        for new in fresh:
            new.scope = self._home(new)
        wanted: list[Fresh] = []
        needs = [node for _, node in written]
        waiting = fresh
        while True:
            names = names_used(needs), names_used(needs, attributes=True)
            now = [
                new
                for new in waiting
                # A method is called as an attribute, a function of the module by its name.
                if new.unit.last_name in names[bool(new.scope.name)] or (plays(new.name) and self._placeable(new))
            ]
            if not now:
                break
            wanted += now
            if len(wanted) > MOST_NEW:
                raise EditRefused("the answer adds far too much", code="too-large", hint="add only what is asked for")
            needs += [node for new in now for node in new.nodes]
            taken = {id(new) for new in now}
            waiting = [new for new in waiting if id(new) not in taken]
        self.left_out += [new.name for new in waiting]
        for new in wanted:
            self._check(new)
        chosen = {id(new) for new in wanted}
        return [new for new in fresh if id(new) in chosen]

    def _home(self, new: Fresh) -> Scope:
        """Return where a bare symbol goes: where in-play says, or for a method to the methods it stands with."""
        if new.scope.name:
            return new.scope
        named = [name.rpartition(".") for name in self.in_play]
        owners = [owner for owner, _, last in named if last == new.unit.last_name]
        known = [unit.members for owner in owners for unit in self.file.units.get(owner, ()) if unit.members]
        if len(owners) == len(known) == 1:
            return known[0]
        if not is_method(new.unit):
            return new.scope
        return next(iter(self.homes.values())) if len(self.homes) == 1 else new.scope

    def _placeable(self, new: Fresh) -> bool:
        return not new.unit.conditional and not (is_method(new.unit) and not new.scope.name)

    def _check(self, new: Fresh) -> None:
        name = new.unit.last_name
        if not self._placeable(new):
            why = "stands below a condition" if new.unit.conditional else "is a method without its class"
            raise self._refuse(new, f"{name} is new and {why}", "cannot-place")
        if new.unit.is_twin:
            raise self._refuse(new, f"the answer has {name} more than once", "ambiguous")
        if new.scope.bound[name]:
            raise self._refuse(new, f"{name} is new, but the file has that name for something else", "name-taken")
        if not new.scope.name and name in BUILTINS and not name.startswith("__"):
            raise self._refuse(new, f"{name} would hide Python's own", "name-taken")
        if any(part.shared for part in new.unit.parts):
            raise self._refuse(new, f"{name} shares its line with other code", "shared-line")
        if not is_stub(self.file):
            for node in new.nodes:
                refuse_elision(self.answer.text, node, None)

    def insert(self, wanted: list[Fresh], written: Written) -> list[Replacement]:
        """Return the insertions that put the new symbols in place, in the answer's order.

        Raises:
            EditRefused: one would come too late, or too early, for what is run at import (code `cannot-place`).
        """
        return [self._insert(new, wanted, written) for new in wanted]

    def _insert(self, new: Fresh, wanted: list[Fresh], written: Written) -> Replacement:
        anchor, after = self._anchor(new)
        limit = self._needed_by(new, written)
        if limit and (anchor is None or self._start(limit) < self._place(anchor, after=after)):
            anchor, after = limit, False
        if anchor is None:
            at, gap_before = self._end_of(new.scope)
            kind_beside = "other"
        else:
            if any(part.shared for part in anchor.parts):
                raise self._refuse(new, f"{anchor.name} shares its line with other code", "shared-line")
            at, gap_before = self._place(anchor, after=after), after
            kind_beside = anchor.kind
        self._check_order(new, at, wanted)
        ending = self.file.lines.ending_at(max(at - 1, 0))
        text = self._text(new).replace("\n", ending)
        gap = self._gap(new.scope, new.unit.kind, kind_beside)
        if gap_before:
            tail = self._missing_gap(new, at)
            return Replacement(at, at, ending * (1 + gap if at else 0) + text + ending * tail)
        return Replacement(at, at, text + ending * (1 + gap))

    def _text(self, new: Fresh) -> str:
        parts = new.unit.parts
        whole = replace(parts[0], end=parts[-1].end, last=parts[-1].last)
        base = self._indent(new.scope)
        above = [base + line for line in chosen_comments(self.answer, whole, [])]
        return "\n".join([*above, piece(self.answer, whole, self.file, base)])

    def _indent(self, scope: Scope) -> str:
        if scope.owner is None:
            return ""
        node = scope.owner.parts[0].node
        assert isinstance(node, ast.ClassDef)
        first = node.body[0]
        inner = self.file.lines.indent(first.lineno)
        if first.lineno == node.lineno or first.col_offset != len(inner):
            hint = "write the class's body on lines of its own"
            raise EditRefused(f"{scope.name} has its body on its first line", code="shared-line", hint=hint)
        return inner

    def _anchor(self, new: Fresh) -> tuple[Unit | None, bool]:
        """Return the symbol of the file beside which a new one goes, and whether it goes after it."""
        siblings = new.unit.scope.units
        here = next(number for number, unit in enumerate(siblings) if unit is new.unit)
        for unit in reversed(siblings[:here]):
            if found := self._within(self.matched.get(id(unit)), new.scope):
                return found, True
        for unit in siblings[here + 1 :]:
            if found := self._within(self.matched.get(id(unit)), new.scope):
                return found, False
        return None, True

    def _within(self, unit: Unit | None, scope: Scope) -> Unit | None:
        """Return the member of `scope` that `unit` is or lies in."""
        while unit and unit.scope is not scope:
            unit = unit.scope.owner
        return unit if unit and not unit.conditional and not unit.is_twin else None

    def _needed_by(self, new: Fresh, written: Written) -> Unit | None:
        """Return the first symbol in the file that needs the new one when the file is imported, or as a constant."""
        if new.scope.name:
            return None
        found = []
        for name, node in written:
            top = self.file.units.get(name.partition(".")[0], [])
            used = names_used([node]) if new.unit.kind == "assignment" else names_used(run_at_import(node))
            if top and new.unit.last_name in used:
                found.append(top[0])
        return min(found, key=self._start, default=None)

    def _check_order(self, new: Fresh, at: int, wanted: list[Fresh]) -> None:
        if new.scope.name:
            return
        needed = names_used(part for node in new.nodes for part in run_at_import(node))
        late = [
            unit
            for unit in self.file.module.units
            if unit.last_name in needed and unit.parts[0].start >= at and unit.last_name != new.unit.last_name
        ]
        order = [other.unit.last_name for other in wanted]
        behind = order[order.index(new.unit.last_name) + 1 :]
        if late or needed & set(behind):
            name = late[0].name if late else next(iter(needed & set(behind)))
            raise self._refuse(new, f"{new.name} needs {name}, which would come later", "cannot-place")

    def _place(self, anchor: Unit, *, after: bool) -> int:
        return self.file.after(anchor.parts[-1]) if after else self._start(anchor)

    def _start(self, unit: Unit) -> int:
        return self.file.comment_start(unit.parts[0])

    def _end_of(self, scope: Scope) -> tuple[int, bool]:
        lines = self.file.lines
        body = self.file.body
        if scope.owner is not None:
            node = scope.owner.parts[0].node
            assert isinstance(node, ast.ClassDef)
            return lines.end(node.body[-1].end_lineno or 0), True
        if body and _is_main_guard(body[-1]):
            line = body[-1].lineno
            while line > 1 and lines.line(line - 1).startswith("#"):
                line -= 1
            return lines.start(line), False
        line = len(lines)
        while line > 0 and not lines.line(line).strip():
            line -= 1
        return (lines.end(line), True) if line else (lines.start(1), True)

    def _gap(self, scope: Scope, kind: str, beside: str) -> int:
        """Return how many blank lines stand between two symbols of these kinds, as is the file's habit."""
        if kind == beside == "assignment":
            return 0
        usual: Counter[int] = Counter()
        for unit in scope.units:
            part = unit.parts[0]
            first = self.file.comment_line(part)
            blank = first - 1 - part.floor
            if isinstance(part.node, Definition) and part.floor and not unit.conditional and 0 < blank < 4:
                usual[blank] += 1
        return usual.most_common(1)[0][0] if usual else 1 if scope.name else 2

    def _missing_gap(self, new: Fresh, at: int) -> int:
        """Return how many blank lines must be added below a new symbol that follows its neighbour."""
        lines = self.file.lines
        line = lines.line_at(at) + 1
        blank = 0
        while line <= len(lines) and not lines.line(line).strip():
            blank, line = blank + 1, line + 1
        if line > len(lines):
            return 0
        below = next((unit.kind for unit in new.scope.units if unit.parts[0].first == line), "other")
        return max(0, self._gap(new.scope, new.unit.kind, below) - blank)

    def _refuse(self, new: Fresh, message: str, code: str) -> EditRefused:
        part: Part = new.unit.parts[0]
        shown = numbered(self.answer.text, part.first, min(part.last, part.first + 5))
        return EditRefused(message, code=code, hint="change only what the task asks for", nearest=shown)


def run_at_import(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the parts of a symbol that run when its module is imported, not when it is called."""
    if isinstance(node, Function):
        arguments = node.args
        every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
        yield from node.decorator_list
        yield from arguments.defaults
        yield from (default for default in arguments.kw_defaults if default)
        yield from (argument.annotation for argument in every if argument and argument.annotation)
        if node.returns:
            yield node.returns
    elif isinstance(node, ast.ClassDef):
        yield from [*node.decorator_list, *node.bases, *node.keywords]
        for statement in node.body:
            yield from run_at_import(statement)
    else:
        yield node


def _is_main_guard(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.If) and "__name__" in names_used([statement.test])

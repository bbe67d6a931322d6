"""Splicing: the symbols of an answer put in the place of the file's own, by qualified name, and nothing else touched.

A symbol whose tree is equal stays byte for byte as it is; one that is not in play is left out and named. Members that
an answered class does not repeat are kept. Whatever is not clear is refused.
"""

from __future__ import annotations

import ast
from collections.abc import Collection
from dataclasses import dataclass, field

from workbench.edits.forms.placeholders import refuse_elision, refuse_elision_in_class, refuse_placeholder_comments
from workbench.edits.python.alike import (
    by_role,
    head,
    is_bare,
    is_filler,
    is_method,
    is_stub,
    nested_names,
    same_part,
    same_unit,
    takes_the_same,
)
from workbench.edits.python.imports import insert_imports, wanted
from workbench.edits.python.layout import header_end, unix
from workbench.edits.python.outline import Import, Outline, Part, Scope, Unit, outline, symbol_name
from workbench.edits.python.pieces import chosen_comments, comments_above, comments_in, docstring_indent, piece
from workbench.edits.python.placing import Fresh, Placing, Written
from workbench.edits.python.reading import read_code
from workbench.edits.python.settling import settle
from workbench.edits.python.trees import Function, docstring, docstring_text, flush_left, names_used, same
from workbench.edits.python.verifying import verify
from workbench.edits.source import Replacement, numbered, replace
from workbench.errors import EditRefused
from workbench.model import Value

_MOST_LOOSE = 100
_MOST_TWINS = 20


class Splice(Value):
    """A file's new text.

    Attributes:
        changed: the symbols that changed or are new.
        left_out: what of the answer was left out, by name; `unplaced` included.
        unplaced: statements beside symbols and imports that have no place in the file, each with its line.
    """

    text: str
    changed: tuple[str, ...]
    left_out: tuple[str, ...] = ()
    unplaced: tuple[str, ...] = ()


def splice(source: str, code: str, in_play: Collection[str] | None = None, *, comments_count: bool = False) -> Splice:
    """Return `source` with the symbols of `code` in it.

    Args:
        source: the file, Python that parses.
        code: the model's code, without fences: whole functions, methods (bare or in their class), classes, assignments.
        in_play: qualified names of symbols that may change, a class standing for all its members; None for all.
        comments_count: whether a function whose comments alone differ is another one.

    Raises:
        EditRefused: the answer is not clear or not safe. Its code is `does-not-parse`, `placeholder`, `no-change`,
            `off-target`, `ambiguous` (a name fits twice), `drops-decorators`, `parts-changed` (a property or overload
            with other parts), `kind-changed`, `shared-line`, `cannot-place`, `name-taken`, `import-conflict`; or the
            second look failed: `result-does-not-parse`, `not-as-meant`, `overlap`. `nearest` holds the file's lines
            that were meant, with numbers.
    """
    file = outline(source)
    answer = read_code(code)
    refuse_placeholder_comments(answer.text, source)
    return _Splicer(file, answer, in_play, comments_count).run()


@dataclass
class _Splicer:
    file: Outline
    answer: Outline
    in_play: Collection[str] | None
    comments_count: bool = False
    changes: list[Replacement] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    written: Written = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    classes: list[tuple[str, ast.ClassDef]] = field(default_factory=list)
    fresh: list[Fresh] = field(default_factory=list)
    matched: dict[int, Unit] = field(default_factory=dict)
    met: bool = False

    def run(self) -> Splice:
        self._merge(self.answer.module, self.file.module)
        placing = Placing(self.file, self.answer, self.matched, self.in_play)
        new = placing.choose(self.fresh, self.written, self.plays)
        self.left_out += placing.left_out
        self.changed += [fresh.name for fresh in new]
        if not self.changed:
            raise self._nothing()
        self.changes += placing.insert(new, self.written)
        for fresh in new:
            self.added += nested_names(fresh.unit, fresh.name)
            self.written += [(fresh.name, node) for node in fresh.nodes]
        self._take_imports()
        unplaced = self._loose()
        self.left_out += unplaced
        lines = sum(change.text.count("\n") for change in self.changes)
        if lines > 2 * len(self.file.lines) + 200:
            raise EditRefused(
                "the answer makes the file far larger", code="too-large", hint="change only what is asked"
            )
        text = replace(self.file.text, self.changes)
        verify(self.file, self.changes, self.added, self.written, self.classes)
        changed, left_out = dict.fromkeys(self.changed), dict.fromkeys(self.left_out)
        return Splice(text=text, changed=tuple(changed), left_out=tuple(left_out), unplaced=tuple(unplaced))

    def _take_imports(self) -> None:
        before = min(change.start for change in self.changes)
        heads = [part for _, node in self.classes for part in head(node)]
        used = names_used([*heads, *(node for _, node in self.written)])
        imports, unused = wanted(self.answer, self.file, used)
        self.changes += insert_imports(self.file, imports, before)
        self.left_out += unused

    def plays(self, name: str) -> bool:
        """Return whether a symbol may change: it is in play, or what it lies in is."""
        if self.in_play is None:
            return True
        parts = name.split(".")
        return any(".".join(parts[:length]) in self.in_play for length in range(1, len(parts) + 1))

    def _merge(self, answered: Scope, known: Scope) -> None:
        for twins in answered.by_name.values():
            unit = twins[0] if len(twins) == 1 else self._choose(twins, known)
            target = self._target(unit, known) if unit else None
            if target and unit:
                self.matched[id(unit)] = target
                self._pair(unit, target)
            elif unit:
                self.fresh.append(Fresh(unit, known))

    def _choose(self, twins: list[Unit], known: Scope) -> Unit | None:
        """Return which of several symbols of one name is the answer: the one that is not what the file has already."""
        there = [part.node for unit in known.named(twins[0].last_name) for part in unit.parts]
        said = [
            unit
            for unit in twins[:_MOST_TWINS]
            if not all(any(same(part.node, node) for node in there) for part in unit.parts)
        ]
        if not said and len(twins) <= _MOST_TWINS:
            # As the file has them, twins and all; in play, they were met and not changed.
            self.met = self.met or self.plays(known.qualified(twins[0].last_name))
            return None
        if len(twins) > _MOST_TWINS or not all(same_unit(said[0], unit) for unit in said[1:]):
            first = twins[-1].parts[0]
            raise EditRefused(
                f"the answer has {twins[0].last_name} more than once",
                code="ambiguous",
                hint="answer with each symbol once",
                nearest=numbered(self.answer.text, first.first, first.last),
            )
        return said[-1]

    def _target(self, unit: Unit, known: Scope) -> Unit | None:
        """Return the file's symbol that an answered one is meant to be, or None where it is new."""
        found = known.named(unit.last_name)
        if known.name or unit.conditional:
            return found[0] if found else None
        others = [
            other
            for other in self.file.by_last_name.get(unit.last_name, [])
            if other.kind == unit.kind and other.scope is not known
        ]
        if self.in_play is None:
            # Without a word on what is in play, only what looks like a method is looked for in classes.
            others = [other for other in others if is_method(unit) or takes_the_same(unit, other)]
            if found and (found[0].kind == unit.kind or not others):
                others = []
            elif others:
                # `randrange = _inst.randrange` is not what a whole method named so is meant to be.
                found = []
        else:
            others = [other for other in others if self.plays(other.name) and other.name not in self.answer.units]
            if others and found and not self.plays(found[0].name):
                # A method in play may share its name with a function that only stands in the answer again.
                is_other = is_method(unit) == is_method(others[0]) and not any(same_unit(unit, one) for one in found)
                found, others = ([], others) if is_other else (found, [])
        if len({other.name for other in [*found, *others]}) > 1:
            names = ", ".join(dict.fromkeys(other.name for other in [*found, *others]))
            hint = "answer with the class around the method"
            raise EditRefused(f"{unit.last_name} may be any of {names}", code="ambiguous", hint=hint)
        return next(iter([*found, *others]), None)

    def _pair(self, unit: Unit, target: Unit) -> None:
        plays = self.plays(target.name)
        twins = self.file.units[target.name]
        if self.comments_count and self._is_commented_anew(unit, target):
            self._replace(target, unit.parts[0], target.parts[0])
            return
        equal = (same_unit(unit, twin, same_place=self._same_place(unit, twin)) for twin in twins)
        if (unit.kind != "class" or not self.comments_count) and any(equal):
            self.met = self.met or plays
            return
        if unit.conditional and not target.conditional:
            # Its condition would be lost.
            self.left_out.append(target.name)
            return
        self.met = self.met or plays
        if unit.kind != target.kind:
            if plays:
                raise self._refuse(target, f"{target.name} is a {target.kind}, not a {unit.kind}", "kind-changed")
            self.left_out.append(target.name)
        elif unit.kind == "class":
            self._pair_classes(unit, target, plays=plays)
        elif not plays:
            self.left_out.append(target.name)
        elif target.is_twin:
            raise self.file.ambiguous(target)
        else:
            self._pair_parts(unit, target)

    def _is_commented_anew(self, unit: Unit, target: Unit) -> bool:
        """Return whether two functions differ in nothing but their comments, and do differ there."""
        if unit.kind != "function" or target.is_twin or len(unit.parts) != 1 or not same_unit(unit, target):
            return False
        said, known = (comments_in(file, one.parts[0]) for file, one in ((self.answer, unit), (self.file, target)))
        return said != known

    def _pair_parts(self, unit: Unit, target: Unit) -> None:
        said, known = by_role(unit), by_role(target)
        if len(unit.parts) == len(target.parts) == 1:
            said, known = {"only": unit.parts[0]}, {"only": target.parts[0]}
        overloads = [sum(role.startswith("overload") for role in roles) for roles in (said, known)]
        if not said.keys() <= known.keys() or (overloads[0] and overloads[0] != overloads[1]):
            raise self._refuse(target, f"{target.name} has other parts in the answer than in the file", "parts-changed")
        for role, part in said.items():
            if not same_part(part.node, known[role].node, same_place=self._same_place(part, known[role])):
                self._replace(target, part, known[role])

    def _replace(self, target: Unit, said: Part, known: Part) -> None:
        if known.shared or said.shared:
            raise self._refuse(target, f"{target.name} shares its line with other code", "shared-line")
        if isinstance(said.node, Function) and isinstance(known.node, Function):
            lost = known.node.decorator_list and not said.node.decorator_list
            if lost and not same(said.node.body, known.node.body, flush_left):
                raise self._refuse(target, f"the answer drops the decorators of {target.name}", "drops-decorators")
        if not is_stub(self.file):
            refuse_elision(self.answer.text, said.node, known.node)
        base = self.file.lines.indent(known.first)
        there = comments_above(self.file, known)
        comments = chosen_comments(self.answer, said, there)
        start = self.file.lines.margin(known.first) if comments == there else self.file.comment_start(known)
        above = [] if comments == there else [base + line for line in comments]
        text = "\n".join([*above, piece(self.answer, said, self.file, base, known)])
        self._change(start, known.end, text)
        self.changed.append(target.name)
        self.written.append((target.name, said.node))

    def _change(self, start: int, end: int, text: str) -> None:
        self.changes.append(Replacement(start, end, text.replace("\n", self.file.lines.ending_at(start))))

    def _pair_classes(self, unit: Unit, target: Unit, *, plays: bool) -> None:
        assert unit.members is not None
        assert target.members is not None
        if target.is_twin:
            self._pass_over_twin(unit, target)
            return
        said, known = unit.parts[0], target.parts[0]
        assert isinstance(said.node, ast.ClassDef)
        assert isinstance(known.node, ast.ClassDef)
        refuse_elision_in_class(self.answer.text, said.node, known.node)
        if plays and not target.members.units and unit.members.units and is_bare(known.node):
            self._replace(target, said, known)
            self.added += [name for name in nested_names(unit, target.name) if name != target.name]
            return
        if plays:
            self._class_itself(target, said, known)
        elif head(said.node) and not same(head(said.node), head(known.node)):
            self.left_out.append(target.name)
        self._merge(unit.members, target.members)

    def _pass_over_twin(self, unit: Unit, target: Unit) -> None:
        if any(same_unit(unit, twin) for twin in self.file.units[target.name]):
            return
        if self.plays(target.name) or any(name.startswith(f"{target.name}.") for name in self.in_play or ()):
            raise self.file.ambiguous(target)
        self.left_out.append(target.name)

    def _class_itself(self, target: Unit, said: Part, known: Part) -> None:
        """Take over what is the class's own: its header, its docstring. Statements that are no symbols are refused."""
        new, old = said.node, known.node
        assert isinstance(new, ast.ClassDef)
        assert isinstance(old, ast.ClassDef)
        own = [one for one in new.body if symbol_name(one) is None and not is_filler(one) and one is not docstring(new)]
        loose = [one for one in own if not any(same(one, known) for known in old.body) and not isinstance(one, Import)]
        if loose:
            what = f"the answer adds a statement to {target.name} that is no function, class or assignment"
            raise self._refuse(target, what, "cannot-place")
        changes = len(self.changes)
        if not same(head(new), head(old)):
            self._class_header(target, said, known)
        text = docstring_text(new)
        if text is not None and text != docstring_text(old):
            self._class_docstring(target, new, old)
        if len(self.changes) > changes:
            self.classes.append((target.name, new))

    def _class_header(self, target: Unit, said: Part, known: Part) -> None:
        new, old = said.node, known.node
        assert isinstance(new, ast.ClassDef)
        assert isinstance(old, ast.ClassDef)
        rest_differs = not same(new.body, old.body, flush_left)
        if rest_differs and ((old.bases and not new.bases) or (old.decorator_list and not new.decorator_list)):
            raise self._refuse(target, f"the answer drops bases or decorators of {target.name}", "drops-decorators")
        if known.shared:
            raise self._refuse(target, f"{target.name} shares its line with other code", "shared-line")
        lines = self.answer.lines
        end, _ = header_end(lines, new)
        header = unix(lines.text[lines.margin(said.first) : end])
        base = self.file.lines.indent(known.first)
        moved = settle(header + " pass", base, self.file.unit_of_indent(old)).removesuffix(" pass")
        self._change(self.file.lines.margin(known.first), header_end(self.file.lines, old)[0], moved)
        self.changed.append(target.name)

    def _class_docstring(self, target: Unit, new: ast.ClassDef, old: ast.ClassDef) -> None:
        said, known = docstring(new), docstring(old)
        assert said is not None
        lines = self.file.lines
        colon, on_own_line = header_end(lines, old)
        margin = docstring_indent(self.answer, said)
        if not on_own_line or margin is None:
            raise self._refuse(target, f"{target.name} has its docstring on another's line", "shared-line")
        indent = lines.indent(known.lineno if known else old.body[0].lineno)
        text = unix(self.answer.text[slice(*self.answer.lines.span(said))])
        first, *others = text.split("\n")
        text = "\n".join([first, *(indent + line.removeprefix(margin) if line.strip() else line for line in others)])
        if known:
            self._change(*lines.span(known), text)
        else:
            below = lines.line_at(colon) + 1
            gap = "\n\n" if lines.line(below).strip() else "\n"
            self._change(lines.start(below), lines.start(below), f"{indent}{text}{gap}")
        self.changed.append(target.name)

    def _same_place(self, said: Unit | Part, known: Unit | Part) -> bool:
        one, other = (part.parts[0] if isinstance(part, Unit) else part for part in (said, known))
        return self.answer.lines.indent(one.first) == self.file.lines.indent(other.first)

    def _loose(self) -> list[str]:
        """Return what the answer has at its top level beside symbols and imports, and the file has not."""
        found = []
        for statement in self.answer.module.loose[:_MOST_LOOSE]:
            trivial = isinstance(statement, ast.Pass) or any(same(statement, known) for known in self.file.module.loose)
            if not trivial:
                line = self.answer.lines.line(statement.lineno).strip()
                found.append(f"line {statement.lineno}: {line[:60]}")
        return found

    def _refuse(self, target: Unit, message: str, code: str) -> EditRefused:
        first, last = target.parts[0].first, target.parts[-1].last
        hint = f"answer with {target.name} whole, as it stands in the file, with only what must change changed"
        return EditRefused(message, code=code, hint=hint, nearest=numbered(self.file.text, first, last))

    def _nothing(self) -> EditRefused:
        if self.met:
            return EditRefused("the answer changes nothing", code="no-change", hint="change what the task asks for")
        names = [unit.name for unit in self.answer.every_unit()]
        wished = sorted(self.in_play or ())
        shown = [self.file.units[name][0].parts[0] for name in wished if name in self.file.units]
        return EditRefused(
            f"the answer has none of the symbols in play, only {', '.join(names[:8]) or 'other code'}",
            code="off-target",
            hint=f"answer with {', '.join(wished[:8]) or 'a symbol of the file'}",
            nearest=numbered(self.file.text, shown[0].first, shown[0].last) if shown else "",
        )

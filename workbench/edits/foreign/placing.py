"""Where new symbols go: beside their neighbours in the answer, before what needs them, in the right part of a class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.edits.foreign.layout import moved, unit_of, usual_unit
from workbench.edits.foreign.nodes import text, words
from workbench.edits.foreign.outline import Outline, Scope, Symbol, is_open
from workbench.edits.source import Replacement, numbered
from workbench.errors import EditRefused

if TYPE_CHECKING:
    from tree_sitter import Node

MOST_NEW = 100
"""Most new symbols that one answer may bring."""

_ORDERED = frozenset({"c", "cpp", "shell"})
_EXPORTS = ("module.exports", "exports.", "default")


@dataclass
class Fresh:
    """A symbol of the answer that the file does not have, with its name there and the scopes it may go to."""

    said: Symbol
    name: str
    scopes: list[Scope]


@dataclass
class Placing:
    """New symbols chosen and put in place.

    Args:
        answer: the answer's outline.
        file: the file's.
        matched: the file's symbols for each of the answer's, by `id`.
        in_play: names that may change or be added.
        bare: whether the answer's symbols are members without their class.
    """

    answer: Outline
    file: Outline
    matched: dict[int, list[Symbol]]
    in_play: Collection[str]
    bare: bool

    def choose(
        self, fresh: list[Fresh], written: list[Symbol], plays: Callable[[str], bool]
    ) -> tuple[list[Fresh], list[str]]:
        """Return which new symbols are wanted, those in play and those that what is written needs, and those left out.

        Raises:
            EditRefused: one that is wanted cannot be placed.
        """
        for new in fresh:
            self._find_home(new)
        wanted: list[Fresh] = []
        waiting = list(fresh)
        needs = set().union(*(words(self.answer.source, said.node) for said in written))
        while True:
            now = [new for new in waiting if plays(new.name) or self._speaks_of(needs, new)]
            if not now:
                break
            wanted += now
            waiting = [new for new in waiting if new not in now]
            needs = needs.union(*(words(self.answer.source, new.said.node) for new in now))
        if len(wanted) > MOST_NEW:
            raise EditRefused("the answer adds far too much", code="too-large", hint="add only what is asked for")
        for new in wanted:
            self._check(new)
        return [new for new in fresh if new in wanted], [new.name for new in waiting]

    def _speaks_of(self, needs: set[str], new: Fresh) -> bool:
        names = {part.strip().rpartition(".")[2] for part in new.said.last_name.split(",")}
        return new.said.role != "impl" and not needs.isdisjoint(names)

    def _find_home(self, new: Fresh) -> None:
        """Find the class of a bare method: the one that in-play names, or where its neighbours of the answer are."""
        if new.scopes[0].owner is not None or new.said.outside:
            return
        last = new.said.last_name
        owners = [name.rpartition(".")[0] for name in self.in_play if name.rpartition(".")[2] == last]
        homes = [scope for owner in owners if owner for scope in self._scopes_of(owner)]
        free = self.file.language == "rust" and "self" not in new.said.parameters
        if not homes and new.said.kind == "function" and not free:
            beside = [known for said in new.said.scope.symbols for known in self.matched.get(id(said), [])]
            alike = [known for known in beside if known.core.type == new.said.core.type]
            if alike and all(known.scope.owner is not None for known in beside) and not any(k.outside for k in alike):
                homes = [known.scope for known in alike]
        if homes and len({scope.prefix for scope in homes}) == 1:
            new.scopes = list({id(scope): scope for scope in homes}.values())
            new.name = f"{homes[0].prefix}{last}"

    def _scopes_of(self, owner: str) -> list[Scope]:
        prefix = f"{owner}."
        return [
            symbol.members
            for symbol in self.file.every()
            if symbol.members is not None and (symbol.members.prefix == prefix)
        ]

    def _check(self, new: Fresh) -> None:
        said = new.said
        if said.conditional:
            raise self._refuse(new, f"{said.name} is new and stands below a condition")
        if self.bare and new.scopes[0].owner is None:
            raise self._refuse(new, f"{said.last_name} is new and is a method without its class")

    def _refuse(self, new: Fresh, message: str) -> EditRefused:
        line = self.answer.line(new.said.start)
        shown = numbered(self.answer.source.decode("utf-8", "replace"), line, line + 4)
        return EditRefused(message, code="cannot-place", hint="answer with what stands around it", nearest=shown)

    def insert(self, new: Fresh, written: list[tuple[Symbol, Symbol]]) -> list[Replacement]:
        """Return the changes, in offsets of bytes, that put a new symbol in place.

        Raises:
            EditRefused: there is no place for it (code `cannot-place`), or only one on a line with other code.
        """
        anchor, after = self._anchor(new)
        user = self._user(new, written)
        if user is not None and (anchor is None or (after and anchor.start >= user.start)):
            anchor, after = user, False
        if anchor is None:
            anchor, after = self._last(new), True
        if anchor is None:
            return [self._into_empty(new)]
        new.name = f"{anchor.scope.prefix}{new.said.name.removeprefix(new.said.scope.prefix)}"
        listed = anchor.scope.node.type == "object"
        base = self.file.indent(anchor.start)
        piece = self._piece(new, base, with_separator=not listed)
        ending = _ending(self.file)
        gap = ending * (1 + self._gap(anchor, new.said))
        if not after:
            at = anchor.lead
            if not self.file.begins_line(at):
                raise self._shared(anchor)
            return [Replacement(at, at, f"{piece}{',' if listed else ''}{gap}{base}")]
        line_end = self.file.line_end(anchor.tail)
        rest = self.file.source[anchor.tail : line_end].strip()
        if rest and not rest.startswith((b"//", b"/*", b"#")):
            raise self._shared(anchor)
        changes = []
        if listed:
            if anchor.tail == anchor.end:
                changes.append(Replacement(anchor.end, anchor.end, ","))
            else:
                piece += ","
        return [*changes, Replacement(line_end, line_end, f"{gap}{base}{piece}")]

    def _piece(self, new: Fresh, base: str, *, with_separator: bool) -> str:
        said = new.said
        end = said.tail if with_separator else said.end
        return moved(self.answer, said.lead, end, base, usual_unit(self.file), said=said).replace(
            "\n", _ending(self.file)
        )

    def _anchor(self, new: Fresh) -> tuple[Symbol | None, bool]:
        """Return the symbol of the file beside which a new one goes, and whether it goes after it."""
        siblings = new.said.scope.symbols
        here = next(number for number, symbol in enumerate(siblings) if symbol is new.said)
        section = _section(self.answer, new.said)
        for step, after in ((-1, True), (1, False)):
            at = here + step
            while 0 <= at < len(siblings):
                for known in reversed(self.matched.get(id(siblings[at]), [])):
                    found = known if any(known.scope is scope for scope in new.scopes) else None
                    if found is None and new.scopes[0].owner is None:
                        found = self._top(known)
                    if found and not found.conditional and _section(self.answer, siblings[at]) == section:
                        return found, after
                at += step
        return None, True

    def _user(self, new: Fresh, written: list[tuple[Symbol, Symbol]]) -> Symbol | None:
        """Return the first changed symbol that a new one must stand before, where order matters to the language."""
        if not is_open(new.scopes[0]):
            return None
        if self.file.language not in _ORDERED and new.said.kind != "assignment":
            return None
        users = [
            self._top(known) for said, known in written if new.said.last_name in words(self.answer.source, said.node)
        ]
        return min(users, key=lambda symbol: symbol.start, default=None)

    def _top(self, symbol: Symbol) -> Symbol:
        while not is_open(symbol.scope):
            assert symbol.scope.owner is not None
            symbol = symbol.scope.owner
        return symbol

    def _last(self, new: Fresh) -> Symbol | None:
        """Return the last symbol of a scope after which a new one may go; of Go's methods, the last of their type."""
        scope = new.scopes[-1]
        if scope.owner is None:
            only = [symbol for symbol in scope.symbols if symbol.role != "macro"]
            while len(only) == 1 and only[0].role == "namespace" and only[0].members is not None:
                scope = only[0].members
                only = scope.symbols
        found = [symbol for symbol in scope.symbols if not symbol.conditional]
        owner = new.name.rpartition(".")[0]
        if new.said.outside:
            kin = [
                symbol for symbol in self.file.every() if symbol.name == owner or symbol.name.startswith(f"{owner}.")
            ]
            return max(
                (one for one in kin if one.outside or one.name == owner), key=lambda one: one.start, default=None
            ) or (found[-1] if found else None)
        if scope.owner is None:
            found = [one for one in found if not one.name.startswith(_EXPORTS)] or found
            if new.said.kind == "function" and self.file.language == "shell":
                found = [one for one in found if one.kind == "function"] or found
        elif found or scope.node.type in {"field_declaration_list", "body_statement"}:
            section = _section(self.answer, new.said)
            there = [one for one in found if _section(self.file, one) == section]
            if not there and (found or section):
                raise self._refuse(new, f"there is no {section or 'public'} part for {new.said.name}")
            found = there
        return found[-1] if found else None

    def _into_empty(self, new: Fresh) -> Replacement:
        scope = new.scopes[-1]
        ending = _ending(self.file)
        if scope.owner is None:
            body = self.file.source.rstrip()
            piece = self._piece(new, "", with_separator=True)
            return Replacement(len(body), len(body), f"{ending * 2 if body else ''}{piece}")
        if self.file.source[scope.start : scope.end].strip() or self.file.language == "ruby":
            raise self._refuse(new, f"there is no clear place in {scope.owner.name} for {new.said.name}")
        outer = self.file.indent(scope.owner.start)
        unit = usual_unit(self.file) or unit_of(self.answer, self.answer.root) or "    "
        piece = self._piece(new, outer + unit, with_separator=True)
        return Replacement(scope.start, scope.end, f"{ending}{outer}{unit}{piece}{ending}{outer}")

    def _gap(self, anchor: Symbol, said: Symbol) -> int:
        """Return how many blank lines stand between two neighbours, as is the file's habit."""
        if anchor.kind == said.kind == "assignment":
            return 0
        usual: Counter[int] = Counter()
        for scope in (anchor.scope, self.file.module):
            for one, other in zip(scope.symbols, scope.symbols[1:], strict=False):
                if other.kind != "assignment" and one.kind != "assignment":
                    between = self.file.source[one.tail : other.lead]
                    if not between.strip():
                        usual[max(0, between.count(b"\n") - 1)] += 1
            if usual:
                break
        declared = {"prototype", "signature"}
        return min(2, usual.most_common(1)[0][0]) if usual else int(not {anchor.role, said.role} <= declared)

    def _shared(self, anchor: Symbol) -> EditRefused:
        line = self.file.line(anchor.start)
        shown = numbered(self.file.source.decode("utf-8", "replace"), line, line + 1)
        hint = "change it by hand"
        return EditRefused(
            f"{anchor.name} shares its line with other code", code="shared-line", hint=hint, nearest=shown
        )


def _section(made: Outline, symbol: Symbol) -> str:
    """Return which part of a class a member stands in: what `private:` of C++ or `private` of Ruby opened."""
    if made.language not in {"cpp", "ruby"} or symbol.scope.owner is None:
        return ""
    node: Node | None = symbol.node
    while node is not None and node.parent is not None and node.parent.id != symbol.scope.node.id:
        node = node.parent
    while node is not None:
        if node.type == "access_specifier":
            return text(made.source, node)
        if made.language == "ruby" and node.type == "identifier":
            said = text(made.source, node)
            if said in {"private", "protected", "public"}:
                return said if said != "public" else ""
        node = node.prev_sibling
    if made.language == "ruby" or symbol.scope.node.type != "field_declaration_list":
        return ""
    return "private" if symbol.scope.owner.core.type == "class_specifier" else "public"


def _ending(file: Outline) -> str:
    return "\r\n" if file.source.count(b"\r\n") * 2 > file.source.count(b"\n") else "\n"

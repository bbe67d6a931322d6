"""Which symbol of the file an answered one is meant to be: by qualified name, by its end, by its parameters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from workbench.edits.foreign.alike import same
from workbench.edits.foreign.outline import Outline, Symbol, is_open
from workbench.edits.source import numbered
from workbench.errors import EditRefused

_MOST_TWINS = 60
_OTHER_FORM = {"prototype": "function", "function": "prototype"}
_OVERLOADS = frozenset({"java", "cpp"})
_ONE_NAMESPACE: dict[str, frozenset[str]] = {
    "javascript": frozenset({"function", "value", "type"}),
    "typescript": frozenset({"function", "value", "type"}),
    "tsx": frozenset({"function", "value", "type"}),
    "go": frozenset({"function", "value", "type"}),
    "rust": frozenset({"function", "value"}),
    "c": frozenset({"function", "value"}),
    "cpp": frozenset({"function", "value"}),
}


@dataclass
class Targets:
    """Finds the file's symbol for an answered one.

    Args:
        answer: the answer's outline.
        file: the file's.
        plays: whether a symbol of that name may change.
        restricts: whether only some symbols may.
    """

    answer: Outline
    file: Outline
    plays: Callable[[str], bool]
    restricts: bool

    def find(self, said: list[Symbol], name: str) -> list[tuple[Symbol, list[Symbol]]]:
        """Return for each answered symbol of one name and role those of the file that it is; none where it is new.

        More than one only for containers, which may be opened several times.

        Raises:
            EditRefused: it is not clear (code `ambiguous`).
        """
        there = self._candidates(said[0], name)
        if there and all(symbol.members is not None for symbol in there) and said[0].members is not None:
            return [(symbol, there) for symbol in said]
        if len(said) == 1 and len(there) <= 1:
            return [(said[0], there)]
        return self._pairs(said, there)

    def _candidates(self, said: Symbol, name: str) -> list[Symbol]:
        exact = self.file.by_key.get((name, said.role), [])
        roles = {said.role}
        if self.file.language == "ruby" and said.role == "function" and not exact:
            # A method of `class << self` is written like any other.
            roles.add("static function")
        if exact and (not self.restricts or any(self.plays(symbol.name) for symbol in exact)):
            return exact
        others = [
            symbol
            for symbol in self.file.by_last_name.get(said.last_name, [])
            if symbol.role in roles
            and f".{symbol.name}".endswith(f".{name}")
            and symbol not in exact
            and (symbol.role == said.role or symbol.core.type == said.core.type)
        ]
        if self.restricts:
            others = [symbol for symbol in others if self.plays(symbol.name)] or ([] if exact else others)
        elif not exact:
            others = [symbol for symbol in others if symbol.core.type == said.core.type]
        if exact and (not others or any(same(self.answer, said, self.file, symbol) for symbol in exact)):
            return exact
        others = others or self._declared(said, name)
        names = dict.fromkeys(symbol.name for symbol in others)
        if len(names) > 1:
            raise EditRefused(
                f"{said.last_name} may be any of {', '.join(names)}",
                code="ambiguous",
                hint="answer with what stands around it",
                nearest=self.places(others),
            )
        return others

    def _declared(self, said: Symbol, name: str) -> list[Symbol]:
        """Return the declarations in a class or trait whose place a body takes, or the bodies that become one."""
        other = _OTHER_FORM.get(said.role)
        found = [one for one in self.file.by_key.get((name, other or ""), []) if not is_open(one.scope)]
        if not found and self.restricts and other is not None:
            found = [
                one
                for one in self.file.by_last_name.get(said.last_name, [])
                if one.role == other and one.name.endswith(f".{name}") and self.plays(one.name)
            ]
        return [one for one in found if not is_open(one.scope)]

    def _pairs(self, said: list[Symbol], there: list[Symbol]) -> list[tuple[Symbol, list[Symbol]]]:
        """Tell twins apart: what is equal first, then parameters and attributes, then what is left on either side."""
        if len(said) > _MOST_TWINS:
            raise self._ambiguous(said[0], there[:5], "ambiguous")
        found: list[tuple[Symbol, list[Symbol]]] = []
        open_said, open_there = list(said), list(there)
        for fits in (self._same, self._same_parameters_and_marks, self._same_parameters):
            for symbol in list(open_said):
                fitting = [known for known in open_there if fits(symbol, known)]
                repeated = [known for known in there if known not in open_there and fits(symbol, known)]
                if fits == self._same and (fitting or repeated):
                    # What the file has already, however often, is no change.
                    found.append((symbol, [(fitting or repeated)[0]]))
                    open_said.remove(symbol)
                    if fitting:
                        open_there.remove(fitting[0])
                elif len(fitting) == 1 and sum(fits(other, fitting[0]) for other in open_said) == 1:
                    found.append((symbol, fitting))
                    open_said.remove(symbol)
                    open_there.remove(fitting[0])
        if said[0].role.endswith("signature") and len(said) != len(there) and there and open_said:
            raise self._ambiguous(said[0], there, "parts-changed")
        if open_said and there and (len(said) == len(there) or len(there) == 1):
            in_order = said[0].role.endswith("signature")
            if len(open_said) == len(open_there) and (in_order or len(open_said) == 1):
                return found + [(one, [other]) for one, other in zip(open_said, open_there, strict=True)]
        if not open_said:
            return found
        overloaded = self.answer.language in _OVERLOADS and said[0].kind == "function"
        if overloaded and not open_there and len({symbol.parameters for symbol in open_said}) == len(open_said):
            return found + [(symbol, []) for symbol in open_said]
        if not there and len(open_said) > 1 and said[0].role.endswith("signature"):
            return found + [(symbol, []) for symbol in open_said]
        raise self._ambiguous(said[0], there, "ambiguous")

    def _same(self, said: Symbol, known: Symbol) -> bool:
        return same(self.answer, said, self.file, known)

    def _same_parameters_and_marks(self, said: Symbol, known: Symbol) -> bool:
        return (said.parameters, said.marks) == (known.parameters, known.marks)

    def _same_parameters(self, said: Symbol, known: Symbol) -> bool:
        return said.parameters == known.parameters

    def _ambiguous(self, said: Symbol, there: list[Symbol], code: str) -> EditRefused:
        what = "more than once" if there else "more than once in the answer"
        return EditRefused(
            f"{said.name} is there {what}, so it is not clear which is meant",
            code=code,
            hint="answer with it once, its parameters as they are in the file"
            if code == "ambiguous"
            else "change it by hand",
            nearest=self.places(there),
        )

    def other_role(self, said: Symbol, name: str) -> Symbol | None:
        """Return what the file has under a name that cannot be bound twice, as something else than the answer has."""
        shared = _ONE_NAMESPACE.get(self.file.language, frozenset())
        if said.role not in shared:
            return None
        there = self.file.by_name.get(name, [])
        return next((symbol for symbol in there if symbol.role in shared and symbol.role != said.role), None)

    def places(self, symbols: list[Symbol]) -> str:
        """Return the first lines of some symbols of the file, numbered."""
        shown = self.file.source.decode("utf-8", "replace")
        lines = [self.file.line(symbol.start) for symbol in symbols[:5]]
        return "\n".join(numbered(shown, line, line + 1) for line in lines)

"""A file to be aimed at, as its symbols, and what of it a task is about."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.edits.foreign.symbols import symbols_of
from workbench.edits.symbols import Symbol
from workbench.errors import EditRefused
from workbench.model import Source


@dataclass(frozen=True)
class Aim:
    """A file to be changed.

    Attributes:
        names: the symbols in play; empty where the file is written whole.
        new: the symbol to be added, if that is what the task wants.
        owner: the class that `new` goes into, if any.
        wider: the symbols in play once it is begun afresh, where `names` may be too few.
    """

    source: Source
    names: tuple[str, ...] = ()
    new: str | None = None
    owner: str | None = None
    wider: tuple[str, ...] = ()

    @property
    def added(self) -> str | None:
        """The qualified name of the symbol to be added, if any."""
        return f"{self.owner}.{self.new}" if self.owner else self.new

    @property
    def is_whole(self) -> bool:
        """Whether the file is shown and answered whole."""
        return not self.names and self.new is None


@dataclass(frozen=True)
class Outline:
    """A file with its symbols, in its order; none where it does not parse."""

    source: Source
    text: str
    symbols: tuple[Symbol, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The qualified names of its symbols, each once."""
        return tuple(dict.fromkeys(symbol.name for symbol in self.symbols))

    def size(self, name: str) -> int:
        """Return how many lines a name has."""
        return sum(symbol.last - symbol.first + 1 for symbol in self.symbols if symbol.name == name)


def outline_of(source: Source) -> Outline:
    """Return the outline of a file."""
    text = source.content.decode("utf-8").removeprefix("\ufeff")
    try:
        found = symbols_of(source.path, text)
    except EditRefused:
        # A file that does not parse can still be mended, whole.
        found = ()
    return Outline(source, text, found)


def lines_of(outlines: list[Outline]) -> int:
    """Return how many lines files have together."""
    return sum(outline.text.count("\n") + 1 for outline in outlines)


def outermost(outline: Outline) -> tuple[str, ...]:
    """Return the symbols that do not lie in another: methods of Go and names of C++ have dots and no class around."""
    known = set(outline.names)
    return tuple(name for name in outline.names if known.isdisjoint(owners(name)))


def owners(name: str) -> list[str]:
    """Return the names of what a symbol lies in, by its own, from the outermost on."""
    parts = name.split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts))]

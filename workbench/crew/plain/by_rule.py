"""What is changed without a model in what a task is about: in the functions it aims at, and in those around them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from workbench.crew.aiming.naming import are_spelt
from workbench.crew.aiming.outlines import Aim, outline_of, owners
from workbench.crew.plain.elsewhere.finding import changes_elsewhere, likely_elsewhere, surest_elsewhere
from workbench.crew.plain.finding import likely_changes, plain_changes, surest_change
from workbench.crew.slips.righted import Righted
from workbench.edits.source import PYTHON_SUFFIXES
from workbench.model import Source

LOOKED_THROUGH = 400
"""Lines of a file of which each function is looked at, where a task names none."""

_Making = Callable[[str, Source, str], tuple[Righted, ...]]


def plain(task: str, aimed: Aim, *, by_example: bool) -> tuple[Righted, ...]:
    """Return changes of one place in the symbols that are there, then in others that a later try may change.

    Args:
        task: what is asked.
        aimed: the file and the symbols in play.
        by_example: whether the task's examples are to judge them; of Python alone, and of what is aimed at.
    """
    if by_example:
        is_python = aimed.source.path.endswith(PYTHON_SUFFIXES)
        made = (plain_changes(task, aimed.source, name, by_example=True) for name in aimed.names if is_python)
        return tuple(one for some in made for one in some)
    return _made(task, aimed, plain_changes, changes_elsewhere)


def likely(task: str, aimed: Aim) -> tuple[Righted, ...]:
    """Return those of these whose words are of little else."""
    return _made(task, aimed, likely_changes, likely_elsewhere)


def surest(task: str, aimed: Aim) -> Righted | None:
    """Return the change of one place that a task leaves no doubt of, if it is one of one symbol alone.

    Where plain words were taken for names, or none was found, it may be of another function of the file.
    """
    found = _surest_of(task, aimed.source, _functions_of(aimed, aimed.names))
    if not found and not are_spelt(task, aimed.names) and _is_looked_through(aimed):
        found = _surest_of(task, aimed.source, _functions_of(aimed))
    return found[0] if len(found) == 1 else None


def _made(task: str, aimed: Aim, in_python: _Making, elsewhere: _Making) -> tuple[Righted, ...]:
    make = in_python if aimed.source.path.endswith(PYTHON_SUFFIXES) else elsewhere
    others = _functions_of(aimed, aimed.wider) if _is_looked_through(aimed) else []
    return tuple(one for name in dict.fromkeys((*aimed.names, *others)) for one in make(task, aimed.source, name))


def _is_looked_through(aimed: Aim) -> bool:
    return aimed.source.content.count(b"\n") < LOOKED_THROUGH


def _functions_of(aimed: Aim, names: Sequence[str] | None = None) -> list[str]:
    """Return the functions of a file that have some names, or lie in what has them; all of them without names."""
    functions = [one.name for one in outline_of(aimed.source).symbols if one.kind == "function"]
    return [one for one in functions if names is None or not {*names}.isdisjoint([one, *owners(one)])]


def _surest_of(task: str, source: Source, names: Sequence[str]) -> list[Righted]:
    sure = surest_change if source.path.endswith(PYTHON_SUFFIXES) else surest_elsewhere
    made = (sure(task, source, name) for name in names)
    return [one for one in made if one is not None]

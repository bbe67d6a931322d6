"""A length that counts as at least so much of a unit: `at least one full hour` of `minutes`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.crew.plain.measuring.held import held_where_used, is_blocked
from workbench.crew.plain.named import is_named
from workbench.crew.plain.places import Finder, Sure, said_as
from workbench.crew.slips.righted import Changed, Righted

_AS_LEAST = re.compile(
    r"\b(?:at least|never (?:less|fewer) than|no less than|a minimum of) (?P<number>an?|one|\d+)(?: (?:full|whole"
    r"|single|complete))?"
    r" (?P<unit>hour|minute|second|day|night|week|month|kilo|metre|meter|person|piece|mile|km|kg)s?\b",
    re.IGNORECASE,
)
_CHARGES = re.compile(
    r"\b(?:charg\w*|cost\w*|bill\w*|pay\w*|count\w*|pric\w*|treat\w*|rent\w*|fee\w*|book\w*)\b", re.IGNORECASE
)
_TIMES = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}


def at_least_one(changed: Changed) -> Iterator[Righted]:
    """Yield a parameter of a length counted as at least so much of a unit: "at least one full hour" of `minutes`."""
    found = _AS_LEAST.search(changed.task)
    if found is None or not _CHARGES.search(changed.task) or is_blocked(changed):
        return
    least = int(found["number"]) if found["number"].isdigit() else 1
    unit = found["unit"].lower()
    for name in changed.names:
        own = re.match(r"(?:\w+_)?(?P<unit>[a-z]+?)s?$", name)
        kind = own["unit"] if own else ""
        if kind == unit:
            yield from held_where_used(changed, name, "max", str(least))
        elif kind in _TIMES and unit in _TIMES and _TIMES[unit] % _TIMES[kind] == 0 and _TIMES[unit] > _TIMES[kind]:
            yield from held_where_used(changed, name, "max", str(least * _TIMES[unit] // _TIMES[kind]))


def charged_at_least(changed: Changed) -> Iterator[Righted]:
    """Yield what `at_least_one` does, where the task speaks of the function."""
    if is_named(changed):
        yield from at_least_one(changed)


FINDERS: tuple[Finder, ...] = (at_least_one,)
SURE: tuple[Sure, ...] = (
    (
        charged_at_least,
        said_as(
            r"^(?!.*\b(?:also|only|if|when|where|for|with|but|until|on|and|not"
            r"|any ?more|more|per|before|shorter"
            r"|each|every|today|started|pays"
            r"|an? (?:customer|person|guest|head|visit)|of work)\b).*\b(?:charge|bill|cost|pay)s?\b"
        ),
        1,
    ),
)

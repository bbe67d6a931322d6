"""What has no value by which it is sorted put at the end: `key=lambda one: (one.year is None, one.year)`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.plain.known_fields import annotated, looks_known, meant
from workbench.crew.plain.ordering.keys import calls_that_sort
from workbench.crew.plain.places import Finder, Sure, made, parts, said_as, spot, written
from workbench.crew.slips.righted import Changed, Righted

_WITHOUT = re.compile(
    r"\b(?:without|(?:have|has|had|with|there is) no"
    r"|(?:whose|the) (?=\w+ (?:is|are) (?:None|missing|unknown|not known|empty)))"
    r" ?(?:an? |any |the |known )?"
    r"(?P<what>[a-z]+(?: (?!should|must|shall|come|go|at|in|to|last|first|be|is|are)[a-z]+)?)\b",
    re.IGNORECASE,
)
_END = re.compile(
    r"\b(?:at|to|towards) the (?:very )?(?:end|bottom|back)\b"
    r"|\b(?:come|go|be|stand|put|sort\w*|list\w*|them|those)\w* last\b|\blast of all\b",
    re.IGNORECASE,
)
_BEGIN = re.compile(
    r"\b(?:at|to) the (?:very )?(?:beginning|top|start|front)\b"
    r"|\b(?:come|go|be|stand|put|them|those)\w* first\b",
    re.IGNORECASE,
)
_NOT_SO = re.compile(r"\b(?:not|never|no longer|instead of|leave out|left out|skip\w*|omit\w*)\b|n't\b", re.IGNORECASE)


def missing_at_the_end(changed: Changed) -> Iterator[Righted]:
    """Yield what is sorted by a field with those without it last, or first where the task says that.

    Nothing where the field is never None, as far as its class says.
    """
    found = _WITHOUT.search(changed.task)
    ends, begins = (one.search(changed.task) is not None for one in (_END, _BEGIN))
    if found is None or ends == begins:
        return
    for call, function, values in calls_that_sort(changed, list(parts(changed))):
        turned = [ast.unparse(one.value) for one in call.keywords if one.arg == "reverse"]
        if function not in {"sorted", "sort"} or turned not in ([], ["True"]):
            continue
        for keyword in call.keywords:
            match keyword:
                case ast.keyword(
                    arg="key",
                    value=ast.Lambda(
                        args=ast.arguments(args=[one]), body=ast.Attribute(value=ast.Name(id=name)) as by
                    ) as key,
                ) if one.arg == name:
                    looks = looks_known(changed, name, values)
                    kind = looks.get(f".{by.attr}", "")
                    is_it = meant(found["what"], looks) == f".{by.attr}"
                    may_be_none = not kind or "None" in kind or "Optional" in kind
                    if is_it and may_be_none and (span := spot(changed, key)):
                        question = "is not None" if ends == bool(turned) else "is None"
                        value = written(changed, by)
                        yield from made(
                            changed,
                            f"`{value} {question}` goes first",
                            (*span, f"lambda {name}: ({value} {question}, {value})"),
                        )


def surely_at_the_end(changed: Changed) -> Iterator[Righted]:
    """Yield the same where the class is written out and the field may be None, and nothing of leaving out is said."""
    every = [values for _, _, values in calls_that_sort(changed, list(parts(changed)))]
    if len(every) == 1 and annotated(changed, every[0]) and not _NOT_SO.search(changed.task):
        yield from missing_at_the_end(changed)


FINDERS: tuple[Finder, ...] = (missing_at_the_end,)
SURE: tuple[Sure, ...] = (
    (
        surely_at_the_end,
        said_as(
            r"^(?!.*\b(?:unless|except|only|also|too|same|alphabet\w*|then"
            r"|sorted by|order(?:ed)? (?:by|of)|instead|rais\w* an|add\w*|but)\b)"
            r".*\b(?:should|must|shall|put|want|let)\b"
        ),
        1,
    ),
)

"""What a task to rename asks for, read from its words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from workbench.crew.words import read_json
from workbench.errors import AnswerRejected

_NAME = r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*"
_QUOTED = rf"[`'\"]?({_NAME})(?:\(\))?[`'\"]?"
_KIND = (
    r"(?:(?:the\s+)?(?:functions?|methods?|class|variable|constant|parameter|argument|attribute|module-level|local|name)"
    r"\s+)*"
)
_FORMS = (
    re.compile(
        rf"\b[Rr]ename\s+{_KIND}{_QUOTED}(?:\s+(?:in|of|from)\s+[`'\"]?(?P<where>[\w./-]+)[`'\"]?)?"
        rf"(?:\s*,)?\s+(?:to|into|as)\s+{_KIND}{_QUOTED}"
    ),
    re.compile(rf"{_QUOTED}\s*(?:->|→|=>|⇒)\s*{_QUOTED}"),
    re.compile(rf"\b[Cc]hange\s+the\s+name\s+of\s+{_KIND}{_QUOTED}\s+to\s+{_QUOTED}"),
    re.compile(rf"\b[Cc]all\s+{_KIND}{_QUOTED}\s+{_QUOTED}\s+instead"),
)
_BETTER = (
    re.compile(rf"\b(?:better|clearer|good|shorter|more\s+\w+|new|speaking)\s+name\s+(?:for|to)\s+{_KIND}{_QUOTED}"),
    re.compile(rf"\b[Rr]ename\s+{_KIND}{_QUOTED}(?![^.\n]*\s(?:to|into|as)\s)"),
    re.compile(rf"\b[Rr]ename\s+{_KIND}{_QUOTED}(?=[^.\n]*\s(?:to|into)\s+(?:some|a |an ))"),
)


@dataclass(frozen=True)
class Renaming:
    """What is to be renamed; `new` is empty where a better name is asked for. `where` narrows the place, if said."""

    old: str
    new: str = ""
    where: str = ""


def renaming(task: str) -> Renaming | None:
    """Return what a task wants renamed, or None where it does not say."""
    for form in _FORMS:
        if found := form.search(task):
            old, new = (group for name, group in _groups(form, found) if name != "where")
            if new in {"something", "a", "an", "one"}:
                continue
            return Renaming(old, new.rpartition(".")[2], found.groupdict().get("where") or _where(task, old))
    for form in _BETTER:
        if found := form.search(task):
            return Renaming(found[1], "", _where(task, found[1]))
    return None


def _groups(form: re.Pattern[str], found: re.Match[str]) -> list[tuple[str, str]]:
    names = {number: name for name, number in form.groupindex.items()}
    return [(names.get(number, ""), group or "") for number, group in enumerate(found.groups(), 1)]


def _where(task: str, old: str) -> str:
    """Return the file, or the function or class, that a task says the name is in."""
    found = re.search(
        rf"\b(?:in|of)\s+(?:the\s+)?(?:functions?\s+|class\s+|file\s+)?[`'\"]?({_NAME}(?:/[\w./-]+)?)", task
    )
    if found is None or found[1] in {old, "the", "a", "all", "every", "this"}:
        return ""
    return found[1]


NAME_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {"name": {"type": "string", "maxLength": 40}},
    "required": ["name"],
    "additionalProperties": False,
}
"""What an answer with a name looks like."""


def answered_name(answer: str, old: str) -> str:
    """Return the name of an answer, written as the old one is: snake_case, CamelCase or CAPITALS.

    Raises:
        AnswerRejected: it has none (code `not-json`).
    """
    said = read_json(answer).get("name")
    words = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+", said) if isinstance(said, str) else []
    if not words:
        raise AnswerRejected("the answer has no name", code="not-json", hint="try again, or a larger model")
    hidden = "_" if old.startswith("_") else ""
    if old.lstrip("_").isupper():
        return hidden + "_".join(words).upper()
    if old.lstrip("_")[:1].isupper():
        return hidden + "".join(word[:1].upper() + word[1:] for word in words)
    return hidden + "_".join(words).lower()

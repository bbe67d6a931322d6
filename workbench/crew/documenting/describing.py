"""What a model is asked of a symbol, whatever its language: a summary, its arguments and its result, in few words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from workbench.crew.documenting.docstring_form import PHRASE_ROOM, SUMMARY_ROOM, Described, within
from workbench.crew.documenting.signatures import Facts
from workbench.crew.words import check_words
from workbench.errors import AnswerRejected

_SECTIONS = re.compile(r"\b(args?|arguments?|parameters?|params?|returns?|sections?|google|numpy)\b", re.IGNORECASE)


def asks_for_sections(task: str) -> bool:
    """Return whether a task speaks of arguments and results as what documentation should list."""
    return bool(_SECTIONS.search(task))


def description_schema(known: Facts, *, sections: bool) -> dict[str, Any]:
    """Return the form of the answer: only real arguments can be described, and in few words."""
    phrase = {"type": "string", "maxLength": PHRASE_ROOM}
    properties: dict[str, Any] = {"summary": {"type": "string", "maxLength": SUMMARY_ROOM}}
    if sections and known.arguments:
        properties["args"] = {
            "type": "object",
            "properties": dict.fromkeys(known.arguments, phrase),
            "required": list(known.arguments),
            "additionalProperties": False,
        }
    if sections and (known.returns or known.yields):
        properties["returns"] = phrase
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def described(value: Mapping[str, Any], known: Facts, context: str) -> Described:
    """Return what an answer says of a symbol, each part to its last whole sentence.

    Raises:
        AnswerRejected: it has no summary, or speaks another language than `context`.
    """
    summary = value.get("summary")
    if not isinstance(summary, str):
        raise AnswerRejected("the answer has no summary", code="not-json", hint="try again, or a larger model")
    args = value.get("args")
    told = {
        name.lstrip("*"): within(words, PHRASE_ROOM)
        for name, words in (args.items() if isinstance(args, dict) else ())
        if isinstance(words, str) and name.lstrip("*") in known.arguments
    }
    returns = value.get("returns")
    made = Described(
        summary=within(summary, SUMMARY_ROOM),
        args=told,
        returns=within(returns, PHRASE_ROOM) if isinstance(returns, str) else "",
    )
    check_words(made.summary, context)
    check_words(" ".join([made.summary, *told.values(), made.returns]), context)
    return made

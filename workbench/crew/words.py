"""Whether a model's words can be used at all: some small models slip into another language, or say nothing."""

from __future__ import annotations

import json
import re
from typing import Any

from workbench.errors import AnswerRejected

_MOST_FOREIGN = 0.2
"""Part of an answer's letters that may be outside Latin script where nobody wrote such letters before it."""

_LATIN_END = "\u024f"


def check_words(answer: str, context: str) -> str:
    """Return `answer` stripped, if it says something and in a script that its context is written in too.

    Raises:
        AnswerRejected: it is empty (code `empty-answer`), or in another script (code `foreign-answer`).
    """
    text = answer.strip()
    if not any(character.isalnum() for character in text):
        raise AnswerRejected("the model answered nothing", code="empty-answer", hint="try again, or a larger model")
    if _foreign(text) > _MOST_FOREIGN >= _foreign(context):
        raise AnswerRejected(
            "the model answered in another language than the task's", code="foreign-answer", hint="try again"
        )
    return text


def _foreign(text: str) -> float:
    letters = [character for character in text if character.isalpha()]
    return sum(character > _LATIN_END for character in letters) / len(letters) if letters else 0.0


def read_json(answer: str) -> dict[str, Any]:
    """Return the JSON object of an answer, also where a model put it into a code fence or words around it.

    Raises:
        AnswerRejected: there is none (code `not-json`).
    """
    found = re.search(r"\{.*\}", answer, re.DOTALL)
    try:
        value = json.loads(found.group() if found else answer, strict=False)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise AnswerRejected(
            "the answer is not the JSON object that was asked for", code="not-json", hint="try again, or a larger model"
        )
    return value

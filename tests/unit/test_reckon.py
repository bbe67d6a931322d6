"""What calls of a file's functions give is worked out as Python would, or not at all."""

from __future__ import annotations

import sys
import types
import warnings
from typing import Any

import pytest

from tests.unit import reckon_classes, reckon_expressions, reckon_library, reckon_samples
from tests.unit.reckon_rare import RARE
from tests.unit.reckon_samples import MARK
from tests.unit.reckon_tricky import TRICKY
from workbench.checks.reckon import Reckoned, reckon


def really(text: str, question: str) -> Reckoned:
    """Return what Python gives, in a module of its own each time. The text is one of ours."""
    module = types.ModuleType("really")
    sys.modules["really"] = module
    names: dict[str, Any] = module.__dict__
    try:
        with warnings.catch_warnings(action="ignore"):
            # Not by the rules that this file asks for itself.
            exec(compile(text, "<file>", "exec", dont_inherit=True), names)
            return Reckoned(repr(eval(question, names)))
    except BaseException as error:
        return Reckoned("", type(error).__name__)
    finally:
        del sys.modules["really"]


SAMPLES = {
    name: text
    for place in (reckon_samples, reckon_expressions, reckon_classes, reckon_library)
    for name, text in vars(place).items()
    if isinstance(text, str) and MARK in text and name != "MARK" and not name.startswith("_")
}


@pytest.mark.parametrize("name", SAMPLES)
def test_what_is_known_is_what_python_gives(name: str) -> None:
    text, _, asked = SAMPLES[name].partition(MARK)
    questions = asked.strip().splitlines()
    found: list[Reckoned | None] = []
    for start in range(0, len(questions), 12):
        found += reckon(text, questions[start : start + 12])
    expected = [really(text, question) for question in questions]
    differing = [
        (question, one, other) for question, one, other in zip(questions, found, expected, strict=True) if one != other
    ]
    assert differing == []


@pytest.mark.slow
def test_where_it_is_easy_to_be_wrong_nothing_is() -> None:
    wrong = []
    for text, questions in (*TRICKY, *RARE):
        for question, answer in zip(questions, reckon(text, questions), strict=True):
            if answer is not None and answer != really(text, question):
                wrong.append((text, question, answer))
    assert wrong == []

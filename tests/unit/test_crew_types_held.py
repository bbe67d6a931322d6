"""Types that a nanite named and a real type checker has its say about, from the answer to the proposal."""

from __future__ import annotations

import json

import pytest

from tests.unit.scripted_desk import Answer, ScriptedDesk, a_brief
from tests.unit.test_crew_types import text_of
from workbench.crew.dispatch import work


async def test_what_the_code_contradicts_is_asked_for_again() -> None:
    source = "def half(x):\n    return x / 2\n"
    desk = ScriptedDesk(json.dumps({"x": "str", "return": "float"}), json.dumps({"x": "float", "return": "float"}))
    proposal = await work(a_brief("types", "", {"a.py": source}), desk)
    assert "x: str: Unsupported operand types" in desk.question
    assert text_of(proposal) == "def half(x: float) -> float:\n    return x / 2\n"
    assert not any("Any" in note for note in proposal.notes)


@pytest.mark.slow
async def test_what_is_contradicted_twice_claims_nothing_and_is_noted() -> None:
    answer = json.dumps({"x": "str", "return": "float"})
    desk = ScriptedDesk(answer, answer)
    proposal = await work(a_brief("types", "", {"a.py": "def half(x):\n    return x / 2\n"}), desk)
    assert "def half(x: Any) -> float:" in text_of(proposal)
    assert any("x became Any, for str: Unsupported" in note for note in proposal.notes)


async def test_an_answer_of_use_is_kept_where_the_next_is_none() -> None:
    desk = ScriptedDesk(json.dumps({"x": "str", "return": "float"}), "no")
    proposal = await work(a_brief("types", "", {"a.py": "def half(x):\n    return x / 2\n"}), desk)
    assert "def half(x: Any) -> float:" in text_of(proposal)


async def test_an_answer_of_use_is_kept_where_the_next_is_cut_off() -> None:
    cut = Answer(text='{"x": "fl', finish="length")
    desk = ScriptedDesk(json.dumps({"x": "str", "return": "float"}), cut, cut)
    proposal = await work(a_brief("types", "", {"a.py": "def half(x):\n    return x / 2\n"}), desk)
    assert "def half(x: Any) -> float:" in text_of(proposal)

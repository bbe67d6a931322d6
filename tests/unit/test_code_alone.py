"""What stays of a block in which a model went on to talk."""

from __future__ import annotations

import pytest

from tests.unit.scripted_desk import ScriptedDesk, a_brief, fenced
from workbench.crew.code_alone import code_alone
from workbench.crew.dispatch import work
from workbench.model import Check, Solving

CODE = "def f(x):\n    return x\n\n\ndef g(x):\n    # a note\n\n    return f(x)"


@pytest.mark.parametrize(
    "talk",
    [
        "# Changes:\n- Added a function.\n- It's new.\n\n# Test:\nassert f(1) == 1",
        "Now f returns x.",
        "# Test cases\nassert f(1) == 1\nassert list(f(2)",
    ],
)
def test_talk_behind_code_goes(talk: str) -> None:
    assert code_alone(f"{CODE}\n\n{talk}\n") == CODE


@pytest.mark.parametrize(
    "code",
    [
        CODE,
        f"{CODE}\n\nassert f(1)\n",
        "Now f returns x.\n\nMore.",
        "def f(x:\n    return x\n\ny = 1\n",
        "",
        "\0",
        "x = (\n\ny",
    ],
)
def test_code_that_parses_or_does_not_begin_with_any_stays(code: str) -> None:
    assert code_alone(code) == code


async def test_an_answer_with_talk_in_its_fence_is_taken_without_it() -> None:
    talk = fenced("def short(text):\n    return text[:2]\n\n# Changes:\n- Two letters now, it's short.\n")
    passes = [Check(name="pytest", ok=True, seconds=1.0)]
    solving = Solving.model_validate({"samples": 1, "wrap": False})
    source = "def short(text):\n    return text[0]\n"
    brief = a_brief("patch", "Let short keep two letters.", {"a.py": source}, check=("pytest",), solving=solving)
    proposal = await work(brief, ScriptedDesk(talk, checks=[passes]))
    assert proposal.edits[0].after == b"def short(text):\n    return text[:2]\n"

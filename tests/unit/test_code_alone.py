"""What stays of a block in which a model went on to talk."""

from __future__ import annotations

import pytest

from tests.unit.scripted_desk import ScriptedDesk, a_brief, fenced
from workbench.crew.answers.code_alone import code_alone
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


async def test_the_line_with_the_names_of_other_methods_is_not_taken_for_code() -> None:
    others = "".join(f"    def other_{number}(self):\n        return {number}\n\n" for number in range(90))
    source = f"class A:\n{others}    def go(self):\n        return 1\n"
    answer = fenced("class A:\n    # other methods: other_0, other_1\n    def go(self):\n        return 2\n")
    brief = a_brief("patch", "Let `A.go` return 2.", {"a.py": source}, solving=Solving(samples=1))
    desk = ScriptedDesk(answer)
    proposal = await work(brief, desk)
    assert "# other methods: other_0" in desk.asked[0].messages[-1].content
    assert (
        proposal.edits[0].after == source.replace("go(self):\n        return 1", "go(self):\n        return 2").encode()
    )

"""The one change that words name, and do not leave without doubt, as one more opinion beside a model's answers."""

from __future__ import annotations

import pytest

from tests.unit.scripted_desk import ScriptedDesk, a_brief, fenced
from workbench.crew.dispatch import work
from workbench.crew.plain.finding import plain_changes, surest_change
from workbench.model import Brief, Check, Solving, Source, TestFile, Verdict

STOCK = "def take(stock, key, pieces):\n    stock[key] -= pieces\n    return stock[key]\n"
TASK = "When take takes the last piece of a kind, the kind should go out of the stock."
HOST = STOCK.replace(
    "pieces\n    return stock[key]",
    "pieces\n    if stock[key] == 0:\n        del stock[key]\n    return stock.get(key, 0)",
)
POP = STOCK.replace("    return", "    if stock[key] < 1:\n        stock.pop(key)\n        return 0\n    return")
OTHER = STOCK.replace("    return", "    if not stock[key]:\n        return None\n    return")


def brief(**solving: object) -> Brief:
    tries = Solving.model_validate({"samples": 3, "retries": 1, "wrap": False} | solving)
    return a_brief("patch", TASK, {"a.py": STOCK}, solving=tries)


def test_the_words_name_one_change_and_leave_doubt() -> None:
    source = Source(path="a.py", content=STOCK.encode())
    assert len(plain_changes(TASK, source, "take")) == 1
    assert surest_change(TASK, source, "take") is None


async def test_an_answer_that_comes_to_the_same_settles_it() -> None:
    desk = ScriptedDesk(fenced(HOST))
    proposal = await work(brief(), desk)
    assert proposal.edits[0].after == HOST.encode()
    assert proposal.verdict is Verdict.UNVERIFIED
    assert "2 of 2 answers agreed" in proposal.notes
    assert any("one of the answers is the host's: `stock[key]` is gone at 0" in note for note in proposal.notes)
    assert len(desk.asked) == 1


async def test_two_answers_that_agree_are_more_than_one() -> None:
    desk = ScriptedDesk(fenced(POP), fenced(POP))
    proposal = await work(brief(), desk)
    assert proposal.edits[0].after == POP.encode()
    assert "2 of 3 answers agreed" in proposal.notes
    assert not any("the host's" in note for note in proposal.notes)


async def test_where_none_agree_it_is_taken() -> None:
    desk = ScriptedDesk(*(fenced(POP.replace("return 0", f"return {number}")) for number in range(3)), fenced(OTHER))
    proposal = await work(brief(), desk)
    assert proposal.edits[0].after == HOST.encode()
    assert proposal.summary.endswith("(1 of 5 answers agreed)")


@pytest.mark.parametrize("solving", [{"slips": False}, {}])
async def test_without_one_the_answers_are_compared_as_ever(solving: dict[str, object]) -> None:
    made = brief(**solving)
    if not solving:
        spec = made.task.spec.model_copy(update={"task": "take should say what is left."})
        made = made.model_copy(update={"task": made.task.model_copy(update={"spec": spec})})
    desk = ScriptedDesk(fenced(POP), fenced(POP))
    proposal = await work(made, desk)
    assert proposal.edits[0].after == POP.encode()
    assert "2 of 2 answers agreed" in proposal.notes


async def test_a_near_test_that_it_mends_settles_it() -> None:
    near = TestFile(path="tests/test_a.py", command="pytest tests/test_a.py", is_allowed=True)
    green, red = ([Check(name=near.command, ok=ok)] for ok in (True, False))
    # The answer after and before the change, and then the host's.
    desk = ScriptedDesk(fenced(OTHER), checks=[red, red, green])
    proposal = await work(brief().model_copy(update={"tests_near": (near,)}), desk)
    assert proposal.edits[0].after == HOST.encode()
    assert proposal.verdict is Verdict.CHECKED
    assert len(desk.asked) == 1
    assert any("failed before the change and passes now" in note for note in proposal.notes)

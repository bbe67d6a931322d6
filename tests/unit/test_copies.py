"""What is done about a model that copies what it is shown."""

from __future__ import annotations

from tests.unit.scripted_desk import ScriptedDesk, a_brief, fenced
from workbench.crew.dispatch import work
from workbench.crew.solve_plan import AFRESH, SAMPLED
from workbench.model import Solving

ADDS = "def f(x):\n    return x\n"


async def test_a_model_that_copies_what_it_is_shown_is_asked_more_warmly() -> None:
    copied, right = fenced(ADDS), fenced(ADDS.replace("return x", "return x + 1"))
    desk = ScriptedDesk(copied, copied, right)
    solving = Solving(samples=1, retries=2, wrap=False)
    await work(a_brief("patch", "f should add one.", {"a.py": ADDS}, solving=solving), desk)
    assert [request.temperature for request in desk.asked] == [0.0, SAMPLED, AFRESH]

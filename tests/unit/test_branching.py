"""Other ways on from where an answer hesitates: which are tried, in what order, and when there are none."""

from __future__ import annotations

import pytest

from tests.unit.scripted_desk import Answer, ScriptedDesk, a_brief, fenced
from workbench.context.redaction import Vault
from workbench.crew.discreet import DiscreetDesk
from workbench.crew.dispatch import work
from workbench.errors import CheckFailed, EditRefused, EngineUnavailable
from workbench.exchange import ChatRequest, Completion, Leaning, Message
from workbench.model import Brief, Check, Excerpt, Solving, Verdict
from workbench.runner.job import begun_text

SOURCE = "def total(prices):\n    amount = sum(prices)\n    return int(amount * 100)\n"
TASK = "total(...) loses a cent now and then. It must not."
FAILS = [Check(name="pytest", ok=False, output="AssertionError: 1998 != 1999")]
PASSES = [Check(name="pytest", ok=True)]
COPY = fenced(SOURCE).removesuffix("\n```")
REST = ")\n"


def leaning(words: str, after: str, gain: float = 1.0) -> Leaning:
    return Leaning(begin=COPY.index(after) + len(after), words=words, gain=gain)


def path(*leanings: Leaning) -> Answer:
    return Answer(text=COPY, leanings=leanings)


def brief(
    *, check: tuple[str, ...] = ("pytest",), branches: int = 2, repairs: int = 0, path: str = "a.py", code: str = SOURCE
) -> Brief:
    tries = Solving(samples=1, retries=0, wrap=False, branches=branches, slips=False)
    return a_brief("patch", TASK, {path: code}, check=check, repairs=repairs, solving=tries)


def test_what_an_answer_was_begun_with_is_told_from_what_was_said() -> None:
    asked = ChatRequest(model="m", messages=(Message(role="user", content="Do it."),))
    assert begun_text(asked) == ""
    begun = Message(role="assistant", content="def a")
    assert begun_text(asked.model_copy(update={"messages": (*asked.messages, begun)})) == "def a"


async def test_the_model_goes_on_from_the_likeliest_other_way() -> None:
    desk = ScriptedDesk(COPY, path(leaning(" +", "* 100")), Answer(text=" 0.5)"), checks=[FAILS, PASSES])
    proposal = await work(brief(), desk)
    assert proposal.verdict is Verdict.CHECKED
    assert proposal.edits[0].after == SOURCE.replace("* 100", "* 100 + 0.5").encode()
    asked = desk.asked[-1]
    assert asked.messages[-1] == Message(role="assistant", content=COPY.partition("* 100")[0] + "* 100 +")
    assert asked.temperature == 0.0


async def test_it_is_held_against_the_question_without_the_task() -> None:
    desk = ScriptedDesk(COPY, path(leaning(" +", "* 100")), Answer(text=" 0.5)"), checks=[FAILS, PASSES])
    await work(brief(), desk)
    looked = desk.asked[1]
    assert TASK in looked.messages[-1].content
    assert looked.messages[:-1] == looked.against[:-1]
    assert "def total" in looked.against[-1].content
    assert "cent" not in looked.against[-1].content
    assert all(not request.against for request in (desk.asked[0], desk.asked[2]))


async def test_ways_are_tried_in_their_order_and_no_more_than_allowed() -> None:
    ways = [leaning(" //", "* 100"), leaning(" +", "* 100"), leaning(" amount", "amount =")]
    desk = ScriptedDesk(COPY, path(*ways), Answer(text=" 1)"), Answer(text=" 1)"), checks=[FAILS, FAILS, FAILS])
    with pytest.raises(CheckFailed, match=r"after 3 tries [(]first: checks-failed; branched: [a-z-]+; branched: "):
        await work(brief(), desk)
    assert [request.messages[-1].content[-3:] for request in desk.asked[2:]] == [" //", "0 +"]
    assert desk.is_used_up


@pytest.mark.parametrize("words", [" #", "\n    # so", ' """'])
async def test_a_remark_is_no_other_way(words: str) -> None:
    ways = [leaning(words, "* 100)"), leaning(" +", "* 100")]
    desk = ScriptedDesk(COPY, path(*ways), Answer(text=" 0.5)"), checks=[FAILS, PASSES])
    assert (await work(brief(), desk)).verdict is Verdict.CHECKED


async def test_a_way_back_to_what_was_answered_takes_no_try() -> None:
    ways = [leaning(" amount ", "return int("), leaning(" +", "* 100")]
    same = Answer(text="* 100)  # in cents")
    desk = ScriptedDesk(COPY, path(*ways), same, Answer(text=" 0.5)"), checks=[FAILS, PASSES])
    assert (await work(brief(branches=1), desk)).verdict is Verdict.CHECKED


@pytest.mark.parametrize(
    ("code", "words", "after", "rest"),
    [
        ('def total(line):\n    return line.split("#")[0]\n', " ", 'split("', '#")[0]'),
        (
            "def total(prices):\n    for one in prices:\n        one += 1\n        return one\n",
            "    ",
            "+= 1\n",
            "return one",
        ),
    ],
)
async def test_a_blank_of_a_text_and_an_indentation_make_another_answer(
    code: str, words: str, after: str, rest: str
) -> None:
    copy = fenced(code).removesuffix("\n```")
    way = Leaning(begin=copy.index(after) + len(after), words=words, gain=1.0)
    desk = ScriptedDesk(copy, Answer(text=copy, leanings=(way,)), Answer(text=rest), checks=[FAILS, PASSES])
    assert (await work(brief(code=code, branches=1), desk)).verdict is Verdict.CHECKED


async def test_a_way_that_does_not_end_is_left_and_the_tries_go_on() -> None:
    made = brief(branches=1)
    made = made.model_copy(update={"solving": made.solving.model_copy(update={"retries": 1})})
    cut = Answer(text=" 1" * 99, finish="length")
    right = fenced(SOURCE.replace("int(amount * 100)", "round(amount * 100)"))
    desk = ScriptedDesk(COPY, path(leaning(" +", "* 100")), cut, right, checks=[FAILS, PASSES])
    assert (await work(made, desk)).verdict is Verdict.CHECKED
    assert len(desk.asked) == 4


class Failing(ScriptedDesk):
    """A desk of an engine that refuses some questions."""

    refuses: str

    async def ask(self, voice: str, request: ChatRequest) -> Completion:
        if self.refuses == ("look" if request.against else request.messages[-1].role):
            raise EngineUnavailable("no", code="engine-failed", hint="none")
        return await super().ask(voice, request)


@pytest.mark.parametrize("refuses", ["look", "assistant"])
async def test_an_engine_that_fails_at_other_ways_alone_is_asked_afresh(refuses: str) -> None:
    made = brief(branches=3)
    made = made.model_copy(update={"solving": made.solving.model_copy(update={"retries": 1})})
    right = fenced(SOURCE.replace("int(amount * 100)", "round(amount * 100)"))
    looked = [path(leaning(" +", "* 100"))] if refuses == "assistant" else []
    desk = Failing(COPY, *looked, right, checks=[FAILS, PASSES])
    desk.refuses = refuses
    assert (await work(made, desk)).verdict is Verdict.CHECKED


async def test_where_there_are_no_other_ways_none_counts_as_a_look_for_something_better() -> None:
    made = brief(branches=3)
    made = made.model_copy(update={"solving": made.solving.model_copy(update={"retries": 2})})
    lost = Check(name="total as before", ok=False, output="total([]) gives 1 and gave 0")
    answers = [fenced(SOURCE.replace("int(amount * 100)", f"round(amount * 100, {number})")) for number in range(3)]
    desk = ScriptedDesk(*answers, checks=[*[[*PASSES, lost]] * 2, PASSES])
    assert (await work(made, desk)).verdict is Verdict.CHECKED
    assert len(desk.asked) == 3


async def test_what_looking_took_no_other_try_is_taken_to_cost() -> None:
    made = brief(branches=2)
    made = made.model_copy(update={"solving": made.solving.model_copy(update={"seconds": 100})})
    looked = path(leaning(" +", "* 100"), leaning(" -", "* 100")).model_copy(update={"seconds": 60.0})
    desk = ScriptedDesk(
        COPY, looked, Answer(text=" 1)", seconds=5), Answer(text=" 1)", seconds=5), checks=[FAILS] * 2 + [PASSES]
    )
    assert (await work(made, desk)).verdict is Verdict.CHECKED
    assert desk.asked[1].within == 50


async def test_ways_back_are_gone_within_the_budget_only() -> None:
    made = brief(branches=1)
    made = made.model_copy(update={"solving": made.solving.model_copy(update={"seconds": 100})})
    same = Answer(text="* 100)", seconds=40)
    ways = [leaning(f" amount{' ' * number}", "return int(") for number in range(9)]
    desk = ScriptedDesk(COPY, path(*ways), *[same] * 9, checks=[FAILS])
    with pytest.raises(CheckFailed, match="in one try"):
        await work(made, desk)
    assert len(desk.asked) == 4


async def test_what_there_was_no_room_for_is_in_neither_question() -> None:
    made = brief()
    reads = tuple(
        Excerpt(path=f"b{number}.py", first=1, last=9, text=f"# note {number}\n" * 900) for number in range(3)
    )
    desk = ScriptedDesk(COPY, path(leaning(" +", "* 100")), Answer(text=" 0.5)"), checks=[FAILS, PASSES])
    await work(made.model_copy(update={"reads": reads}), desk)
    looked = desk.asked[1]
    shown = [f"# note {number}" in looked.messages[-1].content for number in range(3)]
    assert not all(shown)
    assert [f"# note {number}" in looked.against[-1].content for number in range(3)] == shown


async def test_the_language_of_the_block_is_no_place_to_turn() -> None:
    desk = ScriptedDesk(COPY, path(Leaning(begin=3, words="js", gain=9.0)), checks=[FAILS])
    with pytest.raises(CheckFailed, match="in one try"):
        await work(brief(), desk)
    assert len(desk.asked) == 2


async def test_without_a_check_no_way_is_tried() -> None:
    desk = ScriptedDesk(COPY, path(leaning(" +", "* 100")))
    with pytest.raises(EditRefused, match="changes nothing"):
        await work(brief(check=()), desk)
    assert len(desk.asked) == 1


async def test_it_can_be_switched_off() -> None:
    desk = ScriptedDesk(COPY, path(leaning(" +", "* 100")), checks=[FAILS])
    with pytest.raises(CheckFailed, match="in one try"):
        await work(brief(branches=0), desk)
    assert len(desk.asked) == 1


async def test_an_engine_that_cannot_tell_is_asked_once_and_the_tries_go_on() -> None:
    right = fenced(SOURCE.replace("int(amount * 100)", "round(amount * 100)"))
    made = brief(branches=3)
    made = made.model_copy(update={"solving": made.solving.model_copy(update={"retries": 1})})
    desk = ScriptedDesk(COPY, right, checks=[FAILS, PASSES])
    proposal = await work(made, desk)
    assert proposal.verdict is Verdict.CHECKED
    assert len(desk.asked) == 2


async def test_other_languages_have_other_ways_too() -> None:
    code = "function total(prices) {\n  const amount = sum(prices);\n  return Math.floor(amount * 100);\n}\n"
    copy = fenced(code, "javascript").removesuffix("\n```")
    way = Leaning(begin=copy.index("floor"), words="round", gain=1.0)
    desk = ScriptedDesk(
        copy, Answer(text=copy, leanings=(way,)), Answer(text="(amount * 100);\n}"), checks=[FAILS, PASSES]
    )
    proposal = await work(brief(path="a.js", code=code), desk)
    assert proposal.edits[0].after == code.replace("floor", "round").encode()


async def test_no_secret_is_in_what_it_is_held_against() -> None:
    desk = ScriptedDesk(path(leaning(" +", "* 100")))
    vault = Vault()
    secret = Message(role="user", content='password = "Tr0ub4dor&3"')
    request = ChatRequest(model="tiny", messages=(secret,), against=(secret,))
    await DiscreetDesk(desk, vault, may_go=False).ask("implementer", request)
    assert "Tr0ub4dor" not in desk.asked[0].model_dump_json()

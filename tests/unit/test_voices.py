"""The group chat: voices take turns, the talk ends on agreement or with a verdict, and cited lines exist."""

from __future__ import annotations

import pytest

from tests.unit.scripted_desk import Answer, ScriptedDesk, a_brief
from workbench.crew.dispatch import work
from workbench.crew.telling.citations import cited
from workbench.errors import AnswerRejected
from workbench.events import AnswerRefused
from workbench.model import Brief, Excerpt, TaskSpec, Voice
from workbench.recipes.load import load
from workbench.runner.voices import main_model, voices_of
from workbench.settings import ChatSettings, ModelSettings, Settings, VoiceSettings

FILE = "RETRIES = 3\n\n\ndef fetch(url):\n    return get(url, tries=RETRIES)\n"
SHOWN = (Excerpt(path="net.py", first=1, last=5, text=FILE.rstrip("\n")),)
THREE = (
    Voice(name="Implementer", model="small"),
    Voice(name="Reviewer", model="large", words="You are the Reviewer."),
    Voice(name="Bug Hunter", model="small", words="You are the Bug Hunter."),
)
GOOD = "`fetch` tries three times, for RETRIES is 3."


def talk(rounds: int = 2, voices: tuple[Voice, ...] = THREE) -> Brief:
    brief = a_brief("chat", "How often does fetch try?", {"net.py": FILE}, repairs=0)
    return brief.model_copy(update={"voices": voices, "rounds": rounds})


async def test_a_talk_ends_as_soon_as_all_agree() -> None:
    desk = ScriptedDesk(GOOD, "AGREE. It is right.", "AGREE.")
    proposal = await work(talk(rounds=5), desk)
    assert desk.is_used_up
    assert desk.voices == ["Implementer", "Reviewer", "Bug Hunter"]
    assert [request.model for request in desk.asked] == ["small", "large", "small"]
    assert "tries three times" in proposal.summary
    assert "agreed after 1 round" in proposal.notes
    assert "Reviewer (large): AGREE. It is right." in proposal.notes[-1]


async def test_an_objection_is_answered_and_the_answer_judged_again() -> None:
    desk = ScriptedDesk("It tries once.", "OBJECT: RETRIES is 3.", "AGREE", GOOD, "AGREE", "AGREE")
    proposal = await work(talk(), desk)
    assert desk.is_used_up
    assert "RETRIES is 3." in desk.asked[3].messages[-1].content
    assert "It tries once." in desk.asked[3].messages[-1].content
    assert "three times" in proposal.summary
    assert "agreed after 2 rounds" in proposal.notes


async def test_without_agreement_a_verdict_is_given() -> None:
    desk = ScriptedDesk(
        "It tries once.", "OBJECT: no.", "OBJECT: not so.", "Twice.", "OBJECT: no.", "AGREE", "`fetch` tries 3 times."
    )
    proposal = await work(talk(), desk)
    assert desk.is_used_up
    assert desk.voices[-1] == "Moderator"
    assert desk.asked[-1].model == "large"
    assert "tries 3 times" in proposal.summary
    assert any(note.startswith("not agreed after 2 rounds") for note in proposal.notes)


@pytest.mark.parametrize(("rounds", "voices"), [(1, THREE), (4, THREE[:1]), (3, ())])
async def test_one_round_or_one_voice_is_one_answer(rounds: int, voices: tuple[Voice, ...]) -> None:
    desk = ScriptedDesk(GOOD)
    proposal = await work(talk(rounds, voices), desk)
    assert desk.voices == ["nanite"]
    assert "three times" in proposal.summary


async def test_a_voice_that_says_nothing_usable_does_not_stop_the_talk() -> None:
    cut = Answer(text="AGREE AGREE " * 60, finish="length", completion_tokens=120)
    desk = ScriptedDesk(GOOD, cut, cut, "AGREE")
    proposal = await work(talk(), desk)
    assert any("Reviewer said nothing that could be used" in note for note in proposal.notes)
    assert any(isinstance(event, AnswerRefused) and event.voice == "Reviewer" for event in desk.events)


@pytest.mark.parametrize(
    ("said", "objects"),
    [
        ("RETRIES is 3. AGREE", False),
        ("I agree.", False),
        ("It may look wrong, but RETRIES is 3.\n\n**AGREE**", False),
        ("RETRIES is 3, the answer says once. OBJECT", True),
        ("Verdict: OBJECT. It is 3.", True),
        ("I disagree: it is 3.", True),
        ("AGREE? No, it is 3: OBJECT", True),
        ("RETRIES is 3.", False),
    ],
)
async def test_a_judgement_is_read_by_its_last_verdict(said: str, objects: bool) -> None:
    desk = ScriptedDesk(GOOD, said, "AGREE", *([GOOD, "AGREE", "AGREE"] if objects else []))
    proposal = await work(talk(), desk)
    assert desk.is_used_up
    assert f"agreed after {2 if objects else 1} round{'s' if objects else ''}" in proposal.notes


async def test_an_objection_without_words_is_none() -> None:
    desk = ScriptedDesk(GOOD, "OBJECT", "AGREE")
    proposal = await work(talk(), desk)
    assert "agreed after 1 round" in proposal.notes


async def test_where_no_verdict_can_be_had_the_last_answer_stands() -> None:
    desk = ScriptedDesk(GOOD, "OBJECT: no.", "AGREE", GOOD, "OBJECT: no.", "AGREE", " ")
    proposal = await work(talk(), desk)
    assert "three times" in proposal.summary
    assert any("no verdict" in note for note in proposal.notes)


async def test_where_the_first_voice_says_nothing_there_is_no_answer() -> None:
    with pytest.raises(AnswerRejected):
        await work(talk(), ScriptedDesk("  "))


async def test_what_was_said_goes_on_bounded() -> None:
    long = "OBJECT: " + "it is wrong because of that and so on " * 200
    desk = ScriptedDesk(GOOD, long, "AGREE", GOOD, "AGREE", "AGREE")
    await work(talk(), desk)
    assert max(len(request.messages[-1].content) for request in desk.asked) < 3_000


async def test_the_prompt_begins_alike_for_all_voices() -> None:
    desk = ScriptedDesk(GOOD, "AGREE", "AGREE")
    await work(talk(), desk)
    first, second, third = (request.messages[-1].content for request in desk.asked)
    assert second.startswith(first)
    assert third.startswith(first)


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        ("fetch gets the url (net.py:4).", "fetch gets the url (net.py:4)."),
        ("fetch gets the url (net.py:40).", "fetch gets the url (net.py:4)."),
        ("See line 99: fetch gets the url.", "fetch gets the url (net.py:4)."),
        ("On line 1 RETRIES is set to three.", "On line 1 RETRIES is set to three (net.py:1)."),
        ("It is hard to say.", "It is hard to say."),
        ("other.py:3 says so.", "other.py says so."),
        ("```\nnet.py:99\n```", "```\nnet.py:99\n```"),
    ],
)
def test_cited_lines_exist(answer: str, wanted: str) -> None:
    assert cited(answer, SHOWN).strip() == wanted.strip()


def test_without_files_an_answer_is_left_alone() -> None:
    assert cited("See a.py:3.", ()) == "See a.py:3."


def test_voices_come_from_the_recipe_or_from_settings() -> None:
    recipe, spec = load("chat"), TaskSpec(kind="chat", task="x")
    settings = Settings(models=ModelSettings(nanite="small", mid="large"))
    shipped = voices_of(spec, recipe, settings)
    assert [(voice.name, voice.model) for voice in shipped] == [
        ("Implementer", "small"),
        ("Reviewer", "large"),
        ("Bug Hunter", "small"),
    ]
    own = ChatSettings(
        voices=(VoiceSettings(name="Poet", model="muse", words="Rhyme."), VoiceSettings(name="Critic", tier="mid"))
    )
    voices = voices_of(spec, recipe, settings.model_copy(update={"chat": own}))
    assert [(voice.name, voice.model, voice.words) for voice in voices] == [
        ("Poet", "muse", "Rhyme."),
        ("Critic", "large", ""),
    ]


def test_a_tier_nobody_configured_gives_way_and_says_so() -> None:
    recipe = load("review")
    spec = TaskSpec(kind="review")
    settings = Settings(models=ModelSettings(nanite="small"))
    assert main_model(spec, recipe, settings) == "small"
    assert voices_of(spec, recipe, settings)[0].fallback
    both = Settings(models=ModelSettings(nanite="small", mid="large"))
    assert main_model(spec, recipe, both) == "large"
    assert main_model(TaskSpec(kind="review", tier="mid"), recipe, settings) == settings.models.mid


def test_a_model_that_the_task_names_speaks_for_all() -> None:
    settings = Settings(models=ModelSettings(nanite="small", mid="large"))
    voices = voices_of(TaskSpec(kind="chat", task="x", model="mine"), load("chat"), settings)
    assert {voice.model for voice in voices} == {"mine"}


def test_only_a_change_that_asks_for_it_has_a_reviewer() -> None:
    settings = Settings()
    assert voices_of(TaskSpec(task="x", targets=("a",)), load("patch"), settings) == ()
    (reviewer,) = voices_of(TaskSpec(task="x", targets=("a",), review=True), load("patch"), settings)
    assert reviewer.name == "Reviewer"


def test_what_voices_are_told_is_short() -> None:
    for kind in ("chat", "review", "bughunt"):
        recipe = load(kind)
        for text in (recipe.instruction, *recipe.texts.values(), *(voice.words for voice in recipe.voices)):
            assert len(text.encode()) <= 480, (kind, text)

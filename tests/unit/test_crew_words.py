"""Summaries and chat: what is claimed must be there, and what cannot be used is said to be so."""

from __future__ import annotations

import json

import pytest

from tests.unit.scripted_desk import Answer, ScriptedDesk, a_brief
from workbench.crew.dispatch import work
from workbench.errors import AnswerRejected
from workbench.model import Excerpt

SOURCE = """import json


def load_settings(path):
    with open(path) as stream:
        return json.load(stream)


def save_settings(path, values):
    with open(path, "w") as stream:
        json.dump(values, stream)
"""


def claims(*rows: tuple[str, int]) -> str:
    return json.dumps({"claims": [{"text": text, "line": line} for text, line in rows]})


async def test_claims_carry_their_line_and_files_are_shown_with_numbers() -> None:
    desk = ScriptedDesk(claims(("`load_settings` reads JSON.", 4), ("`save_settings` writes JSON.", 9)))
    proposal = await work(a_brief("summary", "What does it do?", {"a.py": SOURCE}), desk)
    assert "4 def load_settings(path):" in desk.question
    assert proposal.edits == ()
    assert proposal.verdict is None
    assert proposal.summary == "`load_settings` reads JSON. (a.py:4) `save_settings` writes JSON. (a.py:9)"


async def test_a_claim_whose_line_does_not_exist_is_dropped() -> None:
    desk = ScriptedDesk(claims(("`load_settings` reads JSON.", 4), ("The file has a main loop.", 900)))
    proposal = await work(a_brief("summary", "", {"a.py": SOURCE}), desk)
    assert "main loop" not in proposal.summary
    assert any("line 900 does not bear out" in note for note in proposal.notes)


async def test_a_claim_about_what_is_not_there_is_dropped() -> None:
    desk = ScriptedDesk(claims(("`load_settings` reads JSON.", 4), ("`encrypt_values` hides secrets.", 5)))
    proposal = await work(a_brief("summary", "", {"a.py": SOURCE}), desk)
    assert "encrypt_values" not in proposal.summary


async def test_a_claim_about_a_symbol_moves_to_where_that_is_defined() -> None:
    desk = ScriptedDesk(claims(("`save_settings` writes JSON.", 1)))
    proposal = await work(a_brief("summary", "", {"a.py": SOURCE}), desk)
    assert proposal.summary == "`save_settings` writes JSON. (a.py:9)"


async def test_targets_and_reads_both_name_what_to_read() -> None:
    reads = [Excerpt(path="b.py", first=10, last=11, text="LIMIT = 3\nCOLOUR = 'red'")]
    answer = json.dumps({"claims": [{"text": "LIMIT is three.", "file": "b.py", "line": 10}]})
    desk = ScriptedDesk(answer)
    proposal = await work(a_brief("summary", "", {"a.py": SOURCE}, reads=reads), desk)
    assert "10 LIMIT = 3" in desk.question
    schema = desk.asked[0].response_schema
    assert schema is not None
    assert schema["properties"]["claims"]["items"]["properties"]["file"]["enum"] == ["a.py", "b.py"]
    assert proposal.summary == "LIMIT is three. (b.py:10)"


async def test_a_long_summary_is_short_on_the_envelope_and_whole_in_the_notes() -> None:
    long = [(f"`load_settings` does thing {number} {'x' * 120}.", 4) for number in range(5)]
    proposal = await work(a_brief("summary", "", {"a.py": SOURCE}), ScriptedDesk(claims(*long)))
    assert len(proposal.summary) <= 400
    assert proposal.notes[0].count("- `load_settings`") == 5


async def test_a_file_too_long_to_show_is_shown_by_its_signatures_with_true_numbers() -> None:
    source = SOURCE + "\n\n" + "\n\n".join(f"def other_{n}(x):\n    y = x + {n}\n    return y" for n in range(400))
    desk = ScriptedDesk(claims(("`load_settings` reads JSON.", 4)))
    proposal = await work(a_brief("summary", "What does load_settings do?", {"a.py": source}), desk)
    assert "6         return json.load(stream)" in desk.question
    assert "y = x + 300" not in desk.question
    assert len(desk.question) < 12_000
    assert any("signatures" in note for note in proposal.notes)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("", "not-json"),
        ("It reads settings.", "not-json"),
        ('{"claims": []}', "empty-answer"),
        (claims(("Nothing that is in the file at all.", 700)), "ungrounded"),
        (claims(("这个文件读取设置并写入设置", 4)), "foreign-answer"),
        ('{"claims": [3, {"text": 4}, {"line": 1}]}', "ungrounded"),
    ],
)
async def test_a_summary_that_nothing_bears_out_is_refused(answer: str, code: str) -> None:
    desk = ScriptedDesk(answer, answer)
    with pytest.raises(AnswerRejected) as caught:
        await work(a_brief("summary", "", {"a.py": SOURCE}), desk)
    assert caught.value.code == code
    assert len(desk.refused) == 2


async def test_a_refused_summary_is_asked_for_once_more() -> None:
    desk = ScriptedDesk("It reads settings.", claims(("`load_settings` reads JSON.", 4)))
    proposal = await work(a_brief("summary", "", {"a.py": SOURCE}), desk)
    assert proposal.summary.startswith("`load_settings`")


async def test_a_summary_of_nothing_is_refused_without_asking() -> None:
    desk = ScriptedDesk()
    with pytest.raises(AnswerRejected) as caught:
        await work(a_brief("summary", "Anything?"), desk)
    assert caught.value.code == "nothing-to-do"


async def test_chat_answers_from_what_it_was_given_to_read() -> None:
    reads = [Excerpt(path="a.py", first=4, last=6, text=SOURCE.split("\n\n\n")[1])]
    desk = ScriptedDesk("It returns the parsed JSON.\n")
    proposal = await work(a_brief("chat", "What does load_settings return?", reads=reads), desk)
    assert "json.load" in desk.question
    assert desk.question.endswith("What does load_settings return?")
    assert proposal.summary == "It returns the parsed JSON."
    assert proposal.notes[0] == "It returns the parsed JSON."
    assert proposal.edits == ()


async def test_a_long_chat_answer_is_whole_in_the_notes() -> None:
    long = "word " * 300
    proposal = await work(a_brief("chat", "Tell me."), ScriptedDesk(long))
    assert len(proposal.summary) <= 400
    assert proposal.notes[0] == long.strip()


async def test_chat_in_the_language_of_the_task_is_fine() -> None:
    proposal = await work(a_brief("chat", "这个文件做什么?"), ScriptedDesk("它读取设置。"))
    assert proposal.summary == "它读取设置。"


@pytest.mark.parametrize(
    ("answer", "code"), [("", "empty-answer"), ("…", "empty-answer"), ("这个文件读取设置", "foreign-answer")]
)
async def test_chat_that_says_nothing_is_refused(answer: str, code: str) -> None:
    desk = ScriptedDesk(answer)
    with pytest.raises(AnswerRejected) as caught:
        await work(a_brief("chat", "What does it do?"), desk)
    assert caught.value.code == code
    assert desk.refused


async def test_a_cut_off_chat_answer_is_refused() -> None:
    cut = Answer(text="It returns", finish="length")
    with pytest.raises(AnswerRejected) as caught:
        await work(a_brief("chat", "What does it return?"), ScriptedDesk(cut, cut))
    assert caught.value.code == "cut-off"

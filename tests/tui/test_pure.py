"""The parts of the screen that need none: the story of a task, reading from disk, rows and filters, words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tui.day import NOW, Day
from tests.tui.house import BARE, READY
from tests.tui.test_scene import JSON, LINES
from widgets.task_table import TaskRow
from workbench.machine import Device, Reading
from workbench.spool.folder import Folder, new_id
from workbench.tui import reading
from workbench.tui.detail import read_detail, texts_after
from workbench.tui.new_task import LastWord
from workbench.tui.rows import filter_of, machine_reading
from workbench.tui.story import CHECKS, LIFE, PROMPTS, Story
from workbench.tui.telemetry import EngineView, Telemetry
from workbench.tui.welcome import DEMO, FETCH, ON, is_ready, welcome_choices, welcome_words


@given(st.lists(LINES | JSON, max_size=12))
def test_no_line_of_a_transcript_raises(lines: list[Any]) -> None:
    story = Story.of([line for line in lines if isinstance(line, dict)])
    assert set(story.names) == set(story.chapters)
    assert [name for name in story.names if name in {CHECKS, PROMPTS, LIFE}] == list(story.names)[
        len(story.names) - len({CHECKS, PROMPTS, LIFE} & set(story.names)) :
    ]


def test_a_story_has_a_chapter_for_each_voice_then_checks_prompts_and_life(kept_day: Day) -> None:
    detail = read_detail(kept_day.folder, kept_day.ids["patch"])
    assert detail.story.names == ("writer", CHECKS, PROMPTS, LIFE) or detail.story.names[-2:] == (PROMPTS, LIFE)
    asked, answered = detail.story.chapters[detail.story.names[0]][:2]
    assert (asked.kind, answered.kind) == ("prompt", "answer")
    assert "never exceed" in asked.text
    assert "max(limit - 3, 0)" in answered.text
    assert detail.story.chapters[PROMPTS][0].text == asked.text, "the prompt as it was really sent"
    assert any(part.title.startswith("true passed") and part.ok for part in detail.story.chapters[CHECKS])


def test_what_was_left_out_of_a_prompt_is_told_with_it() -> None:
    story = Story.of([{"event": "prompt-sent", "voice": "v", "model": "m", "prompt": "p", "left_out": ["a.py:9-12"]}])
    assert [part.text for part in story.chapters[PROMPTS]] == ["p", "a.py:9-12"]


def test_a_cut_off_answer_says_so() -> None:
    line = {"event": "answer-received", "voice": "v", "finish": "length", "text": "x", "seconds": 2.0}
    (part,) = Story.of([line | {"prompt_tokens": 10, "completion_tokens": 20}]).chapters["v"]
    assert part.title == "10 tokens read, 20 written in 2.0 s, 10/s · CUT OFF"


def test_details_of_every_task_of_a_day_are_there(kept_day: Day) -> None:
    found = {name: read_detail(kept_day.folder, task_id) for name, task_id in kept_day.ids.items()}
    assert found["proven"].patch.count("@@ ") == 3
    assert found["words"].words.startswith("Account.deposit raises ValueError")
    assert found["failed"].words.startswith("no usable change after 4 tries (first: no-code; ")
    assert "answer with the code in a fence" in found["failed"].words
    assert ("true", True) in found["patch"].checks
    assert all(detail.task is not None for detail in found.values())
    texts = texts_after(kept_day.folder, kept_day.ids["proven"])
    assert set(texts) == {"bank.py", "text.py"}
    assert texts["text.py"].count('"""Does what its name says.') == 2


DAMAGE = [
    b"",
    b"{",
    b"[]",
    b"null",
    b'{"task": 3}',
    b'{"task": {"id": [], "spec": {"targets": 3}}, "state": {}}',
    b"\xff\xfe\x00",
    b"[" * 100_000,
    b'{"task": {"id": "x", "spec": {}}, "state": "review", "files": [3], "notes": {"a": 1}, "checks": "no"}',
]


@pytest.mark.parametrize("name", ["task.json", "transcript.jsonl", "proposal.patch", "proposal.json"])
@pytest.mark.parametrize("content", DAMAGE, ids=range(len(DAMAGE)))
def test_a_damaged_file_is_left_out(day: Day, name: str, content: bytes) -> None:
    task_id = day.ids["proven"]
    (day.folder.task(task_id) / name).write_bytes(content)
    detail = read_detail(day.folder, task_id)
    assert detail.task_id == task_id
    assert texts_after(day.folder, task_id).keys() <= {"bank.py", "text.py"}
    assert len(reading.records(day.folder, list(day.ids.values()))) >= len(day.ids) - 1


def test_files_that_are_something_else_are_left_out(day: Day) -> None:
    for name, task in zip(("task.json", "proposal.patch"), ("proven", "patch"), strict=True):
        path = day.folder.task(day.ids[task]) / name
        path.unlink()
        path.mkdir()
    assert reading.record(day.folder, day.ids["proven"]) is None
    assert reading.patch(day.folder, day.ids["patch"]) == ""
    missing = new_id()
    assert read_detail(day.folder, missing).task is None
    assert reading.transcript(day.folder, missing) == []


def test_a_folder_without_anything_has_nothing(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    assert (reading.task_ids(folder), reading.waiting_files(folder)) == ([], 0)


def test_a_long_transcript_is_read_from_its_end(day: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_TRANSCRIPT", 3_000)
    path = day.folder.task(day.ids["patch"]) / "transcript.jsonl"
    with path.open("a") as stream:
        stream.writelines(
            json.dumps({"event": "answer-refused", "voice": "v", "reason": str(n)}) + "\n" for n in range(99)
        )
    lines = reading.transcript(day.folder, day.ids["patch"])
    assert lines[-1]["reason"] == "98"
    assert len(lines) < 99


def test_waiting_files_are_those_that_are_whole(day: Day) -> None:
    (day.folder.inbox / "a.json").write_text("{}")
    (day.folder.inbox / ".b.json").write_text("{}")
    (day.folder.decisions / "c.json").write_text("{}")
    assert reading.waiting_files(day.folder) == 2


ROWS = [
    TaskRow("1", "review", "patch", "text.py", "proven", by="ada", text="Make truncate() never exceed limit"),
    TaskRow("2", "failed", "types", "bank.py", "", by="claude", text="no usable change"),
    TaskRow("3", "queued", "patch", "api.py", "", text="reviewed queue"),
]


@pytest.mark.parametrize(
    ("words", "fitting"),
    [
        ("review", "1"),
        ("failed queued", "23"),
        ("kind:patch", "13"),
        ("kind:patch kind:types", "123"),
        ("kind:patch review", "1"),
        ("LIMIT truncate", "1"),
        ("by:ada", ""),
        ("ada", "1"),
        ("proven", "1"),
        ("never there", ""),
    ],
)
def test_a_filter_takes_states_kinds_and_words(words: str, fitting: str) -> None:
    fits = filter_of(words)
    assert fits is not None
    assert "".join(row.id for row in ROWS if fits(row)) == fitting


@pytest.mark.parametrize("words", ["", "   "])
def test_an_empty_filter_filters_nothing(words: str) -> None:
    assert filter_of(words) is None


@given(st.text())
def test_no_filter_raises(words: str) -> None:
    fits = filter_of(words)
    assert fits is None or all(isinstance(fits(row), bool) for row in ROWS)


def test_readings_come_as_shares_and_with_the_engines_models() -> None:
    reading_ = machine_reading(READY, {"cpu": (0.1, 0.34), "gpu0": (0.61,)}, (10.0, 20.0))
    (device,) = reading_.devices
    assert (device.use, device.temperature, device.history) == (0.61, 71.0, (0.61,))
    assert reading_.cpu is not None
    assert (reading_.cpu.use, reading_.cpu.history) == (0.34, (0.1, 0.34))
    assert [(model.name, model.engine) for model in reading_.models] == [("qwen2.5-coder:1.5b", "ollama")]
    assert machine_reading(Telemetry(), {}, ()).cpu is None


@pytest.mark.parametrize(
    ("name", "alone", "among_others"),
    [
        ("NVIDIA GeForce RTX 3060", "GeForce RTX 3060", "GPU0 RTX 3060"),
        ("NVIDIA GeForce RTX 4070 Ti", "RTX 4070 Ti", "GPU0 RTX 4070 Ti"),
        ("NVIDIA H100 80GB HBM3", "H100 80GB HBM3", "GPU0 H100 80GB"),
        ("NVIDIA RTX 4000", "NVIDIA RTX 4000", "GPU0 RTX 4000"),
        ("AMD Radeon RX 7900 XTX", "RX 7900 XTX", "GPU0 RX 7900 XTX"),
        ("AMD card1", "AMD card1", "GPU0 AMD card1"),
        ("Averylongnamewithoutblanks", "Averylongnamewithoutblanks", "GPU0 Averylongnamewithoutblanks"),
    ],
)
def test_of_a_gpus_name_stays_what_tells_it_from_another(name: str, alone: str, among_others: str) -> None:
    def names(*devices: Device) -> list[str]:
        reading_ = machine_reading(Telemetry(Reading(NOW, 0.0, 1, 2, devices)), {}, ())
        return [device.name for device in reading_.devices]

    assert names(Device(name)) == [alone]
    assert names(Device(name), Device("Other")) == [among_others, "GPU1 Other"]


def test_the_welcome_says_what_is_there_and_what_to_do() -> None:
    engines = BARE.engines or ()
    words = welcome_words(engines, "m\x1b[31m")
    assert "ollama: not up: nobody answers at http://127.0.0.1:11434" in words
    assert "embedded: up, no model yet" in words
    assert "\x1b" not in words
    assert [choice.answer for choice in welcome_choices(engines, "m")] == [FETCH, DEMO, ON]
    nobody = (EngineView("ollama", False, "no", "start it: ollama serve"),)
    assert "pip install 'nanite-workbench[embedded]'" in welcome_words(nobody, "m")
    assert "Or: start it: ollama serve" in welcome_words(nobody, "m")
    assert [choice.answer for choice in welcome_choices(nobody, "m")] == [ON]
    assert is_ready(READY.engines or (), "qwen2.5-coder:7b")
    assert not is_ready(READY.engines or (), "qwen2.5-coder:32b")


async def test_the_last_word_is_completed() -> None:
    last = LastWord(["text.py", "tests/a b.py", "bank.py"])
    assert await last.get_suggestion("te") == "text.py"
    assert await last.get_suggestion("bank.py tests/") == "bank.py tests/a b.py"
    assert await last.get_suggestion("bank.py ") is None
    assert await last.get_suggestion("") is None


def test_files_of_the_repository_are_those_git_knows(day: Day) -> None:
    from workbench.tui.review_actions import edited, repository_files

    (day.root / "ignored").mkdir()
    (day.root / "ignored" / "x.py").touch()
    (day.root / "new file.py").touch()
    found = repository_files(day.root)
    assert {"text.py", "bank.py", "new file.py"} <= set(found)
    assert "ignored/x.py" not in found
    assert repository_files(Path("/")) == []
    assert edited("a.py", "one\n", lambda command: Path(command[-1]).write_text("two\n")) == "two\n"
    assert edited("a.py", "one\n", lambda command: 0) is None
    with pytest.raises(ValueError, match="utf-8"):
        edited("a.py", "one\n", lambda command: Path(command[-1]).write_bytes(b"\xff"))


def test_each_of_three_voices_that_speak_by_turns_has_a_chapter_of_its_own() -> None:
    voices = ("Implementer", "Reviewer", "Bug Hunter")
    lines = [
        {"event": event, "voice": voice, "model": "m", "prompt": f"to {voice}", "text": f"{voice} speaks"}
        for _ in range(2)
        for voice in voices
        for event in ("prompt-sent", "answer-received")
    ]
    withheld = {"event": "secrets-withheld", "voice": "Reviewer", "withheld": ["a.py:3 (AWS key)"]}
    story = Story.of([*lines, withheld])
    assert story.names == (*voices, PROMPTS)
    for voice in voices:
        answers = [part.text for part in story.chapters[voice] if part.kind == "answer"]
        assert answers == [f"{voice} speaks"] * 2
    assert story.chapters["Reviewer"][-1].text == "a.py:3 (AWS key)"

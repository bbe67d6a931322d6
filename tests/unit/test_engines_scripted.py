"""The engine that answers from a file, on which the many fast tests stand."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from workbench.engines.scripted import NONSENSE, ScriptedEngine
from workbench.errors import EngineUnavailable
from workbench.exchange import ChatRequest, Message
from workbench.settings import Settings


def engine_of(tmp_path: Path, *rules: dict[str, Any], **script: Any) -> ScriptedEngine:
    path = tmp_path / "script.json"
    path.write_text(json.dumps({"rules": rules, **script}))
    return ScriptedEngine(settings(path))


def settings(path: Path) -> Settings:
    return Settings.model_validate({"engine": {"order": ["scripted"], "script": str(path)}})


def request(text: str, system: str = "be brief") -> ChatRequest:
    messages = (Message(role="system", content=system), Message(role="user", content=text))
    return ChatRequest(model="m", messages=messages)


def asked(tmp_path: Path, which: str = "asked") -> list[dict[str, Any]]:
    path = tmp_path / f"script.json.{which}.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


async def say(engine: ScriptedEngine, text: str) -> str:
    return (await engine.chat(request(text), lambda _: None)).text


async def test_the_first_rule_that_fits_answers(tmp_path: Path) -> None:
    engine = engine_of(
        tmp_path,
        {"contains": "exact.text", "answer": "one"},
        {"match": r"def (\w+)", "answer": r"two \1", "expand": True},
        {"match": "b.d", "system": "pirate", "answer": "arr"},
        {"answer": "default"},
    )
    assert await say(engine, "some exact.text here") == "one"
    assert await say(engine, "see\ndef area(x):") == "two area"
    assert await say(engine, "bad") == "default"
    assert (await engine.chat(request("bad", "you are a pirate"), lambda _: None)).text == "arr"


async def test_a_question_no_rule_fits_is_said(tmp_path: Path) -> None:
    with pytest.raises(EngineUnavailable) as caught:
        await say(engine_of(tmp_path, {"contains": "x", "answer": "y"}), "z")
    assert caught.value.code == "script-silent"


async def test_an_answer_is_streamed_in_pieces(tmp_path: Path) -> None:
    pieces: list[str] = []
    engine = engine_of(tmp_path, {"answer": "abcdefghij", "pieces": 4})
    completion = await engine.chat(request("x"), pieces.append)
    assert pieces == ["abc", "def", "ghi", "j"]
    assert completion.text == "abcdefghij"
    assert completion.finish == "stop"


async def test_options_make_it_misbehave(tmp_path: Path) -> None:
    engine = engine_of(
        tmp_path,
        {"contains": "cut", "answer": "half", "finish": "length"},
        {"contains": "die", "answer": "abcdef", "die_after": 1},
        {"contains": "short", "answer": "x", "prompt_tokens": 2},
        {"contains": "mad", "nonsense": True},
    )
    assert (await engine.chat(request("cut"), lambda _: None)).finish == "length"
    pieces: list[str] = []
    with pytest.raises(EngineUnavailable) as died:
        await engine.chat(request("die"), pieces.append)
    assert died.value.code == "engine-died"
    assert pieces == ["ab"]
    with pytest.raises(EngineUnavailable) as shortened:
        await say(engine, "short")
    assert shortened.value.code == "prompt-shortened"
    assert await say(engine, "mad") == NONSENSE


async def test_only_questions_answered_to_the_end_are_written_down(tmp_path: Path) -> None:
    engine = engine_of(
        tmp_path, {"contains": "die", "die_after": 0}, {"contains": "hang", "hang": True}, {"answer": "fine"}
    )
    for text in ("one", "two", "one"):
        await say(engine, text)
    with pytest.raises(EngineUnavailable):
        await say(engine, "die")
    task = asyncio.create_task(say(engine, "hang"))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert [line["prompt"] for line in asked(tmp_path)] == ["one", "two", "one"]
    first, second, third = asked(tmp_path)
    assert first["request"] == third["request"] != second["request"]
    assert len(asked(tmp_path, "begun")) == 5


async def test_a_rule_with_times_is_passed_over_when_it_is_used_up_also_by_another_engine(tmp_path: Path) -> None:
    rules = ({"times": 2, "answer": "wrong"}, {"answer": "right"})
    engine = engine_of(tmp_path, *rules)
    answers = [await say(engine, "x"), await say(engine_of(tmp_path, *rules), "x"), await say(engine, "x")]
    assert answers == ["wrong", "wrong", "right"]


async def test_a_script_that_changed_is_read_again(tmp_path: Path) -> None:
    engine = engine_of(tmp_path, {"answer": "old"})
    assert await say(engine, "x") == "old"
    engine_of(tmp_path, {"answer": "newer"})
    assert await say(engine, "x") == "newer"


async def test_json_lines_are_a_script_too(tmp_path: Path) -> None:
    path = tmp_path / "script.jsonl"
    path.write_text('{"contains": "a", "answer": "1"}\n\n{"answer": "2"}\n')
    assert [await say(ScriptedEngine(settings(path)), text) for text in "ab"] == ["1", "2"]
    path.write_text('{"answer": "only"}')
    assert await say(ScriptedEngine(settings(path)), "x") == "only"


@pytest.mark.parametrize("text", ["{", '{"rules": [{"anser": "typo"}]}', '{"rules": 3}', "[1]"])
async def test_a_wrong_script_is_said(tmp_path: Path, text: str) -> None:
    path = tmp_path / "script.json"
    path.write_text(text)
    with pytest.raises(EngineUnavailable) as caught:
        await say(ScriptedEngine(settings(path)), "x")
    assert caught.value.code == "script-invalid"


async def test_a_missing_script_is_said(tmp_path: Path) -> None:
    with pytest.raises(EngineUnavailable) as caught:
        await ScriptedEngine(settings(tmp_path / "none.json")).ready("m")
    assert caught.value.code == "script-missing"
    with pytest.raises(EngineUnavailable):
        ScriptedEngine(Settings())


async def test_a_script_may_name_its_models(tmp_path: Path) -> None:
    engine = engine_of(tmp_path, {"answer": "x"}, models=["tiny"])
    await engine.ready("tiny")
    assert [info.name for info in await engine.models()] == ["tiny"]
    with pytest.raises(EngineUnavailable) as caught:
        await engine.ready("huge")
    assert caught.value.code == "model-missing"


def test_lines_of_several_processes_do_not_mix(tmp_path: Path) -> None:
    (tmp_path / "script.json").write_text(json.dumps({"rules": [{"answer": "x" * 50}]}))
    program = f"""
import asyncio
from tests.unit.test_engines_scripted import say, settings
from workbench.engines.scripted import ScriptedEngine
from pathlib import Path
engine = ScriptedEngine(settings(Path({str(tmp_path)!r}) / "script.json"))
async def main():
    for number in range(100):
        await say(engine, f"{{number}} " + "y" * 3000)
asyncio.run(main())
"""
    processes = [subprocess.Popen([sys.executable, "-c", program]) for _ in range(3)]
    assert [process.wait(60) for process in processes] == [0, 0, 0]
    assert len(asked(tmp_path)) == 300
    assert len({line["pid"] for line in asked(tmp_path)}) == 3

"""The real Claude Code client with our plugin, offline: a scripted API plays Claude, all else is what users have.

A scripted engine is behind the runner for the many cases, the real 1.5B for the one that matters.
"""

from __future__ import annotations

import json
import os
import re
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.claude_code.api import say, use, wait_until
from tests.e2e.claude_code.client import REPOSITORY, SERVER_RULE, ClaudeCode, Session
from tests.house.caller import FIXED, TASK
from tests.house.mcp_client import end_runner
from tests.house.place import PATCH_RULE, TEXT, Place
from workbench.commands.savings import estimates
from workbench.ledger.overhead import ALWAYS_ON_TOKENS, LOADED_TOKENS
from workbench.ledger.report import report
from workbench.mcp.answers import PAGE_CHARACTERS
from workbench.mcp.tools import INSTRUCTIONS, MOST_CHARACTERS
from workbench.model import ENVELOPE_LIMIT
from workbench.spool.lock import runner_pid

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

PATCH, CHAT, QUEUE = "*local_patch", "*local_chat", "*local_task_queue"
LOADED = {"ENABLE_TOOL_SEARCH": "false"}
MOST_ALWAYS_ON_TOKENS = 350
CHAT_RULE = {"contains": "What", "answer": "It shouts."}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A client's home with the plugin installed from the marketplace folder, once."""
    scratch = tmp_path_factory.mktemp("claude")
    work = scratch / "work"
    work.mkdir()
    ClaudeCode(scratch, work).install()
    return scratch


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path / "repo", rules=[PATCH_RULE, CHAT_RULE])
    yield made
    end_runner(made)


@pytest.fixture
def claude(home: Path, place: Place) -> ClaudeCode:
    return ClaudeCode(home, place.root)


def text_py(place: Place) -> str:
    return (place.root / "text.py").read_text(encoding="utf-8")


def ended_well(session: Session) -> Session:
    assert (session.code, session.overruns) == (0, 0), session.stderr
    return session


def parts_about_us(session: Session) -> list[str]:
    """Return every part of the first request that is there because of the plugin, definitions of tools apart."""
    text = json.dumps(session.requests[0]["messages"]) + json.dumps(session.requests[0].get("system", ""))
    names = re.findall(r"mcp__plugin_nanites_desk__\w+", text)
    heading = re.findall(r"## plugin:nanites:desk\\n", text)
    skills = re.findall(r"- nanites:[^\\]*(?:\\[^n][^\\]*)*\\n", text)
    hooks = re.findall(r"SessionStart:startup hook success: nanites:[^\\]*", text)
    assert json.dumps(INSTRUCTIONS)[1:-1] in text
    assert (len(names), len(heading), len(skills), len(hooks)) == (3, 1, 1, 1), text
    return [*names, *heading, INSTRUCTIONS, *skills, *hooks]


def test_plugin_and_marketplace_are_valid(home: Path) -> None:
    claude = ClaudeCode(home, home / "work")
    plugin = str(REPOSITORY / "workbench" / "plugin")
    assert "passed" in claude.command("plugin", "validate", "--strict", "--profile", "directory", plugin)
    assert "passed" in claude.command("plugin", "validate", "--strict", str(REPOSITORY))
    assert "nanites@nanite-workbench" in claude.command("plugin", "list")


def test_deferred_tools_are_found_called_and_cost_little_before(claude: ClaudeCode, place: Place) -> None:
    session = ended_well(
        claude.play(
            [
                [use("ToolSearch", query="select:*local_patch,*local_task_queue", max_results=5)],
                [use(PATCH, task=TASK, targets=["text.py"])],
                [use(QUEUE, action="diff", ids="${ids}")],
                [use(QUEUE, action="approve", ids="${ids}")],
                [say("Done.")],
            ]
        )
    )
    assert not session.tools(0)
    assert set(session.tools(1)) == {f"{SERVER_RULE}__local_patch", f"{SERVER_RULE}__local_task_queue"}
    always_on = -(-sum(map(len, parts_about_us(session))) // 4)
    assert always_on <= MOST_ALWAYS_ON_TOKENS
    assert abs(always_on - ALWAYS_ON_TOKENS) <= 40, (
        f"the ledger counts {ALWAYS_ON_TOKENS}, the client sends {always_on}"
    )
    envelope = session.results[1][0]
    assert len(envelope) <= ENVELOPE_LIMIT
    assert len(envelope) / 4 <= 300
    assert FIXED in session.results[2][0]
    assert session.value(3)["state"] == "applied"
    assert FIXED in text_py(place)


def test_always_loaded_definitions_are_short_as_sent(claude: ClaudeCode) -> None:
    session = ended_well(claude.play([[use(QUEUE, action="list")], [say("Nothing.")]], environment=LOADED))
    definitions = [json.dumps(tool, separators=(",", ":")) for tool in session.tools().values()]
    assert len(definitions) == 3
    sent = sum(map(len, definitions)) + len(INSTRUCTIONS)
    assert sent <= MOST_CHARACTERS
    assert sum(map(len, definitions)) / 4 <= LOADED_TOKENS
    assert session.value(0) == {"states": {}, "tasks": []}


def test_a_batch_of_five_is_dropped_awaited_approved_and_rejected(claude: ClaudeCode, place: Place) -> None:
    for number in range(5):
        (place.root / f"text{number}.py").write_text(TEXT, encoding="utf-8")
    tasks = [{"task": TASK, "targets": [f"text{number}.py"]} for number in range(5)]
    session = ended_well(
        claude.play(
            [
                [use(QUEUE, action="submit", tasks=tasks)],
                [use(QUEUE, action="wait", ids="${ids}")],
                [use(QUEUE, action="reject", ids=["${id}"], reason="not this one")],
                [use(QUEUE, action="approve", ids="${ids}")],
                [use(QUEUE, action="list")],
                [say("Done.")],
            ],
            environment=LOADED,
        )
    )
    ids = session.value(0)["ids"]
    assert [result["state"] for result in session.value(1)] == ["review"] * 5
    assert session.value(2) == {"id": ids[-1], "state": "rejected"} | {
        name: value for name, value in session.value(2).items() if name not in {"id", "state"}
    }
    approved = json.loads(session.results[3][0])
    assert [result.get("state") for result in approved[:4]] == ["applied"] * 4
    assert approved[4]["error"]["code"] == "wrong-state"
    assert session.value(4)["states"] == {"applied": 4, "rejected": 1}
    changed = [FIXED in (place.root / f"text{number}.py").read_text() for number in range(5)]
    assert changed == [True] * 4 + [False]


def test_a_question_is_answered_and_a_large_text_comes_whole_by_page(claude: ClaudeCode, place: Place) -> None:
    place.script([{"contains": "What", "answer": "\n".join(f"Line {number} of the answer." for number in range(900))}])
    session = ended_well(
        claude.play(
            [
                [use(CHAT, task="What does it do?", read=["text.py"])],
                [use(QUEUE, action="result", ids="${ids}", page=1)],
                [use(QUEUE, action="result", ids="${ids}", page=99)],
                [say("Done.")],
            ],
            environment=LOADED,
        )
    )
    assert len(session.results[0][0]) <= ENVELOPE_LIMIT
    page = session.results[1][0]
    assert page.startswith("[page 1 of ")
    assert 8_000 < len(page) <= PAGE_CHARACTERS
    assert "persisted-output" not in page
    assert session.results[2][1]
    assert json.loads(session.results[2][0])["error"]["code"] == "no-such-page"


def test_a_runner_that_dies_in_mid_call_is_replaced(claude: ClaudeCode, place: Place) -> None:
    place.script([PATCH_RULE | {"delay": 1.0}])

    def kill() -> None:
        wait_until(lambda: place.asked("begun"))
        os.kill(runner_pid(place.folder) or 0, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    session = ended_well(
        claude.play([[use(PATCH, task=TASK, targets=["text.py"], approve="all")], [say("Done.")]], environment=LOADED)
    )
    killer.join()
    assert session.value(0)["state"] == "applied"
    assert FIXED in text_py(place)


def test_a_refused_task_and_a_wrong_call_say_what_is_wrong(claude: ClaudeCode, place: Place) -> None:
    session = ended_well(
        claude.play(
            [
                [use(PATCH, task=TASK, targets=["missing.py"])],
                [use(PATCH, task=TASK, targets=["../outside.py"])],
                [use(PATCH, task=TASK, targets=["text.py"], colour="red")],
                [say("I see.")],
            ],
            environment=LOADED,
        )
    )
    errors = [json.loads(text)["error"] for text, _ in session.results]
    assert "missing.py" in errors[0]["message"]
    assert "outside.py" in errors[1]["message"]
    assert errors[2]["code"] == "unknown-field"
    assert session.results[2][1]


def test_ninety_seconds_of_work_pass_under_a_client_that_gives_silence_thirty(claude: ClaudeCode, place: Place) -> None:
    place.script([PATCH_RULE | {"delay": 10.0, "pieces": 9}])
    patience = {"CLAUDE_CODE_MCP_TOOL_IDLE_TIMEOUT": "30000"}
    turns = [[use(PATCH, task=TASK, targets=["text.py"])], [say("Done.")], [say("It waits for you.")]]
    session = ended_well(claude.play(turns, timeout=200, environment=LOADED | patience))
    assert session.value(0)["state"] == "review"


def test_without_the_program_the_session_goes_on_and_says_why(claude: ClaudeCode) -> None:
    session = claude.play([[say("Then I do it myself.")]], environment={"NANITES_COMMAND": "/nowhere/nanites"})
    assert session.code == 0
    assert "the program is not on the PATH" in session.first_text
    assert not [name for name in session.init["tools"] if name.startswith(SERVER_RULE)]


def test_the_ledger_takes_claude_codes_own_count(claude: ClaudeCode, place: Place) -> None:
    session = ended_well(
        claude.play(
            [
                [use(PATCH, task=TASK, targets=["text.py"])],
                [use(QUEUE, action="approve", ids="${ids}")],
                [say("Done.")],
            ],
            environment=LOADED,
        )
    )
    task_id = session.value(0)["id"]
    made = report(place.folder, estimates(place.folder), claude_home=claude.home / ".claude")
    (account,) = made.tasks
    assert (account.id, account.state, account.real) == (task_id, "applied", True)
    # The scripted API counts a request's characters by four: what the next one sent more than this one is known here.
    sent = [len(json.dumps(body)) // 4 for body in session.requests]
    written = [usage_of(session, number) for number in (0, 1)]
    assert account.written == sum(written)
    assert account.read == sent[2] - sent[0] - sum(written)
    assert (made.sessions, made.overhead) == (1, ALWAYS_ON_TOKENS + LOADED_TOKENS)
    estimated = report(place.folder, estimates(place.folder), claude_home=claude.home / "nowhere")
    assert not estimated.tasks[0].real


def usage_of(session: Session, number: int) -> int:
    """Return the tokens that the n-th message with a call was said to have cost."""
    messages: dict[str, int] = {
        event["message"]["id"]: event["message"]["usage"]["output_tokens"]
        for event in session.events
        if event.get("type") == "assistant"
    }
    return list(messages.values())[number]


def test_hooks_say_one_line_and_remind_once(claude: ClaudeCode, place: Place) -> None:
    session = ended_well(
        claude.play(
            [
                [use(PATCH, task=TASK, targets=["text.py"])],
                [say("Finished.")],
                [say("It waits for you.")],
            ],
            environment=LOADED,
        )
    )
    assert "nanites: engine scripted is up" in session.first_text
    task_id = session.value(0)["id"]
    assert f"not reviewed: {task_id}" in json.dumps(session.requests[2])
    again = ended_well(claude.play([[say("Finished.")]], environment=LOADED))
    assert "engine scripted is up; 1 proposal to review" in again.first_text
    assert len(again.requests) == 1


def test_the_skill_is_listed_in_a_line_and_comes_whole_when_used(claude: ClaudeCode) -> None:
    session = ended_well(
        claude.play([[use("Skill", skill="nanites:delegate")], [say("Understood.")]], environment=LOADED)
    )
    assert session.first_text.count("nanites:delegate: When and how") == 1
    assert "When it pays" not in session.first_text
    assert "When it pays" in json.dumps(session.requests[1])


@pytest.mark.parametrize(
    ("command", "words"),
    [("/nanites:sweep docstrings src/*.py", "Sweep: docstrings src/*.py"), ("/nanites:review", "that wait, if none"),
     ("/nanites:status", "what waits for review")],
)  # fmt: skip
def test_slash_commands_reach_the_model_and_are_not_listed_for_it(claude: ClaudeCode, command: str, words: str) -> None:
    session = ended_well(claude.play([[say("Yes.")]], prompt=command, environment=LOADED))
    assert words in session.first_text
    assert f"- {command.split(maxsplit=1)[0].removeprefix('/')}:" not in session.first_text


def test_without_the_plugin_the_server_and_the_command_line_do_the_same(tmp_path: Path, place: Place) -> None:
    claude = ClaudeCode(tmp_path, place.root)
    server = {"command": str(claude.nanites), "args": ["mcp"]}
    patch = f'{claude.nanites} patch "{TASK}" --target text.py --json'
    session = ended_well(
        claude.play(
            [
                [use(PATCH, task=TASK, targets=["text.py"])],
                [use("Bash", command=patch)],
                [use("Bash", command=f"{claude.nanites} approve ${{id}} --json")],
                [say("Done.")],
            ],
            allowed=("mcp__nanites", "Bash"),
            arguments=("--mcp-config", json.dumps({"mcpServers": {"nanites": server}}), "--strict-mcp-config"),
            environment=LOADED,
        )
    )
    by_tool, by_shell, approved = (session.value(number) for number in range(3))
    assert set(session.tools()) == {f"mcp__nanites__local_{name}" for name in ("chat", "patch", "task_queue")}
    assert by_tool["id"] != by_shell["id"] == approved["id"]
    assert (by_tool["state"], by_shell["state"], approved["state"]) == ("review", "review", "applied")
    assert FIXED in text_py(place)


def test_the_real_model_changes_a_file_at_claudes_bidding(home: Path, tmp_path: Path, embedded_home: Path) -> None:
    place = Place(tmp_path / "repo")
    (place.root / "nanites.toml").write_text('[engine]\norder = ["embedded"]\n', encoding="utf-8")
    (place.root / "tail.py").write_text(
        'def first(items):\n    """Return the first item."""\n    return items[0]\n', encoding="utf-8"
    )
    claude = ClaudeCode(home, place.root)
    task = "`first(items)` must return None when items is empty."
    turns: list[list[dict[str, Any]]] = [
        [use(PATCH, task=task, targets=["tail.py"])],
        [use(QUEUE, action="diff", ids="${ids}")],
        [use(QUEUE, action="approve", ids="${ids}")],
        [say("Done.")],
    ]
    try:
        session = ended_well(claude.play(turns, timeout=240, environment=LOADED | {"NANITES_HOME": str(embedded_home)}))
    finally:
        end_runner(place)
    assert session.value(0)["state"] == "review"
    assert session.value(2)["state"] == "applied"
    namespace: dict[str, Any] = {}
    exec((place.root / "tail.py").read_text(encoding="utf-8"), namespace)
    assert namespace["first"]([]) is None
    assert namespace["first"]([3, 4]) == 3

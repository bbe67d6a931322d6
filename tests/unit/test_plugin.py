"""The plugin's files say what the program does. The client's own validation is among the end-to-end tests."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.unit.test_mcp_tools import LONGEST_PREFIX
from workbench import __version__, cli
from workbench.mcp.tools import ACTIONS, names
from workbench.recipes.names import kinds

ROOT = Path(__file__).parent.parent.parent
PLUGIN = ROOT / "workbench" / "plugin"
WORDS = [PLUGIN / "skills" / "delegate" / "SKILL.md", *sorted((PLUGIN / "commands").glob("*.md"))]


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def test_plugin_and_program_have_one_version_and_the_marketplace_lists_it() -> None:
    manifest = read(PLUGIN / ".claude-plugin" / "plugin.json")
    assert manifest["version"] == __version__
    (listed,) = read(ROOT / ".claude-plugin" / "marketplace.json")["plugins"]
    assert listed["name"] == manifest["name"] == "nanites"
    assert (ROOT / listed["source"] / ".claude-plugin" / "plugin.json").is_file()
    assert manifest["network"] == {"hosts": []}


def test_the_server_has_the_name_that_the_tools_are_measured_by() -> None:
    (name,) = read(PLUGIN / ".mcp.json")["mcpServers"]
    assert f"mcp__plugin_nanites_{name}__" == LONGEST_PREFIX


def test_hooks_run_the_script_with_names_the_program_knows() -> None:
    events = read(PLUGIN / "hooks" / "hooks.json")["hooks"]
    assert set(events) == {"SessionStart", "Stop"}
    for groups in events.values():
        for hook in (hook for group in groups for hook in group["hooks"]):
            assert hook["command"] == "sh"
            assert hook["args"][1] in {"session-start", "stop"}
            assert hook["timeout"] <= 10
    assert "hook" in cli.COMMANDS


@pytest.mark.parametrize("path", WORDS, ids=lambda path: path.stem)
def test_words_for_the_model_name_only_what_there_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert set(re.findall(r"local_[a-z_]+", text)) <= set(names())
    assert set(re.findall(r"action: ([a-z]+)", text)) <= set(ACTIONS)
    named = re.findall(r"`kind: ([a-z`, -]+)`", text)
    assert {kind.strip(" `") for several in named for kind in several.split(",")} <= set(kinds())


@pytest.mark.parametrize("path", WORDS[1:], ids=lambda path: path.stem)
def test_commands_cost_nothing_until_they_are_called(path: Path) -> None:
    assert "disable-model-invocation: true" in path.read_text(encoding="utf-8").split("---")[1]

"""What a client is told of the tools stays short, and says what is so."""

from __future__ import annotations

import json
from typing import Any

import pytest

from workbench import schemas
from workbench.mcp import tools
from workbench.model import Approve, Decision

LONGEST_PREFIX = "mcp__plugin_nanites_desk__"
"""What Claude Code puts before a tool's name when it comes with the plugin."""


def as_sent(definition: dict[str, Any]) -> str:
    """Return a definition as the client sends it on: name, description and schema, nothing else."""
    sent = {
        "name": LONGEST_PREFIX + definition["name"],
        "description": definition["description"],
        "input_schema": definition["input_schema"],
    }
    return json.dumps(sent, separators=(",", ":"))


def test_definitions_and_instructions_are_short() -> None:
    sent = sum(len(as_sent(definition)) for definition in tools.DEFINITIONS) + len(tools.INSTRUCTIONS)
    assert sent <= tools.MOST_CHARACTERS


def test_schemas_carry_nothing_that_says_nothing() -> None:
    text = json.dumps(tools.DEFINITIONS)
    assert "$defs" not in text
    for definition in tools.DEFINITIONS:
        properties = definition["input_schema"]["properties"]
        assert all("title" not in value and "default" not in value for value in properties.values())


def test_every_field_of_a_tool_is_one_of_a_task_and_of_its_type() -> None:
    task = schemas.load("task")["properties"]
    for definition in tools.DEFINITIONS[:2]:
        for name, value in definition["input_schema"]["properties"].items():
            known = {kind.get("type") for kind in (task[name], *task[name].get("anyOf", ()))} | {"string"}
            assert value["type"] in known, name


def test_choices_are_those_of_the_model() -> None:
    properties = {definition["name"]: definition["input_schema"]["properties"] for definition in tools.DEFINITIONS}
    assert properties[tools.PATCH]["approve"]["enum"] == [str(one) for one in Approve]
    decisions = set(tools.ACTIONS) - set(tools.READING_ACTIONS) - {"submit"}
    assert decisions < set(Decision.model_json_schema()["properties"]["decision"]["enum"])


@pytest.mark.parametrize("action", tools.READING_ACTIONS)
def test_actions_that_only_read_are_marked_so(action: str) -> None:
    (queue,) = (definition for definition in tools.DEFINITIONS if definition["name"] == tools.QUEUE)
    told, _, _ = queue["description"].partition(" only read")
    assert action in told


def test_only_the_tool_that_changes_nothing_says_so() -> None:
    marked = {definition["name"]: definition["annotations"].get("read_only_hint") for definition in tools.DEFINITIONS}
    assert marked == {tools.CHAT: True, tools.PATCH: None, tools.QUEUE: None}

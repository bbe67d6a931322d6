"""A file of 3,000 lines is as good a target as one of 30: the right symbols are shown, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.unit.scripted_desk import ScriptedDesk, a_brief, fenced
from workbench.crew.dispatch import work

TARGET = 200
MOST_TOKENS = 400


def python(number: int) -> str:
    return (
        f"class Part{number}:\n"
        f'    """Part {number}."""\n\n'
        f"    def __init__(self, size):\n        self.size = size\n\n"
        f"    def grow_{number}(self, by):\n        self.size += by\n        return self.size\n\n\n"
        f"def count_{number}(items):\n    return len(items) + {number}\n\n\n"
    )


def javascript(number: int) -> str:
    return (
        f"class Part{number} {{\n  constructor(size) {{\n    this.size = size;\n  }}\n\n"
        f"  grow_{number}(by) {{\n    this.size += by;\n    return this.size;\n  }}\n}}\n\n"
        f"function count_{number}(items) {{\n  return items.length + {number};\n}}\n\n"
    )


def golang(number: int) -> str:
    return (
        f"type Part{number} struct {{\n\tsize int\n}}\n\n"
        f"func (p *Part{number}) Grow_{number}(by int) int {{\n\tp.size += by\n\treturn p.size\n}}\n\n"
        f"func count_{number}(items []int) int {{\n\treturn len(items) + {number}\n}}\n\n"
    )


def large(write: Callable[[int], str], head: str = "") -> str:
    text = head + "".join(write(number) for number in range(1, 301))
    assert text.count("\n") >= 3_000
    return text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "write", "head", "old", "new"),
    [
        ("a.py", python, "", "return len(items) + 200", "return len(items) * 200"),
        ("a.js", javascript, "", "return items.length + 200;", "return items.length * 200;"),
        ("a.go", golang, "package a\n\n", "return len(items) + 200", "return len(items) * 200"),
    ],
)
async def test_a_function_in_3000_lines_is_shown_alone(
    path: str, write: Callable[[int], str], head: str, old: str, new: str
) -> None:
    source = large(write, head)
    function = write(TARGET)[
        write(TARGET).index(f"func{'' if path == 'a.go' else 'tion'} count" if path != "a.py" else "def count") :
    ]
    desk = ScriptedDesk(fenced(function.replace(old, new)))
    proposal = await work(a_brief("patch", f"count_{TARGET} should multiply.", {path: source}), desk)
    assert len(desk.asked) == 1
    assert f"count_{TARGET}" in desk.question
    assert not any(f"count_{number}" in desk.question for number in (1, 199, 201, 300))
    assert "Part" not in desk.question
    assert sum(len(message.content) for message in desk.asked[0].messages) < 3 * MOST_TOKENS
    after = proposal.edits[0].after
    assert after is not None
    assert after.decode() == source.replace(old, new)


@pytest.mark.slow
async def test_a_method_in_3000_lines_comes_with_its_own_class_and_no_other() -> None:
    source = large(python)
    answer = fenced(
        "class Part200:\n    def grow_200(self, by):\n        self.size += 2 * by\n        return self.size\n"
    )
    desk = ScriptedDesk(answer)
    proposal = await work(a_brief("patch", "Part200.grow_200 should grow twice as much.", {"a.py": source}), desk)
    assert "class Part200" in desk.question
    assert "self.size = size" in desk.question
    assert "Part199" not in desk.question
    assert "count_200" not in desk.question
    after = proposal.edits[0].after
    assert after is not None
    assert after.decode().count("self.size += 2 * by") == 1
    assert len(after) == len(source) + len("2 * ")


@pytest.mark.slow
async def test_where_the_task_names_nothing_the_model_chooses_among_few_of_them() -> None:
    source = large(python)
    chosen = fenced("def count_7(items):\n    return len(items)\n")
    desk = ScriptedDesk(json.dumps({"names": ["count_7"]}), chosen)
    await work(a_brief("patch", "Counting must not add anything.", {"a.py": source}), desk)
    schema = desk.asked[0].response_schema
    assert schema is not None
    assert len(schema["properties"]["names"]["items"]["enum"]) <= 60
    assert "count_8" not in desk.question

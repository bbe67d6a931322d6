"""A map of a struct in Go made before it is written to."""

from __future__ import annotations

import time

import pytest

from workbench.crew.plain.elsewhere.finding import changes_elsewhere
from workbench.crew.plain.elsewhere.go_structs import structs_of
from workbench.model import Source

TASK = "Pick panics with a Crew that wasn't made by NewCrew (var crew Crew). Make it work there too."
CODE = """package a

type Crew struct {
	pickers map[string]*Picker // by name
	counts  map[string]map[int]int
}

// Pick notes crates.
func (c *Crew) Pick(name string, crates int) {
	// Who is new is kept.
	picker, known := c.pickers[name]
	if !known {
		picker = &Picker{Name: name}
		c.pickers[name] = picker
	}
	picker.Crates += crates
}
"""
FIRST = "\t// Who is new is kept.\n"
GUARD = "\tif c.pickers == nil {\n\t\tc.pickers = map[string]*Picker{}\n\t}\n"


def changes(task: str, code: str) -> list[str]:
    found = changes_elsewhere(task, Source(path="a.go", content=code.encode()), "Crew.Pick")
    return [(one.edits[0].after or b"").decode() for one in found]


def test_it_is_made_where_there_is_none() -> None:
    assert CODE.replace(FIRST, GUARD + FIRST) in changes(TASK, CODE)
    ends = changes(TASK, CODE.replace("\n", "\r\n"))
    assert CODE.replace(FIRST, GUARD + FIRST).replace("\n", "\r\n") in ends


def test_a_tag_is_no_part_of_its_type_and_blank_lines_take_no_time() -> None:
    tagged = CODE.replace("Picker //", 'Picker `json:"pickers,omitempty"` //')
    assert tagged.replace(FIRST, GUARD + FIRST) in changes(TASK, tagged)
    begun = time.process_time()
    assert changes(TASK, CODE.replace("\tcounts", "\n" * 9000 + "\tcounts"))
    assert time.process_time() - begun < 0.5


def test_it_is_made_while_its_lock_is_held() -> None:
    code = CODE.replace(FIRST, f"\tc.mu.Lock()\n\tdefer c.mu.Unlock()\n{FIRST}")
    assert code.replace(FIRST, GUARD + FIRST) in changes(TASK, code)
    assert not any(one.index("== nil") < one.index("c.mu.Lock()") for one in changes(TASK, code))


@pytest.mark.parametrize(
    "line", ["c.counts[name] = nil", "c.counts[name]++", "c.pickers[name], c.counts[name] = nil, nil"]
)
def test_all_that_is_written_to_may_be_missing(line: str) -> None:
    code = CODE.replace("c.pickers[name] = picker", line)
    guard = "\tif c.counts == nil {\n\t\tc.counts = map[string]map[int]int{}\n\t}\n"
    assert code.replace(FIRST, guard + FIRST) in changes(TASK, code)


@pytest.mark.parametrize(
    ("task", "code"),
    [
        ("Pick should add the crates up.", CODE),
        (TASK, CODE.replace("(c *Crew)", "(c Crew)")),
        (TASK, CODE.replace("c.pickers[name] = picker", "c.others[name] = picker")),
        (TASK, CODE.replace("c.pickers[name] = picker", "other.pickers[name] = picker")),
        (TASK, CODE.replace(FIRST, f"{GUARD}{FIRST}")),
    ],
)
def test_others_are_left_alone(task: str, code: str) -> None:
    assert not any("{}" in one and "== nil" in one and one != code for one in changes(task, code))


@pytest.mark.parametrize(
    "code",
    [f"type Crew struct {{\n\tcounts int{' ' * 20_000}z`\n}}\n", "type Crew struct {\n" * 20_000],
    ids=["blanks", "never closed"],
)
def test_structs_are_read_at_once(code: str) -> None:
    begun = time.monotonic()
    assert not any(structs_of(code.encode()).values())
    assert time.monotonic() - begun < 1

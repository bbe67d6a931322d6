"""What JavaScript and Go refuse, or leave as it is, because a task says so: too little, and what is there already."""

from __future__ import annotations

import pytest

from workbench.crew.plain.elsewhere.finding import changes_elsewhere, surest_elsewhere
from workbench.model import Source

ADD = "class List {\n  add(name, count) {\n    this.items.push({ name, count });\n  }\n}\n"
PUT = "class Plan {\n  put(key, one) {\n    this.held.set(key, one);\n  }\n}\n"
GO = "package a\n\nfunc (c *Card) TopUp(count int) error {\n\tc.left += count\n\treturn nil\n}\n"
ROSTER = """package a

type Climber struct {
\tName  string
\tEmail string
}

func (r *Roster) Add(c Climber) error {
\tr.climbers = append(r.climbers, c)
\treturn nil
}
"""


def changes(task: str, path: str, code: str, name: str) -> list[str]:
    source = Source(path=path, content=code.encode())
    return [(one.edits[0].after or b"").decode() for one in changes_elsewhere(task, source, name)]


@pytest.mark.parametrize(
    ("task", "question", "error"),
    [
        ("add should throw a RangeError when the count is zero or negative.", "count <= 0", "RangeError"),
        ("add should throw a RangeError for a count below 2.", "count < 2", "RangeError"),
        ("Please throw an Error if there are fewer than 3 in count.", "count < 3", "Error"),
        ("add must throw an Error for a negative count.", "count < 0", "Error"),
    ],
)
def test_a_number_that_is_too_little_is_thrown_out(task: str, question: str, error: str) -> None:
    (found,) = changes(task, "a.js", ADD, "List.add")
    assert f"    if ({question}) {{\n      throw new {error}(`count must " in found
    assert found.index("throw") < found.index("push")


def test_where_no_parameter_is_named_each_is_tried() -> None:
    found = changes("List.add should throw a RangeError when the weight is negative.", "a.js", ADD, "List.add")
    assert ["if (name < 0)" in found[0], "if (count < 0)" in found[1]] == [True, True]


def test_in_go_an_error_is_returned_by_a_function_that_can() -> None:
    task = "TopUp should return an error if the count is zero or negative."
    (found,) = changes(task, "a.go", GO, "Card.TopUp")
    assert 'if count <= 0 {\n\t\treturn fmt.Errorf("count must be positive: %v", count)\n\t}\n\tc.left' in found
    assert 'import "fmt"' in found
    both = GO.replace(" error {", " (*Card, []int, string, error) {")
    assert 'return nil, nil, "", fmt.Errorf(' in changes(task, "a.go", both, "Card.TopUp")[0]
    for other in (" {", " int {", " (any, error) {"):
        assert not changes(task, "a.go", GO.replace(" error {", other), "Card.TopUp")
    assert not changes(task, "a.go", GO.replace("count int", "count string"), "Card.TopUp")


@pytest.mark.parametrize(
    "task",
    [
        "add should say how many there are.",
        "add is slower than before.",
        "add should throw an Error.",
        "Less than 3 is fine.",
    ],
)
def test_nothing_is_refused_that_no_word_calls_too_little(task: str) -> None:
    assert not any("throw" in one for one in changes(task, "a.js", ADD, "List.add"))


def test_what_is_there_already_is_refused() -> None:
    (found,) = changes("put silently overwrites. If it has one already, throw an Error.", "a.js", PUT, "Plan.put")
    assert (
        "if (this.held.has(key)) {\n      throw new Error(`already there: ${key}`);\n    }\n    this.held.set" in found
    )
    (found,) = changes("add should throw an Error if there is one of that name already.", "a.js", ADD, "List.add")
    assert "if (this.items.some((other) => other.name === name)) {\n      throw new Error(" in found


def test_or_left_as_it_is() -> None:
    task = "If a thing with that name is already there, just leave the list as it is."
    (found,) = changes(task, "a.js", ADD, "List.add")
    assert "if (!this.items.some((other) => other.name === name)) {\n      this.items.push({ name, count });" in found
    both = changes("The same name with the same amount should not be put on the list twice.", "a.js", ADD, "List.add")
    assert "other.name === name && other.count === count" in both[0]
    one = ADD.replace("{ name, count }", "name")
    assert "if (!this.items.includes(name)) {" in changes("Nobody should be in it twice.", "a.js", one, "List.add")[0]


def test_what_is_spread_is_looked_for_by_the_field_that_is_named() -> None:
    code = ADD.replace("{ name, count }", "{ ...room, taken: 0 }").replace("name, count", "room")
    found = changes("add should throw an Error if there already is a room with that number.", "a.js", code, "List.add")
    assert any("other.number === room.number" in one for one in found)


def test_in_go_by_the_field_of_the_struct() -> None:
    task = "Adding a climber whose email is already in the roster should give an error."
    (found,) = changes(task, "a.go", ROSTER, "Roster.Add")
    assert "for _, other := range r.climbers {\n\t\tif other.Email == c.Email {\n\t\t\treturn fmt.Errorf(" in found
    assert not changes(task.replace("email", "badge"), "a.go", ROSTER, "Roster.Add")
    assert not changes("Add is called twice a day.", "a.go", ROSTER, "Roster.Add")


def test_words_alone_never_make_them_sure() -> None:
    for task, path, code, name in (
        ("add should throw a RangeError when the count is negative.", "a.js", ADD, "List.add"),
        ("put should throw an Error if the key is there already.", "a.js", PUT, "Plan.put"),
        ("TopUp should return an error if the count is negative.", "a.go", GO, "Card.TopUp"),
    ):
        assert changes(task, path, code, name)
        assert surest_elsewhere(task, Source(path=path, content=code.encode()), name) is None

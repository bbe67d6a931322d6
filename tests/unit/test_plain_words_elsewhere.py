"""Small letters, what is missing, days, what is told, messages, decimals and options in JavaScript and Go."""

from __future__ import annotations

import pytest

from workbench.crew.plain.elsewhere.finding import changes_elsewhere, surest_elsewhere
from workbench.model import Source


def changes(task: str, code: str, path: str = "a.js") -> list[str]:
    source = Source(path=path, content=code.encode())
    return [(one.edits[0].after or b"").decode() for one in changes_elsewhere(task, source, "f")]


def sure(task: str, code: str, path: str = "a.js") -> str:
    found = surest_elsewhere(task, Source(path=path, content=code.encode()), "f")
    return (found.edits[0].after or b"").decode() if found else ""


def script(body: str, given: str = "name") -> str:
    return f"function f({given}) {{\n  {body}\n}}\n"


def go(body: str, head: str = "f(day time.Time) bool", first: str = "") -> str:
    return f"package a\n\n{first}func {head} {{\n\t{body}\n}}\n"


@pytest.mark.parametrize(
    ("task", "before", "after"),
    [
        (
            "f should return an empty list instead of undefined for a name that was never here.",
            "return this.held.get(name);",
            "return this.held.get(name) ?? [];",
        ),
        (
            "f returns undefined for things we never had. It should be 0.",
            "return held[name];",
            "return held[name] ?? 0;",
        ),
        (
            "f crashes. It should return false if there is no booking with that code.",
            "const one = this.held.get(name);\n  return one.seats;",
            "const one = this.held.get(name);\n  if (!one) {\n    return false;\n  }\n  return one.seats;",
        ),
        (
            "Let f accept small letters too.",
            "const match = /^([A-D])(\\d)$/.exec(name.trim());",
            "const match = /^([A-D])(\\d)$/.exec(name.trim().toUpperCase());",
        ),
        ("The word should always come out in capitals.", "return name.trim();", "return name.trim().toUpperCase();"),
        (
            "Let f return true if it was running and false if there was nothing to stop.",
            "this.running.delete(name);",
            "return this.running.delete(name);",
        ),
        (
            "f should return true if the address was in it, and false if it was not.",
            "this.stops = this.stops.filter((stop) => stop !== name);",
            "const before = this.stops.length;\n  this.stops = this.stops.filter((stop) => stop !== name);\n"
            "  return this.stops.length < before;",
        ),
        (
            "The error should say which name, like 'no such car: B-12'.",
            "throw new Error('no such car');",
            "throw new Error(`no such car: ${name}`);",
        ),
        (
            "Two cans are not enough. Please always round up.",
            "return Math.round(name / 5);",
            "return Math.ceil(name / 5);",
        ),
        (
            "f gives amounts like 66.66666666666667. Please round them to one decimal.",
            "return name * factor;",
            "return Math.round(name * factor * 10) / 10;",
        ),
        (
            "Let the caller choose the separator. A new line should stay the default.",
            "return name.map(String).join('\\n');",
            "return name.map(String).join(separator);",
        ),
        (
            "Add an optional parameter most: how many names the caller wants at most.",
            "return this.all.filter((one) => one.is(name));",
            "return this.all.filter((one) => one.is(name)).slice(0, most);",
        ),
    ],
)
def test_a_function_in_javascript_is_changed_as_it_is_said(task: str, before: str, after: str) -> None:
    assert any(after in one for one in changes(task, script(before)))
    assert not any(after in one for one in changes("f should be documented.", script(before)))


def test_a_new_parameter_comes_last_and_need_not_be_given() -> None:
    task = "Let the caller choose the separator of f as an argument."
    (found,) = changes(task, script("return name.join(', ');"))
    assert "function f(name, separator = ', ') {\n  return name.join(separator);\n" in found
    assert "f(separator = ', ')" in changes(task, script("return all.join(', ');", ""))[0]
    assert not changes(task, script("return name.join(', ') + separator;"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("return day.Before(until)", "return !day.After(until)"),
        ("return !day.Before(until)", "return day.After(until)"),
        ("return today.After(from.AddDate(0, 1, 0))", "return !today.Before(from.AddDate(0, 1, 0))"),
    ],
)
def test_in_go_the_day_itself_counts_too(before: str, after: str) -> None:
    assert after in changes("It should still be valid on that day.", go(before), "a.go")[0]
    assert not changes("It should be faster.", go(before), "a.go")
    assert not sure("It should still be valid on that day.", go(before), "a.go")


def test_in_go_a_message_names_the_parameter_as_it_is_shown() -> None:
    code = go('return errors.New("no such car")', "f(plate string) error", 'import "errors"\n\n')
    (found,) = changes('The error of f should name the plate, e.g. "no such car: B-TX 12".', code, "a.go")
    assert 'fmt.Errorf("no such car: %v", plate)' in found
    assert '"errors"' not in found
    (found,) = changes('The error should say which plate, like: no such car "B-TX"', code, "a.go")
    assert 'fmt.Errorf("no such car %q", plate)' in found
    assert not changes('The error should be "no such thing: B-TX 12" with the plate.', code, "a.go")


def test_in_go_decimals_are_written() -> None:
    code = go('return fmt.Sprintf("%g m", metres)', "f(metres float64) string", 'import "fmt"\n\n')
    assert '"%.1f m"' in changes("f should always show exactly one decimal.", code, "a.go")[0]


@pytest.mark.parametrize(
    ("task", "code", "is_sure"),
    [
        ("f should return an empty list instead of undefined for who was never here.", "return held.get(name);", True),
        ("f should return 0 for who was never here, unless it is closed.", "return held.get(name);", False),
        ("Let f accept small letters too.", "return /^[A-D]$/.exec(name);", True),
        ("Let f accept small letters too, but keep them.", "return /^[A-D]$/.exec(name);", False),
        ("Please always round up.", "return Math.round(name);", True),
        ("Please always round up if it is large.", "return Math.round(name);", False),
        ("It should come out in capitals.", "return name;", False),
        ("Let the caller choose the separator.", "return name.join(', ');", False),
        ("f should return true if it was there, else false.", "this.held.delete(name);", False),
    ],
)
def test_few_of_them_are_sure_without_a_check(task: str, code: str, is_sure: bool) -> None:
    assert bool(sure(task, script(code))) is is_sure

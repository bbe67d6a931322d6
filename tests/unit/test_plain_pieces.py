"""The piece of a text that goes where its value is missing, as a task shows it."""

from __future__ import annotations

import time

import pytest

from workbench.crew.plain.elsewhere.finding import changes_elsewhere
from workbench.crew.plain.finding import plain_changes, surest_change
from workbench.model import Source

LABEL = '''class Patient:
    name: str
    species: str
    breed: str | None = None
    weight: float | None = None

    def label(self) -> str:
        """Return how it is called."""
        return f"{self.name}, {self.species} ({self.breed})"
'''
OLD = 'f"{self.name}, {self.species} ({self.breed})"'
TASK = "If no breed is known, label prints 'Mia, cat (None)'. Leave the brackets out then, just 'Mia, cat'."


def changes(task: str, code: str) -> list[str]:
    source = Source(path="a.py", content=code.encode())
    found = plain_changes(task, source, "Patient.label")
    return [(one.edits[0].after or b"").decode() for one in found]


def sure(task: str, code: str) -> str:
    one = surest_change(task, Source(path="a.py", content=code.encode()), "Patient.label")
    return (one.edits[0].after or b"").decode() if one else ""


def led(test: str, new: str, old: str = OLD) -> str:
    code = LABEL.replace(OLD, old)
    return code.replace(f"return {old}", f"if {test}:\n            return {new}\n        return {old}")


@pytest.mark.parametrize(
    ("task", "old", "test", "new"),
    [
        (TASK, OLD, "not self.breed", 'f"{self.name}, {self.species}"'),
        ("Without a breed, label should give 'Mia, cat'.", OLD, "not self.breed", 'f"{self.name}, {self.species}"'),
        (
            "When there is no weight, label says 'Mia (None kg)'; it should be just 'Mia'.",
            "f'{self.name} ({self.weight} kg)'",
            "self.weight is None",
            "f'{self.name}'",
        ),
        (
            "label gives '2 h 0 min'. Leave the minutes out for full hours, so that it is '2 h'.",
            'f"{self.total // 60} h {self.total % 60} min"',
            "not self.total % 60",
            'f"{self.total // 60} h"',
        ),
        (
            "If the breed isn't known, label writes 'None: Mia'. It should write 'Mia' then.",
            'f"{self.breed}: {self.name}"',
            "not self.breed",
            'f"{self.name}"',
        ),
        (
            "label gives 'Mia (, 3 kg)' where the breed is missing, should be 'Mia (3 kg)'.",
            'f"{self.name} ({self.breed}, {self.weight} kg)"',
            "not self.breed",
            'f"{self.name} ({self.weight} kg)"',
        ),
    ],
)
def test_a_piece_goes_where_its_value_is_missing(task: str, old: str, test: str, new: str) -> None:
    code = LABEL.replace(OLD, old)
    assert changes(task, code) == [led(test, new, old)]
    assert sure(task, code) == led(test, new, old)


@pytest.mark.parametrize(
    ("field", "today", "test"),
    [
        ("weight: typing.Optional[int] = None", "None", "self.weight is None"),
        ("weight: Cents | None = None", "None", "self.weight is None"),
        ("weight: timedelta = None", "None", "self.weight is None"),
        ("weight = None", "None", "self.weight is None"),
        ("weight: float | None = None", "0", "not self.weight"),
        ("weight: int = 0", "0", "not self.weight"),
        ("weight: date | None = None", "None", "not self.weight"),
    ],
)
def test_what_may_be_zero_is_asked_for_none_where_that_is_shown(field: str, today: str, test: str) -> None:
    old = "f'{self.name} ({self.weight} kg)'"
    code = LABEL.replace(OLD, old).replace("weight: float | None = None", field)
    after = sure(f"With no weight label says 'Mia ({today} kg)'; it should be just 'Mia'.", code)
    assert f"        if {test}:\n            return f'{{self.name}}'\n" in after


def test_a_named_number_that_is_never_none_is_asked_for_zero() -> None:
    code = LABEL.replace("str | None = None", "int = 0")
    assert "if not self.breed:" in sure("Without a breed, label should give 'Mia, cat'.", code)


@pytest.mark.parametrize(
    ("task", "old", "new"),
    [
        (
            "label should return just the name without a breed, not 'Mia <>'.",
            'f"{self.name} <{self.breed}>"',
            "{self.name}",
        ),
        (
            "It looks odd with no breed: 'Mia (cat): '.",
            'f"{self.name} ({self.species}): {self.breed}"',
            "{self.name} ({self.species})",
        ),
    ],
)
def test_one_that_is_shown_only_as_it_looks_today_is_tried_where_something_judges_it(
    task: str, old: str, new: str
) -> None:
    code = LABEL.replace(OLD, old)
    assert led("not self.breed", f'f"{new}"', old) in changes(task, code)


@pytest.mark.parametrize(
    ("task", "old"),
    [
        ("label should give 'Mia, cat'.", OLD),
        ("Without a breed, label should give 'Mia, cat (unknown)'.", OLD),
        ("Without a breed, label should say NV, as in 'Mia NV'.", 'f"{self.name} {self.breed}"'),
        ("If no species is known, label should give 'Mia'.", OLD),
        (TASK, '"%s, %s (%s)" % (self.name, self.species, self.breed)'),
        (TASK, 'f"{self.name}, {self.species} " f"({self.breed})"'),
        (TASK, 'f"{self.name}, {self.species} {{({self.breed})}}"'),
        ("If no breed is known, label should give 'None'.", 'f"{self.breed}"'),
        ("It looks odd with no breed: 'Mia (cat): '.", OLD),
        ("Without a breed, label should say 'Hello dear Ann'.", 'f"Hello {self.breed} {self.name}"'),
        ("Without a name, label should say 'Hello stranger'.", 'f"Hello {self.name}, {self.species}"'),
        ("Without a breed, label must not give 'Mia, cat'.", OLD),
        ("If no breed is known, label prints 'Mia, cat (None)', and mustn't just print 'Mia, cat'.", OLD),
        ("Without a breed, label should give 'Mia - cat mixed'.", 'f"{self.name} - {self.species} {self.breed}"'),
    ],
)
def test_nothing_is_left_out_that_a_task_does_not_show(task: str, old: str) -> None:
    code = LABEL.replace(OLD, old)
    assert not changes(task, code)
    assert not sure(task, code)


def test_words_take_the_place_of_what_is_missing_where_they_are_shown() -> None:
    task = "If no breed is known, label prints 'Mia, cat (None)'. Write 'Mia, cat (unknown)' then."
    assert sure(task, LABEL) == LABEL.replace("{self.breed}", "{self.breed or 'unknown'}")


@pytest.mark.parametrize(
    ("value", "is_led"),
    [
        ("next(self.tags)", False),
        ("self.tags.pop()", False),
        ("await self.tag()", False),
        ("(tag := self.tag)", False),
        ("len(self.tags)", True),
        ("', '.join(self.tags)", True),
    ],
)
def test_what_may_give_something_else_the_next_time_is_not_asked_twice(value: str, is_led: bool) -> None:
    code = LABEL.replace(OLD, f'f"{{self.name}} ({{{value}}})"').replace("def label", "async def label")
    task = "label says 'Mia (0)' without tags, should be 'Mia'."
    assert bool(sure(task, code)) == bool(changes(task, code)) == is_led


@pytest.mark.parametrize("more", ["only for cats", "if short is set", "and log a warning", "by a default of ''"])
def test_nothing_is_sure_where_a_task_wants_more_or_less_than_that(more: str) -> None:
    assert not sure(f"Without a breed, label should give 'Mia, cat' {more}.", LABEL)


def test_what_is_left_may_be_a_word_of_its_own_and_is_tried_only_where_something_judges_it() -> None:
    old = 'f"{self.name} {self.breed}"'
    code, task = LABEL.replace(OLD, old), "Without a breed, label should just say '{}'."
    assert led("not self.breed", 'f"{self.name}"', old) in changes(task.format("Mia"), code)
    assert not sure(task.format("unknown"), code)


def test_a_long_text_takes_no_time() -> None:
    old = 'f"{self.a} {self.b} {self.c} {self.name} {self.species} ({self.breed})"'
    begun = time.process_time()
    assert not changes(f"No tag: '{'a ' * 400}' and '{'a ' * 300}', should be '{'a ' * 200}'.", LABEL.replace(OLD, old))
    assert time.process_time() - begun < 1


def test_a_return_that_stands_behind_something_is_left_alone() -> None:
    assert not changes(TASK, LABEL.replace(f"return {OLD}", f"if self: return {OLD}"))


SCRIPT = "class Patient {\n  label() {\n    return `${this.name}, ${this.kind} (${this.breed})`;\n  }\n}\n"
GO = (
    'package vet\n\nimport "fmt"\n\nfunc (p Patient) Label() string {\n'
    '\treturn fmt.Sprintf("%s, %s (%s)", p.Name, p.Kind, p.Breed)\n}\n'
)


def elsewhere(task: str, path: str, code: str, name: str) -> list[str]:
    found = changes_elsewhere(task, Source(path=path, content=code.encode()), name)
    return [(one.edits[0].after or b"").decode() for one in found]


@pytest.mark.parametrize("today", ["undefined", "null", ""])
def test_a_piece_goes_in_javascript(today: str) -> None:
    task = f"If no breed is known, label prints 'Mia, cat ({today})'. Leave the brackets out then, just 'Mia, cat'."
    old = "    return `${this.name}, ${this.kind} (${this.breed})`;\n"
    led = "    if (!this.breed) {\n      return `${this.name}, ${this.kind}`;\n    }\n"
    assert elsewhere(task, "a.js", SCRIPT, "Patient.label") == [SCRIPT.replace(old, led + old)]


def test_lines_end_as_they_do_and_a_return_without_braces_is_left_alone_in_javascript() -> None:
    task = "Without a breed label gives 'Mia, cat ()', should be 'Mia, cat'."
    (made,) = elsewhere(task, "a.js", SCRIPT.replace("\n", "\r\n"), "Patient.label")
    assert made.count("\r\n") == made.count("\n") > SCRIPT.count("\n")
    assert not elsewhere(
        task, "a.js", SCRIPT.replace("    return", "    if (this.kind)\n      return"), "Patient.label"
    )


def test_a_computed_value_is_asked_for_in_brackets_in_javascript() -> None:
    code = "function text(total) {\n  return `${Math.floor(total / 60)} h ${total % 60} min`\n}\n"
    task = "text(120) gives '2 h 0 min'. Leave the minutes out for full hours: '2 h'."
    old = "  return `${Math.floor(total / 60)} h ${total % 60} min`\n"
    led = "  if (!(total % 60)) {\n    return `${Math.floor(total / 60)} h`\n  }\n"
    assert elsewhere(task, "a.js", code, "text") == [code.replace(old, led + old)]


@pytest.mark.parametrize(
    ("task", "verb", "test", "new"),
    [
        (
            "Without a breed Label gives 'Mia, cat ()'. It should be 'Mia, cat' then.",
            "%s",
            'p.Breed == ""',
            'fmt.Sprintf("%s, %s", p.Name, p.Kind)',
        ),
        (
            "Without a breed, Label should give 'Mia, cat'.",
            "%d",
            "p.Breed == 0",
            'fmt.Sprintf("%s, %s", p.Name, p.Kind)',
        ),
        ("No breed looks odd: 'Mia, cat ()'.", "%q", 'p.Breed == ""', 'fmt.Sprintf("%s, %s", p.Name, p.Kind)'),
    ],
)
def test_a_piece_goes_in_go(task: str, verb: str, test: str, new: str) -> None:
    code = GO.replace("(%s)", f"({verb})")
    old = f'\treturn fmt.Sprintf("%s, %s ({verb})", p.Name, p.Kind, p.Breed)\n'
    led = f"\tif {test} {{\n\t\treturn {new}\n\t}}\n"
    assert elsewhere(task, "a.go", code, "Patient.Label") == [code.replace(old, led + old)]


def test_a_text_that_is_left_alone_is_returned_as_it_is_in_go() -> None:
    code = 'package a\n\nimport "fmt"\n\nfunc Label(n string, y int) string {\n\treturn fmt.Sprintf("%s %d", n, y)\n}\n'
    (made,) = elsewhere(
        "Label(\"Rosso\", 0) gives 'Rosso 0'. Without a year it should be 'Rosso'.", "a.go", code, "Label"
    )
    assert "\tif y == 0 {\n\t\treturn n\n\t}\n\treturn fmt.Sprintf" in made


@pytest.mark.parametrize(
    "old",
    [
        'fmt.Sprintf("%s, %s (%s) %%", p.Name, p.Kind, p.Breed)',
        'fmt.Sprintf("%s, %s (%s)", p.Name, p.Kind)',
        'fmt.Sprintf("%s, %s (%s)\\n", p.Name, p.Kind, p.Breed)',
        'p.Name + ", " + p.Kind',
        "fmt.Sprintf()",
    ],
)
def test_what_cannot_be_told_apart_is_left_alone_in_go(old: str) -> None:
    code = GO.replace('fmt.Sprintf("%s, %s (%s)", p.Name, p.Kind, p.Breed)', old)
    assert not elsewhere(
        "Without a breed Label gives 'Mia, cat ()', should be 'Mia, cat'.", "a.go", code, "Patient.Label"
    )


STAY = "class Patient:\n    def label(self) -> str:\n        return f'{self.hours} h {self.minutes:02d} min'\n"
SHORT = "Stays of less than an hour should be written without the hours: '45 min' and not '0 h 45 min'."


def test_what_comes_first_now_has_no_zero_before_it() -> None:
    found = changes(SHORT, STAY)
    assert any("    return f'{self.minutes} min'\n        return f'{self.hours} h" in one for one in found)
    code = (
        'package a\n\nfunc f(hours, minutes int) string {\n\treturn fmt.Sprintf("%d h %02d min", hours, minutes)\n}\n'
    )
    task = SHORT.replace("'", '"')
    made = [
        (one.edits[0].after or b"").decode()
        for one in changes_elsewhere(task, Source(path="a.go", content=code.encode()), "f")
    ]
    assert any('return fmt.Sprintf("%d min", minutes)' in one for one in made)

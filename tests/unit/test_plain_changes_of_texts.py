"""Texts in any case, and one where a list is taken."""

from __future__ import annotations

import pytest

from workbench.crew.plain.finding import plain_changes, surest_change
from workbench.model import Source

URI = "def read(kind):\n    if kind != b';base64':\n        raise ValueError(kind)\n    return kind\n"
TAGS = "def read(text: str, tags: Iterable[str] = ()) -> list[str]:\n    return [tag for tag in tags if tag in text]\n"
WORD = "The word base64 should be accepted in any mix of upper and lower case by read."


def changes(task: str, code: str) -> list[str]:
    return [
        (one.edits[0].after or b"").decode()
        for one in plain_changes(task, Source(path="a.py", content=code.encode()), "read")
    ]


@pytest.mark.parametrize(
    ("code", "written"),
    [
        (URI, "if kind.lower() != b';base64':"),
        (URI.replace("kind != b';base64'", "not kind.startswith('Data')"), "if not kind.lower().startswith('data'):"),
        (URI.replace("kind != b';base64'", "kind + 'x' == 'YES'"), "if (kind + 'x').lower() == 'yes':"),
        (URI.replace("kind != b';base64'", "'ab' in kind"), ""),
        (URI.replace("kind != b';base64'", "kind.lower() != 'x'"), ""),
        (URI.replace("kind != b';base64'", "kind != other"), ""),
        (URI.replace("kind != b';base64'", "kind != ';'"), ""),
    ],
)
def test_a_comparison_with_a_text_is_made_in_any_case(code: str, written: str) -> None:
    found = changes(WORD, code)
    assert (
        any(written in one for one in found) if written else not any(".lower()" in one for one in set(found) - {code})
    )
    assert not any(".lower() !=" in one for one in changes("read should be faster.", URI))


def test_without_a_check_it_is_not_sure_for_what_comes_after_may_want_one_case() -> None:
    assert not surest_change(WORD, Source(path="a.py", content=URI.encode()), "read")


def test_one_text_is_taken_for_a_list_of_it() -> None:
    task = "read(doc, tags='script') takes every letter for a tag. A plain string should mean that one tag."
    assert any("    if isinstance(tags, str):\n        tags = [tags]\n    return" in one for one in changes(task, TAGS))
    assert not any("isinstance" in one for one in changes(task, TAGS.replace("Iterable[str]", "str")))
    asks = TAGS.replace("    return", "    if isinstance(tags, bytes):\n        tags = ()\n    return")
    assert not any("isinstance(tags, str)" in one for one in changes(task, asks))


SKILLS = """class Volunteer:
    name: str
    skills: set[str]


def read(volunteers: list[Volunteer], skill: str):
    return [one_of for one_of in volunteers if skill in one_of.skills]
"""


@pytest.mark.parametrize("looked_for", ["skill", "skill.lower()"])
def test_a_text_is_looked_for_among_others_in_any_case(looked_for: str) -> None:
    code = SKILLS.replace("if skill in", f"if {looked_for} in")
    wanted = SKILLS.replace("skill in one_of.skills", "skill.lower() in {one.lower() for one in one_of.skills}")
    assert wanted in changes("read should find 'Sewing' for 'sewing': upper and lower case make no difference.", code)


@pytest.mark.parametrize(
    "code",
    [
        SKILLS.replace("set[str]", "str"),
        SKILLS.replace("set[str]", "set[int]"),
        SKILLS.replace("skill: str", "skill: int"),
        SKILLS.replace("skill: str", "skill"),
        SKILLS.replace("one_of", "one"),
    ],
)
def test_what_is_not_said_to_be_texts_is_compared_as_it_was(code: str) -> None:
    assert not any("{one.lower()" in one for one in changes("read: upper and lower case make no difference.", code))


MEMBERS = """class Member:
    name: str
    number: int


def read(members: list[Member], name: str):
    return [one for one in members if one.name == name]
"""


@pytest.mark.parametrize(
    ("task", "written"),
    [
        ("read should ignore upper and lower case.", "one.name.lower() == name.lower()"),
        ("read should not care about upper and lower case: 'ANN' finds Ann.", "one.name.lower() == name.lower()"),
        ("read should ignore case and spaces around the name.", "one.name.strip().lower() == name.strip().lower()"),
        ("read should ignore upper and lower case, and dashes.", ""),
        ("read should ignore upper and lower case, unless it is quoted.", ""),
        ("read should be case-sensitive.", ""),
        ("read should print the names in upper or lower case.", ""),
    ],
)
def test_what_the_file_says_are_texts_is_surely_compared_in_any_case(task: str, written: str) -> None:
    found = surest_change(task, Source(path="a.py", content=MEMBERS.encode()), "read")
    assert found is None if not written else found and written in (found.edits[0].after or b"").decode()


def test_of_what_may_be_no_text_nothing_is_sure_but_a_parameter_may_be_one() -> None:
    task = "read should ignore upper and lower case."
    for other in (MEMBERS.replace("    name: str\n", ""), MEMBERS.replace("name: str)", "name)")):
        assert any("one.name.lower() == name.lower()" in one for one in changes(task, other))
        assert surest_change(task, Source(path="a.py", content=other.encode()), "read") is None
    number = MEMBERS.replace("one.name == name", "one.number == name")
    assert not any(".lower()" in one for one in changes(task, number))
    half = MEMBERS.replace("one.name == name", "one.name.lower() == name")
    assert any("one.name.lower() == name.lower()" in one for one in changes(task, half))


def test_two_texts_that_differ_in_their_case_alone_say_so_too() -> None:
    task = "It should work however somebody types it: 'linen' or 'LINEN'."
    assert any("one.name.lower() == name.lower()" in one for one in changes(task, MEMBERS))

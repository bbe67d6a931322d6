"""Words of a task that ask for a function, a parameter or a sign, and such as only look like it."""

from __future__ import annotations

import pytest

from tests.unit.test_crew_asked import missed


@pytest.mark.parametrize(
    ("task", "used"),
    [
        ("cut should work with zip archives too.", ""),
        ("cut should go by zip code.", ""),
        ("cut should go by zip.", ""),
        ("cut should put them into one with round brackets.", ""),
        ("cut only works with sorted lists, so refuse others.", ""),
        ("cut should do it with sorted.", "sorted"),
        ("cut should put them together using zip and be lazy.", "zip"),
        ("cut should put them together with `zip` where it can.", "zip"),
        ("cut should turn it with reversed(), please.", "reversed"),
    ],
)
def test_words_that_are_functions_of_python_too_are_not_to_be_used(task: str, used: str) -> None:
    after = "def cut(text, limit=10, *, mark='…'):\n    return text[:limit] + mark\n"
    assert missed(task, after) == (f"the task asks to use {used}, and the code does not" if used else "")


@pytest.mark.parametrize(
    ("task", "header"),
    [
        ("tkinter calls close with an event; let it take one.", "def close(event=None):"),
        ("close is passed to signal as a handler now: add signum and frame.", "def close(signum, frame):"),
        ("close needs a parameter event to be used as a callback.", "def close(event):"),
        ("close should get a parameter force, which does nothing for now.", "def close(force=False):"),
    ],
)
def test_what_others_give_need_not_be_used(task: str, header: str) -> None:
    close = "def close():\n    save()\n    root.destroy()\n"
    assert not missed(task, close.replace("def close():", header), close)
    told = "close should take a force parameter."
    assert "does nothing with it" in missed(told, close.replace("()", "(force=False)", 1), close)


PLATE = "def plate(self):\n    return f'{self.name}: ' + ', '.join(self.animals)\n"
COUNTED = PLATE.replace("self.animals", "f'{name}: {n}' for name, n in self.animals.items()")
SHOWS = "The plate should also say how many there are, in brackets: 'Reef: goby (1)'."


def test_a_sign_of_what_should_come_out_is_written() -> None:
    assert (
        missed(SHOWS, COUNTED, PLATE)
        == "the task shows 'Reef: goby (1)', with '(' in it, and the code never writes that"
    )
    assert not missed(SHOWS, COUNTED.replace(": {n}", " ({n})"), PLATE)


@pytest.mark.parametrize(
    "task",
    [
        "plate should count: plate('Reef (old)') is 'Reef (old): 1'.",
        "plate fails for 'Reef: goby (1)', which should say nothing.",
        "plate should say how many there are: 'Reef: goby 1'.",
    ],
)
def test_signs_of_what_comes_in_need_not_be_written(task: str) -> None:
    assert not missed(task, COUNTED, PLATE)


@pytest.mark.parametrize(
    ("task", "new"),
    [
        ("When people write 'anna@example.org', plate should ignore case.", "self.name.lower()"),
        ("plate should read '$ 12.50' as 12.5.", "self.price()"),
        ("plate should print the list, such as 'values: [1, 2]'.", "f'values: {self.animals}'"),
        ("plate should say 'Reef (old)'.", "self.name + OLD"),
        ("plate should print 'Ann <ann@example.org>'.", "f'{self.name} <{self.mail}>'"),
        ("plate should show '&lt;b&gt;Reef' rather than bold text.", "html.escape(self.name)"),
        ("plate should show '5.00 €' rather than the currency first.", "f'{self.number} {self.currency}'"),
        ("plate should print 'https://reef.org/?a=1&b=2'.", "self.url + '?' + urlencode(self.query)"),
        ("plate should print 'Reef(goby)'.", "repr(self)"),
        ("Plates that say 'Reef (old)' should be in upper case.", "self.name.upper()"),
        ("plate should be able to read 'Reef <1>' and give 'Reef'.", "self.name.partition(' ')[0]"),
        ("plate should print 'Tom & Jerry: 2'.", "f'{self.name}: {self.number}'"),
    ],
)
def test_signs_that_come_in_or_from_elsewhere_need_not_be_written(task: str, new: str) -> None:
    rest = "OLD = ' (old)'\n"
    assert not missed(task, f"{rest}def plate(self):\n    return {new}\n", f"{rest}{PLATE}")

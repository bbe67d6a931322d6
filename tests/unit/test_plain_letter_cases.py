"""Texts that are looked up, kept and given back in upper or lower case."""

from __future__ import annotations

import pytest

from workbench.crew.plain.finding import plain_changes, surest_change
from workbench.model import Source

AS_BOOL = """
TRUE = ("yes", "on")


def as_bool(text: str) -> bool:
    value = text.strip()
    if value in TRUE:
        return True
    raise ValueError(f"not a word: {text!r}")
"""
PARSE = """
def parse_bool(value: str) -> bool:
    if value in ("yes", "on"):
        return True
    if value == "no":
        return False
    raise ValueError(f"not a word: {value!r}")
"""
ALLERGENS = """
ALLERGENS = {"butter": "milk", "flour": "gluten"}


def find(names):
    found = set()
    for name in names:
        allergen = ALLERGENS.get(name)
        if allergen:
            found.add(allergen)
    return sorted(found)
"""
SEAT = """
def parse_seat(text):
    row, number = text[0], text[1:]
    if row not in "ABCDEF":
        raise ValueError(f"no seat: {text}")
    return row, int(number)
"""
ROW = """
def parse_row(text):
    found = re.fullmatch(r"[A-F](\\d+)", text.strip())
    return found[0]
"""
SUBSCRIBE = """
class Mails:
    def subscribe(self, address, name=""):
        self._names[address] = name
"""
BY_METHOD = """
def by_method(sales):
    sums = defaultdict(float)
    for sale in sales:
        sums[sale.method] += sale.amount
    return sums
"""
INITIALS = """
def initials(name):
    return "".join(word[0] + "." for word in name.split())
"""
ANY = "{} should not care about upper and lower case."


def found(task: str, code: str, name: str) -> list[str]:
    source = Source(path="a.py", content=code.encode())
    return [(one.edits[0].after or b"").decode() for one in plain_changes(task, source, name)]


def sure(task: str, code: str, name: str) -> str:
    one = surest_change(task, Source(path="a.py", content=code.encode()), name)
    return (one.edits[0].after or b"").decode() if one else ""


@pytest.mark.parametrize(
    ("task", "code", "name", "old", "new"),
    [
        (ANY.format("as_bool"), AS_BOOL, "as_bool", "text.strip()", "text.strip().lower()"),
        (
            "as_bool: 'Yes' and 'ON' are fine too, whatever the case.",
            AS_BOOL,
            "as_bool",
            ".strip()",
            ".strip().lower()",
        ),
        ("find must ignore upper and lower case.", ALLERGENS, "find", ".get(name)", ".get(name.lower())"),
        ("Let parse_seat accept small letters for the row.", SEAT, "parse_seat", "text[0],", "text[0].upper(),"),
        ("parse_row should take lower case letters too.", ROW, "parse_row", ".strip()", ".strip().upper()"),
        (
            "Mails.subscribe should store the address in lower case.",
            SUBSCRIBE,
            "Mails.subscribe",
            "        self._names",
            "        address = address.lower()\n        self._names",
        ),
        (
            "by_method counts 'card', 'Card' and ' card ' as three. Ignore case and blanks around.",
            BY_METHOD,
            "by_method",
            "sums[sale.method]",
            "sums[sale.method.strip().lower()]",
        ),
        (
            "initials('ann lee') gives 'a.l.', it should give 'A.L.'",
            INITIALS,
            "initials",
            "split())",
            "split()).upper()",
        ),
    ],
)
def test_a_text_is_put_in_the_case_that_is_asked_for(task: str, code: str, name: str, old: str, new: str) -> None:
    assert code.replace(old, new) in found(task, code, name)


def test_an_error_goes_on_to_tell_what_was_given() -> None:
    after = PARSE.replace("    if value in", "    word = value.lower()\n    if word in").replace(
        'value == "no"', 'word == "no"'
    )
    assert found(ANY.format("parse_bool"), PARSE, "parse_bool")[0] == after


@pytest.mark.parametrize(
    ("task", "code", "name"),
    [
        ("as_bool should know the word 'ja'.", AS_BOOL.replace("in TRUE", "in WORDS"), "as_bool"),
        ("as_bool should stay case-sensitive.", AS_BOOL, "as_bool"),
        ("as_bool should not ignore upper and lower case any more.", AS_BOOL, "as_bool"),
        (ANY.format("as_bool"), AS_BOOL.replace('"yes", "on"', '"yes", "On"'), "as_bool"),
        (ANY.format("as_bool"), AS_BOOL.replace('"yes", "on"', '"1", "2"'), "as_bool"),
        (ANY.format("as_bool"), AS_BOOL.replace("text.strip()", "text.strip().casefold()"), "as_bool"),
        (ANY.format("parse_seat"), SEAT.replace('"ABCDEF"', "self.rows"), "parse_seat"),
        ("parse_row should take lower case letters too.", ROW.replace("[A-F]", "[A-Fa-f]"), "parse_row"),
        ("by_method should round to two decimals.", BY_METHOD, "by_method"),
        ("Count in lower case.", BY_METHOD.replace("sale.method]", "sale.method.lower()]"), "by_method"),
        ("initials('ann lee') gives 'a.l.', it should give 'Al.'", INITIALS, "initials"),
    ],
)
def test_no_other_text_is_put_in_a_case(task: str, code: str, name: str) -> None:
    folds = (".lower()", ".upper()")
    assert all(one.count(fold) == code.count(fold) for one in found(task, code, name) for fold in folds)


@pytest.mark.parametrize("task", [ANY, "Upper and lower case should not matter in {}.", "{} must ignore case."])
def test_what_is_only_looked_up_is_sure(task: str) -> None:
    assert sure(task.format("as_bool"), AS_BOOL, "as_bool") == AS_BOOL.replace("strip()", "strip().lower()")


@pytest.mark.parametrize(
    ("task", "code"),
    [
        (ANY.format("as_bool").replace(".", ", unless it is a name."), AS_BOOL),
        ("as_bool should not ignore case.", AS_BOOL),
        ("as_bool should write its texts in upper or lower case.", AS_BOOL),
        ("as_bool should also ignore case and raise an error for None.", AS_BOOL),
        (ANY.format("as_bool"), AS_BOOL.replace("return True", "return value")),
        (ANY.format("as_bool"), AS_BOOL.replace("text.strip()", "read(text)")),
        (ANY.format("as_bool"), AS_BOOL.replace("in TRUE", "in TRUE or text in TRUE")),
        (ANY.format("as_bool"), AS_BOOL.replace("value = text", "value = None\n    value = text")),
    ],
)
def test_nothing_is_sure_where_another_thing_may_be_meant(task: str, code: str) -> None:
    assert not sure(task, code, "as_bool")

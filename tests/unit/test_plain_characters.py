"""Characters that a text is freed of, and those that are read as others."""

from __future__ import annotations

import pytest

from workbench.crew.plain.finding import plain_changes
from workbench.model import Source

PLATE = """
def plate(text: str) -> str:
    return text.upper().replace(" ", "").replace("-", "")
"""
PHONE = """
def phone(text):
    for mark in " -":
        text = text.replace(mark, "")
    return text
"""
PATTERN = """
def phone(text):
    return re.sub(r"[ -]", "", text)
"""
AMOUNT = """
def amount(text: str) -> int:
    euros, _, cents = text.strip().partition(",")
    return int(euros) * 100 + int(cents)
"""
NAME = """
def tidy(text):
    return text.strip().title()
"""
INITIALS = """
def initials(name):
    return "".join(part[0] for part in name.split(" "))
"""
PRICE = """
def price(text: str) -> float:
    return 2 + 3 * len(text)
"""
SLUG = """
def slug(title):
    result = ""
    for char in title:
        result += char if char.isalnum() else "-"
    return result.strip("-")
"""
LINE = """
def setting(line):
    key, _, value = line.partition("=")
    return key.strip(), value.strip()
"""
END = """
def arrows(text: str) -> list[str]:
    return text.upper().split()
"""
TIME = """
def parse_time(text: str) -> time:
    hours, _, minutes = text.strip().partition(":")
    return time(int(hours), int(minutes))
"""
REGEX = """
_TIME = re.compile(r"(\\d+):(\\d+)")


def parse_time(text):
    found = _TIME.fullmatch(text)
    return found[1], found[2]
"""
START = """
def start(text):
    return datetime.strptime(text.strip(), "%Y-%m-%d %H:%M")
"""
KILOS = """
def kilos(text: str) -> float:
    return float(text)
"""


def found(task: str, code: str, name: str) -> list[str]:
    source = Source(path="a.py", content=code.encode())
    return [(one.edits[0].after or b"").decode() for one in plain_changes(task, source, name)]


@pytest.mark.parametrize(
    ("task", "code", "old", "new"),
    [
        ("plate should also drop dots.", PLATE, '"-", "")', '"-", "").replace(".", "")'),
        ("Let plate remove slashes as well.", PLATE, '"-", "")', '"-", "").replace("/", "")'),
        ("phone should also remove brackets: '(0)'.", PHONE, '" -"', '" -()"'),
        ("phone must ignore slashes too.", PATTERN, "[ -]", "[/ -]"),
        ("amount should accept a euro sign before the number.", AMOUNT, "text.strip", 'text.replace("€", "").strip'),
        ("Squeeze several spaces into one in tidy.", NAME, "text.strip()", '" ".join(text.split())'),
        ("initials fails if there are two spaces in a row.", INITIALS, 'split(" ")', "split()"),
        ("Spaces should not count in price.", PRICE, "len(text)", 'len(text.replace(" ", ""))'),
        (
            "slug should never have two dashes in a row.",
            SLUG,
            "    return",
            '    while "--" in result:\n        result = result.replace("--", "-")\n    return',
        ),
        ("setting should drop everything from ' #' on.", LINE, "value.strip", 'value.split(" #")[0].strip'),
        ("arrows should take commas between them too.", END, "upper()", 'upper().replace(",", " ")'),
        (
            "phone should turn a leading '00' into '+'.",
            PHONE,
            "    return",
            '    if text.startswith("00"):\n        text = "+" + text[2:]\n    return',
        ),
        (
            "phone: a 00 at the beginning should be turned into a plus. Turn 00 at the beginning into a plus.",
            PATTERN,
            'return re.sub(r"[ -]", "", text)',
            'number = re.sub(r"[ -]", "", text)\n    if number.startswith("00"):\n'
            '        number = "+" + number[2:]\n    return number',
        ),
        ("Some write 9.30 for 9:30, parse_time should read both.", TIME, "strip()", 'strip().replace(".", ":")'),
        ("Some write 9.30 for 9:30, parse_time should read both.", REGEX, "):(", ")[:.]("),
        ("start should also accept a T between date and time.", START, "strip()", 'strip().replace("T", " ")'),
        ("The scales write 12,5 instead of 12.5. Understand both.", KILOS, "(text)", '(text.replace(",", "."))'),
        ("parse_time should also accept just '14'.", TIME, "int(minutes)", "int(minutes or 0)"),
    ],
)
def test_the_characters_that_a_task_names_are_taken_otherwise(task: str, code: str, old: str, new: str) -> None:
    name = code.partition("def ")[2].partition("(")[0]
    head, sign, body = code.rpartition("def ") if old in code.rpartition("def ")[2] else ("", "", code)
    at = body.index(old, body.find("\n") if sign else 0)
    assert head + sign + body[:at] + body[at:].replace(old, new) in found(task, code, name)


def test_all_numbers_of_a_text_are_read_with_a_comma() -> None:
    code = "def size(text):\n    one, two = text.split('x')\n    return float(one), float(two)\n"
    task = "People write 4,5 instead of 4.5, size should read both."
    new = code.replace("(one)", '(one.replace(",", "."))').replace("(two)", '(two.replace(",", "."))')
    assert found(task, code, "size") == [new]


@pytest.mark.parametrize(
    ("task", "code"),
    [
        ("plate should not drop dots.", PLATE),
        ("plate must not remove dashes any more.", PLATE),
        ("plate should be in lower case.", PLATE),
        ("plate should drop dots.", PLATE.replace(".upper()", ".replace('.', '')")),
        ("phone should raise an error for '00'.", PHONE),
        (
            "phone should turn a leading '00' into '+'.",
            PHONE.replace("    return", "    if not text:\n        return ''\n    return"),
        ),
        ("tidy should keep the spaces.", NAME),
        ("initials should be small.", INITIALS),
        ("Dots should not count in price.", PRICE),
        ("Spaces should not count in price.", PRICE.replace("text: str", "text: list[str]")),
        ("slug should never have two dots or dashes in a row.", SLUG),
        ("setting should raise an error for ' #'.", LINE),
        ("arrows should give 'X, 9'.", END),
        ("parse_time should give 9.30.", TIME),
        ("parse_time should accept 9.30 and 10.30.", TIME),
        ("parse_time should give 9.30 instead of 9:30.", KILOS),
        ("start should raise an error without a time.", START),
        ("The scales write 12,5 instead of 12.5.", KILOS.replace("text: str", "text: int")),
    ],
)
def test_nothing_is_found_where_no_character_is_asked_for(task: str, code: str) -> None:
    assert not found(task, code, code.partition("def ")[2].partition("(")[0])

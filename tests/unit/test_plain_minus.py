"""A minus before all that a function writes for the positive number."""

from __future__ import annotations

import pytest

from workbench.crew.plain.elsewhere.finding import changes_elsewhere
from workbench.crew.plain.finding import plain_changes, surest_change
from workbench.model import Source

TASK = "price(-250) gives '€-2.50'. The minus belongs in front of the currency sign: '-€2.50'."
CENTS = 'def price(cents: int) -> str:\n    """Money."""\n    return f"€{cents / 100:.2f}"\n'
FLOORED = 'def price(cents, sign="EUR"):\n    return f"{cents // 100}.{cents % 100:02d} {sign}"\n'


def changes(task: str, code: str, name: str = "price", path: str = "a.py") -> list[str]:
    source = Source(path=path, content=code.encode())
    found = (plain_changes if path == "a.py" else changes_elsewhere)(task, source, name)
    return [(one.edits[0].after or b"").decode() for one in found]


def test_the_positive_number_is_written_behind_a_minus() -> None:
    line = '    if cents < 0:\n        return "-" + price(-cents)\n'
    assert changes(TASK, CENTS) == [CENTS.replace("    return", line + "    return")]
    sure = surest_change(TASK, Source(path="a.py", content=CENTS.encode()), "price")
    assert sure
    assert b"price(-cents)" in (sure.edits[0].after or b"")


def test_what_may_be_given_beside_it_goes_along_and_only_a_command_judges_floored_numbers() -> None:
    task = "price gets negative amounts wrong: -250 should be '-2.50 EUR', but I get '-3.50 EUR'."
    (made,) = changes(task, FLOORED)
    space: dict[str, object] = {}
    exec(made, space)
    assert eval("price(-250), price(-250, 'CHF'), price(199)", space) == ("-2.50 EUR", "-2.50 CHF", "1.99 EUR")
    assert surest_change(task, Source(path="a.py", content=FLOORED.encode()), "price") is None


def test_a_method_asks_itself() -> None:
    code = 'class Till:\n    def price(self, cents):\n        return f"€{cents / 100:.2f}"\n'
    line = '        if cents < 0:\n            return "-" + self.price(-cents)\n'
    assert changes(TASK, code, "Till.price") == [code.replace("        return", line + "        return")]


@pytest.mark.parametrize(
    "code",
    [
        CENTS.replace("    return", "    if cents < 0:\n        raise ValueError\n    return"),
        CENTS.replace("cents: int", "cents: int, count: int"),
        CENTS.replace("cents: int", "*cents"),
        CENTS.replace("def", "@cached\ndef"),
        'def price(text):\n    return int(text) if text != "€-2.50" else 0\n',
    ],
)
def test_what_asks_for_less_than_zero_takes_two_or_makes_no_text_is_left_alone(code: str) -> None:
    assert not any("-cents)" in one or "-text)" in one for one in changes(TASK, code))


@pytest.mark.parametrize(
    "task",
    [
        "price(-250) gives '€-2.50'. It should give '(€2.50)' without a minus.",
        "price(-250) gives '€-2.50'. It should be '-€2.50'.",
        "price should write '€2.50' for a negative amount.",
    ],
)
def test_a_task_says_minus_and_shows_it_in_front(task: str) -> None:
    assert not any("-cents)" in one for one in changes(task, CENTS))


BODY = '    return f"€{cents / 100:.2f}"\n'


@pytest.mark.parametrize(
    "code",
    [
        CENTS,
        f"def price(cents):\n{BODY}",
        'def price(cents):\n    return f"€{cents:.2f}"\n',
        'def price(cents):\n    euros = cents / 100\n    return f"{SIGN}{euros:.2f}"\n',
    ],
)
def test_what_only_writes_the_number_is_sure(code: str) -> None:
    made = surest_change(TASK, Source(path="a.py", content=code.encode()), "price")
    assert made
    assert b'return "-" + price(-cents)' in (made.edits[0].after or b"")


@pytest.mark.parametrize(
    "code",
    [
        CENTS.replace("cents: int", "cents: str"),
        CENTS.replace("cents: int", "cents: int | None"),
        'def price(cents):\n    return f"€{cents}"\n',
        f"def price(cents):\n    cents = int(cents)\n{BODY}",
        f'def price(cents):\n    if cents is None:\n        return ""\n{BODY}',
        f"def price(cents):\n    cents = cents or 0\n{BODY}",
        f"async def price(cents: int):\n{BODY}",
        f"def price(cents: int):\n    TILL.add(cents)\n{BODY}",
        f"def price(cents: int):\n    TILL.last = cents\n{BODY}",
        CENTS.replace("return f", "print(f").replace('"\n', '")\n'),
        CENTS.replace("€{", "Total: €{"),
        CENTS.replace("}", "} in all"),
        CENTS.replace("€{", "{TOTAL}: €{"),
        CENTS.replace("return f", "return 1, f"),
    ],
)
def test_what_takes_or_writes_something_else_is_not_sure(code: str) -> None:
    assert surest_change(TASK, Source(path="a.py", content=code.encode()), "price") is None


JS = "/** Money. */\nfunction price(cents) {\n  return `€${(cents / 100).toFixed(2)}`;\n}\n"
GO = 'package a\n\nfunc price(cents int) string {\n\treturn fmt.Sprintf("€%.2f", float64(cents)/100)\n}\n'


@pytest.mark.parametrize(
    ("path", "code", "name", "old", "new"),
    [
        ("a.js", JS, "price", "  return", "  if (cents < 0) {\n    return `-${price(-cents)}`;\n  }\n  return"),
        ("a.go", GO, "price", "\treturn", '\tif cents < 0 {\n\t\treturn "-" + price(-cents)\n\t}\n\treturn'),
        (
            "a.js",
            "const price = (cents) => `€${cents}`;\n",
            "price",
            "`€${cents}`",
            "cents < 0 ? `-${price(-cents)}` : `€${cents}`",
        ),
        (
            "a.js",
            "class Till {\n  price(cents) {\n    return `€${cents}`;\n  }\n}\n",
            "Till.price",
            "    return",
            "    if (cents < 0) {\n      return `-${this.price(-cents)}`;\n    }\n    return",
        ),
        (
            "a.go",
            'package a\n\nfunc (t *Till) price(cents int64) string {\n\treturn fmt.Sprintf("€%d", cents)\n}\n',
            "Till.price",
            "\treturn",
            '\tif cents < 0 {\n\t\treturn "-" + t.price(-cents)\n\t}\n\treturn',
        ),
    ],
)
def test_so_it_is_in_javascript_and_go(path: str, code: str, name: str, old: str, new: str) -> None:
    assert code.replace(old, new) in changes(TASK, code, name, path)
    crlf = changes(TASK, code.replace("\n", "\r\n"), name, path)
    assert code.replace(old, new).replace("\n", "\r\n") in crlf


@pytest.mark.parametrize(
    ("path", "code", "name"),
    [
        ("a.js", JS.replace("(cents)", "(cents, sign)", 1), "price"),
        ("a.js", JS.replace("  return", "  if (cents < 0) return '';\n  return"), "price"),
        ("a.js", "class Till {\n  static price(cents) {\n    return `€${cents}`;\n  }\n}\n", "Till.price"),
        ("a.go", GO.replace("cents int", "cents uint"), "price"),
    ],
)
def test_others_are_left_alone(path: str, code: str, name: str) -> None:
    assert not any("-cents)" in one for one in changes(TASK, code, name, path))


def test_amounts_that_stand_without_quotes_are_shown_too() -> None:
    task = "A short till shows €-2.50. The minus belongs in front of the sign: -€2.50."
    assert any("price(-cents)" in one for one in changes(task, CENTS))
    assert surest_change(task, Source(path="a.py", content=CENTS.encode()), "price") is None
    assert not changes("A short till shows 2-3. The minus belongs elsewhere.", CENTS)

"""Entries that are added only where their value is something, and old values that are returned as they were."""

from __future__ import annotations

import time

import pytest

from workbench.crew.plain.elsewhere.finding import changes_elsewhere
from workbench.crew.plain.finding import surest_change
from workbench.crew.slips.finding import without_evident
from workbench.model import FileEdit, Source

TASK = "There is a line 'Discount 0%' on the invoices of customers who get no discount. Leave that line out then."
INVOICE = """
def invoice(order):
    rows = [order.customer]
    rows.append(f"Discount {order.discount}%")
    return rows
"""
APPENDS = '    rows.append(f"Discount {order.discount}%")\n'


def surest(task: str, code: str) -> str:
    found = surest_change(task, Source(path="a.py", content=code.encode()), "invoice")
    return (found.edits[0].after or b"").decode() if found else ""


@pytest.mark.parametrize(
    "task",
    [
        TASK,
        "invoice writes 'Discount 0%' for those without one, that line should not be there.",
        "Skip the line 'Discount 0.00%'.",
    ],
)
def test_a_line_of_nothing_is_left_out(task: str) -> None:
    assert surest(task, INVOICE) == INVOICE.replace(APPENDS, f"    if order.discount:\n    {APPENDS}")


@pytest.mark.parametrize(
    ("task", "code"),
    [
        ("Leave the line 'Discount 10%' out.", INVOICE),
        ("Leave the line 'Discount 0%' out and write 'No discount' instead.", INVOICE),
        ("Leave the line 'Rebate 0%' out.", INVOICE),
        ("It says 'Discount 0%' on the invoice.", INVOICE),
        ("The line 'Discount 0%' should not be shown as the first.", INVOICE),
        ("The line 'Discount 0%' must not stand above the others.", INVOICE),
        (TASK, INVOICE.replace(APPENDS, '    rows.append(f"Discount {order.discount or 0}%")\n')),
        (TASK, INVOICE.replace(APPENDS, '    rows.append("Discount 0%")\n')),
        (TASK, INVOICE.replace("order.discount", "next(order.discounts)")),
        (TASK, INVOICE.replace("order.discount", "order.discounts.pop()")),
    ],
)
def test_of_anything_else_no_line_is_sure(task: str, code: str) -> None:
    assert surest(task, code) == ""


def test_what_a_table_has_is_left_out_too() -> None:
    code = INVOICE.replace("order.discount", "order['discount']")
    row = APPENDS.replace("order.discount", "order['discount']")
    assert surest(TASK, code) == code.replace(row, f"    if order['discount']:\n    {row}")


def test_a_row_of_many_values_is_not_looked_at_for_long() -> None:
    row = "".join(f"{{order.field_{place}:>9}}" for place in range(9))
    begun = time.monotonic()
    assert surest(f"Leave the line '{'a ' * 40}' out.", INVOICE.replace("Discount {order.discount}%", f"{row}!")) == ""
    assert time.monotonic() - begun < 1


def test_in_javascript_too() -> None:
    line = "  rows.push(`Discount ${order.discount}%`);\n"
    code = f"function invoice(order) {{\n  const rows = [];\n{line}  return rows;\n}}\n"
    (found,) = changes_elsewhere(TASK, Source(path="a.js", content=code.encode()), "invoice")
    new = code.replace(line, f"  if (order.discount) {{\n  {line}  }}\n")
    assert (found.edits[0].after or b"").decode() == new


READ = '''
def read(text: str) -> int:
    """Read a temperature."""
    text = text.strip().upper()
    return round(float(text.removesuffix("C")))
'''
LAST = '    return round(float(text.removesuffix("C")))\n'
BESIDE = "read should understand Fahrenheit as well and convert it: '2264 F' is 1240."
NEW = (
    '    if text.endswith("F"):\n        return round((float(text[:-1]) - 32) * 5 / 9)\n'
    "    else:\n        return round({rest})\n"
)


def mended(task: str, rest: str) -> str:
    answer = READ.replace(LAST, NEW.format(rest=rest))
    edits, _ = without_evident(task, [FileEdit(path="a.py", before=READ.encode(), after=answer.encode())])
    return (edits[0].after or b"").decode()


def test_what_was_cleaned_for_what_is_returned_is_so_still() -> None:
    assert mended(BESIDE, "float(text)") == READ.replace(LAST, NEW.format(rest='float(text.removesuffix("C"))'))


@pytest.mark.parametrize(
    ("task", "rest"),
    [
        (BESIDE, "float(text) + 1"),
        (BESIDE, 'float(text.removesuffix("K"))'),
        ("read should no longer take a C, but Fahrenheit as well.", "float(text)"),
        ("read should take bare numbers.", "float(text)"),
    ],
)
def test_what_is_returned_otherwise_is_left(task: str, rest: str) -> None:
    assert mended(task, rest) == READ.replace(LAST, NEW.format(rest=rest))


CELL = """
def cell(text):
    if "," in text:
        return '"' + text.replace('"', '""') + '"'
    return text
"""


def test_what_a_new_line_has_cleaned_is_not_cleaned_again() -> None:
    old = CELL.removeprefix("\ndef cell(text):\n")
    new = old.replace('"," in text', "needs").replace("text.replace('\"', '\"\"')", "text")
    first = """    needs = any(sign in text for sign in ",;")\n    text = text.replace('"', '""')\n"""
    answer = CELL.replace(old, first + new)
    task = "cell should put texts with a semicolon in quotes as well."
    edits, _ = without_evident(task, [FileEdit(path="a.py", before=CELL.encode(), after=answer.encode())])
    assert (edits[0].after or b"").decode() == answer


def test_a_step_that_is_still_there_is_not_missed() -> None:
    before = "def tidy(text):\n    return text.strip().upper()\n"
    first = "    if text.startswith('_'):\n        return text.strip()\n"
    answer = f"def tidy(text):\n{first}    return text.strip()[:9].upper()\n"
    edits, _ = without_evident(
        "tidy should take private names too, in the case they have.",
        [FileEdit(path="a.py", before=before.encode(), after=answer.encode())],
    )
    assert (edits[0].after or b"").decode() == answer

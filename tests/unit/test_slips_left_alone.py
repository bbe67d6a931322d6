"""Right answers that look like a slip, and are left alone."""

from __future__ import annotations

from tests.unit.test_slips_of_everyday import evident
from workbench.crew.slips.cases import nearer
from workbench.crew.slips.finding import righted
from workbench.errors import CheckFailed
from workbench.model import FileEdit


def test_a_format_that_can_be_read_as_it_is_holds_no_parameter() -> None:
    before = "def show(n):\n    return str(n)\n"
    after = "def show(n, x=False):\n    return f'{n:x}' if x else str(n)\n"
    assert evident("show takes x=False: it writes the number in hex.", before, after) == after


KIND = "def kind(text):\n    text = text.strip().lower()\n    return text\n"
USER = "kind should take 'user:NAME' and give NAME."


def test_what_new_lines_return_of_a_text_keeps_its_case() -> None:
    for new in (
        "    if text.startswith('user:'):\n        return text[5:]\n",
        "    first, _, rest = text.partition(':')\n    if first == 'user':\n        return rest\n",
        "    if text == 'x':\n        return 1\n    elif text.startswith('user:'):\n        return text[5:]\n",
    ):
        after = KIND.replace("(text):\n", f"(text):\n{new}", 1)
        assert evident(USER, KIND, after) == after
    new = "    if text.startswith('user:'):\n        text = text[5:]\n"
    after = KIND.replace("(text):\n", f"(text):\n{new}", 1)
    assert evident(USER, KIND, after) == KIND.replace("    return", f"{new}    return")


def test_lines_that_clean_come_first_alone_and_with_their_comment() -> None:
    new = "    if text == 'x':\n        return 1\n"
    joined = "def kind(text):\n    text = text.strip(); return text\n"
    after = joined.replace("(text):\n", f"(text):\n{new}", 1)
    assert evident("kind gives 1 for 'x'.", joined, after) == after
    clean = "    # Spaces do not count.\n    text = text.strip()  # so\n"
    before = f"def kind(text):\n{clean}    return text\n"
    after = before.replace(clean, f"{new}{clean}")
    assert evident("kind gives 1 for 'x'.", before, after) == before.replace(clean, f"{clean}{new}")


def test_a_text_returned_early_stays_where_the_task_says_it_or_a_function_within_returns_it() -> None:
    before = "def code(n):\n    if n is None:\n        return 'N/A'\n    result = hex(n)\n    return result\n"
    new = "    if lower:\n        result = result.lower()\n    return result\n"
    after = before.replace("    return result\n", new).replace("(n):", "(n, lower=False):")
    assert evident("code takes lower=False; 'N/A' stays.", before, after) == after
    assert "'n/a' if lower" in evident("code takes lower=False.", before, after)
    old, inner = "    if n is None:\n        return 'N/A'\n", "    def key(x):\n        return 'A'\n"
    before, after = before.replace(old, inner), after.replace(old, inner)
    assert evident("code takes lower=False.", before, after) == after


def test_a_doubled_sign_is_one_where_it_stands_for_one_or_cannot_be_set() -> None:
    before = "SEP = '--'\ndef p(text):\n    return text\n"
    once = before.replace("    return text", "    text = text.replace('::', ':')\n    return text")
    assert evident("A doubled colon in text stands for one colon.", before, once) == once
    assert "while" in evident("Collapse runs of colons.", before, once)
    for step in ("return SEP.replace('--', '-')", "text = text.replace('--', '-'); n = 1\n    return text * n"):
        after = before.replace("return text", step)
        assert evident("Collapse runs of dashes.", before, after) == after


def test_a_function_that_is_nothing_but_its_docstring_has_nothing_to_be_kept() -> None:
    before = 'def work(x):\n    """Do it if it is there."""\n'
    after = before + "    if x:\n        return 1\n    return 0\n"
    edits = [FileEdit(path="a.py", before=before.encode(), after=after.encode())]
    fault = CheckFailed("AssertionError", code="checks-failed", hint="")
    assert all(one.edits[0].after for one in righted("work should be 1 if x is there, too.", edits, fault))
    assert not list(nearer("work should be 1 if x is there, too.", edits))

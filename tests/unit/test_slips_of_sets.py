"""A list keeps an order that a set does not have."""

from __future__ import annotations

import pytest

from tests.unit.test_slips import evident

MAILS = "def mails(members):\n    return [member.mail for member in members if member.mail]\n"
TASK = "mails lists an address twice if two members share it. Each should be there only once, where it first comes."
FILLED = """def mails(members):
    once = set()
    for member in members:
        if member.mail and member.mail not in once:
            once.add(member.mail)
    return list(once)
"""


@pytest.mark.parametrize(
    ("answered", "meant"),
    [
        ("list(set(member.mail for member in members))", "list(dict.fromkeys(member.mail for member in members))"),
        ("list({member.mail for member in members})", "list(dict.fromkeys(member.mail for member in members))"),
        ("tuple(set(members))", "tuple(dict.fromkeys(members))"),
        ("', '.join(set(members))", "', '.join(dict.fromkeys(members))"),
        ("[one.mail for one in set(members)]", "[one.mail for one in dict.fromkeys(members)]"),
    ],
)
def test_what_comes_once_stays_in_its_order(answered: str, meant: str) -> None:
    after = f"def mails(members):\n    return {answered}\n"
    assert evident(MAILS, after, TASK) == f"def mails(members):\n    return {meant}\n"


def test_a_set_that_is_filled_and_listed_is_a_table() -> None:
    meant = FILLED.replace("set()", "{}").replace("once.add(member.mail)", "once[member.mail] = None")
    assert evident(MAILS, FILLED, TASK) == meant


@pytest.mark.parametrize(
    "after",
    [
        "def mails(members):\n    return sorted(set(members))\n",
        "def mails(members):\n    return set(members)\n",
        "def mails(members):\n    return len({one.mail for one in members})\n",
        "def mails(members):\n    return list(set(members) - {None})\n",
        "def mails(members, set=list):\n    return list(set(members))\n",
        FILLED.replace("list(once)", "sorted(once)"),
        FILLED.replace("list(once)", "list(once | {''})"),
        FILLED.replace("    return", "    once.discard('')\n    return"),
        FILLED.replace("once = set()", "once = set(KNOWN)"),
        FILLED.replace("once.add(member.mail)", "once.add(*member.mail)"),
        "def mails(members):\n    return list(set(*members))\n",
        FILLED.replace("    once = set()", "    global once\n    once = set()"),
        FILLED.replace("(members)", "(members, once)").replace("    once =", "    if not members:\n        once ="),
    ],
)
def test_a_set_that_is_meant_as_one_stays_one(after: str) -> None:
    assert evident(MAILS, after, TASK) == after


def test_a_set_that_was_listed_before_is_left() -> None:
    before = "def mails(members):\n    return list(set(members))\n"
    after = "def mails(members, most=None):\n    return list(set(members))[:most]\n"
    assert evident(before, after, TASK) == after


@pytest.mark.parametrize(
    "made", ["member async for member in members", "await one() for one in members", "next(one) for one in members"]
)
def test_a_set_is_no_generator_that_awaits_or_stops(made: str) -> None:
    before = MAILS.replace("def", "async def")
    after = f"async def mails(members):\n    return list({{{made}}})\n"
    assert evident(before, after, TASK) == after


def test_a_name_of_the_file_is_not_that_of_python() -> None:
    own = "def dict(rows):\n    return rows\n\n\n"
    after = "def mails(members):\n    return list(set(members))\n"
    assert evident(own + MAILS, own + after, TASK) == own + after
    assert evident("from ours import set\n" + MAILS, "from ours import set\n" + FILLED, TASK).endswith(FILLED)


def test_a_set_is_handed_on_as_one_but_to_a_list() -> None:
    after = "def mails(members):\n    found = Index()\n    found.extend(set(members))\n    return found\n"
    assert evident(MAILS, after, TASK) == after
    listed = after.replace("Index()", "[]")
    assert evident(MAILS, listed, TASK) == listed.replace("set(", "dict.fromkeys(")


def test_what_is_said_beside_an_element_stays() -> None:
    said = FILLED.replace(
        "once.add(member.mail)", "once.add(\n                member.mail  # in any case\n            )"
    )
    meant = (
        said.replace("set()", "{}").replace("once.add(", "once[").replace("            )\n", "            ] = None\n")
    )
    assert evident(MAILS, said, TASK) == meant

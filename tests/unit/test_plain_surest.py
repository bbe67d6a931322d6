"""Changes that are made where nothing checks them: where short words leave no doubt, and nowhere else."""

from __future__ import annotations

import textwrap

import pytest

from tests.unit.scripted_desk import ScriptedDesk, a_brief, fenced
from workbench.crew.dispatch import work
from workbench.crew.plain.finding import plain_changes, surest_change
from workbench.crew.plain.surest import LONGEST
from workbench.model import Source, Verdict


def made(task: str, code: str, name: str = "work") -> str:
    """Return what the surest change makes of a file; nothing where there is none."""
    source = Source(path="a.py", content=textwrap.dedent(code).lstrip("\n").encode("utf-8"))
    one = surest_change(task, source, name)
    return (one.edits[0].after or b"").decode("utf-8") if one else ""


LATER = "def work(slots):\n    later = [one for one in slots if one > 9]\n    return later[0]\n"
MEAN = "def work(marks):\n    return round(sum(marks) / len(marks), 1)\n"
FEE = "def work(price):\n    return round(price * 0.2, 2)\n"
ERROR = "def work(address):\n    if '@' not in address:\n        raise ValueError('bad address')\n    return address\n"
FROST = "def work(low, thunder=None):\n    if low < 0:\n        return 'frost'\n    return thunder or ''\n"
SPLIT = "def work(line):\n    name, value = line.split('=')\n    return name, value\n"
MEETS = "def work(a, b):\n    return a.begin <= b.end and b.begin <= a.end\n"

MERGE = "def work(one, two):\n    for name in two:\n        one[name] = two[name]\n    return one\n"
SAVES = "def work(session, post):\n    post.tags.sort()\n    session.add(post)\n"
GROWS = "def work(names):\n    names.append('z')\n    return names\n"
SCAN = "class Scan:\n    code: str\n    kind: str\n    cost: int\n\n\n"
BILLS = "class Bill:\n    total: float\n    paid: bool\n    kind: Kind\n\n\n"
TOTAL = f"{BILLS}def work(bills):\n    return sum(bill.total for bill in bills)\n"
SCANS = f"{SCAN}def work(scans):\n    return [one.code for one in scans]\n"
SORTS = f"{SCAN}def work(scans):\n    return sorted(scans, key=lambda one: one.kind)\n"
WEIGHT = "def work(a, b):\n    return a * b\n"
KILOS = WEIGHT.replace("return", "'Return the kilos of a parcel.'\n    return")


@pytest.mark.parametrize(
    ("task", "code", "written"),
    [
        (
            "work raises an IndexError when no slot is left. It should return None.",
            LATER,
            "later[0] if later else None",
        ),
        (
            "Bug: work raises a ValueError without marks; it should give 0.",
            "def work(marks):\n    return max(marks)\n",
            "return max(marks) if marks else 0",
        ),
        (
            "work fails with a ZeroDivisionError for no marks. It should return 0.0 then.",
            MEAN,
            "return round(sum(marks) / len(marks), 1) if marks else 0.0",
        ),
        (
            "work raises a ZeroDivisionError when days is 0. It should be None.",
            "def work(days):\n    return 7 // days\n",
            "return 7 // days if days else None",
        ),
        ("work should be rounded up to the next half.", WEIGHT, "return -(-(a * b) // 0.5) * 0.5"),
        ("work should be rounded up to the next half kilo.", KILOS, "-(-(a * b) // 0.5) * 0.5"),
        ("If one is lost, work is wrong. It should ignore scans of the kind 'note'.", SCANS, '!= "note"]'),
        ("work should ignore paid bills.", TOTAL, "for bill in bills if not bill.paid)"),
        ("work should ignore scans of the kind 'note'.", SCANS, 'for one in scans if one.kind != "note"]'),
        ("Of the same kind, the one with the lower cost comes first in work.", SORTS, "(one.kind, one.cost))"),
        (
            "work has a name twice if two share it. Each name should be there only once.",
            "def work(a):\n    return [b.n for b in a]\n",
            "dict.fromkeys(b.n for",
        ),
        (
            "work lists what is 0. Leave that out.",
            "def work(a):\n    return {k: n for k, n in a.items()}\n",
            "if n != 0}",
        ),
        ("work should never be less than 20 euros.", FEE, "return max(round(price * 0.2, 2), 20)"),
        ("work should not give more than 99.5.", FEE, "return min(round(price * 0.2, 2), 99.5)"),
        (
            "The cost grows: a price of 400 euros costs 80. It must never be more than 20.",
            FEE,
            "return min(round(price * 0.2, 2), 20)",
        ),
        ("work must be at least 5.", FEE, "return max(round(price * 0.2, 2), 5)"),
        ("work must never be negative: it is 0 then.", FEE, "return max(round(price * 0.2, 2), 0)"),
        (
            "work gives a year too many before the birthday.",
            "def work(self, today):\n    return today.year - self.born.year\n",
            "return today.year - self.born.year - ((today.month, today.day) < (self.born.month, self.born.day))",
        ),
        (
            "work forgets the last day of the time. It belongs to it.",
            "def work(first, last):\n    count = (last - first).days\n    return [first + n for n in range(count)]\n",
            "range(count + 1)",
        ),
        (
            "The error of work should name the address: 'bad address: nobody' and not just 'bad address'.",
            ERROR,
            "ValueError(f'bad address: {address}')",
        ),
        ("The error of work should say which address: \"bad address 'x'\".", ERROR, "(f'bad address {address!r}')"),
        ("work gives no frost warning when low is exactly 0 degrees. It should.", FROST, "if low <= 0:"),
        ("A day of exactly 0 degrees is one of frost too, but work does not warn of it.", FROST, "if low <= 0:"),
        ("One that starts exactly now should still be later. So far work skips it.", LATER, ">= "),
        ("After work(a, b) the dict a has changed. Neither argument may be modified.", MERGE, "    one = one.copy()\n"),
        ("work should not change the list that it is given.", GROWS, "    names = names.copy()\n"),
        ("work reorders the list that I pass in. It should leave my list alone.", GROWS, "    names = names.copy()\n"),
        ("work should leave my list alone and return a new one.", GROWS, "    names = names.copy()\n"),
        ("work fails where the value has an = in it. Only the first = should count.", SPLIT, "line.split('=', 1)"),
        ("Two that only touch do not meet, says work.", MEETS, "return a.begin < b.end and b.begin < a.end"),
        ("Back to back is fine for work, that must not count.", MEETS, "return a.begin < b.end and b.begin < a.end"),
        (
            "Add an optional parameter sign to work, '-' by default.",
            "def work(text):\n    return '-'.join(text)\n",
            "return sign.join(text)",
        ),
    ],
)
def test_what_short_words_leave_no_doubt_of_is_made(task: str, code: str, written: str) -> None:
    assert written in made(task, code)


@pytest.mark.parametrize(
    ("task", "code"),
    [
        # It says more than one thing.
        (f"work gives no frost warning when low is exactly 0 degrees. It should. {'And so on. ' * 20}", FROST),
        ("Add a parameter limit to work: exactly 0 is frost too.", FROST),
        # Nothing is said of where the boundary is.
        ("work should warn of frost at 0 degrees.", FROST),
        # There is more than one place.
        ("work: if low is exactly 0, say 'black ice'.", FROST),
        ("After exactly 0 degrees work should also log it.", FROST),
        ("work should just touch the file.", FROST),
        ("work should run at the very same minute each day.", LATER),
        (
            "work should not change the list that it is given.",
            GROWS.replace("    names.a", "    names = list(names)\n    names.a"),
        ),
        ("work should leave the given order as it is.", "def work(order, log):\n    log.append(order.pop)\n"),
        ("work must never change the order.", "def work(order, log):\n    log.append(order.pop)\n"),
        ("work should warn of frost unless low is exactly 0.", FROST),
        ("work should give 'frost' only if low is exactly 0.", FROST),
        ("work must not change the order of the tags.", SAVES),
        ("work should not change its input.", SAVES.replace("add", "update")),
        ("work should not change the session.", SAVES.replace("(session", "(session: Session")),
        ("A slot that is exactly 9 is later, or taken.", LATER.replace("> 9]", "> 9 or one < 9]")),
        # It holds for some, of something else, or of what is no number.
        ("work should count each name only once.", "def work(a):\n    return [b.n for b in a]\n"),
        ("work should leave the first name alone and sort the rest.", GROWS),
        ("work should leave the list alone when it is empty.", GROWS),
        ("work should leave the list alone and print the rest.", GROWS),
        ("Back to back is fine. But work lets a slot overlap another.", MEETS.replace("<=", "<")),
        ("Slots back to back are fine in work.", "def work(slots, most):\n    return len(slots) < most\n"),
        ("work fails when two slots come back to back.", LATER),
        ("work should wait a second between slots that come back to back.", LATER),
        ("Back to back is fine, says work, if 5 minutes lie between.", MEETS),
        ("work should never be less than 20 for members.", FEE),
        ("work should never be less than 10 percent of the price.", FEE),
        ("work should not return more than 10 hits.", "def work(hits):\n    return [one for one in hits]\n"),
        ("work should never be more than 5.", "def work(names):\n    return sorted(names)\n"),
        (
            "work should never be less than 20.",
            "def work(n):\n    def inner():\n        return n * 2\n    yield inner()\n",
        ),
        (
            "work raises an IndexError when nothing is left. It should return None.",
            LATER.replace("later[0]", "1, later[0]"),
        ),
        ("work raises a ZeroDivisionError when n is 0. It should be 0.", "def work(n, days):\n    return n / days\n"),
        ("work raises an IndexError when it is empty. It should do nothing.", "def work(a):\n    a.pop(0)\n"),
        (
            "work raises a ValueError for 'x'. It should return 0.",
            "def work(a):\n    try:\n        return int(a)\n    except TypeError:\n        return 8\n",
        ),
        ("A code must have exactly 6 digits, says work.", "def work(code):\n    return len(code) < 6\n"),
        ("work should fill codes up to exactly 6 digits too.", "def work(code):\n    return len(code) < 6\n"),
        ("work should not change the case of names.", GROWS.replace("names.append('z')", "print(names)")),
        ("work should return a copy.", GROWS),
        ("work should list the longest names first.", "def work(names):\n    return sorted(names)\n"),
        ("work should capitalise only the first word.", "def work(text):\n    return text.split(' ')\n"),
        ("work should not be rounded up any more.", "def work(a, b):\n    return (a + b - 1) // b\n"),
        ("work should write booleans as they are.", "def work(v):\n    return isinstance(v, int)\n"),
        (
            "work gives a year too few on the birthday.",
            "def work(a, b):\n    return a.year - b.year - (a.month < b.month)\n",
        ),
        # It is the price that is never less, not what is given.
        ("If price is not less than 20, work should give 0.", FEE),
        ("The price that work gets is never less than 20.", FEE),
        ("work should never be less than 20.", "def work(price):\n    if price:\n        return price\n    return 0\n"),
        ("work should never be less than 20.", "def work(price, max):\n    return price * max\n"),
        # An error that is wanted, or that comes from elsewhere.
        (
            "work should raise an IndexError when no slot is left, and return None without slots.",
            LATER.replace("0", "2"),
        ),
        (
            "work raises an IndexError when no slot is left. It should return None.",
            LATER.replace("later[0]", "slots[9]"),
        ),
        ("work raises a KeyError when no slot is left. It should return None.", LATER),
        # The word is no parameter, or the message shown is another one.
        ("The error of work should name the person: 'bad address: nobody'.", ERROR),
        ("The error of work should name the address: 'no address: nobody'.", ERROR),
        ("The error of work should name the address: 'bad address: a b c'.", ERROR),
        ("work should sort what it gives.", FEE),
        ("If work gets a negative price, it must not be negative.", FEE.replace("price *", "-price *")),
        ("work should count the years.", "def work(a, b):\n    return a.year - b.year\n"),
        ("work should be rounded up to the next half if it is large.", WEIGHT),
        ("Of the same kind, the one with the lower cost is first in work, then the one with the lower code.", SORTS),
        ("work should be rounded up to the next half.\nOnly if it is large.", WEIGHT),
        # Not all of a kind are left out, some of them count elsewhere, or they are not told by a text.
        ("work should ignore scans of the kind 'note' and 'memo'.", SCANS),
        ("work should ignore scans of the kind 'note' unless they cost something.", SCANS),
        ("work should ignore the case of the kind 'note'.", SCANS),
        ("work should ignore paid bills of more than 5 euros.", TOTAL),
        ("work should ignore paid bills.", f"{TOTAL[:-1]} / len(bills)\n"),
        ("work should ignore bills of the kind 'note'.", TOTAL),
        # The step may be of another unit, or is none.
        ("work should be rounded to the nearest 5 cents.", WEIGHT),
        ("work should be rounded up to the next half hour.", KILOS),
        ("work should be rounded to the next quarter of an hour.", WEIGHT),
        ("work should round to 3 significant digits.", WEIGHT),
        ("work should round to 2 instead of 3 places.", WEIGHT),
        ("work rounds 14 to 10. It should give 15.", WEIGHT),
        ("Is it right that work lists scans of the kind 'note'? Ignore the other ones.", SCANS),
        ("Of the same kind, those with the lower cost are left out. Some come first.", SORTS),
    ],
)
def test_nothing_is_made_where_the_words_may_mean_something_else(task: str, code: str) -> None:
    assert not made(task, code)


def test_a_task_that_is_just_short_enough_is_read_and_a_longer_one_is_not() -> None:
    task = "work should never be less than 20."
    assert made(task.ljust(LONGEST), FEE)
    assert not made(task.ljust(LONGEST + 1), FEE)


def test_what_is_surest_is_tried_under_a_check_too() -> None:
    for task, code in (
        ("work should never be less than 20.", FEE),
        ("work should name the address: 'bad address: x'", ERROR),
    ):
        source = Source(path="a.py", content=code.encode())
        sure = surest_change(task, source, "work")
        assert sure is not None
        assert sure.edits[0].after in {one.edits[0].after for one in plain_changes(task, source, "work")}


def test_a_message_keeps_its_braces() -> None:
    code = ERROR.replace("'bad address'", '"bad {address}"')
    after = made("The error of work should name the address: 'bad {address}: nobody'.", code)
    assert 'f"bad {{address}}: {address}"' in after


async def test_no_model_is_asked_for_it_and_nothing_is_claimed() -> None:
    desk = ScriptedDesk()
    proposal = await work(a_brief("patch", "work should never be less than 20 euros.", {"a.py": FEE}), desk)
    assert b"max(round(price * 0.2, 2), 20)" in (proposal.edits[0].after or b"")
    assert proposal.verdict is Verdict.UNVERIFIED
    assert any(note.startswith("no model was asked") for note in proposal.notes)
    assert not desk.asked
    assert not desk.tried


async def test_a_model_is_asked_where_slips_are_off() -> None:
    answer = fenced(FEE.replace("return round(price * 0.2, 2)", "return max(price * 0.2, 20)"))
    desk = ScriptedDesk(answer, answer)
    brief = a_brief("patch", "work should never be less than 20 euros.", {"a.py": FEE})
    off = brief.solving.model_copy(update={"slips": False, "samples": 1, "wrap": False})
    proposal = await work(brief.model_copy(update={"solving": off}), desk)
    assert b"max(price * 0.2, 20)" in (proposal.edits[0].after or b"")
    assert desk.asked

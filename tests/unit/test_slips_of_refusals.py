"""A refusal that gave way to a new one in JavaScript or Go."""

from __future__ import annotations

import pytest

from workbench.crew.slips.finding import without_evident
from workbench.model import FileEdit

TASK = "Cellar.Take should return an error if the number of bottles is zero or negative."
OLD = '\tif wine.Left < bottles {\n\t\treturn fmt.Errorf("only %d left", wine.Left)\n\t}\n'
NEW = '\tif bottles <= 0 {\n\t\treturn fmt.Errorf("cannot take %d", bottles)\n\t}\n'
HEAD = "package a\n\nfunc (c *Cellar) Take(bottles int) error {\n\twine := c.wine\n"
GO = f"{HEAD}{OLD}\twine.Left -= bottles\n\treturn nil\n}}\n"
JS_OLD = "    if (wine.left < bottles) {\n      throw new RangeError('too few');\n    }\n"
JS_NEW = "    if (bottles <= 0) {\n      throw new RangeError('none');\n    }\n"
JS = f"class Cellar {{\n  take(wine, bottles) {{\n{JS_OLD}    wine.left -= bottles;\n  }}\n}}\n"


def after(task: str, path: str, before: str, answer: str) -> str:
    edits, done = without_evident(task, [FileEdit(path=path, before=before.encode(), after=answer.encode())])
    content = (edits[0].after or b"").decode()
    assert bool(done) is (content != answer)
    return content


def test_the_old_one_stays_behind_the_new_one() -> None:
    assert after(TASK, "a.go", GO, GO.replace(OLD, NEW)) == GO.replace(OLD, NEW + OLD)
    ends = after(TASK, "a.go", GO.replace("\n", "\r\n"), GO.replace(OLD, NEW).replace("\n", "\r\n"))
    assert ends == GO.replace(OLD, NEW + OLD).replace("\n", "\r\n")
    task = "take should throw a RangeError when less than one bottle is taken."
    assert after(task, "a.js", JS, JS.replace(JS_OLD, JS_NEW)) == JS.replace(JS_OLD, JS_NEW + JS_OLD)


@pytest.mark.parametrize(
    ("task", "answer"),
    [
        (TASK.replace("should return", "should instead return"), GO.replace(OLD, NEW)),
        ("Cellar.Take takes all there is. It is fine to take too many.", GO.replace(OLD, NEW)),
        (TASK, GO.replace(OLD, NEW + OLD)),
        (TASK, GO.replace("wine.Left < bottles", "bottles <= 0 || wine.Left < bottles")),
        (TASK, GO.replace("wine.Left < bottles", "bottles <= 0 || bottles > wine.Left")),
        (TASK, GO.replace(OLD, NEW).replace("wine.Left -= bottles", "c.take(bottles)")),
        (TASK, GO.replace(OLD, NEW.replace("return fmt.Errorf", "log.Printf"))),
        (TASK, GO.replace(OLD, NEW).replace("wine := c.wine", "c.look()").replace("wine.Left", "c.wine.Left")),
        (TASK, GO.replace(OLD, NEW.replace("cannot take %d", "Only %d left"))),
    ],
)
def test_what_is_meant_or_still_asked_is_left(task: str, answer: str) -> None:
    assert after(task, "a.go", GO, answer) == answer


def test_of_a_name_that_went_no_refusal_is_put_back() -> None:
    before = JS.replace(JS_OLD, f"    log(wine);\n{JS_OLD.replace('wine.left', 'left')}")
    before = before.replace("{\n    log", "{\n    const left = wine.left;\n    log")
    answer = JS.replace(JS_OLD, f"    log(wine);\n{JS_NEW}")
    task = "take should throw a RangeError when less than one bottle is taken."
    assert after(task, "a.js", before, answer) == answer


BOOK = """
class Plan:
    def book(self, lane, start, hours):
        if start < self.opens:
            raise ValueError("too early")
        if not self.is_free(lane, start, hours):
            # Somebody was there first.
            raise ValueError(f"lane {lane} is taken")
        self.bookings.append((lane, start, hours))
"""
TAKEN = BOOK[BOOK.index("        if not self") : BOOK.index("        self.bookings")]
CLOSES = '        if start + hours > self.closes:\n            raise ValueError("too late")\n'
LATER = "Plan.book should also raise a ValueError when the booking would end after closing time."


def booked(task: str, answer: str) -> str:
    edits, _ = without_evident(task, [FileEdit(path="a.py", before=BOOK.encode(), after=answer.encode())])
    return (edits[0].after or b"").decode()


def test_in_python_what_was_refused_is_refused_still() -> None:
    assert booked(LATER, BOOK.replace(TAKEN, CLOSES)) == BOOK.replace(TAKEN, CLOSES + TAKEN)


@pytest.mark.parametrize(
    ("task", "new"),
    [
        (LATER, CLOSES + TAKEN),
        (LATER, TAKEN + CLOSES),
        (LATER, CLOSES.replace("start + hours > self.closes", "self.is_free(lane, start, hours) is None")),
        (LATER, CLOSES + "        lane = self.next(lane)\n"),
        (LATER.replace("also raise", "no longer ask whether it is free, but raise"), CLOSES),
        ("Plan.book should say when we close.", CLOSES),
    ],
)
def test_in_python_what_is_refused_otherwise_or_no_more_is_left(task: str, new: str) -> None:
    answer = BOOK.replace(TAKEN, new)
    assert booked(task, answer) == answer


COUNTED = """
def book(rows, limit, price):
    taken = len(rows)
    log(rows)
    if taken > limit:
        raise ValueError("full")
    rows.append(price)
"""


@pytest.mark.parametrize(
    ("task", "counts", "new"),
    [
        ("book should reject a negative price.", "", '    if price < 0:\n        raise ValueError("negative")\n'),
        (
            "book should raise a LookupError if rows are full.",
            "    taken = len(rows)\n",
            '    if not room(rows):\n        raise LookupError("Full")\n',
        ),
        (
            "book should reject by what is paid in all, not by how many there are.",
            "    taken = len(rows)\n",
            '    if sum(rows) > 9:\n        raise ValueError("too much")\n',
        ),
    ],
)
def test_what_looks_at_a_lost_name_or_is_refused_under_another_one_is_left(task: str, counts: str, new: str) -> None:
    answer = f"\ndef book(rows, limit, price):\n{counts}    log(rows)\n{new}    rows.append(price)\n"
    edits, _ = without_evident(task, [FileEdit(path="a.py", before=COUNTED.encode(), after=answer.encode())])
    assert (edits[0].after or b"").decode() == answer


DISCOUNT = """
class Order:
    def set_discount(self, percent):
        if percent < 0:
            raise ValueError("a discount cannot be negative")
        self.discount = percent
"""
NEGATIVE = '        if percent < 0:\n            raise ValueError("a discount cannot be negative")\n'
CAPPED = "        if percent > 50:\n            percent = 50\n"


def capped(task: str, new: str) -> str:
    answer = DISCOUNT.replace(NEGATIVE, new)
    edits, _ = without_evident(task, [FileEdit(path="a.py", before=DISCOUNT.encode(), after=answer.encode())])
    return (edits[0].after or b"").decode()


def test_what_was_refused_is_refused_before_what_is_only_set() -> None:
    task = "set_discount should never go above 50 percent: set_discount(80) gives a discount of 50."
    assert capped(task, CAPPED) == DISCOUNT.replace(NEGATIVE, NEGATIVE + CAPPED)


@pytest.mark.parametrize(
    ("task", "new"),
    [
        ("set_discount should never go above 50 percent.", NEGATIVE + CAPPED),
        ("set_discount should never go above 50 percent.", CAPPED + "        percent = round(percent)\n"),
        ("set_discount should never go above 50 percent.", "        percent = min(percent, 50)\n"),
        ("set_discount should set what is below 0 to 0.", "        if percent < 0:\n            percent = 0\n"),
        ("set_discount should no longer raise a ValueError.", CAPPED),
        ("set_discount(-5) should give 5, and set_discount(80) 50.", CAPPED),
        ("set_discount should start at 0.", "        if percent < 0:\n            percent = 0\n"),
        ("set_discount should start at 5.", "        if percent < 5:\n            percent = 5\n"),
        ("set_discount should start at 0.", "        if 0 > percent:\n            percent = 0\n"),
        (
            "set_discount should go from 0 to 50.",
            "        if not 0 <= percent <= 50:\n            raise ValueError(percent)\n",
        ),
    ],
)
def test_what_is_refused_elsewhere_or_set_on_purpose_is_left(task: str, new: str) -> None:
    assert capped(task, new) == DISCOUNT.replace(NEGATIVE, new)


COURSE = "class Course:\n    def cancel(self, name):\n        self.students.remove(name)\n"
MOVES = "if self.waiting:\n            self.students.append(self.waiting.pop(0))\n"
MOVE_UP = "When a student cancels, the first one on the waiting list should move up into the course."


def cancelled(task: str, new: str) -> str:
    answer = COURSE.replace("        self.students.remove(name)\n", new)
    edits, _ = without_evident(task, [FileEdit(path="a.py", before=COURSE.encode(), after=answer.encode())])
    return (edits[0].after or b"").decode()


ASKED = (
    "        if name in self.students:\n            self.students.remove(name)\n"
    "            if self.waiting:\n                self.students.append(self.waiting.pop(0))\n"
)


def test_what_is_not_there_is_an_error_still() -> None:
    assert cancelled(MOVE_UP, ASKED) == f"{COURSE}        {MOVES}"
    assert cancelled(MOVE_UP, ASKED.replace("(name)\n", "(name)\n\n")) == f"{COURSE}\n        {MOVES}"


@pytest.mark.parametrize(
    ("task", "new"),
    [
        ("cancel should do nothing for somebody who is no student.", ASKED),
        ("cancel should move somebody up, and ignore unknown names.", ASKED),
        (MOVE_UP, ASKED + "        else:\n            self.waiting.remove(name)\n"),
        (MOVE_UP, ASKED + "        if name in self.waiting:\n            self.waiting.remove(name)\n"),
        (MOVE_UP, ASKED.replace("if name in self.students", "if name in self.waiting")),
        (MOVE_UP, "        self.students.remove(name)\n        " + MOVES),
        (
            "cancel should work for everybody.",
            "        if name in self.students:\n            self.students.remove(name)\n",
        ),
        ("cancel should give back what it did.", f"{ASKED}            return True\n        return False\n"),
        ("cancel should tell whether it did so.", ASKED),
        (MOVE_UP, f'{ASKED}            self.log("""\n                {{name}} left""")\n'),
    ],
)
def test_what_is_asked_on_purpose_is_left(task: str, new: str) -> None:
    assert cancelled(task, new) == COURSE.replace("        self.students.remove(name)\n", new)

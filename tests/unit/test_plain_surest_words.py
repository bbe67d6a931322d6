"""What else is sure by a task's words: nothing happens the second time, or where nothing is there, and limits."""

from __future__ import annotations

import pytest

from workbench.crew.aiming.naming import named
from workbench.crew.plain.finding import surest_change
from workbench.model import Source


def surest(task: str, code: str, name: str) -> str:
    found = surest_change(task, Source(path="a.py", content=code.encode()), name)
    return (found.edits[0].after or b"").decode() if found else ""


WALK = "class Walk:\n    def add_dog(self, dog: str) -> None:\n        self.dogs.append(dog)\n"
APPENDS = "        self.dogs.append(dog)\n"


@pytest.mark.parametrize(
    ("task", "done"),
    [
        ("If a dog is put on a walk twice, nothing should happen the second time.", "return"),
        ("Nothing should happen if the dog is already on the walk.", "return"),
        (
            "Raise a ValueError if the dog is already listed for the walk.",
            'raise ValueError(f"already there: {dog}")',
        ),
        ("add_dog should return False for a dog that is in the list already.", "return False"),
    ],
)
def test_what_is_there_is_not_added_twice(task: str, done: str) -> None:
    new = f"        if dog in self.dogs:\n            {done}\n{APPENDS}"
    assert surest(task, WALK, "Walk.add_dog") == WALK.replace(APPENDS, new)


def test_of_two_lists_the_one_that_is_spoken_of_is_asked() -> None:
    code = (
        "class Course:\n    def enrol(self, name: str) -> bool:\n        if self.full():\n"
        "            self.waiting.append(name)\n            return False\n        self.students.append(name)\n"
        "        return True\n"
    )
    task = "enrol should not enrol somebody a second time who is already a student: return True and change nothing."
    first = "        if name in self.students:\n            return True\n        if self.full"
    assert surest(task, code, "Course.enrol") == code.replace("        if self.full", first)
    assert surest(task.replace("a student", "there"), code, "Course.enrol") == ""


@pytest.mark.parametrize(
    "task",
    [
        "Raise a ValueError if the walk is already full.",
        "If a dog is put on a walk twice, count it twice, and ignore nothing.",
        "If a dog is put on a walk twice, log that and do nothing.",
        "A dog that is put on a walk twice should replace the first one, nothing else.",
    ],
)
def test_what_is_full_or_counted_is_another_matter(task: str) -> None:
    assert surest(task, WALK, "Walk.add_dog") == ""


@pytest.mark.parametrize(
    ("task", "old", "new"),
    [
        # What comes is not what is added, or is not known yet.
        ("Nothing should happen if the dog is already on the walk.", APPENDS, f"        dog = dog.strip()\n{APPENDS}"),
        (
            "Nothing should happen if the dog is already on the walk.",
            APPENDS,
            "        walk = self.walks[0]\n        walk.append(dog)\n",
        ),
        (
            "Nothing should happen if the dog is already on the walk.",
            APPENDS,
            f"        def later(dog):\n    {APPENDS}\n        self.run(later)\n",
        ),
        # Something else is done, or given, too.
        (
            "Nothing should happen if the dog is already on the walk.",
            APPENDS,
            f"        self.seen += 1\n        if self.open:\n    {APPENDS}",
        ),
        (
            "Nothing should happen if the dog is already on the walk.",
            APPENDS,
            f"{APPENDS}        return self.dogs\n",
        ),
        (
            "Nothing should happen if the dog is already on the walk.",
            APPENDS,
            "        self.log.append(dog)\n        self.walk.put(dog)\n",
        ),
        (
            "Nothing should happen if the dog is already on the walk.",
            APPENDS,
            "        self.session.add(dog)\n        self.session.commit()\n",
        ),
        # It is said what happens now.
        (
            "add_dog returns True even if the dog is already listed. It should return False.",
            APPENDS,
            f"{APPENDS}        return True\n",
        ),
    ],
)
def test_where_it_is_not_sure_what_is_there_nothing_is(task: str, old: str, new: str) -> None:
    assert surest(task, WALK.replace(old, new), "Walk.add_dog") == ""


REMOVE = "class Group:\n    def remove(self, child: str) -> None:\n        self.children.remove(child)\n"


@pytest.mark.parametrize(
    ("task", "new"),
    [
        (
            "Taking out a child that is not in the group should do nothing. Now that raises a ValueError.",
            "        if child in self.children:\n            self.children.remove(child)\n",
        ),
        ("Now that raises a KeyError: a child that is not there should be ignored.", None),
        ("remove should do nothing where the child is not there. It fails with a KeyError.", None),
    ],
)
def test_what_is_not_there_is_taken_out_quietly(task: str, new: str | None) -> None:
    old = "        self.children.remove(child)\n"
    discarded = old.replace("remove", "discard")
    assert surest(task, REMOVE, "Group.remove") == REMOVE.replace(old, new or discarded)


@pytest.mark.parametrize(
    "body",
    [
        "        self.children.remove(child)\n        self.count -= 1\n",
        "        self.count -= 1\n        self.children.remove(child)\n",
        "        self.children.remove(child)\n        del self.ages[child]\n",
        "        age = self.ages.pop(child)\n        self.sum(age)\n",
        "        os.remove(self.path(child))\n        del self.ages[child]\n",
    ],
)
@pytest.mark.parametrize("error", ["ValueError", "KeyError"])
def test_where_more_goes_with_what_is_taken_out_nothing_is_sure(body: str, error: str) -> None:
    code = f"import os\n\n\nclass Group:\n    def remove(self, child):\n{body}"
    assert (
        surest(f"remove raises a {error} for a child that is not there. It should be ignored.", code, "Group.remove")
        == ""
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "with self.lock:\n            del self.ages[child]",
            "with self.lock:\n            self.ages.pop(child, None)",
        ),
        ("return self.ages.pop(child)", "return self.ages.pop(child, None)"),
    ],
)
def test_what_is_taken_out_alone_may_stand_in_a_lock(old: str, new: str) -> None:
    head = "with self.lock:\n        " if old.startswith(" ") else ""
    code = f"class Group:\n    def remove(self, child):\n        {head}{old}\n"
    task = "remove raises a KeyError for a child that is not there. It should be ignored."
    assert surest(task, code, "Group.remove") == code.replace(old, new)


def test_who_wants_an_error_gets_none_taken_away() -> None:
    task = "remove should raise a ValueError for a child that is not there, now nothing happens."
    assert surest(task, REMOVE, "Group.remove") == ""


PERCENT = '''
def percent(nights: int) -> int:
    """Return the discount for a long stay: some percent for each night."""
    if nights < 7:
        return 0
    return (nights - 7) * 2
'''


def test_a_limit_may_be_of_what_a_function_says_that_it_returns() -> None:
    task = "The discount for long stays must not go above 30 percent, no matter how long a dog stays."
    assert surest(task, PERCENT, "percent") == PERCENT.replace(
        "return (nights - 7) * 2", "return min((nights - 7) * 2, 30)"
    )


@pytest.mark.parametrize(
    "task",
    [
        "The discount for short stays must not go above 30 percent.",
        "The discount must not go above 30 percent for members.",
        "No dog may get more than 30 percent, not even for a long stay.",
    ],
)
def test_a_limit_may_be_of_a_case(task: str) -> None:
    assert surest(task, PERCENT, "percent") == ""


def test_who_is_spoken_of_besides_is_a_case() -> None:
    code = PERCENT.replace("for a long stay: some", "for a stay: members get more")
    assert surest("The discount for members must not go above 30 percent.", code, "percent") == ""
    assert surest("The discount for stays must not go above 30 percent.", code, "percent") != ""


@pytest.mark.parametrize(
    "code",
    [
        "def price(goods, discount):\n    'Return the price, the discount in percent taken off.'\n{}"
        "    return goods * (1 - discount / 100)\n",
        "def price(self):\n    'Return the price, the discount in percent taken off.'\n{}"
        "    return self.goods * (1 - self.discount / 100)\n",
    ],
)
@pytest.mark.parametrize("first", ["", "    if closed:\n        return 0\n"])
def test_what_a_function_only_looks_at_is_not_held_within_a_limit_there(code: str, first: str) -> None:
    assert surest("The discount must not go above 30 percent.", code.format(first), "price") == ""


KILN = '''
class Firing:
    hours: float
    failed: bool = False


class Kiln:
    firings: list[Firing]

    def total_hours(self) -> float:
        """Return for how many hours the kiln was fired."""
        return sum(firing.hours for firing in self.firings)
'''


def test_a_sentence_may_go_on_to_say_what_the_function_does() -> None:
    new = KILN.replace("in self.firings)", "in self.firings if not firing.failed)")
    assert surest("Failed firings should not count when a kiln adds up its hours.", KILN, "Kiln.total_hours") == new
    assert surest("Failed firings should not count when it was cold.", KILN, "Kiln.total_hours") == ""
    assert surest("Failed firings should not count when the hours are 0.", KILN, "Kiln.total_hours") == ""


@pytest.mark.parametrize(
    ("task", "names"),
    [
        ("Failed firings should not count when a kiln adds up its hours.", ()),
        ("Failed firings should not count when a firing tells its hours.", ("Firing.hours",)),
        ("Let hours be 0 when a kiln adds up the costs.", ("Firing.hours",)),
    ],
)
def test_what_is_said_of_another_class_is_no_name(task: str, names: tuple[str, ...]) -> None:
    assert named(task, ("Firing", "Firing.hours", "Kiln", "Kiln.total_hours")) == names


@pytest.mark.parametrize(
    "task",
    [
        "The last slot of the day is missing, a fitting may end just when we close.",
        "slots forgets the last one.",
    ],
)
def test_the_last_one_that_is_missing_is_at_the_boundary(task: str) -> None:
    code = (
        "def slots(start, length, end):\n    found = []\n    while start + length < end:\n"
        "        found.append(start)\n        start += length\n    return found\n"
    )
    assert surest(task, code, "slots") == code.replace("< end", "<= end")


@pytest.mark.parametrize(
    ("task", "old", "new"),
    [
        (
            "A new book dies with 'max() arg is an empty sequence'. The first one should get the number 1001.",
            "max(self.known) + 1",
            "max(self.known) + 1 if self.known else 1001",
        ),
        (
            "It says 'list index out of range' for a new book. It should return None.",
            "self.known[-1]",
            "self.known[-1] if self.known else None",
        ),
        (
            "'division by zero' comes where nobody is known, it should be 0 then.",
            "self.total / len(self.known)",
            "self.total / len(self.known) if self.known else 0",
        ),
    ],
)
def test_what_python_says_of_nothing_tells_the_error(task: str, old: str, new: str) -> None:
    code = "class Book:\n    def number(self):\n        return {}\n"
    assert surest(task, code.format(old), "Book.number") == code.format(new)
    assert surest(task.replace("should", "could"), code.format(old), "Book.number") == ""


def test_the_last_one_that_is_missing_in_a_case_is_no_boundary() -> None:
    code = "def rows(lines, end):\n    return [line for line in lines if line.at < end]\n"
    assert surest("The last line is missing when the file has no newline.", code, "rows") == ""
    assert surest("The last line is missing.", code, "rows") == code.replace("< end", "<= end")


@pytest.mark.parametrize(
    "task",
    [
        "names should be sorted, such as 'Ann, Ben and Cleo'.",
        "Today names gives 'Ann, Ben and Cleo'; it should use an 'or'.",
    ],
)
def test_how_several_are_shown_in_passing_is_not_sure(task: str) -> None:
    code = "def names(people):\n    return ', '.join(people)\n"
    assert surest(task, code, "names") == ""
    assert "rsplit" in surest("names should be 'Ann, Ben and Cleo'.", code, "names")

"""What a task's own tests call says what is meant, where its words do not."""

from __future__ import annotations

import pytest

from tests.unit.scripted_desk import JudgingDesk, ScriptedDesk, a_brief, fenced
from workbench.crew.aiming.called_by_tests import called_by, led_to
from workbench.crew.dispatch import work
from workbench.edits.foreign.symbols import symbols_of
from workbench.errors import NaniteError
from workbench.model import Check, Excerpt, Solving

SLOTS = '''class Slot:
    def __init__(self, show, host=""):
        self.show = show
        self.host = host

    def line(self):
        """Return the line of the printed programme."""
        return f"{self.show} with {self.host}"


class Programme:
    def __init__(self, slots):
        self.slots = slots

    def printed(self):
        return "\\n".join(slot.line() for slot in self.slots)


def clock(minute):
    return f"{minute // 60}:{minute % 60}"
'''
TASK = "The printed programme says 'News with ' where nobody presents. The word should be left out there."
LINE = 'assert Slot("News").line() == "News"\n'
PASSES = [Check(name="pytest", ok=True)]
MENDED = '    def line(self):\n        return self.show if not self.host else f"{self.show} with {self.host}"\n'
COMMAS = '    def printed(self):\n        return ", ".join(slot.line() for slot in self.slots)\n'


def excerpt_of(text: str) -> tuple[Excerpt, ...]:
    return (Excerpt(path="check.py", first=1, last=text.count("\n") + 1, text=text),)


@pytest.mark.parametrize(
    ("text", "called"),
    [
        (LINE, ("Slot.line",)),
        ("from slots import clock\n\nassert clock(90) == '1:30'\n", ("clock",)),
        ("assert clock(90) and Programme([]).printed() == ''\n", ("Programme.printed", "clock")),
        ("assert news.clock(90)\n", ("clock",)),
        ("def clock(minute):\n    return 1\n", ()),
        ("assert Slot('News').show\n", ()),
        ("", ()),
    ],
)
def test_what_tests_call_is_found(text: str, called: tuple[str, ...]) -> None:
    assert called_by(excerpt_of(text), symbols_of("slots.py", SLOTS)) == called


def test_of_methods_with_one_name_those_of_a_class_that_is_named_are_meant() -> None:
    code = SLOTS.replace("def printed", "def line")
    assert called_by(excerpt_of(LINE), symbols_of("slots.py", code)) == ("Slot.line",)


def test_other_languages_are_read_by_their_calls_too() -> None:
    code = "class Fees {\n  pay(name) { return yearlyFee(name); }\n}\nfunction yearlyFee(name) { return 1; }\n"
    symbols = symbols_of("fees.js", code)
    assert called_by(excerpt_of('const { yearlyFee } = require("./fees");\nassert(yearlyFee("a"))\n'), symbols) == (
        "yearlyFee",
    )
    assert led_to(code, symbols, ["Fees.pay"]) == {"Fees.pay", "yearlyFee"}


def test_what_a_docstring_says_leads_nowhere() -> None:
    assert "Programme.printed" not in led_to(SLOTS, symbols_of("slots.py", SLOTS), ["Slot.line"])
    assert "Slot.line" in led_to(SLOTS, symbols_of("slots.py", SLOTS), ["Programme.printed"])


BASKET = """class Basket:
    def __init__(self, limit=9):
        self.limit = limit

    def add(self, item):
        self.items.append(item)

    @property
    def total(self):
        return sum(self.items)

    def __len__(self):
        return 0


class Shelf:
    def __init__(self, limit):
        self.limit = limit

    def put(self, item):
        return item


def parse(text):
    return int(text)


def price(text):
    return 2 * int(text)
"""


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("shelf = Shelf(1)\nassert shelf.put(2) == 2\n", ("Shelf.put",)),
        # A property is named alone, and another is called by `len`.
        ("it.add(2)\nassert it.total == 2\n", ("Basket.add", "Basket.total")),
        ("it = Basket()\nit.add(2)\nassert len(it) == 1\n", ("Basket.add", "Basket.__len__")),
        # What fails may be the making.
        ("with raises(ValueError):\n    Shelf(0)\nShelf(1).put(2)\n", ("Shelf.__init__", "Shelf.put")),
        ("self.assertRaises(ValueError, Shelf, 0)\nShelf(1).put(2)\n", ("Shelf.__init__", "Shelf.put")),
        ("with raises(ValueError):\n    Shelf(1).put(0)\n", ("Shelf.put",)),
        ("shelf = Shelf(1)\nwith raises(ValueError):\n    shelf.put(0)\n", ("Shelf.put",)),
        # What is given to a call is called there.
        ("self.assertRaises(ValueError, parse, 'x')\nassert price('2') == 4\n", ("parse", "price")),
        ("assert list(map(parse, ['2'])) == [price('1')]\n", ("parse", "price")),
        ("from shop import (\n    parse,\n    price,\n)\n\nassert price('2') == 4\n", ("price",)),
    ],
)
def test_what_is_called_unseen_is_found_too(text: str, called: tuple[str, ...]) -> None:
    assert set(called_by(excerpt_of(text), symbols_of("shop.py", BASKET))) == set(called)


def test_what_divides_is_led_to() -> None:
    code = "def size():\n    return 60\n\n\ndef hours(minutes):\n    return minutes // size()\n"
    assert led_to(code, symbols_of("a.py", code), ["hours"]) == {"hours", "size"}


async def test_of_several_files_the_tests_say_nothing() -> None:
    show = "from slots import clock\n\n\ndef show(minute):\n    return 'at ' + clock(minute)\n" + "\n" * 60
    tests = excerpt_of("assert show(65) == 'at 1:05'\n")
    task = "The clock is wrong for early minutes."
    brief = a_brief("patch", task, {"show.py": show, "slots.py": SLOTS}, check=["pytest"], tests=tests)
    answer = fenced('def clock(minute):\n    return f"{minute // 60}:{minute % 60:02}"\n')
    desk = ScriptedDesk(answer, checks=[PASSES] * 4)
    await work(brief, desk)
    assert "Rewrite `clock`" in desk.question


async def test_a_change_that_the_tests_could_not_see_is_not_asked_for() -> None:
    brief = a_brief("patch", TASK, {"slots.py": SLOTS}, check=["pytest"], tests=excerpt_of(LINE))
    desk = ScriptedDesk(fenced(MENDED), checks=[PASSES])
    proposal = await work(brief, desk)
    assert "the method `line`" in desk.question
    assert "is what the task's tests call: Slot.line" in proposal.notes


async def test_what_words_name_stands_where_the_tests_lead_to_it() -> None:
    printed = 'assert Programme([Slot("News")]).printed() == "News"\n'
    brief = a_brief("patch", TASK, {"slots.py": SLOTS}, check=["pytest"], tests=excerpt_of(printed))
    desk = ScriptedDesk(fenced(COMMAS), checks=[PASSES])
    await work(brief, desk)
    assert "the method `printed`" in desk.question


async def test_a_name_that_is_spelt_stands_whatever_the_tests_call() -> None:
    brief = a_brief(
        "patch", "Let Programme.printed say nothing.", {"slots.py": SLOTS}, check=["pytest"], tests=excerpt_of(LINE)
    )
    desk = ScriptedDesk(fenced(COMMAS), checks=[PASSES])
    await work(brief, desk)
    assert "the method `printed`" in desk.question


async def test_a_word_that_ends_a_sentence_is_no_name_that_is_written_as_code() -> None:
    task = "A slot without a title gives a blank too many where it is printed. Leave it out."
    brief = a_brief("patch", task, {"slots.py": SLOTS}, check=["pytest"], tests=excerpt_of(LINE))
    desk = ScriptedDesk(fenced(MENDED), checks=[PASSES])
    await work(brief, desk)
    assert "the method `line`" in desk.question


async def test_without_a_check_tests_do_not_say_what_is_meant() -> None:
    brief = a_brief("patch", TASK, {"slots.py": SLOTS}, tests=excerpt_of(LINE))
    desk = ScriptedDesk(fenced(COMMAS))
    await work(brief, desk)
    assert "the method `printed`" in desk.question


async def test_a_function_that_nothing_names_is_shown_alone_if_the_tests_call_it() -> None:
    task = "An hour should have two digits for the minutes, so 1:05."
    brief = a_brief(
        "patch", task, {"slots.py": SLOTS}, check=["pytest"], tests=excerpt_of("assert clock(65) == '1:05'\n")
    )
    answer = fenced('def clock(minute):\n    return f"{minute // 60}:{minute % 60:02}"\n')
    desk = ScriptedDesk(answer, checks=[PASSES, PASSES])
    await work(brief, desk)
    assert "class Slot" not in desk.question
    assert "Rewrite `clock`" in desk.question


STOCK = """class Stock:
    def part(self):
        return self


def wanted(parts):
    return [part for part in parts]
"""


def test_a_variable_leads_to_no_method_of_its_name() -> None:
    assert led_to(STOCK, symbols_of("a.py", STOCK), ["wanted"]) == {"wanted"}
    called = STOCK.replace("[part for part in parts]", "parts.part()")
    assert led_to(called, symbols_of("a.py", called), ["wanted"]) == {"wanted", "Stock.part"}


@pytest.mark.parametrize(
    ("task", "name"),
    [
        ("A part that is 0 should be left out.", "wanted"),
        ("Stock.part should leave out 0.", "the method `part`"),
        ("`part` should leave out 0.", "the method `part`"),
    ],
)
async def test_a_word_that_is_a_name_gives_way_to_what_the_tests_call(task: str, name: str) -> None:
    called = excerpt_of("assert wanted([1, 0]) == [1]\n")
    desk = ScriptedDesk(*[fenced(STOCK)] * 9, checks=[[Check(name="pytest", ok=False)]] * 9)
    with pytest.raises(NaniteError):
        await work(a_brief("patch", task, {"a.py": STOCK}, check=["pytest"], tests=called, repairs=0), desk)
    assert name in desk.asked[0].messages[-1].content.rpartition("Task:")[2]


SCORES = '''class Scores:
    """Who has how many points."""

    def __init__(self):
        self.points = {}

    def award(self, name, points):
        self.points[name] = points

    def of(self, name):
        return self.points[name]

    def names(self):
        return sorted(self.points)


def clock(minute):
    return f"{minute // 60}:{minute % 60}"
'''
ADDS = "    def award(self, name, points):\n        self.points[name] = self.points.get(name, 0) + points\n"
TOGETHER = "Who gets some in two rounds should have all of them together, and not only the last."
SCORED = "scores = Scores()\nscores.award('Ann', 1)\nscores.award('Ann', 2)\nassert scores.of('Ann') == 3\n"


async def test_a_small_file_is_not_shown_whole_where_the_tests_lead_to_few_of_its_functions() -> None:
    brief = a_brief("patch", TOGETHER, {"scores.py": SCORES}, check=["pytest"], tests=excerpt_of(SCORED))
    desk = ScriptedDesk(fenced(ADDS), checks=[PASSES, PASSES])
    done = await work(brief, desk)
    assert "def award" in desk.question
    assert "def of" in desk.question
    assert "def clock" not in desk.question
    assert "return sorted" not in desk.question
    assert (done.edits[0].after or b"").decode().count("self.points.get(name, 0) + points") == 1


@pytest.mark.parametrize("tests", ["", SCORED + "assert scores.names() == ['Ann']\nassert clock(1) == '0:1'\n"])
async def test_a_small_file_is_shown_whole_where_the_tests_lead_to_much_of_it_or_nothing(tests: str) -> None:
    brief = a_brief("patch", TOGETHER, {"scores.py": SCORES}, check=["pytest"], tests=excerpt_of(tests))
    desk = ScriptedDesk(fenced(ADDS), checks=[PASSES, PASSES])
    await work(brief, desk)
    assert "def clock" in desk.question
    assert "return sorted" in desk.question


HOSTS = """class Base:
    def __init__(self, name):
        self.name = name

    def welcome(self):
        return f"Hi {self.title()}"

    def title(self):
        return self.name.title()


class Guest(Base):
    def bye(self):
        return f"Bye {self.name}"


class Host(Base):
    kind = "host"
"""
GREETED = "from a import Host\nassert Host('ann').welcome() == 'Hi host Ann'\n"
KIND_FIRST = "Who invites should be greeted as such, with that word ahead of what they are called."


async def test_what_the_tests_lead_to_unseen_can_be_changed_once_it_is_begun_afresh() -> None:
    solving = Solving(samples=1, retries=1, branches=0, wrap=False)
    brief = a_brief("patch", KIND_FIRST, {"a.py": HOSTS}, check=["pytest"], tests=excerpt_of(GREETED), solving=solving)
    title = '    def title(self):\n        return f"{self.kind} {super().title()}"\n'
    copied = fenced("class Base:\n    def welcome(self):\n        return f'Hi {self.name}'\n")
    done = fenced(f'class Host(Base):\n    kind = "host"\n\n{title}')
    desk = JudgingDesk(copied, copied, done, passes=lambda text, _: title in text)
    proposal = await work(brief, desk)
    assert title in (proposal.edits[0].after or b"").decode()
    shown = ["class Host" in asked.messages[-1].content for asked in desk.asked]
    assert shown == [False, False, True]


async def test_a_small_file_is_shown_whole_where_there_is_but_one_try() -> None:
    brief = a_brief("patch", KIND_FIRST, {"a.py": HOSTS}, check=["pytest"], tests=excerpt_of(GREETED), repairs=0)
    desk = ScriptedDesk(fenced(HOSTS.replace("Hi ", "Hi host ")), checks=[PASSES, PASSES])
    await work(brief, desk)
    assert "class Host" in desk.question


RATED = """const RATE = 0.19;

function price(net) {
  return net * (1 + RATE);
}

function label(name, net) {
  return `${name}: ${price(net)}`;
}

function other(net) {
  return net;
}
"""


async def test_constants_that_the_tests_lead_to_can_be_changed() -> None:
    tests = (Excerpt(path="shop.test.js", first=1, last=1, text="expect(label('a', 1)).toBe('a: 1.2');\n"),)
    brief = a_brief("patch", "VAT went up to 20 %.", {"shop.js": RATED}, check=["npm test"], tests=tests)
    desk = ScriptedDesk(fenced("const RATE = 0.2;", "javascript"), checks=[PASSES, PASSES])
    proposal = await work(brief, desk)
    assert "function other" not in desk.question
    assert (proposal.edits[0].after or b"").decode() == RATED.replace("0.19", "0.2")

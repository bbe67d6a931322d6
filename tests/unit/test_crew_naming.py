"""What a task's words say is to be added, and what it can take after."""

from __future__ import annotations

import time

import pytest

from tests.unit.scripted_desk import ScriptedDesk, a_brief, fenced
from workbench.context.siblings import sibling
from workbench.crew.aiming.naming import named, new_name, tasks_for, unknown_names
from workbench.crew.dispatch import work
from workbench.crew.judging.stated import stated
from workbench.crew.solving.marking import unmarked
from workbench.errors import EditRefused

KNOWN = ("shorten", "Cache", "Cache.get", "load")


@pytest.mark.parametrize(
    ("task", "name"),
    [
        ("Add a function ToDot that converts a string", "ToDot"),
        ("I need a func FirstUpper(str string) bool that says so", "FirstUpper"),
        ("Add clamp(value, low, high), which keeps value between them", "clamp"),
        ("We want a predicate called is_empty", "is_empty"),
        ("Write: async def fetch(url): as load does", "fetch"),
        ("Cache needs a method `clear`", "clear"),
        ("Give Cache a read-only property `available`: how much room is left", "available"),
        ("Let Cache have another method called free_room", "free_room"),
        ("Add a read-only property `available` to Cache", "available"),
        ("Add a method set(key, value) to Cache", "set"),
        ("Add a method `items` to Cache", "items"),
        ("Add a method called remove to Cache", "remove"),
        ("Add a function to sort the keys", None),
        ("Give Cache a method to its callers", None),
        ("Let the cache go: a property is enough", None),
        ("Add logging to shorten(text)", None),
        ("Add a check to parse(text)", None),
        ("Add the keyword strict to load(path)", None),
        ("shorten needs an argument step", None),
        ("Write tests for add(x)", None),
        ("I need the whole function parse rewritten to use json", None),
        ("fetch needs the timeout property because slow hosts hang", None),
        ("Let fetch create Session() once", None),
        ("Fix run: its function step(x) drops the last item", None),
        ("Make clean use the function normalize(text) of utils", None),
        ("Add a function inner that does it", None),
        ("Add a method Path that does it", None),
        ("Add a second argument to shorten(), limit, 80 by default", None),
    ],
)
def test_what_is_to_be_added_is_found_in_the_words(task: str, name: str | None) -> None:
    text = "from pathlib import Path\n# the function clamp is missing\n\n\ndef load(path):\n    def inner(): ...\n"
    assert new_name(task, KNOWN, text) == name


def test_long_tasks_take_no_time() -> None:
    began = time.process_time()
    for task in ("QUJD" * 5_000, "_" * 20_000, "add a " * 5_000, "a=1 " * 5_000, "level=1 code=200 " * 1_000):
        assert named(task, KNOWN) == ()
        assert new_name(task, KNOWN) is None
        assert stated(task) == {}
    named("`" * 20_000, KNOWN)
    new_name("Add a function clamp", KNOWN, "\n" * 20_000 + "from " + "import " * 5_000)
    assert unmarked("a.py", " " * 50_000, "Let it do something else") == " " * 50_000
    assert time.process_time() - began < 3


METHODS = ("run_length", "run_length.encode", "run_length.decode", "run_length.reset", "Other", "Other.encode")


@pytest.mark.parametrize(
    ("task", "names"),
    [
        ("Document the two methods of run_length: encode, decode.", ("run_length.encode", "run_length.decode")),
        ("Document run_length, its encode and decode", ("run_length.encode", "run_length.decode")),
        ("run_length should decode text and numbers", ("run_length",)),
        ("run_length is not safe: guard encode and decode with one lock", ("run_length",)),
        ("Let run_length's encode and decode be static", ("run_length.encode", "run_length.decode")),
        ("Document run_length.reset", ("run_length.reset",)),
        ("Write docstrings for run_length and its encode and decode", METHODS[:3]),
        ("Document `run_length` as well as `run_length.reset`", ("run_length", "run_length.reset")),
        ("Document run_length.reset and Other.encode", ("run_length.reset", "Other.encode")),
    ],
)
def test_members_listed_by_their_plain_names_are_those_of_the_class_that_is_meant(
    task: str, names: tuple[str, ...]
) -> None:
    assert named(task, METHODS) == names


def test_names_that_a_file_lacks_are_those_marked_as_code() -> None:
    text = "from dates import parse_date\n\n\ndef shorten(text): ...\n"
    task = "shorten should call cut_words(text) and raise TooLong, as parse_date() or os.path_join do, not crash"
    assert unknown_names(task, text) == ("cut_words", "TooLong")


PYTHON = '''def to_snake(text):
    """Return it with underscores.

    >>> to_snake("aB")
    """
    return join(words(text), "_")


def to_camel(text):
    if not text:
        return ""
    first, *rest = words(text)
    return first.lower() + "".join(word.title() for word in rest)


class Case:
    def to_kebab(self):
        return join(self.words, "-")


def words(text):
    return text.split()
'''


@pytest.mark.parametrize(
    ("name", "begins"),
    [("to_dot", "def to_snake"), ("camel_words", "def words"), ("Case.to_dot", "def to_kebab"), ("parse", "")],
)
def test_what_a_new_function_can_take_after_shares_words_with_it(name: str, begins: str) -> None:
    code = sibling("a.py", PYTHON, name, 200)
    assert code.strip().startswith(begins)
    assert bool(code) is bool(begins)
    assert ">>>" not in code


def test_a_sibling_must_fit_and_its_file_be_readable() -> None:
    assert sibling("a.py", PYTHON, "to_dot", 5) == ""
    assert sibling("a.py", "def broken(:\n", "broken_too", 200) == ""
    assert sibling("a.go", "package a\n\nfunc ToSnake(s string) string {\n\treturn s\n}\n", "ToDot", 99).startswith(
        "func"
    )


FILLER = "\n\n".join(f"def other_{number}(x):\n    y = x + {number}\n    return y\n" for number in range(30))


async def test_a_function_to_be_added_is_asked_for_beside_one_like_it() -> None:
    desk = ScriptedDesk(fenced('def to_dot(text):\n    return join(words(text), ".")\n'))
    brief = a_brief("patch", "Add a function to_dot that joins the words by dots", {"a.py": f"{PYTHON}\n\n{FILLER}"})
    proposal = await work(brief, desk)
    assert 'join(words(text), "_")' in desk.question
    assert "other_1" not in desk.question
    assert b'join(words(text), ".")' in (proposal.edits[0].after or b"")


async def test_an_answer_may_define_what_the_task_names_and_the_file_lacks() -> None:
    code = f"def greet(name):\n    return name\n\n\n{FILLER}"
    error = "class NoName(ValueError):\n    pass\n"
    desk = ScriptedDesk(
        fenced(f"{error}\n\ndef greet(name):\n    if not name:\n        raise NoName\n    return name\n")
    )
    proposal = await work(a_brief("patch", "greet should raise NoName for an empty name", {"a.py": code}), desk)
    assert b"class NoName(ValueError)" in (proposal.edits[0].after or b"")
    stranger = fenced("def hello(name):\n    return name\n")
    with pytest.raises(EditRefused, match="symbols in play"):
        await work(a_brief("patch", "greet should say hello", {"a.py": code}), ScriptedDesk(*[stranger] * 9))


@pytest.mark.parametrize(
    ("task", "names"),
    [
        ("Order's total should subtract the discount.", ("Order.total",)),
        ("In `total` of an Order, raise an error if it is empty.", ("Order.total",)),
        ("total should add up the total of Order only once.", ("total",)),
        ("The function total should skip an order's rest.", ("total",)),
    ],
)
def test_a_method_is_meant_by_its_owner_where_a_function_has_its_name(task: str, names: tuple[str, ...]) -> None:
    assert named(task, ("Order", "Order.total", "total")) == names


def test_a_name_behind_a_module_is_the_file_own() -> None:
    names = ["parse", "format", "Shelf", "Shelf.add"]
    assert named("Blanks do not matter to bytes.parse: bytes.parse(' 1KB ') is 1024.", names) == ("parse",)
    assert named("Say so as str.split does", names) == ()
    # What stands behind a class of the file is that class's, or nobody's.
    assert named("Shelf.parse should be strict", names) == ()


SHELF = ("load", "page", "Item", "Item.page", "Error", "Shelf", "Shelf.get", "Cache", "Cache.get")


@pytest.mark.parametrize(
    ("task", "names"),
    [
        ("Add a method label(number) to Item that says which page it is", ("Item",)),
        ("Add a read-only property `room` to Shelf: as page says", ("Shelf",)),
        ("Add get_all, for the whole page, to Shelf", ("Shelf",)),
        ("Let `get` of Shelf ignore the page", ("Shelf.get",)),
        ("Let get() on Shelf ignore the page", ("Shelf.get",)),
        ("Let load return a list of Item", ("load",)),
        ("Let load convert each page to Item", ("load",)),
        ("Let load raise KeyError instead of Error", ("load",)),
        ("Add a check to load so that it converts what it reads to Item", ("load",)),
        ("Add a check to load() for None. It gives pages to Item", ("load",)),
        ("page is shown twice when the Shelf is full", ("page",)),
        ("page can't read what the Shelf holds", ("page",)),
    ],
)
def test_the_class_that_something_is_added_to_is_meant_and_one_that_is_returned_is_not(
    task: str, names: tuple[str, ...]
) -> None:
    assert named(task, SHELF) == names


LOGS = f"import logging\n\n_log = logging.getLogger(__name__)\n\n\ndef load(path):\n    return path\n\n\n{FILLER}"


@pytest.mark.parametrize(
    ("task", "is_shown"),
    [
        ("load should log what it reads", True),
        ("load should go on after a failure that is logged", True),
        ("load should give it to the logger", True),
        ("load should open a dialogue", False),
        ("load should strip the path", False),
    ],
)
async def test_the_files_logger_is_shown_where_the_task_speaks_of_logs(task: str, is_shown: bool) -> None:
    desk = ScriptedDesk(fenced("def load(path):\n    _log.info(path)\n    return path\n"))
    await work(a_brief("patch", task, {"a.py": LOGS}), desk)
    assert ("`_log = logging.getLogger(__name__)`" in desk.question) is is_shown


async def test_only_one_logger_is_shown_and_none_where_there_is_none() -> None:
    two = LOGS.replace("\n\n\ndef load", "\n_audit = logging.getLogger('audit')\n\n\ndef load")
    none = LOGS.replace("_log = logging", "_log = print  # logging")
    for text in (two, none):
        desk = ScriptedDesk(fenced("def load(path):\n    print(path)\n    return path\n"))
        await work(a_brief("patch", "load should log what it reads", {"a.py": text}), desk)
        assert "_audit" not in desk.question
        assert ("getLogger" in desk.question) is (text is two)


@pytest.mark.parametrize(
    ("task", "names", "reads"),
    [
        ("Document Box.expiring and Box.by_email.", ["Box.expiring", "Box.by_email"], "Document Box.by_email."),
        ("Annotate a, b and `c`.", ["a", "b", "c"], "Annotate c."),
        ("isQuoted and unsafe lack documentation", ["isQuoted", "unsafe"], "unsafe lack documentation"),
        ("one, two, _three: add the types", ["one", "two", "_three"], "_three: add the types"),
        ("Document `load()` and `save()`", ["Store.load", "Store.save"], "Document Store.save"),
        (
            "Document Bits.a, Bits.b, and Bits.c in numpy style.",
            ["Bits.a", "Bits.b", "Bits.c"],
            "Document Bits.c in numpy style.",
        ),
        # A class that it lies in is no other.
        ("Document Parser and its feed", ["Parser", "Parser.feed"], "Document Parser and its feed"),
        # What is part of another name, or of a path, stays.
        ("Document every function of a.py, and mabel", ["a", "b"], "Document every function of a.py, and mabel"),
        ("Document   x", ["x"], "Document x"),
        ("", ["x", "y"], ""),
        # What is said of each stays, and words that only look like a name.
        (
            "Annotate load, save: load takes a path, save takes both",
            ["load", "save"],
            "Annotate save: load takes a path, save takes both",
        ),
        (
            "Annotate load (returns bytes) and save (returns None)",
            ["load", "save"],
            "Annotate load (returns bytes) and save (returns None)",
        ),
        (
            "values are floats in mm; write dates as ISO",
            ["values", "write", "main"],
            "values are floats in mm; write dates as ISO",
        ),
        ("b is a str", ["b", "a"], "b is a str"),
        ("Document src/load/x", ["load", "save"], "Document src/load/x"),
        ("Document load and save", ["load", "save", "other"], "Document load and save"),
    ],
)
def test_a_task_about_several_reads_as_if_about_one(task: str, names: list[str], reads: str) -> None:
    assert tasks_for(task, names)[names[-1]] == reads


def test_a_class_reads_without_its_members() -> None:
    assert tasks_for("Document Parser and its feed", ["Parser", "Parser.feed"])["Parser"] == "Document Parser"


def test_a_task_about_a_thousand_is_read_at_once() -> None:
    names = [f"name_{number}" for number in range(1_000)]
    began = time.process_time()
    for task in ("", "Document name_1 and name_2", " and ".join(names)):
        assert len(tasks_for(task, names)) == 1_000
    assert time.process_time() - began < 5, "it grows with the square of the names"


DOINGS = ("Basket", "Basket.add", "Basket.remove", "Basket.sort", "Basket.total", "count", "merge", "export")


@pytest.mark.parametrize(
    ("task", "names"),
    [
        ("remove duplicates in merge", ("merge",)),
        ("sort rows before export is called", ("export",)),
        ("get prices with tax from total()", ("Basket.total",)),
        ("count only words without a digit in `export`", ("export",)),
        ("count words with a hyphen once when we export", ("count",)),
        ("count counts words with a hyphen twice", ("count",)),
        ("remove leaves the last one there", ("Basket.remove",)),
        ("sort is not stable", ("Basket.sort",)),
    ],
)
def test_what_a_task_begins_with_may_be_what_is_to_be_done(task: str, names: tuple[str, ...]) -> None:
    assert named(task, DOINGS) == names


@pytest.mark.parametrize(
    ("task", "meant"),
    [
        ("Pick panics with a Crew that wasn't made by NewCrew (var crew Crew).", ("Crew.Pick",)),
        ("What is made by NewCrew should have no picker.", ("NewCrew",)),
        ("NewCrew should panic where Crew.Pick does.", ("NewCrew", "Crew.Pick")),
        ("Nobody panics when NewCrew gets no names.", ("NewCrew",)),
    ],
)
def test_what_panics_is_meant_and_not_what_made_the_thing(task: str, meant: tuple[str, ...]) -> None:
    assert tuple(name for name in named(task, ("NewCrew", "Crew", "Crew.Pick")) if name != "Crew") == meant

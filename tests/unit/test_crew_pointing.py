"""A task that names no symbol may still point at one: by what it quotes, or by how its check fails."""

from __future__ import annotations

import contextlib

import pytest

from tests.unit.scripted_desk import ScriptedDesk, a_brief, fenced
from workbench.crew.aiming.pointing import behind, better_worded, blamed, phrased, quoted, worded
from workbench.crew.dispatch import work
from workbench.edits.foreign.symbols import symbols_of
from workbench.edits.symbols import symbols
from workbench.errors import NaniteError
from workbench.model import Check, Solving

FILLER = "\n\n".join(f"def other_{number}(x):\n    y = x + {number}\n    return y\n" for number in range(40))
CODE = f"""def check(rows, index):
    if len(index) != len(rows):
        raise ValueError("index must be as long as the rows: len(index)=%d len(rows)=%d" % (len(index), len(rows)))
    return list(zip(index, rows))


class Table:
    def add(self, rows, index):
        return check(rows, index)

    def show(self):
        print("nothing to be shown here")


def twice():
    print("nothing to be shown here")


{FILLER}"""


@pytest.mark.parametrize(
    ("task", "names"),
    [
        ("Shorten 'index must be as long as the rows: len(index)=1 len(rows)=2' to 'wrong length'", ("check",)),
        ('It says "index must be as long as the rows: len(index)=1 len(rows)=2" which is too long', ("check",)),
        ("`return list(zip(index, rows))` should be lazy", ("check",)),
        ("'nothing to be shown here' should end in a dot", ()),
        ("'something else entirely' should end in a dot", ()),
        ("'index' is missing", ()),
        ("Shorten 'len(index)=1234567890' please", ()),
    ],
)
def test_a_quoted_text_points_at_the_one_symbol_that_holds_it(task: str, names: tuple[str, ...]) -> None:
    assert quoted(task, CODE, symbols(CODE)) == names


@pytest.mark.parametrize(
    ("output", "names"),
    [
        (
            '  File "lib/table.py", line 9, in add\n  File "lib/table.py", line 3, in check\nValueError',
            ("Table.add", "check"),
        ),
        ('  File "/usr/lib/table.py", line 3, in check\nValueError', ()),
        ("lib/table.py:3: ValueError", ("check",)),
        ("./lib/table.py:3: ValueError", ("check",)),
        ('  File "lib/table.py", line 5, in <module>\n', ()),
        ('  File "other/lib_table.py", line 3, in check\n', ()),
        ("mylib/table.py:3: ValueError", ()),
        ("AssertionError", ()),
    ],
)
def test_a_failure_points_at_the_symbols_it_goes_through(output: str, names: tuple[str, ...]) -> None:
    assert blamed(output, "lib/table.py", symbols(CODE)) == names


FIXED = fenced(
    'def check(rows, index):\n    if len(index) > len(rows):\n        raise ValueError("wrong length")\n    return []\n'
)


async def test_the_symbol_that_a_task_quotes_is_shown_without_asking() -> None:
    desk = ScriptedDesk(FIXED)
    task = "Shorten the message 'index must be as long as the rows: len(index)=1 len(rows)=2' to 'wrong length'"
    proposal = await work(a_brief("patch", task, {"a.py": CODE}), desk)
    assert "def check" in desk.question
    assert "other_1" not in desk.question
    assert b"wrong length" in (proposal.edits[0].after or b"")


async def test_a_plain_word_that_is_a_name_too_says_less_than_what_is_quoted() -> None:
    words = "'index must be as long as the rows: len(index)=1' does not help; say twice what is wrong."
    desk = ScriptedDesk(fenced(CODE[: CODE.index("class Table")].replace("index must be", "the index is not")))
    await work(a_brief("patch", words, {"a.py": CODE}, solving=Solving(samples=1)), desk)
    assert "def check" in desk.question
    assert "def twice" not in desk.question
    desk = ScriptedDesk(fenced('def twice():\n    print("twice")\n'))
    await work(
        a_brief("patch", words.replace("say twice", "use `twice` to say"), {"a.py": CODE}, solving=Solving(samples=1)),
        desk,
    )
    assert "def twice" in desk.question


async def test_where_a_task_names_nothing_its_check_is_run_first_and_says_where() -> None:
    fails = Check(
        name="pytest", ok=False, output='  File "a.py", line 3, in check\nValueError: index must', seconds=1.0
    )
    desk = ScriptedDesk(FIXED, checks=[[fails], [Check(name="pytest", ok=True, seconds=1.0)]])
    await work(a_brief("patch", "The message is too long.", {"a.py": CODE}, check=["pytest"]), desk)
    assert "def check" in desk.question
    assert "other_1" not in desk.question


async def test_where_nothing_points_the_model_is_asked() -> None:
    fails = Check(name="pytest", ok=False, output="AssertionError", seconds=1.0)
    desk = ScriptedDesk('{"names": ["check"]}', FIXED, checks=[[fails], [Check(name="pytest", ok=True, seconds=1.0)]])
    await work(a_brief("patch", "The message is too long.", {"a.py": CODE}, check=["pytest"]), desk)
    assert "Names:" in desk.asked[0].messages[-1].content


TOURS = f'''class Tour:
    seats: int = 12

    def free(self):
        """Return how many are left."""
        return self.seats

    def book(self, name):
        """Book for somebody."""
        if not self.free():
            raise FullError(f"only {{self.free()}} seats left")

    def seats_text(self):
        """Return what the web page says about it."""
        return f"{{self.free()}} seats left"


def parse_data_uri(uri):
    """Split it."""
    return uri.split(",")


{FILLER}'''


@pytest.mark.parametrize(
    ("task", "name"),
    [
        ("The web page says '1 seats left' where it should be one.", "Tour.seats_text"),
        ("A data URI with BASE64 is refused. It should be taken in any case.", "parse_data_uri"),
        ("Too many seats are shown.", None),
        ("The text is wrong for one.", None),
        ("It should return the number of what it gets.", None),
    ],
)
def test_the_words_of_a_name_and_its_docstring_point_at_a_function(task: str, name: str | None) -> None:
    assert worded(task, TOURS, symbols(TOURS)) == name


def test_of_several_that_hold_what_is_quoted_the_words_choose_one() -> None:
    task = "The web page says '1 seats left' - make that '1 seat left'."
    assert quoted(task, TOURS, symbols(TOURS)) == ("Tour.seats_text",)
    assert quoted("It says '1 seats left'.", TOURS, symbols(TOURS)) == ()


async def test_a_field_that_is_only_a_word_of_the_task_is_not_what_is_changed() -> None:
    answer = fenced('def seats_text(self):\n    return f"{self.free()} seat left"\n')
    for task, shown in (
        ("The web page says '1 seats left' where '1 is left' is meant.", "def seats_text"),
        ("The default of seats should be 14.", "seats: int"),
    ):
        desk = ScriptedDesk(*[answer] * 9)
        brief = a_brief("patch", task, {"a.py": TOURS}, solving=Solving(samples=1, retries=0))
        with contextlib.suppress(NaniteError):
            await work(brief, desk)
        assert shown in desk.asked[0].messages[-1].content


HANDS_ON = """class Plan:
    def run_all(self, delay=0):
        for job in self.jobs:
            job()


class Other:
    def stop(self):
        return 1


class Another:
    def stop(self):
        return 2


def run_all(delay=0):
    \"\"\"Run all.\"\"\"
    default.run_all(delay=delay)


def stop():
    return other.stop()


def start():
    return default.run_all()
"""


@pytest.mark.parametrize(
    ("name", "method"),
    [("run_all", "Plan.run_all"), ("stop", None), ("start", None), ("Plan.run_all", None), ("none", None)],
)
def test_what_only_hands_on_has_its_method_behind_it(name: str, method: str | None) -> None:
    assert behind(name, HANDS_ON.encode(), symbols(HANDS_ON)) == method


@pytest.mark.parametrize(
    ("function", "is_it"),
    [
        ("def move(a, b):\n    return shutil.move(a, b)\n", False),
        ("def move(a, b):\n    return bin.move(a, b)\n", True),
        ("def move(a, b):\n    return lorry.move(a, b)\n", False),
        ("def move(a, b):\n    return there.move(a, b)\n", False),
        ("def move(a, b):\n    return Bin().move(a, b)\n", True),
        ("def move(a, b):\n    return a.move(b)\n", True),
        ("def move(a: Bin, b):\n    return a.move(b)\n", True),
        ("def move(a: Lorry, b):\n    return a.move(b)\n", False),
    ],
)
def test_a_method_of_something_else_is_not_behind_a_function(function: str, is_it: bool) -> None:
    known = "bin = Bin()\nlorry = Lorry()\nthere = shutil.There()\n"
    code = (
        f"import shutil\n\n\nclass Bin:\n    def move(self, a, b):\n        return a\n\n\nclass Lorry: ...\n\n\n{known}"
    )
    assert behind("move", f"{code}\n\n{function}".encode(), symbols(f"{code}\n\n{function}")) == (
        "Bin.move" if is_it else None
    )


def test_a_method_that_texts_have_too_is_not_behind_a_function_of_anything() -> None:
    code = "class Bin:\n    def strip(self):\n        return 1\n\n\ndef strip(a):\n    return a.strip()\n"
    assert behind("strip", code.encode(), symbols(code)) is None


def test_words_that_a_constant_has_too_point_at_no_function() -> None:
    check = "def check_upload_size(data):\n    return len(data) < MAX_UPLOAD_SIZE\n"
    task = "The maximum upload size should be 20 MB."
    assert worded(task, check, symbols(check)) == "check_upload_size"
    code = f"MAX_UPLOAD_SIZE = 10\n\n\n{check}"
    assert worded(task, code, symbols(code)) is None


async def test_the_method_behind_a_function_is_shown_unless_its_parameters_are_meant() -> None:
    for task, shown in (
        ("run_all should skip the last.", "class Plan"),
        ("Add a parameter n=1 to run_all.", "default."),
    ):
        desk = ScriptedDesk(*["Sure."] * 9)
        brief = a_brief("patch", task, {"a.py": HANDS_ON + FILLER}, solving=Solving(samples=1, retries=0))
        with contextlib.suppress(NaniteError):
            await work(brief, desk)
        assert shown in desk.asked[0].messages[-1].content


@pytest.mark.parametrize(
    ("task", "name"),
    [
        ("New members have to pay the full yearly fee.", "yearly_fee"),
        ("pay adds the yearly fee twice.", None),
        ("There is a mistake. pay adds the yearly fee twice.", None),
        ("They pay the yearly fee, and so pay too much.", None),
    ],
)
def test_a_plain_word_is_a_name_where_a_sentence_begins_with_it(task: str, name: str | None) -> None:
    code = "def yearly_fee():\n    return 9\n\n\ndef pay(cents):\n    return cents\n"
    assert better_worded(task, code, symbols(code), ["pay"]) == name


SHELVES = "\n\n".join(
    f"def {name}():\n    return 1\n"
    for name in ("books", "by_author", "phoneList", "is_open", "sign_up", "sort_by_year", "not_found")
)


@pytest.mark.parametrize(
    ("task", "name"),
    [
        ("Looking for the books by an author should not care about case.", "by_author"),
        ("People without a phone shouldn't be in the phone list.", "phoneList"),
        ("Nothing should happen when somebody signs up again.", "sign_up"),
        ("When the shop is open, say so.", None),
        ("The list of phones is too long.", None),
        ("The author should come by.", None),
        ("The books by an author are not in the phone list.", None),
        ("They sort the books by year.", None),
        ("Sort the books by author.", None),
        ("The books should look like the phone list.", None),
        ("It must be longer than the phone list. Change the phone list.", "phoneList"),
        ("Guests see the wrong phone. List those first.", None),
        ("Show it by phone, list and all.", None),
        ("It fails where a book is not found.", None),
        ("", None),
    ],
)
def test_a_name_of_several_words_that_a_task_says_word_by_word_is_meant(task: str, name: str | None) -> None:
    assert phrased(task, symbols(SHELVES)) == name


def test_what_a_task_says_word_by_word_is_meant_before_a_plain_word() -> None:
    task = "Looking for the books by an author should not care about upper and lower case."
    assert better_worded(task, SHELVES, symbols(SHELVES), ["books"]) == "by_author"
    assert better_worded(task, SHELVES, symbols(SHELVES), ["by_author"]) is None


STATUS = '''def left(used):
    # So many lessons left: 5 of 10.
    return 10 - used


def status(used):
    """Return what the desk says: '4 lessons left'."""
    return f"{left(used)} lessons left"


def expiring(passes):
    """Return the passes that still have lessons left."""
    return [one for one in passes if left(one)]
'''


def test_what_is_quoted_is_looked_for_in_code_before_what_is_only_told_of_it() -> None:
    task = "If there is one lesson left the desk reads out 'Mia: 1 lessons left'."
    assert quoted(task, STATUS, symbols(STATUS)) == ("status",)
    told = STATUS.replace('f"{left(used)} lessons left"', "left(used)")
    assert quoted(task, told, symbols(told)) == ()


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("a.py", 'def a(x):\n    return """\n# no such room for you\n"""\n\n\n{}'),
        ("a.py", "def a(x):\n    raise Full(\n        *x, 'no such room for you')\n\n\n{}"),
        (
            "a.c",
            'void a(char **out) {\n  *out = "no such room for you";\n}\n\nvoid b() {\n  no("no such room for you");\n}',
        ),
    ],
)
def test_code_that_begins_as_a_comment_does_is_code(path: str, code: str) -> None:
    code = code.replace("{}", "def b(x):\n    return 'no such room for you'\n")
    task = "When I buy the last one, it says 'no such room for you'."
    assert quoted(task, code, symbols_of(path, code)) == ()

"""Names that an answer has nearly right: put as the file can say them, and left where they may mean something else."""

from __future__ import annotations

import pytest

from tests.unit.test_slips import evident, made

OLD = "def f(x):\n    return x\n"


def with_top(top: str, code: str) -> str:
    return f"{top}\n\n\n{code}"


@pytest.mark.parametrize(
    ("top", "line", "meant"),
    [
        ("import datetime", "return timedelta(days=x)", "return datetime.timedelta(days=x)"),
        ("import datetime as dt", "return date.today() + x", "return dt.date.today() + x"),
        (
            "import datetime",
            "return 'é' if isinstance(x, date) else 1",
            "return 'é' if isinstance(x, datetime.date) else 1",
        ),
        ("import typing", "y: Optional[int] = x\n    return y", "y: typing.Optional[int] = x\n    return y"),
        ("import math, os", "return sqrt(x) + sqrt(2)", "return math.sqrt(x) + math.sqrt(2)"),
        ("import itertools", "return list(chain.from_iterable(x))", "return list(itertools.chain.from_iterable(x))"),
        ("\ufeffimport decimal", "return Decimal(x)", "return decimal.Decimal(x)"),
    ],
)
def test_a_name_of_an_imported_module_gets_the_module_before_it(top: str, line: str, meant: str) -> None:
    before, after = with_top(top, OLD), with_top(top, OLD.replace("return x", line))
    assert evident(before, after) == after.replace(line, meant)


@pytest.mark.parametrize(
    ("top", "line"),
    [
        ("import os", "return x + name"),
        ("import os", "return path"),
        ("import logging", "return 1 if DEBUG else x"),
        ("import itertools", "return count + x"),
        ("import re", "error('no')\n    return x"),
        ("import math", "return sqrt(x, 2)"),
        ("import math", "return log(x)"),
        ("import datetime", "return date.now()"),
        ("import datetime\nimport time", "return unheard_of(x)"),
        ("import statistics, random", "return _random(x)"),
        ("import re\nimport html", "return escape(x)"),
        ("import datetime", "datetime = x\n    return timedelta(1)"),
        ("import datetime", "g = lambda timedelta: timedelta\n    return g(timedelta(1))"),
        ("import requests", "return get(x)"),
    ],
)
def test_what_may_be_a_variable_or_something_else_is_left(top: str, line: str) -> None:
    before, after = with_top(top, OLD), with_top(top, OLD.replace("return x", line))
    assert evident(before, after) == after


@pytest.mark.parametrize(
    ("top", "line", "added"),
    [
        ("import os", "return re.sub('a', 'b', x)", "import re\n"),
        ("import logging", "return sys.argv", "import sys\n"),
        ("import datetime", "return time.time()", "import time\n"),
        ("import os", "return urllib.parse.quote(x)", "import urllib.parse\n"),
    ],
)
def test_a_module_that_is_looked_into_is_imported(top: str, line: str, added: str) -> None:
    before, after = with_top(top, OLD), with_top(top, OLD.replace("return x", line))
    assert evident(before, after) == added + after


def test_an_import_goes_behind_what_the_file_promises() -> None:
    top = '"""Do."""\n\nfrom __future__ import annotations\n\nfrom pathlib import Path'
    after = with_top(top, OLD.replace("return x", "return json.loads(x)"))
    assert evident(with_top(top, OLD), after) == after.replace("from pathlib", "import json\nfrom pathlib")


@pytest.mark.parametrize(
    ("top", "line"),
    [
        ("X = 1", "return re.sub('a', 'b', x)"),
        ("from __future__ import annotations; import os", "return re.sub('a', 'b', x)"),
        ('"""Do."""; import os', "return re.sub('a', 'b', x)"),
        ("import os", "return string.upper()"),
        ("import os", "return copy"),
        ("import os", "return requests.get(x)"),
        ("import os", "json = x\n    return json.loads(x)"),
        ("from os import *", "return re.sub('a', 'b', x)"),
    ],
)
def test_an_import_is_left_where_it_has_no_place_or_is_not_what_is_missing(top: str, line: str) -> None:
    before, after = with_top(top, OLD), with_top(top, OLD.replace("return x", line))
    assert evident(before, after) == after


LOG = "import logging\n\n_log = logging.getLogger(__name__)"


def test_a_logger_is_the_files_own() -> None:
    for name in ("logger", "log", "LOGGER"):
        line = f"{name}.warning('%s', x)\n    return x"
        after = with_top(LOG, OLD.replace("return x", line))
        assert evident(with_top(LOG, OLD), after) == after.replace(f"    {name}.", "    _log.")


@pytest.mark.parametrize(
    ("top", "line"),
    [
        (LOG, "log(x)\n    return x"),
        (LOG, "logger.shout(x)\n    return x"),
        (LOG, "_log = x\n    logger.info(x)\n    return x"),
        (f"{LOG}\n_audit = logging.getLogger('audit')", "logger.info(x)\n    return x"),
        ("import logging\n\n_log = print('getLogger')", "logger.info(x)\n    return x"),
    ],
)
def test_what_may_be_another_logger_or_none_is_left(top: str, line: str) -> None:
    before, after = with_top(top, OLD), with_top(top, OLD.replace("return x", line))
    assert evident(before, after) == after


def test_what_was_unknown_before_is_left() -> None:
    before = with_top("import datetime", "def f(x):\n    return timedelta(x)\n")
    after = before.replace("timedelta(x)", "timedelta(x + 1)")
    assert evident(before, after) == after


BOOK = """class Book:
    def __init__(self):
        self.hook = None

    def pages(self):
        return 3

    def part(self, number):
        return number

    @property
    def size(self):
        return 4

    def walk(self):
        yield 1

    def f(self, x):
        return x
"""


def in_book(line: str) -> str:
    return BOOK.replace("        return x\n", f"        {line}\n")


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("return x < self.pages", "return x < self.pages()"),
        ("return 1 <= x <= self.pages", "return 1 <= x <= self.pages()"),
        ("return self.pages == 0", "return self.pages() == 0"),
        ("return len(x) != self.pages", "return len(x) != self.pages()"),
        ("return x in self.pages", "return x in self.pages()"),
        ("return 'é', self.pages + 1", "return 'é', self.pages() + 1"),
        ("return f'{x} of {self.pages}, {self.pages:>3}'", "return f'{x} of {self.pages()}, {self.pages():>3}'"),
        ("return f'{{{self.pages}}}'", "return f'{{{self.pages()}}}'"),
    ],
)
def test_a_method_that_is_taken_for_a_value_is_called(line: str, meant: str) -> None:
    assert evident(BOOK, in_book(line)) == in_book(meant)


@pytest.mark.parametrize(
    "line",
    [
        "return x == self.pages",
        "return self.hook != self.pages",
        "return self.pages in x",
        "return self.pages is None",
        "return self.pages == None",
        "return self.pages() + 1",
        "return x < self.part",
        "return x < self.size",
        "return x < self.walk",
        "return x < self.f",
        "return x < self.unheard_of",
        "return x.pages < 3",
        "return f'{{self.pages}} {x}'",
        "return '{self.pages}' f'{x}'",
        "return f'{self.pages!r}'",
        "return f'{self.pages=}'",
        "return '%r' % self.pages",
        "return map(lambda self: self.pages < 3, x)",
        "self = x; return self.pages < 3",
    ],
)
def test_what_may_be_meant_as_a_method_or_is_none_is_left(line: str) -> None:
    assert evident(BOOK, in_book(line)) == in_book(line)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("self.hook = None", "self.pages = 2"),
        ("    @property\n    def size", "    pages = property(pages)\n\n    @property\n    def size"),
        ("    def walk", "    if x:\n        def pages(self): ...\n\n    def walk"),
        ("    def pages", "    @staticmethod\n    def pages"),
        ("    def pages", "    async def pages"),
        ("class Book", "class Other:\n    def g(self): self.book.pages = 2\n\n\nclass Book"),
    ],
)
def test_a_method_whose_name_something_else_has_too_is_left(old: str, new: str) -> None:
    before, after = (one.replace(old, new) for one in (BOOK, in_book("return x < self.pages")))
    assert evident(before, after) == after


def test_a_method_of_another_class_or_of_none_is_left() -> None:
    other = "class Other:\n    def f(self, x):\n        return x\n\n\n" + BOOK.replace("def f", "def g")
    after = other.replace("return x\n", "return x < self.pages\n", 1)
    assert evident(other, after) == after
    alone = f"{BOOK}\n\ndef g(self, x):\n    return x\n"
    after = f"{BOOK}\n\ndef g(self, x):\n    return x < self.pages\n"
    assert evident(alone, after) == after


def test_an_old_text_with_a_method_in_it_stays() -> None:
    before = in_book("return f'{self.pages}'")
    after = in_book("return f'{self.pages} {x}'")
    assert evident(before, after) == after


READ = (
    "def read(rows):\n    found = {}\n    for key, value in rows:\n"
    "        found[key.strip().lower()] = value\n    return found\n"
)


def asked_first(test: str, code: str = READ) -> str:
    return code.replace("        found[", f"        if {test}:\n            raise KeyError(key)\n        found[", 1)


def test_a_key_is_looked_up_as_it_is_stored() -> None:
    for sign in ("in", "not in"):
        after = asked_first(f"key {sign} found")
        assert evident(READ, after) == after.replace(f"key {sign}", f"key.strip().lower() {sign}")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (READ, asked_first("key in rows")),
        (READ, asked_first("value in found")),
        (READ, asked_first("key.strip().lower() in found")),
        (READ, asked_first("key in found").replace("        if", "        key = key.strip().lower()\n        if")),
        (READ, asked_first("key in found").replace("found[key.strip().lower()]", "found[key]")),
        (READ, READ.replace("return found", "return [key for key in range(9) if key in found]")),
        tuple(one.replace("strip().lower", "pop") for one in (READ, asked_first("key in found"))),
        tuple(one.replace("strip().lower", "encode") for one in (READ, asked_first("key in found"))),
        tuple(f"{one[:-1]}, found[key]\n" for one in (READ, asked_first("key in found"))),
        tuple(one.replace("strip().lower()", "strip('-')") for one in (READ, asked_first("key in found"))),
    ],
)
def test_a_key_that_may_be_clean_or_is_not_only_cleaned_is_left(before: str, after: str) -> None:
    assert evident(before, after) == after


TODO = (
    "class Todo:\n    title: str\n    done: bool = False\n\n    def __init__(self):\n        self._due = 1\n\n"
    "    def urgent(self):\n        pass\n\n\ndef f(x):\n    return x\n"
)
LACKS = "AttributeError: 'Todo' object has no attribute '{}'"


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("is_done", "done"), ("due", "_due"), ("get_title", "title"), ("titel", "title"), ("is_urgent", "urgent")],
)
def test_a_field_is_the_nearest_one_that_there_is(wrong: str, right: str) -> None:
    after = TODO.replace("    return x\n", f"    return 'é', [one.{wrong} for one in x]\n")
    assert made(TODO, after, LACKS.format(wrong))[0] == after.replace(f".{wrong} for", f".{right} for")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("return x.is_done", LACKS.format("is_done").replace("Todo", "Other")),
        ("return x.colour", LACKS.format("colour")),
        ("return x", LACKS.format("is_done")),
        ("return x.done", LACKS.format("done")),
        ("return x.is_done", "NameError: name 'is_done' is not defined"),
    ],
)
def test_no_field_is_put_for_what_has_none_near_it(line: str, said: str) -> None:
    after = TODO.replace("    return x\n", f"    y = 1\n    {line}\n")
    assert made(TODO, after, said, code="not-as-before") == []

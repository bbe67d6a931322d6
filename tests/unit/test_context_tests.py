"""Tests as context: which have to do with a task, what is shown of them, and what runs them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from workbench.context.budget import estimate
from workbench.context.neighbours import neighbours
from workbench.context.tests_near import file_tests, named_tests, near_tests
from workbench.context.tests_shown import shown_tests
from workbench.model import Excerpt
from workbench.repository import Repository

TASK = "Let `truncate` never exceed the limit."
FILES = {
    "text.py": "def truncate(text, limit):\n    return text[:limit]\n\n\ndef shout(text):\n    return text.upper()\n",
    "tests/test_text.py": "from text import truncate\n\n\ndef test_cut():\n    assert truncate('abc', 2) == 'ab'\n",
    "tests/test_shout.py": "from text import shout\n\n\ndef test_shout():\n    assert shout('a') == 'A'\n",
    "notes/truncate.md": "truncate is not tested here\n",
    "ignored/test_text.py": "truncate\n",
    ".gitignore": "ignored/\n",
}


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    return Repository(tmp_path.resolve())


def test_tests_that_use_what_a_task_names_are_found_with_what_runs_them(repository: Repository) -> None:
    (found,) = near_tests(repository, TASK, [repository.read("text.py")], ())
    assert (found.path, found.command) == ("tests/test_text.py", "python -m pytest -q tests/test_text.py")
    assert not found.is_allowed


def test_a_command_that_is_allowed_and_names_the_test_is_the_one(repository: Repository) -> None:
    allowed = ("pytest -q", "pytest -q tests/test_text.py::test_cut")
    (found,) = near_tests(repository, TASK, [repository.read("text.py")], allowed)
    assert found.command == "pytest -q tests/test_text.py::test_cut"
    assert found.is_allowed


@pytest.mark.parametrize(
    ("allowed", "command", "is_allowed"),
    [
        (("ruff check {file}", "pytest -q {file}", "pytest -q"), "pytest -q tests/test_text.py", True),
        (("ruff check {file}", "pytest -q"), "pytest -q", True),
        (("python -m pytest -q tests",), "python -m pytest -q tests", True),
        (("cargo test", "npm test", "pytest -p no:cacheprovider"), "pytest -p no:cacheprovider", True),
        (("cargo test", "npm test", "pytest -k tests"), "python -m pytest -q tests/test_text.py", False),
        (("pytest -q tests/test_other.py", "ruff check ."), "python -m pytest -q tests/test_text.py", False),
    ],
)
def test_tests_of_a_file_are_found_with_what_may_run_them(
    repository: Repository, allowed: tuple[str, ...], command: str, *, is_allowed: bool
) -> None:
    found, *_ = file_tests(repository, [repository.read("text.py")], allowed)
    assert (found.path, found.command, found.is_allowed) == ("tests/test_text.py", command, is_allowed)


@pytest.mark.parametrize("task", ["Make it faster.", "Let it return text when given.", "Let `nothing_of_it` be."])
def test_words_that_name_nothing_of_the_targets_find_nothing(repository: Repository, task: str) -> None:
    source = repository.read("text.py").model_copy(update={"content": b"def truncate(x):\n    return x\n"})
    assert near_tests(repository, task, [source], ()) == ()


@pytest.mark.parametrize(
    ("path", "command"),
    [
        ("web/cut.test.js", "node --test web/cut.test.js"),
        ("pkg/cut_test.go", "go test ./pkg"),
        ("cut_test.go", "go test ."),
        ("spec/cut_spec.rb", "rspec spec/cut_spec.rb"),
        ("tests/cut.rs", "cargo test"),
    ],
)
def test_each_language_is_run_its_own_way(repository: Repository, path: str, command: str) -> None:
    place = repository.root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("truncate\ntruncate\nshout\n")
    found = near_tests(repository, f"{TASK} Also shout.", [repository.read("text.py")], ())
    assert (found[0].path, found[0].command) == (path, command)


def test_where_npm_is_at_home_it_runs_the_tests(repository: Repository) -> None:
    (repository.root / "package.json").write_text("{}")
    (repository.root / "cut.test.js").write_text("truncate(shout)\n")
    found = near_tests(repository, f"{TASK} Also shout.", [repository.read("text.py")], ())
    assert found[0].command == "npm test"


def test_files_that_a_check_names_are_read(repository: Repository) -> None:
    commands = ("python -m pytest -q tests/test_text.py::test_cut", "make check", "x 'unclosed")
    assert [test.path for test in named_tests(repository, commands)] == ["tests/test_text.py"]


@pytest.mark.parametrize(
    "command",
    ["python ignored/test_text.py", "cat ../secret.py", "cat /etc/hosts.conf", "python gone.py", "cat big.py"],
)
def test_what_a_check_names_elsewhere_is_never_read(repository: Repository, command: str) -> None:
    (repository.root / "big.py").write_text("x = 1\n" * 20_000)
    assert named_tests(repository, [command]) == ()


PYTHON = Excerpt(
    path="test_a.py",
    first=1,
    last=1,
    text="""import a
from a import cut

LIMIT = 3

assert cut("abcd", LIMIT) == "abc"


class TestCut:
    def test_short(self):
        assert cut("a", 3) == "a"

    @mark.slow
    def test_long(self):
        assert cut("a" * 9, 3) == "aaa"

    def test_other(self):
        assert other() == 1
""",
)


def test_of_a_python_test_only_what_uses_the_symbol_is_shown() -> None:
    shown = shown_tests([PYTHON], ["Text.cut"], 200)
    assert 'assert cut("abcd", LIMIT) == "abc"' in shown
    assert shown.count("def test_") == 2
    assert "@mark.slow\ndef test_long(self):\n    assert" in shown
    assert "other" not in shown
    assert "import" not in shown


def test_what_failed_is_shown_first_where_there_is_little_room() -> None:
    failed = "test_a.py:14: in test_long\nAssertionError"
    shown = shown_tests([PYTHON], ["cut"], 35, failed=failed)
    assert "test_long" in shown
    assert "test_short" not in shown


@pytest.mark.parametrize(("names", "room"), [((), 200), (("nothing",), 200), (("cut",), 0), (("cut",), 3)])
def test_nothing_is_shown_where_nothing_fits(names: tuple[str, ...], room: int) -> None:
    assert shown_tests([PYTHON], names, room) == ""


def test_other_languages_are_shown_by_paragraphs() -> None:
    text = "test('a', () => {\n  ok(cut('a'));\n});\n\n" + "test('b', () => {\n  ok(other());\n});\n\n" * 20
    shown = shown_tests([Excerpt(path="a.test.js", first=1, last=1, text=text)], ["cut"], 200)
    assert shown == "test('a', () => {\n  ok(cut('a'));\n});"


def test_a_test_that_does_not_parse_is_shown_whole_if_it_is_short() -> None:
    test = Excerpt(path="a.py", first=1, last=1, text="def (:\n    cut()\n")
    assert shown_tests([test], ["cut"], 200) == "def (:\n    cut()"


BESIDE = """class Box:
    def size(self):
        return 1


def helper(value, *, deep=False):
    return value


def other():
    return 2


def work(x):
    # other
    return helper(x) + x.other() + len(Box().size())
"""


def test_neighbours_are_what_is_called_by_its_name_and_stands_in_the_file() -> None:
    assert neighbours("a.py", BESIDE, BESIDE[BESIDE.index("def work") :], ["work"], 60) == (
        "def helper(value, *, deep=False)"
    )


VALUES = """from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    NOTE = 1
    DONE = 2


@dataclass
class Stop:
    street: str
    parcels: int = 1


class RoadBook:
    def __init__(self, stops):
        self.stops = list(stops)
        self.day, self.van = None, ""


class Empty:
    pass


def work(stops, road_book, empty):
    return sorted(stops, key=lambda stop: stop.parcels), road_book, empty, Kind.NOTE
"""


def test_neighbours_are_the_classes_that_values_are_of_by_their_names() -> None:
    code = VALUES[VALUES.index("def work") :]
    assert neighbours("a.py", VALUES, code, ["work"], 200).split("\n") == [
        "class Kind(Enum): NOTE, DONE",
        "class Stop: street: str, parcels: int = 1",
        "class RoadBook: self.stops, self.day, self.van",
    ]
    assert "Stop" not in neighbours("a.py", VALUES, "def go(stopper): ...", ["go"], 200)
    assert "Stop" not in neighbours("a.py", VALUES, code, ["Stop.go"], 200)
    assert "class Stop" not in neighbours("a.py", VALUES, code, ["work"], 10)


def test_neighbours_are_short_constants_that_the_function_or_its_task_names() -> None:
    text = f"AGE = 65\nLONG = {{{'1: 2, ' * 30}}}\nMANY = (\n    1,\n)\nlog = 1\nOTHER = 2\n\n\n"
    text += "class Fee:\n    def __init__(self):\n        self.other = OTHER\n\n    def work(self, age):\n"
    text += "        return age > AGE and MANY and LONG and log\n"
    code = text[text.index("class Fee") :]
    assert neighbours("a.py", text, code, ["Fee.work"], 60) == "AGE = 65"
    assert neighbours("a.py", text, code, ["Fee.work"], 60, task="Also OTHER, please.") == "AGE = 65\nOTHER = 2"
    script = "const AGE = 65;\nfunction work(age) {\n  return age > AGE;\n}\n"
    assert neighbours("a.js", script, script[16:], ["work"], 60) == "const AGE = 65;"


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        ("a.c", "struct till {\n    int count;\n};\n", "struct till { int count; };"),
        ("a.go", "package a\n\ntype Till struct {\n\tcount int\n}\n", "type Till struct { count int }"),
        ("a.rs", "struct Till {\n    count: i32,\n}\n", "struct Till { count: i32, }"),
        ("a.ts", "interface Till {\n  count: number;\n}\n", "interface Till { count: number; }"),
        ("A.java", "record Till(int count) {}\n", "record Till(int count) {}"),
        ("a.ts", "class Till {\n  go() {\n    return 1;\n  }\n}\n", ""),
        ("a.ts", f"interface Till {{\n{'  count: number;' * 20}\n}}\n", ""),
    ],
)
def test_neighbours_of_other_languages_are_short_types(path: str, text: str, line: str) -> None:
    assert neighbours(path, text, "work(till)", ["work"], 200) == line


@pytest.mark.parametrize(("room", "text"), [(0, BESIDE), (3, BESIDE), (60, "def (:")])
def test_there_are_no_neighbours_without_room_or_in_what_does_not_parse(room: int, text: str) -> None:
    assert neighbours("a.py", text, "helper(1)", [], room) == ""


def test_what_makes_the_object_of_a_call_and_what_looks_at_it_is_shown_with_it() -> None:
    text = (
        "from cache import Cache\nother = Cache(1)\nsize = 10\ncache = Cache(maxsize=size)\ncache['a'] = 1\n"
        "assert cache.available == 9\nassert other.size == 1\nassert cache.size == 1\n"
    )
    test = Excerpt(path="check.py", first=1, last=8, text=text)
    assert shown_tests([test], ["Cache.available"], 200).split("\n") == [
        "size = 10",
        "cache = Cache(maxsize=size)",
        "cache['a'] = 1",
        "assert cache.available == 9",
        "assert cache.size == 1",
    ]
    room = estimate("assert cache.available == 9")
    assert shown_tests([test], ["Cache.available"], room) == "assert cache.available == 9"
    assert shown_tests([test], ["Cache.available"], room - 1) == ""
    assert shown_tests([test], ["Cache.nothing"], 200) == ""

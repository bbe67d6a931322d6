"""A task as a comment in the code it is about: where it stands, and that it is gone from the answer."""

from __future__ import annotations

import pytest

from workbench.crew.solving.marking import LONGEST, can_mark, example, has_one_place, marked, unmarked

TASK = "greet should say\n good day"
LINE = "TODO: greet should say good day"


@pytest.mark.parametrize(
    ("path", "code", "want"),
    [
        ("a.py", "def greet(name):\n    return 1", "def greet(name):\n    # {}\n    return 1"),
        (
            "a.py",
            'def greet(\n    name,\n):\n    """Say it."""\n    return 1',
            'def greet(\n    name,\n):\n    """Say it."""\n    # {}\n    return 1',
        ),
        (
            "a.py",
            "class A:\n    def __init__(self): ...\n\n    def greet(self):\n        return 1",
            "class A:\n    def __init__(self): ...\n\n    def greet(self):\n        # {}\n        return 1",
        ),
        ("a.py", "def greet(name): return 1", "# {}\ndef greet(name): return 1"),
        (
            "a.py",
            "def greet(name):\n    def inner():\n        return 2\n    return 1",
            "def greet(name):\n    # {}\n    def inner():\n        return 2\n    return 1",
        ),
        ("a.py", "LIMIT = 3", "# {}\nLIMIT = 3"),
        ("a.py", "def broken(:\n    return 1", "# {}\ndef broken(:\n    return 1"),
        ("a.js", "function greet(name) {\n  return 1;\n}", "function greet(name) {{\n  // {}\n  return 1;\n}}"),
        ("a.go", "func greet() int {\n\treturn 1\n}", "func greet() int {{\n\t// {}\n\treturn 1\n}}"),
        ("a.rb", "def greet(name)\n  1\nend", "def greet(name)\n  # {}\n  1\nend"),
        ("a.sh", "greet() {\n\techo 1\n}", "greet() {{\n\t# {}\n\techo 1\n}}"),
        ("a.c", "int greet(void)\n{\n    return 1;\n}", "int greet(void)\n{{\n    // {}\n    return 1;\n}}"),
        ("a.c", "int limit = 3;", "// {}\nint limit = 3;"),
    ],
)
def test_the_comment_stands_where_the_work_begins_and_goes_again(path: str, code: str, want: str) -> None:
    shown = marked(path, code, TASK)
    assert shown == want.format(LINE)
    assert unmarked(path, shown, TASK) == code


def test_a_comment_that_the_model_cut_short_or_spelled_on_goes_too() -> None:
    begin = "def greet(name):\n"
    for tail in ("", " to everybody", "..."):
        answer = f"{begin}    # TODO: greet should say good day{tail}\n    return 1\n"
        assert unmarked("a.py", answer, TASK) == f"{begin}    return 1\n"
    other = f"{begin}    # TODO: something else\n    return 1\n"
    assert unmarked("a.py", other, TASK) == other


def test_a_mark_at_the_end_of_a_line_goes_too() -> None:
    answer = "def greet(name):\n    return 1  # TODO: greet should say good day\n"
    assert unmarked("a.py", answer, TASK) == "def greet(name):\n    return 1\n"


@pytest.mark.parametrize(
    ("text", "task", "can"),
    [
        ("x = 1\n", TASK, True),
        ("# TODO: greet should say good day, see #12\nx = 1\n", TASK, False),
        ('HELP = """\n# TODO: greet should say good day\n"""\n', TASK, False),
        ("x = 1\n", "Fix", False),
    ],
)
def test_what_could_be_taken_for_a_comment_of_the_file_is_not_put_in(text: str, task: str, can: bool) -> None:
    assert can_mark("a.py", text, task) is can


def test_a_long_task_is_cut() -> None:
    assert len(marked("a.py", "x = 1", "long " * 200).split("\n")[0]) <= LONGEST + len("# TODO: ")


@pytest.mark.parametrize("language", ["python", "javascript", "typescript", "go"])
@pytest.mark.parametrize("is_marked", [True, False])
def test_an_example_is_asked_as_a_task_is_and_answers_it(language: str, is_marked: bool) -> None:
    asked, said = example(language, is_marked=is_marked)
    assert asked.content.count("TODO: area") == is_marked
    assert "Task: area should" in asked.content
    assert said.content.startswith(f"```{language}\n")
    assert "TODO" not in said.content
    assert "0" in said.content


def test_a_language_without_an_example_has_none() -> None:
    assert example("rust", is_marked=True) == ()


@pytest.mark.parametrize(
    ("path", "code", "names", "has"),
    [
        ("a.py", "LIMIT = 3\n\ndef f(x):\n    return x\n", ["LIMIT", "f"], True),
        ("a.py", "class A:\n    def f(self): ...\n    def g(self):\n        return 1\n", ["A.g"], True),
        ("a.py", "def f(x):\n    def g(y):\n        return y\n    return g\n", ["f"], True),
        ("a.py", "class A:\n    def f(self):\n        return 2\n    def g(self):\n        return 1\n", ["A"], False),
        ("a.py", "def f(x):\n    return x\n\ndef g(x):\n    return x\n", ["f", "g"], False),
        ("a.js", "function f() {\n  return 1;\n}", ["f"], True),
        ("a.js", "function f() {\n  return 1;\n}\n\nfunction g() {\n  return 1;\n}", ["f", "g"], False),
    ],
)
def test_a_task_goes_into_code_where_one_function_can_be_meant(
    path: str, code: str, names: list[str], *, has: bool
) -> None:
    assert has_one_place(path, code, names) is has

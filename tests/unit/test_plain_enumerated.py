"""An "and" before the last of several things, and another sign at which a text is cut, too."""

from __future__ import annotations

import pytest

from workbench.crew.plain.elsewhere.finding import changes_elsewhere
from workbench.crew.plain.finding import surest_change
from workbench.model import Source

SHOWN = "f should give 'Ann, Ben and Cleo'."
TOLD = "There should be an 'and' before the last name in f."


def surest(task: str, code: str) -> str:
    found = surest_change(task, Source(path="a.py", content=code.encode()), "f")
    return (found.edits[0].after or b"").decode() if found else ""


def first(task: str, path: str, code: str) -> str:
    found = changes_elsewhere(task, Source(path=path, content=code.encode()), "f")
    return (found[0].edits[0].after or b"").decode() if found else ""


@pytest.mark.parametrize(
    ("task", "word"),
    [
        (SHOWN, " and "),
        (TOLD, " and "),
        ("f should give 'Ann, Ben, and Cleo'.", ", and "),
        ("Put an or before the last one that f lists.", " or "),
    ],
)
def test_the_last_one_comes_behind_a_word(task: str, word: str) -> None:
    code = "def f(names):\n    return ', '.join(names)\n"
    new = f'"{word}".join(\', \'.join(names).rsplit(", ", 1))'
    changed = surest(task, code)
    assert changed == code.replace("', '.join(names)", new)
    scope: dict[str, object] = {}
    exec(compile(changed, "a.py", "exec"), scope)
    listed = scope["f"]
    assert callable(listed)
    assert [listed(names) for names in ([], ["Ann"], ["Ann", "Ben", "Cleo"])] == ["", "Ann", f"Ann, Ben{word}Cleo"]


@pytest.mark.parametrize(
    "task",
    [
        "f should have 'and' before the last one, not a comma: 'Ann, Ben and Cleo'.",
        "'Ann, Ben, Cleo' should read 'Ann, Ben and Cleo' in f.",
        "The last two names in f should be joined by 'and'.",
        "f should have an 'and' between the last two.",
    ],
)
def test_said_in_other_words(task: str) -> None:
    code = "def f(names):\n    return ', '.join(names)\n"
    assert '" and ".join(\', \'.join(names).rsplit(", ", 1))' in surest(task, code)


def test_in_a_formatted_text_no_quote_ends_it() -> None:
    code = "def f(names):\n    return f\"Guests: {', '.join(names)}\"\n"
    new = "{' and '.join(', '.join(names).rsplit(', ', 1))}"
    assert surest(SHOWN, code) == code.replace("{', '.join(names)}", new)


@pytest.mark.parametrize(
    ("task", "code"),
    [
        ("f should read 'Ann, Ben and Cleo'.", "def f(names):\n    return ', '.join(names)\n"),
        ("f should not give 'Ann, Ben and Cleo'.", "def f(names):\n    return ', '.join(names)\n"),
        ("f should give 'Ann, Ben, Cleo'.", "def f(names):\n    return ', '.join(names)\n"),
        (SHOWN, "def f(names):\n    return '; '.join(names)\n"),
        (SHOWN, "def f(names):\n    return ', '.join(names) + ', '.join(names)\n"),
    ],
)
def test_of_anything_else_no_word_is_sure(task: str, code: str) -> None:
    assert surest(task, code) == ""


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        (
            "a.js",
            "function f(names) {\n  return names.join(', ');\n}\n",
            "function f(names) {\n  return names.join(', ').replace(/, ([^,]*)$/, ' and $1');\n}\n",
        ),
        (
            "a.js",
            "function f(names) {\n  return `With ${names.join(', ')}`;\n}\n",
            "function f(names) {\n  return `With ${names.join(', ').replace(/, ([^,]*)$/, ' and $1')}`;\n}\n",
        ),
        (
            "a.go",
            'package a\n\nimport "strings"\n\nfunc f(names []string) string {\n\treturn strings.Join(names, ", ")\n}\n',
            'package a\n\nimport "strings"\n\nfunc f(names []string) string {\n\tif len(names) < 2 {\n'
            '\t\treturn strings.Join(names, ", ")\n\t}\n\tlast := len(names) - 1\n'
            '\treturn strings.Join(names[:last], ", ") + " and " + names[last]\n}\n',
        ),
    ],
)
def test_elsewhere_the_last_one_comes_behind_a_word(path: str, before: str, after: str) -> None:
    assert first(SHOWN, path, before) == after


DOT = "f should also understand a dot instead of the colon, as in '18.30'."


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        (
            "a.js",
            "function f(text) {\n  return text.split(':');\n}\n",
            "function f(text) {\n  return text.split(/[:\\.]/);\n}\n",
        ),
        (
            "a.go",
            'package a\n\nimport "strings"\n\nfunc f(text string) []string {\n\treturn strings.Split(text, ":")\n}\n',
            'package a\n\nimport "strings"\n\nfunc f(text string) []string {\n'
            '\treturn strings.Split(strings.ReplaceAll(text, ".", ":"), ":")\n}\n',
        ),
    ],
)
def test_elsewhere_a_text_is_cut_at_another_sign_too(path: str, before: str, after: str) -> None:
    assert first(DOT, path, before) == after
    assert first(DOT.replace("also understand", "understand"), path, before) == ""

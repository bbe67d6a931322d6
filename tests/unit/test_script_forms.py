"""JavaScript answers are written as the file has its functions."""

from __future__ import annotations

import pytest

from workbench.crew.script_forms import as_in_file

DECLARED = "function decode(text, opt = {}) {\n  return text\n}\n"
ARROW = "const decode = (text, opt = {}) => {\n  return text\n}\n"
VALUE = "const decode = function (text, opt = {}) {\n  return text\n}\n"


@pytest.mark.parametrize("file", [ARROW, DECLARED, VALUE])
@pytest.mark.parametrize("answer", [ARROW, DECLARED, VALUE])
def test_each_form_becomes_each_other(file: str, answer: str) -> None:
    assert as_in_file("a.mjs", f"const x = 1\n\n{file}", ["decode"], answer) == file


def test_async_and_export_and_what_is_returned_are_kept() -> None:
    file = "export const load = async (name: string): Promise<string> => {\n  return name\n}\n"
    answer = "async function load(name: string, again = wait(1)): Promise<string> {\n  return name\n}\n"
    expected = "export const load = async (name: string, again = wait(1)): Promise<string> => {\n  return name\n}\n"
    assert as_in_file("a.ts", file, ["load"], answer) == expected


@pytest.mark.parametrize(
    ("path", "file", "answer"),
    [
        ("a.py", ARROW, DECLARED),
        ("a.js", ARROW, DECLARED.replace("return text", "return this.text")),
        ("a.js", ARROW, DECLARED.replace("return text", "return arguments[0]")),
        ("a.js", ARROW + ARROW, DECLARED),
        ("a.js", "const other = 1\n", DECLARED),
        ("a.js", ARROW, "const decode = text => text\n"),
    ],
)
def test_what_is_not_sure_is_left(path: str, file: str, answer: str) -> None:
    assert as_in_file(path, file, ["decode"], answer) == answer


def test_a_word_of_a_comment_is_no_object() -> None:
    said = "  // mark this one\n  return text"
    answer, expected = (form.replace("  return text", said) for form in (DECLARED, ARROW))
    assert as_in_file("a.js", ARROW, ["decode"], answer) == expected


def test_only_functions_in_play_are_written_anew() -> None:
    assert as_in_file("a.js", ARROW, ["encode"], DECLARED) == DECLARED


CLASS = "class Book {\n  constructor() {\n    this.n = 0\n  }\n\n  async add(n = 1) {\n    this.n += n\n  }\n}\n"


@pytest.mark.parametrize("wait", ["", "async "])
def test_a_method_declared_as_a_function_is_a_method(wait: str) -> None:
    answer = f"```js\n{wait}function add(n = 1, twice = false) {{\n  this.n += twice ? 2 * n : n\n}}\n```\n"
    assert as_in_file("a.js", CLASS, ["Book.add"], answer) == answer.replace("function ", "")


@pytest.mark.parametrize(
    ("file", "name", "answer"),
    [
        # Beside its class, a function of that name is a helper; and what is no member of a class stays as it is.
        (CLASS, "Book.add", "class Book {\n  add(n) {\n    add(n)\n  }\n}\nfunction add(n) {\n  this.n = n\n}\n"),
        ("Book.add = function (n) {\n  return n\n}\n", "Book.add", "function add(n) {\n  return this.n\n}\n"),
        (CLASS, "Book.other", "function other(n) {\n  return this.n\n}\n"),
    ],
)
def test_what_is_no_method_alone_stays_a_function(file: str, name: str, answer: str) -> None:
    assert as_in_file("a.js", file, [name], answer) == answer

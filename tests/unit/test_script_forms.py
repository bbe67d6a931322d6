"""JavaScript answers are written as the file has its functions."""

from __future__ import annotations

import pytest

from workbench.crew.answers.script_forms import as_in_file
from workbench.edits.foreign.symbols import splice
from workbench.edits.planning import plan
from workbench.errors import EditRefused

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
    body = "(n = 1, twice = false) {\n  this.n += twice ? 2 * n : n\n}\n"
    answer = f"Here it is:\n```js\n{wait}function add{body}```\nThat is all."
    assert as_in_file("a.js", CLASS, ["Book.add"], answer) == answer.replace(f"{wait}function add", "async add")


OBJECT = "const api = {\n  run(a) {\n    return a;\n  },\n  go: (a) => {\n    return a;\n  },\n};\n"
FIELDS = "class Box {\n  handle = (e) => {\n    return e;\n  };\n\n  static make(t) {\n    return t;\n  }\n}\n"
EXPORTS = "module.exports.helper = function (x) {\n  return x;\n};\nA.prototype.extra = (x) => {\n  return x;\n};\n"
TYPED = "export const load = (name: string): string => {\n  return name;\n};\n"


@pytest.mark.parametrize(
    ("file", "name", "answer", "changed"),
    [
        (OBJECT, "api.run", "function run(a) {\n  return a + 1;\n}", "run(a) {\n    return a + 1;"),
        (OBJECT, "api.go", "const go = (a) => {\n  return a + 1;\n};", "go: (a) => {\n    return a + 1;"),
        (OBJECT, "api.go", "function go(a) {\n  return a + 1;\n}", "go: (a) => {\n    return a + 1;"),
        (FIELDS, "Box.handle", "handle(e) {\n  return this.e;\n}", "handle = (e) => {\n    return this.e;"),
        (FIELDS, "Box.make", "function make(t, u) {\n  return u;\n}", "static make(t, u) {\n    return u;"),
        (FIELDS, "Box.make", "async make(t) {\n  return 1;\n}", "static async make(t) {\n    return 1;"),
        (FIELDS, "Box.make", "make(t) {\n  return 1;\n}", "static make(t) {\n    return 1;"),
        (EXPORTS, "module.exports.helper", "function helper(x, y) {\n  return y;\n}", "helper = function (x, y) {"),
        (EXPORTS, "A.prototype.extra", "extra(x) {\n  return 1;\n}", "A.prototype.extra = (x) => {\n  return 1;"),
        (TYPED, "load", "async function load(n: T): P<T> {\n  return n;\n}", "load = async (n: T): P<T> => {"),
    ],
)  # fmt: skip
def test_each_answer_fits_the_file(file: str, name: str, answer: str, changed: str) -> None:
    path = "a.ts" if file is TYPED else "a.js"
    made = as_in_file(path, file, [name], f"```js\n{answer}\n```\n")
    planned = plan({path: file.encode()}, made, targets=(path,), in_play=(name,))
    after = (planned.files[path] or b"").decode()
    assert changed in after
    assert after.count("return") == file.count("return")


@pytest.mark.parametrize(
    ("file", "name", "answer"),
    [
        # Beside its class, a function of that name is a helper; a property is read, and what is no block is no body.
        (CLASS, "Book.add", "class Book {\n  add(n) {\n    add(n)\n  }\n}\nfunction add(n) {\n  this.n = n\n}\n"),
        (CLASS.replace("async add(n = 1)", "get add()"), "Book.add", "function add() {\n  return 1\n}\n"),
        (CLASS, "Book.other", "function other(n) {\n  return this.n\n}\n"),
        (CLASS, "Book.add", "function add(n) {\n  return (\n}\n"),
        (EXPORTS, "A.prototype.extra", "function extra(x) {\n  return this.x\n}\n"),
    ],
)
def test_what_is_not_alone_or_not_read_stays(file: str, name: str, answer: str) -> None:
    assert as_in_file("a.js", file, [name], answer) == answer


SIZE = "const größe = function (a) {\n  return a;\n};\n"
WALK = "class Tree {\n  *walk(a) {\n    yield a;\n  }\n}\n"
PICK = "export const pick = <T>(a: T): T => {\n  return a;\n};\n"
ROW = "export function Row({ a }: Props) {\n  return <li>{a}</li>;\n}\n"


@pytest.mark.parametrize(
    ("path", "file", "name", "answer", "written"),
    [
        ("a.js", SIZE, "größe", "async function größe(a) {\n  return 1;\n}\n", "const größe = async function (a) {"),
        ("a.js", WALK, "Tree.walk", "function* walk(a) {\n  yield 1;\n}\n", "*walk(a) {"),
        ("a.js", WALK, "Tree.walk", "async function* walk(a) {\n  yield 1;\n}\n", "async *walk(a) {"),
        ("a.ts", PICK, "pick", "function pick<T>(a: T, b: T): T {\n  return b;\n}\n", "pick = <T>(a: T, b: T): T => {"),
    ],
)
def test_generators_types_and_names_of_other_letters_are_kept(
    path: str, file: str, name: str, answer: str, written: str
) -> None:
    assert written in as_in_file(path, file, [name], answer)


@pytest.mark.parametrize(
    ("path", "file", "name", "answer"),
    [
        ("a.js", DECLARED, "decode", "function* decode(text) {\n  yield text\n}\n"),
        ("a.ts", PICK, "pick", "function pick<T, K>(a: T, b: K): T {\n  return a;\n}\n"),
        ("a.tsx", ROW, "Row", "export const Row: React.FC<Props> = ({ a, b }) => {\n  return <li>{b}</li>;\n};\n"),
    ],
)
def test_a_star_and_types_that_the_file_has_no_place_for_are_not_lost(
    path: str, file: str, name: str, answer: str
) -> None:
    assert as_in_file(path, file, [name], answer) == answer


RUBY = "class Till\n  def self.format(cents)\n    cents\n  end\n\n  def total\n    1\n  end\nend\n"


def test_a_method_of_a_class_stays_one_in_ruby() -> None:
    answer = "```ruby\ndef format(cents)\n  cents / 100\nend\n```\n"
    made = as_in_file("a.rb", RUBY, ["Till.format"], answer)
    assert made == answer.replace("def format", "def self.format")
    assert as_in_file("a.rb", RUBY, ["Till.format"], made) == made
    assert as_in_file("a.rb", RUBY, ["Till.total"], "def total\n  2\nend\n") == "def total\n  2\nend\n"


def test_only_the_method_itself_is_one_of_the_class_in_ruby() -> None:
    asked = RUBY.replace("format", "dear?")
    made = as_in_file("a.rb", asked, ["Till.dear?"], "def dear?(cents)\n  cents > 9\nend\n")
    assert made.startswith("def self.dear?(cents)")
    answer = "def self.format(cents)\n  1\nend\n\ndef format?(text)\n  text\nend\n"
    assert as_in_file("a.rb", RUBY, ["Till.format"], answer) == answer
    within = "class Till\n  class << self\n    def format(cents)\n      1\n    end\n  end\nend\n"
    assert as_in_file("a.rb", RUBY, ["Till.format"], within) == within


@pytest.mark.parametrize(
    ("path", "file", "answer"),
    [
        ("a.rb", RUBY, "def format(cents)\n  1\nend\n"),
        (
            "a.js",
            "class Till {\n  static format(cents) {\n    return cents;\n  }\n}\n",
            "format(cents) {\n  return 1;\n}\n",
        ),
    ],
)
def test_no_method_of_an_instance_is_put_beside_one_of_the_class(path: str, file: str, answer: str) -> None:
    with pytest.raises(EditRefused) as caught:
        splice(path, file, answer, ("Till.format",))
    assert caught.value.code == "kind-changed"

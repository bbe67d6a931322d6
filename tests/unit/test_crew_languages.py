"""A change by symbol in other languages: what a nanite is shown of a file, and what becomes of its answer."""

from __future__ import annotations

import pytest

from tests.unit.foreign_samples import SAMPLES
from tests.unit.scripted_desk import ScriptedDesk, a_brief, fenced
from workbench.crew.dispatch import work
from workbench.errors import EditRefused
from workbench.model import Proposal

CASES = [
    ("a.js", "Make Shop.sell return its text in upper case.", "async sell(item, n = 1) {\n    const text = `\n      sold ${item}\n    `;\n    return text.toUpperCase();\n  }", "return text;", "return text.toUpperCase();"),
    ("a.ts", "Let `find` of Service take the id as it is and return null.", "  @Memo()\n  public async find(id: Id): Promise<T | null> {\n    return null;\n  }", "this.http.get(`/items/${id}`)", "null"),
    ("a.go", "`Stack.Push` should push v twice.", "func (s *Stack[T]) Push(v T) {\n    s.items = append(s.items, v, v)\n}", "s.items, v)", "s.items, v, v)"),
    ("a.rs", "Let `Square::area` use powi.", "    #[inline]\n    pub fn area(&self) -> f64 {\n        self.side.powi(2)\n    }", "self.side * self.side", "self.side.powi(2)"),
    ("Shop.java", "Make isLarge true for all but SMALL.", "        boolean isLarge() {\n            return this != SMALL;\n        }", "this == LARGE", "this != SMALL"),
    ("a.c", "Let list_length start at one.", "int list_length(node_t *head)\n{\n    int length = 1;\n#ifdef SLOW\n    sleep(1);\n#endif\n    for (; head; head = head->next)\n        length++;\n    return length;\n}", "int length = 0", "int length = 1"),
    ("a.hpp", "Let `Till::total` double its result.", "double Till::total(int n) const {\n  return 2 * sum_ * n;\n}", "return sum_ * n", "return 2 * sum_ * n"),
    ("a.rb", "`Item.empty?` should ask for an empty string too: change empty?", "    def empty?\n      name.to_s.empty?\n    end", "name.nil?", "name.to_s.empty?"),
    ("a.sh", "Let the function `log` write to stderr.", "log() {\n  echo \"[$(date)] $*\" >&2\n}", 'echo "[$(date)] $*"', 'echo "[$(date)] $*" >&2'),
]  # fmt: skip


def long(path: str) -> str:
    """A sample made longer than what is shown whole."""
    mark = "#" if path.endswith((".rb", ".sh")) else "//"
    return SAMPLES[path] + "".join(f"{mark} filler {number}\n" for number in range(100))


def after(proposal: Proposal) -> str:
    content = proposal.edits[0].after
    assert content is not None
    return content.decode()


@pytest.mark.parametrize(("path", "task", "answer", "old", "new"), CASES)
async def test_only_the_named_symbol_is_shown_and_changed(
    path: str, task: str, answer: str, old: str, new: str
) -> None:
    text = long(path)
    desk = ScriptedDesk(fenced(answer))
    proposal = await work(a_brief("patch", task, {path: text}), desk)
    assert text.count(old) == 1
    assert after(proposal) == text.replace(old, new)
    assert old in desk.question
    assert "filler" not in desk.question
    assert len(desk.question) < 900
    assert "```python" not in desk.asked[0].messages[0].content
    assert [check.ok for check in proposal.checks if check.name == f"{path} parses"] == [True]
    assert path in proposal.summary


async def test_a_method_comes_with_what_it_lies_in_and_without_other_bodies() -> None:
    desk = ScriptedDesk(fenced("func (s *Stack[T]) Push(v T) {\n\ts.items = nil\n}"))
    await work(a_brief("patch", "Let Stack.Push forget everything.", {"a.go": long("a.go")}), desk)
    assert "type Stack[T any] struct {\n\titems []T\n}" in desk.question
    assert "Pop() (T, error)" in desk.question
    assert "errEmpty" not in desk.question
    assert "Push adds" not in desk.question


BOOKS = {
    "a.js": (
        "class Book {\n  constructor() {\n    this.n = 0;\n  }\n\n  add(n) {\n    this.n += n;\n  }\n\n"
        "  total() {\n    return this.n;\n  }\n}\n",
        "  // also has: total()\n\n  add(n) {\n    this.n += n;\n  }\n}\n```",
    ),
    "Book.java": (
        "class Book {\n    private int n;\n\n    Book(int n) {\n        this.n = n;\n    }\n\n"
        "    void add(int n) {\n        this.n += n;\n    }\n\n    int total() {\n        return n;\n    }\n}\n",
        "    // also has: int total()\n\n    void add(int n) {\n        this.n += n;\n    }\n}\n```",
    ),
    "a.rs": (
        "struct Book {\n    n: i32,\n}\n\nimpl Book {\n    fn add(&mut self, n: i32) {\n        self.n += n;\n    }\n}\n",
        "impl Book {\n    fn add(&mut self, n: i32) {\n        self.n += n;\n    }\n}\n```",
    ),
    "a.rb": (
        "class Book\n  def initialize\n    @n = 0\n  end\n\n  def add(n)\n    @n += n\n  end\nend\n",
        "  end\n\n  def add(n)\n    @n += n\n  end\nend\n```",
    ),
    "a.cpp": (
        "class Book {\n  void add(int n);\n  int n_;\n};\n\nvoid Book::add(int n) {\n  n_ += n;\n}\n",
        "  int n_;\n}\n\nvoid Book::add(int n) {\n  n_ += n;\n}\n```",
    ),
}


@pytest.mark.parametrize("path", BOOKS)
async def test_a_method_is_shown_where_it_stands(path: str) -> None:
    """Behind the closing brace of its class a small model writes it there too, and that does not parse."""
    text, shown = BOOKS[path]
    desk = ScriptedDesk(*[fenced(text)] * 4)
    text += "".join(f"{'#' if path.endswith('rb') else '//'} filler {number}\n" for number in range(100))
    with pytest.raises(EditRefused):
        await work(a_brief("patch", "Let Book.add double n.", {path: text}), desk)
    question = desk.asked[0].messages[-1].content
    assert shown in question
    is_inside = path in ("a.js", "Book.java", "a.rb")
    assert ("Answer with `add` alone, without its class." in question) is is_inside


async def test_a_constructor_that_is_shown_is_not_listed_too() -> None:
    desk = ScriptedDesk(fenced("add(n) {\n  this.n += 2 * n;\n}"))
    text = BOOKS["a.js"][0] + "// filler\n" * 100
    proposal = await work(a_brief("patch", "Let Book.add double n.", {"a.js": text}), desk)
    assert desk.question.count("constructor") == 1
    assert after(proposal) == text.replace("this.n += n;", "this.n += 2 * n;")


async def test_a_task_about_comments_sees_them() -> None:
    answer = "// Push puts v on top.\nfunc (s *Stack[T]) Push(v T) {\n\ts.items = append(s.items, v)\n}"
    desk = ScriptedDesk(fenced(answer))
    proposal = await work(a_brief("patch", "Rewrite the comment of Stack.Push.", {"a.go": long("a.go")}), desk)
    assert "// Push adds v." in desk.question
    assert after(proposal) == long("a.go").replace("Push adds v.", "Push puts v on top.")


@pytest.mark.parametrize(
    ("path", "task", "answer", "expected"),
    [
        ("a.go", "Add a method Len to Stack.", "func (s *Stack[T]) Len() int {\n\treturn len(s.items)\n}", "return v, nil\n}\n\nfunc (s *Stack[T]) Len() int {"),
        ("a.rs", "Add a method `double` to Square.", "pub fn double(&self) -> f64 {\n    self.side * 2.0\n}", "    pub fn double(&self) -> f64 {\n        self.side * 2.0\n    }\n}\n\nimpl Display"),
        ("a.js", "Add a method `clear` to Shop.", "class Shop {\n  clear() {\n    return 0;\n  }\n}", "  clear() {\n    return 0;\n  }\n}\n"),
        ("a.hpp", "Add a function called `halve` to it.", "int halve(int n) {\n  return n / 2;\n}", "\n\nint halve(int n) {\n  return n / 2;\n}\n\n}  // namespace shop"),
    ],
)  # fmt: skip
async def test_something_new_is_added_where_it_belongs(path: str, task: str, answer: str, expected: str) -> None:
    proposal = await work(a_brief("patch", task, {path: long(path)}), ScriptedDesk(fenced(answer)))
    assert expected in after(proposal)


async def test_what_is_wrong_is_said_again_and_mended() -> None:
    wrong, right = "func help() string {\n\treturn (\n}", 'func help() string {\n\treturn ""\n}'
    desk = ScriptedDesk(fenced(wrong), fenced(right))
    proposal = await work(a_brief("patch", "Let help return an empty string.", {"a.go": long("a.go")}), desk)
    assert "does not parse" in desk.question
    assert 'return ""' in after(proposal)


async def test_an_answer_that_never_parses_changes_nothing() -> None:
    wrong = fenced("fn total(shapes: &[Square]) -> f64 {\n    // ... rest of the code\n}")
    desk = ScriptedDesk(wrong, wrong)
    with pytest.raises(EditRefused) as caught:
        await work(a_brief("patch", "Let total be zero.", {"a.rs": long("a.rs")}), desk)
    assert caught.value.code == "placeholder"


async def test_a_small_file_is_shown_by_its_symbols_and_written_so() -> None:
    text = "package a\n\ntype T struct{ n int }\n\nfunc (t T) Get() int {\n\treturn t.n\n}\n"
    desk = ScriptedDesk(fenced("func (t T) Get() int {\n\treturn t.n + 1\n}"))
    proposal = await work(a_brief("patch", "It is one too few.", {"a.go": text}), desk)
    assert "return t.n" in desk.question
    assert after(proposal) == text.replace("t.n\n", "t.n + 1\n")


async def test_a_file_without_symbols_is_written_whole() -> None:
    text = "#!/bin/sh\necho one\necho two\n"
    desk = ScriptedDesk(fenced(text.replace("two", "three")))
    proposal = await work(a_brief("patch", "Say three in the last line.", {"a.sh": text}), desk)
    assert after(proposal) == text.replace("two", "three")

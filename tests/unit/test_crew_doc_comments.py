"""Documentation comments: each language's own form, above the right line, and nothing but comments changes."""

from __future__ import annotations

import difflib
import json
from typing import Any

import pytest

from tests.unit.foreign_samples import SAMPLES
from tests.unit.foreign_words import code_words
from tests.unit.scripted_desk import ScriptedDesk, a_brief
from workbench.crew.dispatch import work
from workbench.crew.documenting.doc_facts import foreign_facts
from workbench.edits.foreign.documented import place_comment, places
from workbench.edits.foreign.symbols import symbols
from workbench.errors import AnswerRejected, EditRefused
from workbench.exchange import ChatRequest, Completion
from workbench.model import Proposal, Verdict
from workbench.recipes.load import load

RETURNS = "Returns what it is about."
DOCUMENTED = {
    "a.js": (
        "function add(a, b) {\n  return a + b;\n}\n",
        "/**\n * Returns what it is about.\n *\n * @param a - The a.\n * @param b - The b.\n"
        " * @returns The outcome.\n */\n",
    ),
    "a.ts": (
        "@Dec()\nexport class A<T> {\n  run(): void {}\n}\n",
        "/** Returns what it is about. */\n@Dec()\nexport class A<T> {\n  /** Returns what it is about. */\n  run",
    ),
    "a.tsx": ("export const A = () => <b/>;\n", "/** Returns what it is about. */\nexport const A ="),
    "a.go": ("package a\n\nfunc Add() int {\n\treturn 1\n}\n", "\n// Add returns what it is about.\nfunc Add()"),
    "a.rs": ("#[inline]\npub fn add() -> u8 {\n    1\n}\n", "/// Returns what it is about.\n#[inline]\npub fn"),
    "A.java": (
        "class A {\n\t@Deprecated\n\tpublic int add(int a, int b) {\n\t\treturn a;\n\t}\n}\n",
        "\t/**\n\t * Returns what it is about.\n\t *\n\t * @param a The a.\n\t * @param b The b.\n"
        "\t * @return The outcome.\n\t */\n\t@Deprecated\n",
    ),
    "a.c": ("#include <a.h>\n\nint add(int a)\n{\n    return a;\n}\n", "\n/** Returns what it is about. */\nint add"),
    "b.c": ("// One.\n#define A 1\n\nint add(int a);\n", "\n// Returns what it is about.\nint add"),
    "a.cpp": (
        "/// One.\nclass A {\n public:\n  int add();\n};\n",
        "\n  /// Returns what it is about.\n  int add();",
    ),
    "a.rb": ("class A\n  def add(a)\n    a\n  end\nend\n", "  # Returns what it is about.\n  def add"),
    "a.sh": ("#!/bin/sh\nadd() {\n  echo\n}\n", "#!/bin/sh\n\n# Returns what it is about.\nadd() {"),
}


class Obliging(ScriptedDesk):
    """Answers every question in the form asked for."""

    summary = RETURNS

    async def ask(self, voice: str, request: ChatRequest) -> Completion:
        self.asked.append(request)
        assert request.response_schema is not None
        wanted = request.response_schema["properties"]
        value: dict[str, Any] = {"summary": self.summary}
        if "args" in wanted:
            value["args"] = {name: f"the {name}" for name in wanted["args"]["properties"]}
        if "returns" in wanted:
            value["returns"] = "the outcome"
        return Completion(text=json.dumps(value), prompt_tokens=100, completion_tokens=20, finish="stop")


def after(proposal: Proposal) -> str:
    content = proposal.edits[0].after
    assert content is not None
    return content.decode()


async def written(path: str, text: str, task: str = "") -> str:
    proposal = await work(a_brief("docstrings", task, {path: text}), Obliging())
    assert proposal.verdict is Verdict.PROVEN
    assert [(check.ok, check.proof) for check in proposal.checks] == [(True, True)]
    return after(proposal)


@pytest.mark.parametrize("path", sorted(DOCUMENTED))
async def test_each_language_has_its_form_above_its_attributes_and_as_far_in(path: str) -> None:
    text, expected = DOCUMENTED[path]
    made = await written(path, text)
    assert expected in made
    assert [line for line in difflib.ndiff(text.splitlines(), made.splitlines()) if line.startswith("- ")] == []


@pytest.mark.parametrize("path", sorted(SAMPLES))
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
async def test_all_that_is_public_is_documented_once_and_no_word_of_code_changes(path: str, ending: str) -> None:
    text = SAMPLES[path].replace("\n", ending)
    made = await written(path, text)
    assert code_words(path, made) == code_words(path, text)
    assert ("\r\n" in made) is (ending == "\r\n")
    assert made.replace("\r\n", "").count("\n") == (0 if ending == "\r\n" else made.count("\n"))
    assert [one.name for one in symbols(path, made)] == [one.name for one in symbols(path, text)]
    with pytest.raises(AnswerRejected) as caught:
        await work(a_brief("docstrings", "", {path: made}), Obliging())
    assert caught.value.code == "nothing-to-do"


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        (
            "a.go",
            "//go:build linux\n\npackage a\n\n//go:noinline\nfunc Add() {}\n",
            "//go:build linux\n\npackage a\n\n// Add returns what it is about.\n//\n//go:noinline\nfunc Add() {}\n",
        ),
        (
            "a.go",
            "package a\n\n//go:generate stringer\nfunc Add() {}\n",
            "package a\n\n// Add returns what it is about.\n//\n//go:generate stringer\nfunc Add() {}\n",
        ),
        (
            "a.js",
            "#!/usr/bin/env node\n// eslint-disable-next-line\nfunction add() {}\n",
            "#!/usr/bin/env node\n/** Returns what it is about. */\n// eslint-disable-next-line\nfunction add() {}\n",
        ),
        (
            "a.go",
            "// Copyright me.\npackage a\nfunc Add() {}\n",
            "// Copyright me.\npackage a\n\n// Add returns what it is about.\nfunc Add() {}\n",
        ),
        (
            "a.js",
            "/* Copyright me. */\nexport default function () {\n  return 1;\n}\n",
            "/* Copyright me. */\n\n/** Returns what it is about. */\nexport default function () {\n  return 1;\n}\n",
        ),
        (
            "a.ts",
            "export function f(a: string): void;\nexport function f(a: number): void;\nexport function f(a: any) {}\n",
            "/** Returns what it is about. */\nexport function f(a: string): void;\n"
            "export function f(a: number): void;\nexport function f(a: any) {}\n",
        ),
        (
            "a.rb",
            "# frozen_string_literal: true\n\nclass A\n  sig { returns(Integer) }\n  def add\n  end\nend\n",
            "# frozen_string_literal: true\n\n# Returns what it is about.\nclass A\n"
            "  # Returns what it is about.\n  sig { returns(Integer) }\n  def add\n  end\nend\n",
        ),
        (
            "a.sh",
            "#!/bin/sh\n\n# shellcheck disable=SC2034\nadd() { :; }\n",
            "#!/bin/sh\n\n# Returns what it is about.\n# shellcheck disable=SC2034\nadd() { :; }\n",
        ),
        (
            "a.js",
            "\ufefffunction add() {}\r\n",
            "\ufeff/** Returns what it is about. */\r\nfunction add() {}\r\n",
        ),
    ],
)
async def test_what_tools_read_stays_where_they_look_for_it(path: str, text: str, expected: str) -> None:
    assert await written(path, text) == expected


@pytest.mark.parametrize(
    ("path", "text", "names"),
    [
        (
            "a.go",
            "package a\nfunc add() {}\nfunc (s *s) Add() {}\ntype S struct{}\nfunc (s S) Do() {}\n",
            ["S", "S.Do"],
        ),
        (
            "a.js",
            "function _a() {}\nclass A {\n  constructor() {}\n  #b() {}\n  get c() { return 1; }\n  set c(v) {}\n}\n",
            ["A", "A.c"],
        ),
        ("a.ts", "class A {\n  private a() {}\n  b() {}\n}\nnamespace N {\n  function c() {}\n}\n", ["A", "A.b"]),
        (
            "a.rs",
            "fn a() {}\npub(crate) fn b() {}\npub struct S;\nimpl S {\n    pub fn c() {}\n    fn d() {}\n}\n"
            'impl Drop for S {\n    fn drop(&mut self) {}\n}\n#[doc = "x"]\npub fn e() {}\n',
            ["b", "S", "S.c"],
        ),
        (
            "A.java",
            "class A {\n  private int a() {}\n  @Override\n  public int b() {}\n  int c() {}\n"
            "  private class B {\n    int d() {}\n  }\n}\n",
            ["A", "A.c"],
        ),
        (
            "a.c",
            "static int a(void) { return 1; }\n/* Two. */\nint b(void);\nint b(void) { return 2; }\nint c(void);\n",
            ["c"],
        ),
        (
            "a.cpp",
            "namespace {\nint a() { return 1; }\n}\n"
            "class A {\n  int b();\n public:\n  int c();\n};\nint A::c() { return 1; }\n",
            ["A", "A.c"],
        ),
        (
            "a.rb",
            "class A\n  def a\n  end\n\n"
            "  private def b\n  end\n\n  def c\n  end\n  private :c\n\n  private\n\n  def d\n  end\n"
            "\n  def self.e\n  end\nend\n",
            ["A", "A.a", "A.e"],
        ),
        ("a.sh", "_a() { :; }\nb() { :; }\n", ["b"]),
    ],
)
def test_public_is_what_the_language_says(path: str, text: str, names: list[str]) -> None:
    found = [place.symbol.name for place in places(path, text) if place.is_public and not place.is_commented]
    assert found == names


async def test_prose_above_counts_and_is_kept_unless_the_symbol_is_named() -> None:
    text = "// Adds two numbers.\nfunction add() {}\n\nfunction twice() {}\n"
    assert await written("a.js", text) == text.replace("function twice", f"/** {RETURNS} */\nfunction twice")
    assert await written("a.js", text, "Document add.") == text.replace(
        "function add", f"/** {RETURNS} */\nfunction add"
    )


async def test_only_the_named_symbol_is_documented_also_a_hidden_one() -> None:
    text = "package a\n\nfunc add() {}\n\nfunc Twice() {}\n"
    assert await written("a.go", text, "Document `add`.") == text.replace(
        "func add", "// add returns what it is about.\nfunc add"
    )


async def test_a_refusal_names_what_is_hidden() -> None:
    with pytest.raises(AnswerRejected) as caught:
        await work(a_brief("docstrings", "", {"a.go": "package a\n\nfunc add() {}\n"}), ScriptedDesk())
    assert caught.value.code == "nothing-to-do"
    assert caught.value.hint.endswith(": add")


def test_columns_that_gofmt_would_draw_anew_are_left_alone() -> None:
    text = "package a\n\nfunc A()   {}\nfunc BBB() {}\nfunc C() {\n}\n"
    assert [bool(place.fault) for place in places("a.go", text)] == [True, True, False]
    text = "package a\n\ntype (\n\tKey   string\n\tValue = int\n)\n\ntype (\n\tA struct{}\n)\n"
    assert [(place.symbol.name, bool(place.fault)) for place in places("a.go", text)] == [
        ("Key", True),
        ("Value", True),
        ("A", False),
    ]


async def test_an_existing_comment_is_kept() -> None:
    desk = ScriptedDesk()
    with pytest.raises(AnswerRejected) as caught:
        await work(a_brief("docstrings", "Document add.", {"a.js": "/** Adds. */\nfunction add() {}\n"}), desk)
    assert caught.value.code == "nothing-to-do"
    with pytest.raises(EditRefused) as refused:
        place_comment("a.js", "/** Adds. */\nfunction add() {}\n", 0, ["/** No. */"])
    assert refused.value.code == "already-documented"


@pytest.mark.parametrize(
    ("kind", "says"), [("docstrings", "documentation"), ("types", "types are written for Python only")]
)
async def test_a_language_that_is_not_spoken_is_said(kind: str, says: str) -> None:
    with pytest.raises(AnswerRejected) as caught:
        await work(a_brief(kind, "", {"a.sql": "select 1\n"}), ScriptedDesk())
    assert caught.value.code == "unknown-language"
    assert says in caught.value.message
    assert "a.sql" in caught.value.message
    assert caught.value.hint


async def test_a_file_in_no_known_language_is_left_out_and_the_others_are_done() -> None:
    files = {"a.sql": "select 1\n", "a.py": "def f():\n    return 1\n", "a.sh": "f() { :; }\n"}
    proposal = await work(a_brief("docstrings", "", files), Obliging())
    assert [edit.path for edit in proposal.edits] == ["a.py", "a.sh"]
    assert proposal.verdict is Verdict.PROVEN
    assert any(note.startswith("a.sql: left out") for note in proposal.notes)


async def test_an_answer_that_cannot_be_used_is_asked_for_again_and_left_out_then() -> None:
    text = "function add() {}\n\nfunction twice() {}\n"
    desk = ScriptedDesk("no", '{"summary": "..."}', json.dumps({"summary": "adds"}))
    proposal = await work(a_brief("docstrings", "", {"a.js": text}), desk)
    assert after(proposal) == text.replace("function twice", "/** adds. */\nfunction twice")
    assert len(desk.refused) == 2
    assert any(note.startswith("add in a.js: left out") for note in proposal.notes)


async def test_the_question_is_in_the_words_of_its_language_and_only_real_arguments_are_asked_for() -> None:
    desk = Obliging()
    text = "class A {\n"
    text += "  add(a, { b }, ...rest) {\n    for (const c of rest) {\n      yes(c);\n    }\n    return a;\n  }\n}\n"
    proposal = await work(a_brief("docstrings", "Document A.add.", {"a.js": text}), desk)
    assert "Python" not in desk.asked[0].messages[0].content
    assert "```javascript\n" in desk.question
    schema = desk.asked[0].response_schema
    assert schema is not None
    assert list(schema["properties"]["args"]["properties"]) == ["a", "rest"]
    assert "   * @returns The outcome.\n   */\n  add(a" in after(proposal)


@pytest.mark.parametrize(
    ("path", "text", "arguments", "returns"),
    [
        ("a.js", "const f = x => x;\n", ("x",), True),
        ("a.js", "function f(a = 1) { return () => { return 2; }; }\n", ("a",), True),
        ("a.js", "function f(a) { g(() => { return 2; }); }\n", ("a",), False),
        ("a.ts", "function f(this: A, a?: string): Promise<void> {}\n", ("a",), False),
        ("A.java", "class A {\n  void f(int a, String... b) {}\n}\n", ("a", "b"), False),
        ("A.java", "class A {\n  int f() { return 1; }\n}\n", (), True),
        ("a.c", "char *f(int a, char *b[]) { return 0; }\n", ("a", "b"), True),
        ("a.c", "void f(int a) {}\n", ("a",), False),
        ("a.cpp", "int f(const std::string& a, int b = 2) { return 1; }\n", ("a", "b"), True),
    ],
)
def test_a_tree_tells_arguments_and_results(path: str, text: str, arguments: tuple[str, ...], returns: bool) -> None:
    number = next(place.number for place in places(path, text) if place.symbol.name.endswith("f"))
    known = foreign_facts(path, text, number)
    assert (known.arguments, known.returns) == (arguments, returns)


async def test_a_long_type_is_shown_by_what_it_has_and_a_long_function_by_its_beginning() -> None:
    methods = "".join(f"  m{number}() {{\n    return {number};\n  }}\n" for number in range(20))
    body = "".join(f"  g({number});\n" for number in range(200))
    text = f"class A {{\n{methods}}}\n\nfunction f(a) {{\n{body}}}\n"
    desk = Obliging()
    proposal = await work(a_brief("docstrings", "Document the class `A` and `f`.", {"a.js": text}), desk)
    assert "return 3;" not in desk.asked[0].messages[-1].content
    assert "m3()" in desk.asked[0].messages[-1].content
    assert "// and so on" in desk.question
    assert "g(199)" not in desk.question
    assert "\n * @param a - The a.\n */\nfunction f" in after(proposal)


async def test_a_generator_yields() -> None:
    text = "function* f(a, b) {\n  yield a;\n}\n"
    assert " * @yields The outcome.\n" in await written("a.js", text)


async def test_words_that_a_tool_would_read_are_refused() -> None:
    answer = json.dumps({"summary": "Returns it. eslint-disable no-undef"})
    with pytest.raises(AnswerRejected) as caught:
        await work(a_brief("docstrings", "", {"a.js": "g();\nfunction f() {}\n"}), ScriptedDesk(answer, answer))
    assert caught.value.code == "not-preserved"


async def test_the_first_line_of_a_file_may_be_about_what_is_generated() -> None:
    desk = ScriptedDesk(json.dumps({"summary": "Returns what is generated."}))
    proposal = await work(a_brief("docstrings", "", {"a.js": "function f() {}\n"}), desk)
    assert after(proposal) == "/** Returns what is generated. */\nfunction f() {}\n"


async def test_a_repositorys_own_words_are_kept_to() -> None:
    recipe = load("docstrings").model_copy(update={"instruction": "Be brief.", "origin": "docstrings.toml"})
    desk = Obliging()
    brief = a_brief("docstrings", "", {"a.js": "function f() {}\n"}, recipe=recipe.model_dump_json())
    await work(brief, desk)
    assert desk.asked[0].messages[0].content == "Be brief."


async def test_what_is_written_first_is_no_habit_of_the_file() -> None:
    made = await written("a.js", "function add(a, b) {\n  return a;\n}\n\nfunction twice() {}\n")
    assert " * @returns The outcome.\n */\nfunction add" in made
    assert f"\n/** {RETURNS} */\nfunction twice" in made


async def test_names_that_look_like_words_to_tools_are_documented() -> None:
    made = await written("a.go", "package a\n\nfunc TODO() {}\n\nfunc XXX_a() {}\n\nfunc Region() {}\n")
    assert made.count("returns what it is about.\nfunc") == 3
    made = await written("b.go", "package a\n\n// TODO: more\nfunc Add() {}\n")
    assert "\n// Add returns what it is about.\n//\n// TODO: more\nfunc Add" in made

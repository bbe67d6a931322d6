"""Promises of splicing in other languages that hold for whatever an answer says."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.foreign_samples import SAMPLES
from workbench.edits import plan
from workbench.edits.foreign.grammars import language_of, still_parses
from workbench.edits.foreign.nodes import walk
from workbench.edits.foreign.outline import Outline, Symbol, outline
from workbench.edits.foreign.symbols import around, cut, splice, symbols
from workbench.errors import EditRefused

PATHS = sorted(SAMPLES)
_LINES = {path: SAMPLES[path].splitlines(keepends=True) for path in PATHS}


def outlined(path: str) -> Outline:
    language = language_of(path, SAMPLES[path])
    assert language is not None
    return outline(language, SAMPLES[path])


def every_symbol() -> list[tuple[str, Symbol]]:
    return [(path, symbol) for path in PATHS for symbol in outlined(path).every()]


def dedented(file: Outline, symbol: Symbol, code: str) -> str:
    margin = file.indent(symbol.start)
    return "\n".join(line.removeprefix(margin) for line in code.split("\n"))


@pytest.mark.parametrize("path", PATHS)
def test_every_symbol_put_back_changes_nothing(path: str) -> None:
    file = outlined(path)
    assert file.is_sound
    for symbol in file.every():
        for start in (symbol.lead, symbol.start):
            for code in (file.said(start, symbol.tail), dedented(file, symbol, file.said(start, symbol.tail))):
                with pytest.raises(EditRefused) as caught:
                    splice(path, SAMPLES[path], code, {symbol.name})
                assert caught.value.code == "no-change", (symbol.name, caught.value)


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("path", PATHS)
def test_every_function_changes_alone_whatever_its_margin(path: str, ending: str) -> None:
    text, chance = SAMPLES[path].replace("\n", ending), random.Random(7)
    language = language_of(path, text)
    assert language is not None
    file = outline(language, text)
    changed = 0
    for symbol in file.every():
        body = symbol.core.child_by_field_name("body")
        names = [node for node in walk(body) if node.type in {"identifier", "word"}] if body is not None else []
        if symbol.kind != "function" or not names or symbol.members is not None or symbol.conditional:
            continue
        at = chance.choice(names).end_byte
        code = file.said(symbol.start, at) + "7" + file.said(at, symbol.tail)
        expected = file.said(0, at) + "7" + file.said(at, len(file.source))
        done = splice(path, text, dedented(file, symbol, code).replace("\r\n", "\n"), {symbol.name})
        assert done.text == expected
        assert done.changed == (symbol.name,)
        changed += 1
    assert changed > 1


def pieces_of(path: str) -> st.SearchStrategy[str]:
    own = st.sampled_from([symbol for where, symbol in every_symbol() if where == path])
    file = outlined(path)
    whole = own.map(lambda symbol: file.said(symbol.start, symbol.tail))
    line = st.sampled_from(_LINES[path])
    odd = st.sampled_from(
        ["{", "}", "`", '"', "'", "\\", "...", "// ...", "/*", "<<EOF", "end", "#", "\0", "\ud800", "\u202e", "é𝒳"]
    )
    return st.one_of(whole, line, odd, st.text(max_size=20))


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_an_answer_is_used_or_refused_and_never_breaks_the_file(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(PATHS))
    text = SAMPLES[path]
    code = "\n".join(data.draw(st.lists(pieces_of(path), max_size=6)))
    names = sorted({symbol.name for symbol in symbols(path, text)})
    in_play = data.draw(st.one_of(st.none(), st.sets(st.sampled_from(names), min_size=1, max_size=2)))
    try:
        done = splice(path, text, code, in_play)
    except EditRefused:
        return
    assert done.text != text
    assert still_parses(path, text, done.text)
    if in_play is not None:
        untouched(path, done.text, in_play)


def untouched(path: str, made: str, in_play: set[str]) -> None:
    language = language_of(path, SAMPLES[path])
    assert language is not None
    after = outline(language, made)
    there = [after.said(one.start, one.end) for one in after.every()]
    file = outlined(path)
    for symbol in file.every():
        parts = symbol.name.split(".")
        plays = any(".".join(parts[:length]) in in_play for length in range(1, len(parts) + 1))
        within = any(name.startswith(f"{symbol.name}.") for name in in_play)
        if symbol.members is None and not plays and not within and symbol.role != "impl":
            assert file.said(symbol.start, symbol.end) in there, symbol.name


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_an_answer_for_any_of_the_files_is_used_or_refused(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(PATHS))
    code = "\n".join(data.draw(st.lists(pieces_of(path), max_size=6)))
    files = {name: SAMPLES[name].encode() for name in data.draw(st.sets(st.sampled_from(PATHS))) | {path}}
    try:
        done = plan(files, f"```\n{code}\n```\n")
    except EditRefused:
        return
    for name, content in done.files.items():
        assert content is not None
        assert still_parses(name, SAMPLES[name], content.decode())


@pytest.mark.parametrize("path", PATHS)
def test_every_listed_symbol_can_be_cut_and_framed(path: str) -> None:
    text = SAMPLES[path]
    for symbol in symbols(path, text):
        assert symbol.signature
        assert symbol.first <= symbol.last
        code = cut(path, text, symbol.name)
        assert code.strip().splitlines()[0] in text
        assert "..." not in around(path, text, symbol.name)
    with pytest.raises(EditRefused) as caught:
        cut(path, text, "no.such")
    assert caught.value.code == "no-such-symbol"


def test_a_file_without_a_grammar_has_no_symbols() -> None:
    with pytest.raises(EditRefused) as caught:
        symbols("a.lua", "x = 1")
    assert caught.value.code == "unknown-language"
    assert still_parses("a.lua", "x", "((")


@pytest.mark.parametrize(
    ("path", "text", "language"),
    [
        ("deploy", "#!/usr/bin/env bash\necho", "shell"),
        ("bin/run", "#!/usr/bin/node\n", "javascript"),
        ("Rakefile", "", "ruby"),
        ("a.h", "int f(void);\n", "c"),
        ("a.h", "class A;\n", "cpp"),
        ("a.h", "@interface A\n@end\n", None),
        ("a.MJS", "", "javascript"),
        (".gitignore", "", None),
        ("Makefile", "all:\n", None),
    ],
)
def test_a_language_is_known_by_name_or_first_line(path: str, text: str, language: str | None) -> None:
    assert language_of(path, text) == language


TANGLED = {
    "a.js": [
        "(" * 30_000,
        "/*" * 30_000,
        "`" * 30_000 + "x",
        "a={b:" * 10_000,
        "function add(a, b) { return 1; }\n" * 900,
    ],
    "a.rs": ["use " + "a::{" * 8_000 + ";", "impl A {" * 5_000, "<" * 30_000],
    "a.hpp": ["namespace a {" * 3_000, "#if A\n" * 5_000, "template<" * 5_000],
    "a.sh": ["cat <<A\n" * 5_000, "if x\n" * 6_000],
}


@pytest.mark.parametrize(
    ("path", "code"),
    [(path, code) for path, codes in TANGLED.items() for code in codes],
    ids=[f"{path} {code[:12]!r}" for path, codes in TANGLED.items() for code in codes],
)
def test_a_tangled_answer_is_refused_in_time(path: str, code: str) -> None:
    begun = time.process_time()
    with pytest.raises(EditRefused):
        splice(path, SAMPLES[path], code)
    # Each of three readings may take a second.
    assert time.process_time() - begun < 6

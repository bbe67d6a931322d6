"""The form of documentation comments: laid out by the host, and never more than a comment."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.foreign_samples import SAMPLES
from tests.unit.foreign_words import code_words
from workbench.checks.remarks import comments_only
from workbench.crew.documenting.doc_comment_form import form_of, with_name, write_comment
from workbench.crew.documenting.doc_facts import foreign_facts
from workbench.crew.documenting.docstring_form import Described
from workbench.edits.foreign.documented import found_at, place_comment, places
from workbench.errors import EditRefused


def test_a_roundabout_way_is_made_straight() -> None:
    text = "class Purse {}\n"
    known = foreign_facts("a.js", text, 0)
    form = form_of(found_at("a.js", text, 0)[0])
    said = Described(summary="The Purse class represents a collection.")
    lines = write_comment(said, known, form, indent="", is_type=True, sections=False)
    assert lines == ["/** Represents a collection. */"]


@pytest.mark.parametrize(
    ("summary", "is_type", "expected"),
    [
        ("Returns the sum.", False, "Sum returns the sum."),
        ("Return the sum.", False, "Sum returns the sum."),
        ("Apply it.", False, "Sum applies it."),
        ("Push it.", False, "Sum pushes it."),
        ("Sum returns it.", False, "Sum returns it."),
        ("`Sum()` returns it.", False, "Sum returns it."),
        ("A stack of items.", True, "Sum is a stack of items."),
        ("Represents a stack.", True, "Sum represents a stack."),
        ("HTTP is spoken.", False, "Sum: HTTP is spoken."),
        ("This adds.", False, "Sum: This adds."),
        ("Adding it.", False, "Sum: Adding it."),
        ("The sum of all.", False, "Sum gives the sum of all."),
        ("Item of a list.", True, "Sum is an item of a list."),
        ("Helper that adds.", False, "Sum is a helper that adds."),
        ("Used by the stack.", True, "Sum is used by the stack."),
        ("Recursively adds.", False, "Sum recursively adds."),
        ("Can be called.", False, "Sum can be called."),
    ],
)
def test_a_comment_of_go_begins_with_the_name(summary: str, is_type: bool, expected: str) -> None:
    assert with_name(summary, "Sum", is_type=is_type) == expected


def test_no_comment_is_put_where_it_would_not_be_one() -> None:
    text = "x(); function f() {}\n"
    place = places("a.js", text)[0]
    assert place.fault
    with pytest.raises(EditRefused) as caught:
        place_comment("a.js", text, place.number, ["/** No. */"])
    assert caught.value.code == "not-documentable"


@given(
    path=st.sampled_from(sorted(SAMPLES)),
    summary=st.one_of(
        st.text(max_size=200),
        st.lists(
            st.sampled_from(
                ["*/", "/*", "//", "@param", "\\", "\\u0", "```", "#!", "go:x", "{@code", "word", "é", "\u2028"]
            ),
            max_size=30,
        ).map(" ".join),
    ),
    words=st.text(max_size=80),
    ending=st.sampled_from(["\n", "\r\n"]),
    data=st.data(),
)
@settings(deadline=None, max_examples=120)
def test_whatever_is_said_only_comments_change(
    path: str, summary: str, words: str, ending: str, data: st.DataObject
) -> None:
    text = SAMPLES[path].replace("\n", ending)
    place = data.draw(st.sampled_from([one for one in places(path, text) if not one.has and not one.fault]))
    file, symbol = found_at(path, text, place.number)
    known = foreign_facts(path, text, place.number)
    said = Described(summary=summary, args=dict.fromkeys(known.arguments, words), returns=words)
    is_type = place.symbol.kind == "class"
    indent = file.indent(symbol.start)
    lines = write_comment(said, known, form_of(file), indent=indent, is_type=is_type, sections=True)
    if not lines:
        return
    made = place_comment(path, text, place.number, lines)
    assert code_words(path, made) == code_words(path, text)
    kept = iter(made.splitlines(keepends=True))
    assert all(line in kept for line in text.splitlines(keepends=True))
    proof = comments_only(path, text.encode(), made.encode())
    assert proof.ok or "tool reads" in proof.output

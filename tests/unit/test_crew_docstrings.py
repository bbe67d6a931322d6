"""Docstrings: the host writes what the model says, only of what is there, and proves that nothing else changed."""

from __future__ import annotations

import ast
import json
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.scripted_desk import Answer, ScriptedDesk, a_brief, fenced
from workbench.crew.dispatch import work
from workbench.crew.documenting.docstring_form import SUMMARY_ROOM, Described, phrase, within, write
from workbench.crew.documenting.signatures import facts
from workbench.errors import AnswerRejected
from workbench.model import Proposal, Verdict

SOURCE = '''import math


def area(radius, unit="m"):
    value = math.pi * radius ** 2
    if unit == "cm":
        value *= 10_000
    return value


class Box:
    """A box."""

    def grow(self, by, *args, **options):
        for _ in args:
            self.size += by
        self.size += by

    def items(self):
        for number in range(self.size):
            if number == 0:
                continue
            yield number


def _hidden(x):
    return x
'''
AREA = {"summary": "computes the area of a circle", "args": {"radius": "in metres", "unit": "m or cm"}, "returns": "it"}
GROW = {"summary": "Grows the box.", "args": {"by": "how much", "args": "anything", "options": "unused"}}
ITEMS = {"summary": "Yields the numbers below the size.", "returns": "the numbers but 0"}


def said(value: object) -> str:
    return json.dumps(value)


def text_of(proposal: Proposal) -> str:
    content = proposal.edits[0].after
    assert content is not None
    return content.decode()


def docstring(proposal: Proposal, name: str) -> str:
    for node in ast.walk(ast.parse(text_of(proposal))):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name:
            return ast.get_docstring(node) or ""
    raise AssertionError(name)


async def test_every_public_symbol_without_one_is_documented_each_in_an_ask_of_its_own() -> None:
    desk = ScriptedDesk(said(AREA), said(GROW), said(ITEMS))
    proposal = await work(a_brief("docstrings", "", {"a.py": SOURCE}), desk)
    assert desk.is_used_up
    assert docstring(proposal, "area") == (
        "Computes the area of a circle.\n\nArgs:\n    radius: In metres.\n    unit: M or cm.\n\nReturns:\n    It."
    )
    assert docstring(proposal, "Box") == "A box."
    assert docstring(proposal, "_hidden") == ""
    assert proposal.verdict is Verdict.PROVEN
    assert [check.proof for check in proposal.checks] == [True]


async def test_stars_and_generators_are_written_as_they_are() -> None:
    desk = ScriptedDesk(said(GROW), said(ITEMS))
    proposal = await work(a_brief("docstrings", "Document Box.grow and Box.items.", {"a.py": SOURCE}), desk)
    assert "    *args: Anything.\n    **options: Unused." in docstring(proposal, "grow")
    assert "Returns" not in docstring(proposal, "grow")
    assert "Yields:\n    The numbers but 0." in docstring(proposal, "items")


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("numpy", "Computes the area of a circle.\n\nParameters\n----------\nradius\n    In metres."),
        ("plain", "Computes the area of a circle."),
    ],
)
async def test_the_style_is_the_one_of_the_settings(style: Literal["numpy", "plain"], expected: str) -> None:
    desk = ScriptedDesk(said(AREA))
    proposal = await work(a_brief("docstrings", "Document area.", {"a.py": SOURCE}, style=style), desk)
    assert docstring(proposal, "area").startswith(expected)
    assert ("Parameters" in docstring(proposal, "area")) is (style == "numpy")


async def test_a_task_may_name_another_style() -> None:
    desk = ScriptedDesk(said(AREA))
    proposal = await work(a_brief("docstrings", "Document area in NumPy style.", {"a.py": SOURCE}), desk)
    assert "Parameters\n----------" in docstring(proposal, "area")


async def test_only_real_arguments_can_be_described() -> None:
    invented = AREA | {"args": {"radius": "in metres", "colour": "of the circle"}}
    desk = ScriptedDesk(said(invented))
    proposal = await work(a_brief("docstrings", "Document area.", {"a.py": SOURCE}), desk)
    schema = desk.asked[0].response_schema
    assert schema is not None
    assert list(schema["properties"]["args"]["properties"]) == ["radius", "unit"]
    assert "colour" not in docstring(proposal, "area")
    assert "radius" in docstring(proposal, "area")


async def test_only_the_named_symbols_are_documented_also_hidden_ones() -> None:
    desk = ScriptedDesk(said({"summary": "Returns its argument."}))
    proposal = await work(a_brief("docstrings", "Document `_hidden`.", {"a.py": SOURCE}), desk)
    assert docstring(proposal, "_hidden") == "Returns its argument."
    assert docstring(proposal, "area") == ""


async def test_an_existing_docstring_is_kept_and_nothing_to_do_is_said() -> None:
    desk = ScriptedDesk()
    with pytest.raises(AnswerRejected) as caught:
        await work(a_brief("docstrings", "Document the class Box.", {"a.py": SOURCE}), desk)
    assert caught.value.code == "nothing-to-do"
    assert caught.value.hint
    assert desk.asked == []


async def test_a_symbol_that_fails_is_left_out_with_a_note_and_the_others_are_done() -> None:
    desk = ScriptedDesk("no idea", "no idea", said(GROW), said(ITEMS))
    proposal = await work(a_brief("docstrings", "", {"a.py": SOURCE}), desk)
    assert docstring(proposal, "area") == ""
    assert docstring(proposal, "grow").startswith("Grows the box.")
    assert any(note.startswith("area in a.py: left out") for note in proposal.notes)
    assert len(desk.refused) == 2
    assert "area" not in proposal.summary


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("", "not-json"),
        ("I am a language model.", "not-json"),
        ('{"args": {}}', "not-json"),
        ('{"summary": ""}', "empty-answer"),
        ('{"summary": "计算圆的面积并返回结果"}', "foreign-answer"),
        ('{"summary": 3}', "not-json"),
        ('["summary"]', "not-json"),
    ],
)
async def test_answers_that_say_nothing_are_refused(answer: str, code: str) -> None:
    desk = ScriptedDesk(answer, answer)
    with pytest.raises(AnswerRejected) as caught:
        await work(a_brief("docstrings", "Document area.", {"a.py": SOURCE}), desk)
    assert caught.value.code == code
    assert len(desk.refused) == 2


async def test_a_refused_answer_is_mended() -> None:
    desk = ScriptedDesk("Sure!", said(AREA))
    proposal = await work(a_brief("docstrings", "Document area.", {"a.py": SOURCE}), desk)
    assert docstring(proposal, "area").startswith("Computes")
    assert "JSON" in desk.question


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("Computes the area, or None where there is none, or an error where", "Computes the area, or None"),
        (
            "The `f` method takes rows and returns pairs (a, b) of each group in",
            "The `f` method takes rows and returns pairs (a, b) of each group",
        ),
        ("Takes all rows and returns the gro", "Takes all rows"),
        ("Computes the area of it. Then it runs on and on without", "Computes the area of it."),
        ("Computes the area (of a circle, a round thing) while it", "Computes the area (of a circle, a round thing)"),
        ("Computes the `a, b` of c which is", "Computes the `a, b` of c"),
        ("Well, it computes the area; then", "Well, it computes the area"),
        ("Computes and computes and", ""),
        ("Computes all.", "Computes all."),
    ],
)
def test_words_that_took_all_their_room_end_where_they_still_said_something(words: str, kept: str) -> None:
    assert within(words, len(words)) == kept
    assert within(words, 1_000) == words


async def test_a_summary_has_a_room_that_it_may_not_leave() -> None:
    runs_on = f"Computes the area, {'or none ' * 50}"[:SUMMARY_ROOM]
    desk = ScriptedDesk(said({"summary": runs_on, "args": {"radius": "", "unit": ""}, "returns": ""}))
    proposal = await work(a_brief("docstrings", "Document area.", {"a.py": SOURCE}), desk)
    assert docstring(proposal, "area") == "Computes the area."
    schema = desk.asked[0].response_schema
    assert schema is not None
    assert schema["properties"]["summary"]["maxLength"] == SUMMARY_ROOM


async def test_words_that_run_on_without_a_clause_are_asked_for_again() -> None:
    desk = ScriptedDesk(said({"summary": "and " * 50}), said(AREA))
    proposal = await work(a_brief("docstrings", "Document area.", {"a.py": SOURCE}), desk)
    assert docstring(proposal, "area").startswith("Computes")


async def test_a_cut_off_answer_leaves_the_symbol_out() -> None:
    cut = Answer(text='{"summary": "Comp', finish="length")
    desk = ScriptedDesk(cut, cut)
    with pytest.raises(AnswerRejected) as caught:
        await work(a_brief("docstrings", "Document area.", {"a.py": SOURCE}), desk)
    assert caught.value.code == "cut-off"


@pytest.mark.parametrize(
    "answer",
    [
        fenced(
            'def area(radius, unit="m"):\n    """Computes the area of a circle.\n\n    More.\n    """\n    return 0'
        ),
        '"""Computes the area of a circle."""',
        f"Here it is:\n{fenced(said(AREA), 'json')}",
    ],
)
async def test_engines_without_schemas_are_understood_too(answer: str) -> None:
    desk = ScriptedDesk(answer)
    proposal = await work(a_brief("docstrings", "Document area.", {"a.py": SOURCE}), desk)
    assert docstring(proposal, "area").startswith("Computes the area of a circle.")


async def test_a_class_is_shown_by_its_methods() -> None:
    methods = "\n".join(f"    def m{number}(self):\n        return self.data[{number}]\n" for number in range(30))
    source = f"class Store:\n    def __init__(self, data):\n        self.data = data\n\n{methods}"
    desk = ScriptedDesk(said({"summary": "Holds data."}))
    proposal = await work(a_brief("docstrings", "Document the class Store.", {"a.py": source}), desk)
    assert "def m7(self)" in desk.question
    assert "self.data[7]" not in desk.question
    assert "self.data = data" in desk.question
    assert docstring(proposal, "Store") == "Holds data."


async def test_a_file_that_does_not_parse_is_left_out() -> None:
    desk = ScriptedDesk(said(AREA))
    brief = a_brief("docstrings", "Document area.", {"bad.py": "def f(:\n", "a.py": SOURCE})
    proposal = await work(brief, desk)
    assert [edit.path for edit in proposal.edits] == ["a.py"]
    assert any(note.startswith("bad.py: left out") for note in proposal.notes)


async def test_line_endings_and_marks_are_kept() -> None:
    source = "\ufeff" + SOURCE.replace("\n", "\r\n")
    proposal = await work(a_brief("docstrings", "Document area.", {"a.py": source}), ScriptedDesk(said(AREA)))
    after = text_of(proposal)
    assert after.startswith("\ufeffimport math\r\n")
    assert after.count("\n") == after.count("\r\n")


@pytest.mark.parametrize(
    ("said_first", "written"),
    [
        ("The `area` function computes the area.", "Computes the area."),
        ("This function takes a radius and computes the area", "Takes a radius and computes the area."),
        ("The method `area` computes the area.", "Computes the area."),
        ("The area of a circle.", "The area of a circle."),
        ("Computes the area. " + "It is a fundamental operation in many tasks of this kind. " * 5, None),
    ],
)
async def test_a_summary_is_short_and_to_the_point(said_first: str, written: str | None) -> None:
    proposal = await work(
        a_brief("docstrings", "Document area.", {"a.py": SOURCE}, style="plain"),
        ScriptedDesk(said({"summary": said_first})),
    )
    words = docstring(proposal, "area")
    assert len(words) <= 210
    assert words.startswith("Computes the area.") if written is None else words == written


words = st.text(min_size=1, max_size=300).filter(lambda text: any(character.isalnum() for character in text))


@given(summary=words, radius=st.text(max_size=200), returns=st.text(max_size=200))
def test_any_words_become_a_docstring_that_is_no_code(summary: str, radius: str, returns: str) -> None:
    from workbench.checks.preserve import preserves
    from workbench.edits.docstrings import place_docstring
    from workbench.errors import EditRefused

    known = facts(SOURCE, "area")
    text = write(Described(summary=summary, args={"radius": radius}, returns=returns), known, "google", sections=True)
    try:
        placed = place_docstring(SOURCE, "area", text)
    except EditRefused:
        return
    assert preserves("a.py", SOURCE.encode(), placed.encode("utf-8", "replace"), "docstrings").ok


def test_a_summary_with_sections_of_its_own_is_cut_before_them() -> None:
    said_too_much = "Converts a title. Args: title (str): The title. Returns: str: The slug."
    text = write(Described(summary=said_too_much), facts(SOURCE, "area"), "google", sections=False)
    assert text == "Converts a title."


async def test_a_long_summary_is_wrapped_once_and_no_line_is_torn() -> None:
    long = {"summary": "Computes the area of a circle from its radius, " + "and does so carefully, " * 6 + "in one go."}
    proposal = await work(a_brief("docstrings", "Document area.", {"a.py": SOURCE}), ScriptedDesk(said(long)))
    described = text_of(proposal).split('"""')[1].strip().split("\n")
    assert len(described) > 1
    assert all(len(line.strip()) > 40 for line in described[:-1])


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("A text in the form 'a-b'", "A text in the form 'a-b'."),
        ("'All of it'", "All of it."),
        ("'a' or 'b'", "'a' or 'b'."),
        ("'left open", "Left open."),
        ("the user's name", "The user's name."),
        ('"""', ""),
        ("'", ""),
    ],
)
def test_only_quotes_around_all_of_it_go(said: str, written: str) -> None:
    assert phrase(said, "x") == written

"""Comments: put above real lines by the host, and nothing but comments changes, which is proven."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.scripted_desk import ScriptedDesk, a_brief
from workbench.checks.remarks import comments_only
from workbench.crew.comments import _cleaned
from workbench.crew.dispatch import work
from workbench.edits.remarks import comment_mark, is_inside_text, with_comments
from workbench.errors import AnswerRejected
from workbench.model import Proposal, Verdict

PYTHON = '''def checksum(data):
    """Return the checksum."""
    a, b = 1, 0
    text = """
    a = b
    """
    for byte in data:
        a = (a + byte) % 65521
        b = (b + a) % 65521
    return sum(
        [a],
        b << 16,
    )
'''
GO = """package main

func Sum(data []byte) int {
	a := 1
	for _, x := range data {
		a = (a + int(x)) % 65521
	}
	if a > 3 {
		a--
	}
	return a
}
"""


def said(*pairs: tuple[str, str]) -> str:
    return json.dumps({"comments": [{"line": line, "why": words} for line, words in pairs]})


def after(proposal: Proposal) -> str:
    return (proposal.edits[0].after or b"").decode()


async def test_a_comment_stands_above_its_line_set_in_as_that_is() -> None:
    desk = ScriptedDesk(
        said(("a = (a + byte) % 65521", "the largest prime below 2**16"), ("b = (b + a) % 65521", "Sums the sums."))
    )
    proposal = await work(a_brief("comments", "Comment checksum.", {"a.py": PYTHON}), desk)
    assert after(proposal) == PYTHON.replace(
        "        a = (a +", "        # The largest prime below 2**16\n        a = (a +"
    ).replace("        b = (b +", "        # Sums the sums.\n        b = (b +")
    assert proposal.verdict is Verdict.PROVEN
    assert [check.proof for check in proposal.checks] == [True]


async def test_only_lines_that_a_comment_may_stand_above_are_offered() -> None:
    desk = ScriptedDesk(said(("for byte in data:", "Byte by byte, so that order counts.")))
    await work(a_brief("comments", "Comment checksum.", {"a.py": PYTHON}), desk)
    schema = desk.asked[0].response_schema
    assert schema is not None
    offered = schema["properties"]["comments"]["items"]["properties"]["line"]["enum"]
    assert offered == [
        "a, b = 1, 0",
        'text = """',
        "for byte in data:",
        "a = (a + byte) % 65521",
        "b = (b + a) % 65521",
        "return sum(",
    ]


async def test_other_languages_have_their_own_marks() -> None:
    desk = ScriptedDesk(said(("a = (a + int(x)) % 65521", "Stays below the prime.")))
    proposal = await work(a_brief("comments", "", {"a.go": GO}), desk)
    assert "\t\t// Stays below the prime.\n\t\ta = (a" in after(proposal)
    assert proposal.verdict is Verdict.PROVEN


@pytest.mark.parametrize(
    "answer",
    [
        "nothing",
        said(),
        said(("no such line", "Some words here.")),
        said(("for byte in data:", "word")),
        said(("for byte in data:", "Iterate over each byte in the data.")),
        said(("a, b = 1, 0", "Initialize a and b to 1 and 0.")),
        said(
            (
                "a, b = 1, 0",
                "This initializes two variables to 1 and 0. These variables will be used for all that comes l",
            )
        ),
        said(("for byte in data:", "逐个字节地处理数据以便计算校验和")),
        json.dumps({"comments": "none"}),
    ],
)
async def test_answers_that_comment_nothing_are_refused(answer: str) -> None:
    desk = ScriptedDesk(answer, answer)
    with pytest.raises(AnswerRejected) as caught:
        await work(a_brief("comments", "Comment checksum.", {"a.py": PYTHON}), desk)
    assert caught.value.hint
    assert len(desk.refused) == 2


async def test_short_or_commented_functions_are_left_alone() -> None:
    files = {
        "a.py": "def f():\n    return 1\n\n\n" + PYTHON.replace("    a, b", "    # Two sums.\n    a, b"),
        "a.xyz": "1\n",
    }
    with pytest.raises(AnswerRejected) as caught:
        await work(a_brief("comments", "", files), ScriptedDesk())
    assert caught.value.code == "nothing-to-do"


async def test_line_endings_stay() -> None:
    source = PYTHON.replace("\n", "\r\n")
    desk = ScriptedDesk(said(("for byte in data:", "Byte by byte.")))
    proposal = await work(a_brief("comments", "Comment checksum.", {"a.py": source}), desk)
    assert after(proposal) == source.replace("    for byte", "    # Byte by byte.\r\n    for byte")


@pytest.mark.parametrize(
    ("path", "before", "after", "ok"),
    [
        ("a.py", "x = 1\n", "# one\nx = 1\n", True),
        ("a.py", "x = 1\n", "x = 1  # one\n", True),
        ("a.py", "x = 1  # one\n", "x = 1\n", True),
        ("a.py", "x = 1\n", "x = 2\n", False),
        ("a.py", "x = '''\n'''\n", "x = '''\n# one\n'''\n", False),
        ("a.py", "x = 1\n", "x = 1  # noqa\n", False),
        ("a.py", "x = 1  # type: ignore\n", "x = 1\n", False),
        ("a.py", "x = 1\n", "#!/bin/sh\nx = 1\n", False),
        ("a.py", "x = (\n", "# one\nx = (\n", False),
        ("a.py", "x = 1\n", "\ufeffx = 1\n", False),
        ("a.js", "f(1);\n", "// one\nf(1);\n", True),
        ("a.js", "f(`\n`);\n", "f(`\n// one\n`);\n", False),
        ("a.js", "f(1);\n", "// eslint-disable-next-line\nf(1);\n", False),
        ("a.js", "f(1);\n", "f(2);\n", False),
        ("a.go", "package a\n", "//go:build linux\npackage a\n", False),
        ("a.txt", "a\n", "b\n", None),
    ],
)
def test_the_proof_sees_all_but_comments(path: str, before: str, after: str, ok: bool | None) -> None:
    check = comments_only(path, before.encode(), after.encode())
    assert check.ok is ok
    assert bool(check.output) is (ok is not True)


@pytest.mark.parametrize(
    ("path", "mark"), [("a.py", "#"), ("a.js", "//"), ("a.rs", "//"), ("a.rb", "#"), ("a.sh", "#"), ("a.txt", "")]
)
def test_marks_are_those_of_the_language(path: str, mark: str) -> None:
    assert comment_mark(path) == mark


@given(st.text(alphabet="abc 'é\t", min_size=1, max_size=40), st.integers(1, PYTHON.count("\n")))
def test_any_words_above_any_line_that_is_offered_change_nothing_else(words: str, number: int) -> None:
    if is_inside_text("a.py", PYTHON, number):
        return
    changed = with_comments("a.py", PYTHON, {number: words})
    assert comments_only("a.py", PYTHON.encode(), changed.encode()).ok


@pytest.mark.parametrize(
    ("words", "comment"),
    [
        ("This line checks if the data is empty.", None),
        ("It further normalizes the sum.", None),
        ("This code moves the token to the next one, and then it is gone.", None),
        ("This line keeps the sum below the prime.", "Keeps the sum below the prime."),
        ("This is so because the sum must stay small.", "This is so because the sum must stay small."),
        ("The sums wrap at a prime.", "The sums wrap at a prime."),
        (
            "Keeps both of the sums below the largest prime there is of sixteen bits, which is the one that this form "
            "of the checksum has always been defined by",
            "Keeps both of the sums below the largest prime there is of sixteen bits.",
        ),
        ("Keeps the sum small " + "and small " * 15, None),
    ],
)
async def test_a_comment_says_no_more_than_it_has_to_say_and_says_it_whole(words: str, comment: str | None) -> None:
    line = "a = (a + byte) % 65521"
    desk = ScriptedDesk(said((line, words)), said((line, words)))
    brief = a_brief("comments", "Comment checksum.", {"a.py": PYTHON})
    if comment is None:
        with pytest.raises(AnswerRejected):
            await work(brief, desk)
    else:
        assert after(await work(brief, desk)) == PYTHON.replace(
            f"        {line}", f"        # {comment}\n        {line}"
        )


async def test_two_comments_that_say_the_same_are_one() -> None:
    desk = ScriptedDesk(
        said(
            ("a = (a + byte) % 65521", "Keeps the sum below the prime."),
            ("b = (b + a) % 65521", "Keeps also the sum below the prime."),
        )
    )
    proposal = await work(a_brief("comments", "Comment checksum.", {"a.py": PYTHON}), desk)
    assert after(proposal).count("# Keeps") == 1


@pytest.mark.parametrize(
    "remarked",
    [
        "        a = (a + byte) % 65521  # a prime\n",
        "        # A prime.\n        a = (a + byte) % 65521\n",
        "        a = (a + byte) % 65521\n        # That was a prime.\n",
    ],
)
async def test_a_line_that_has_a_comment_gets_no_second_one(remarked: str) -> None:
    source = PYTHON.replace("        a = (a + byte) % 65521\n", remarked)
    desk = ScriptedDesk(said(("a, b = 1, 0", "One and not zero, so that the length counts.")))
    await work(a_brief("comments", "Comment checksum.", {"a.py": source}), desk)
    offered = desk.asked[0].response_schema or {}
    assert "a = (a + byte)" not in json.dumps(offered)


def test_a_noun_that_ends_like_a_verb_keeps_the_word_before_it() -> None:
    assert _cleaned("This process must not stop.") == "This process must not stop."
    assert _cleaned("This passes it on.") == "Passes it on."

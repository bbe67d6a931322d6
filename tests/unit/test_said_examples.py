"""What a task says by example: calls, what they should give, and what they give today."""

from __future__ import annotations

import ast

import pytest

from workbench.crew.judging.said_examples import MOST, Said, said_examples

ONE = "def work(text): ..."
TWO = "def work(text, width=3, /, *, sign): ..."


def said(task: str, code: str = ONE, name: str = "work") -> list[tuple[str, str, str]]:
    node = ast.parse(code).body[0]
    assert isinstance(node, ast.FunctionDef)
    return [(one.call, one.wanted, one.today) for one in said_examples(task, name, node)]


@pytest.mark.parametrize(
    ("task", "call", "wanted", "today"),
    [
        ("work('a b') gives 'a.b', it should give 'A.B'.", "work('a b')", "'A.B'", "'a.b'"),
        ("Bug: work(1000) gives '1000 g'. It should give '1 kg'.", "work(1000)", "'1 kg'", "'1000 g'"),
        ("work('x') raises a ValueError, it should be (3, 'x').", "work('x')", "(3, 'x')", ""),
        ("work(120) gives '2 h 0 min'. Leave it out, so that it is just '2 h'.", "work(120)", "'2 h'", "'2 h 0 min'"),
        ("Take no minutes too: work('18') is 18.0.", "work('18')", "18.0", ""),
        ("`work(['b', 'a'], 2)` == ['a', 'b'], please.", "work(['b', 'a'], 2)", "['a', 'b']", ""),
        ("work(50, 5) is 52.5 cents and should give 53, not 52.", "work(50, 5)", "53", ""),
        ("work(date(2024, 3, 4), -1) gives Friday, so make it date(2024, 3, 1).", "work(date(2024, 3, 4), -1)", "", ""),
        (
            "A text should be cut: work('abcd', sign='.') should give 'a.', not 'abc.'.",
            "work('abcd', sign='.')",
            "'a.'",
            "",
        ),
        ("work(True) must be False.", "work(True)", "False", ""),
        ("work('a') gives 1 instead of 2, that is wished.", "work('a')", "1", ""),
        ("A comma counts: '1,5' is 1.5.", "work('1,5')", "1.5", ""),
        ("A dot too: '7.30' is the same as '7:30'.", "work('7.30')", "work('7:30')", ""),
        ("It should skip blanks: 'a, , b,' gives ['a', 'b'] then.", "work('a, , b,')", "['a', 'b']", ""),
        ("work({'a': None}) should give {}.", "work({'a': None})", "{}", ""),
        ("work('a)b') should give 'ab'.", "work('a)b')", "'ab'", ""),
    ],
)
def test_a_call_what_it_should_give_and_what_it_gives_are_read(task: str, call: str, wanted: str, today: str) -> None:
    assert said(task) == ([(call, wanted, today)] if wanted else [])


@pytest.mark.parametrize(
    ("task", "found"),
    [
        (
            "Use hours from 60 minutes on: 90 becomes '1 h 30 min' and 120 becomes '2 h'.",
            [("work(90)", "'1 h 30 min'", ""), ("work(120)", "'2 h'", "")],
        ),
        ("One decimal is enough, so 81 cm should be 31.9.", [("work(81)", "31.9", "")]),
        ("9286 should be 9290, and -5 should become 0.", [("work(9286)", "9290", ""), ("work(-5)", "0", "")]),
        ("From 60 on it should be another word.", []),
        ("The 3 should be red, and v 2 becomes 'old'.", []),
        ("If there are several, 3 becomes 'three'.", []),
        ("1,250 should be '1.250'.", []),
        ("90 minutes of it becomes '1 h 30 min'.", []),
        ("More than 90 minutes should be '2 h'.", []),
        ("Up to 3 should be 'few', and from 4 on it is 'many'.", []),
        ("The default of 3 should be 5.", []),
        ("The sum of 3 and 4 should be 7.", []),
        ("For children, 5 should give 4.", []),
    ],
)
def test_a_number_alone_is_what_a_function_of_one_number_gets(task: str, found: list[tuple[str, str, str]]) -> None:
    assert said(task, "def work(given: int): ...") == found
    assert said(task, "def work(given): ...") == []
    assert said(task, "def work(given: int, hours: int): ...") == []


def test_a_number_in_another_unit_than_the_function_gets_is_none_of_its_own() -> None:
    task = "90 minutes should read '1 h 30 min'."
    assert said(task, "def work(minutes: int): ...") == [("work(90)", "'1 h 30 min'", "")]
    assert said(task, "def work(total_seconds: int): ...") == []
    assert said(task.replace("minutes", "min"), "def work(minutes: int): ...") != []


@pytest.mark.parametrize(
    "task",
    [
        "work should strip its text.",
        "work(text) should give 'x'.",
        "work('a') fails.",
        "work('a') should raise a ValueError.",
        "work('ab', 7) returns 12 characters.",
        "rework('a') should give 'b'.",
        "self.work('a') should give 'b'.",
        "'a' and 'b' give ['a', 'b'].",
        "with sep='a' it is 'b'.",
        "work(open('x')) should give 'b'.",
        "work([i for i in x]) should give 'b'.",
        "work('a') should give something.",
        "The separator ';' should be ',' in what it gives.",
        "The message 'not found' should read 'no such file'.",
        "work(90) should be 1 h 30 min.",
        "work(1234) should be 1,234.",
        "work(5) should be 0 or None.",
        "work('x') should be 'a' followed by the name.",
        "work('x') should give 'a' for the first and 'b' for others.",
        "With upper=True, work('x') should give 'X'.",
        "Unless it is strict, work('x') should return 'a'.",
        "It is wrong that work(5) is 0.",
        "work(3) must be 'three', and work(3) must be 'drei'.",
        "work('a') should give 'b' + work('c').",
        "In work, use a decimal comma: '.' becomes ','.",
        "Add a parameter width, so that with width=2, '7' gives '07'.",
    ],
)
def test_what_is_no_example_or_may_be_read_otherwise_is_left(task: str) -> None:
    assert said(task) == []


TEXT = "def work(text: str, strict=False): ..."


@pytest.mark.parametrize(
    ("task", "one", "other"),
    [
        ("Please let work accept 9.30 as well as 9:30.", "'9.30'", "'9:30'"),
        ("work should take 'on' like 'true'.", "'on'", "'true'"),
        ("work should understand `1,5` like `1.5`, please.", "'1,5'", "'1.5'"),
    ],
)
def test_what_is_taken_as_another_value_is_gives_the_same(task: str, one: str, other: str) -> None:
    assert [pair[:2] for pair in said(task, TEXT)] == [
        (f"work({one})", f"work({other})"),
        (f"work({other})", f"work({one})"),
    ]
    ast.parse(Said("work('a')", "work('b')", is_like=True).question_of_today, mode="eval")


@pytest.mark.parametrize(
    ("task", "code"),
    [
        ("work should take commas as well as points.", TEXT),
        ("work should accept 9.30 as well as 9:30.", ONE),
        ("work should accept 9.30 as well as 9:30.", "def work(text: str, more: str): ..."),
        ("work should accept 9.30 as well as times.", TEXT),
        ("work should accept 1.5 as well as 2.", TEXT),
    ],
)
def test_words_and_values_of_no_one_text_are_not_taken_as_such(task: str, code: str) -> None:
    assert said(task, code) == []


def taken(task: str) -> list[str]:
    node = ast.parse(ONE).body[0]
    assert isinstance(node, ast.FunctionDef)
    return [one.call for one in said_examples(task, "work", node) if one.is_taken]


@pytest.mark.parametrize(
    ("task", "calls"),
    [
        ("Let work understand short forms too: 'mon', 'tue' and so on.", ["work('mon')", "work('tue')"]),
        ("People copy texts like ' 5h 35m'. work should ignore the blanks.", ["work(' 5h 35m')"]),
        ("work should also accept 'on' and 'off'.", ["work('on')", "work('off')"]),
        ("work should also read dates with dots, such as '05.03.2024' for 5 March.", ["work('05.03.2024')"]),
        ("work should understand 'm' for minutes, as in '1h 2m'.", ["work('1h 2m')"]),
        ("work should accept 'x'. But 'y' is still refused.", ["work('x')"]),
        ("work should raise a ValueError for 'x', and accept all else.", []),
        ("work should not accept 'x'.", []),
        ("work should return 'x' if it is empty.", []),
        ("work should accept small letters: work('c1') is 'C1'.", []),
        ("work should accept 'jpeg' as well as 'png'.", ["work('jpeg')", "work('png')"]),
        ("work should accept 'UTC' too, e.g. '12:00 UTC'.", ["work('12:00 UTC')"]),
        ("work should understand the units 'KiB' and 'MiB'.", []),
        ("work should allow 'https://' links.", []),
        ("work should support 'utf-8' and 'latin-1' as the encoding.", []),
        ("work should take a parameter mode, which may be 'fast' or 'slow'.", []),
        ("work should ignore comments like '# x' behind the value.", []),
    ],
)
def test_texts_that_are_to_be_taken_are_read(task: str, calls: list[str]) -> None:
    assert taken(task) == calls


@pytest.mark.parametrize("more", ["", "short(text)"])
def test_a_word_may_be_a_unit_where_another_function_may_read_numbers(more: str) -> None:
    node = ast.parse(f"def work(text):\n    return DAYS[{more or 'text'}]\n").body[0]
    assert isinstance(node, ast.FunctionDef)
    found = said_examples("work should understand 'KiB' and '5 KiB/s' too.", "work", node)
    assert [one.call for one in found] == ["work('5 KiB/s')"]
    found = said_examples("work should understand 'mon' too.", "work", node)
    assert [one.call for one in found] == ([] if more else ["work('mon')"])


@pytest.mark.parametrize(
    "task", ["work(7) gives '007'. With a width of 2 it should give '07'.", "work(7) is '007'. If short, return '7'."]
)
def test_what_is_wished_for_a_case_is_not_wished_for_the_call_without_it(task: str) -> None:
    assert said(task) == [("work(7)", "'007'", "")]


def test_what_is_wished_for_another_value_is_not_wished_for_the_first() -> None:
    assert said("At blanks: 'a b' gives ['a', 'b'], but 'c-d' should give ['c', 'd'].") == [
        ("work('a b')", "['a', 'b']", "")
    ]
    assert said("work('x') gives 'a', should give 'b'.") == [("work('x')", "'b'", "'a'")]


def test_of_several_values_that_are_wished_together_none_is_taken() -> None:
    assert said("work(14) gives 5. It should give 5 and 10.") == [("work(14)", "5", "")]


def test_values_alone_are_those_of_the_one_parameter_that_must_be_given() -> None:
    task = "A comma counts: '1,5' is 1.5."
    assert said(task, TWO) == []
    assert said(task, "def work(text, *more): ...") == []
    assert said(task, "def work(text, most=3): ...") == [("work('1,5')", "1.5", "")]
    assert said(task, "def work(): ...") == []


def test_a_method_has_no_example_for_nobody_knows_what_it_is_called_on() -> None:
    assert said("work('a') should give 'b'.", name="Box.work") == []


def test_each_is_taken_once_and_not_too_many() -> None:
    assert len(said("work(1) is 2. So work(1) is 2.")) == 1
    assert len(said(" ".join(f"work({n}) is {n + 1}." for n in range(20)))) == MOST


def test_numbers_with_fractions_need_only_be_near() -> None:
    assert Said("work(0.1)", "0.3").question == "abs((work(0.1)) - (0.3)) < 1e-9"
    assert Said("work(1)", "3").question == "(work(1)) == (3)"


def test_questions_are_expressions() -> None:
    one = Said("work('a')", "'b'", "'c'")
    for question in (one.question, one.question_of_today, Said("work(1)", "2").question_of_today):
        ast.parse(question, mode="eval")


def test_long_and_broken_texts_end() -> None:
    said("work(" * 500)
    said("work('" + "(" * 5_000)
    said("'" * 999 + " is " + "[" * 999)


@pytest.mark.parametrize(
    ("task", "body"),
    [
        ("work should also understand 'kb' and 'mb'.", "return int(text[:-1])"),
        ("work should accept keys such as 'timeout' or 'retries'.", "return text['mode']"),
        ("work should accept keys such as 'timeout' or 'retries'.", "return dict(text.items())"),
    ],
)
def test_texts_that_are_but_a_part_of_what_is_taken_are_left(task: str, body: str) -> None:
    assert said(task, f"def work(text):\n    {body}\n") == []

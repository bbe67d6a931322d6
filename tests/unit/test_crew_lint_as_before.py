"""Linting: a finding that is gone proves nothing of what the code does, so that is looked at as well."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.house.command_desk import CommandDesk
from tests.unit.scripted_desk import fenced
from workbench.context.tests_near import file_tests, read_tests
from workbench.crew.dispatch import work
from workbench.errors import AnswerRejected
from workbench.model import Brief, Proposal, Verdict

RUFF = "ruff check {file}"
PYTEST = "python -m pytest -q -p no:cacheprovider {file}"


def a_desk(root: Path, source: str, rules: str, *answers: str, test: str = "", unfixable: str = "") -> CommandDesk:
    settings = f'[lint]\nselect = ["{rules}"]\n' + (f'unfixable = ["{unfixable}"]\n' if unfixable else "")
    files = {"a.py": source, "ruff.toml": settings} | ({"tests/test_a.py": test} if test else {})
    return CommandDesk(root, files, *answers, allow=(RUFF, PYTEST))


def brief_of(desk: CommandDesk) -> Brief:
    plain = desk.brief("lint", targets=["a.py"])
    near = file_tests(desk.repository, plain.targets, (RUFF, PYTEST))
    return plain.model_copy(update={"tests_near": near, "tests": read_tests(desk.repository, [t.path for t in near])})


async def mended(desk: CommandDesk) -> Proposal:
    return await work(brief_of(desk), desk)


def after(proposal: Proposal) -> str:
    (edit,) = proposal.edits
    return (edit.after or b"").decode()


@pytest.mark.parametrize(
    ("source", "rules", "mended_source"),
    [
        (
            "def chunks(text):\n    found = text.split()\n    found = [c for c in found if c]\n    return found\n",
            "RET504",
            "def chunks(text):\n    found = text.split()\n    return [c for c in found if c]\n",
        ),
        (
            "def pairs(one, other):\n    return list(zip(one, other))\n",
            "B905",
            "def pairs(one, other):\n    return list(zip(one, other, strict=False))\n",
        ),
    ],
)
async def test_a_fix_that_the_linter_offers_comes_before_a_nanite(
    tmp_path: Path, source: str, rules: str, mended_source: str
) -> None:
    desk = a_desk(tmp_path, source, rules)
    proposal = await mended(desk)
    assert after(proposal) == mended_source
    assert desk.asked == []
    assert f"1 {rules} by a fix that it calls unsafe" in proposal.summary


DOUBLED = (
    "def doubled(rows):\n    found = []\n    for row in rows:\n        found.append(twice(row))\n    return found\n"
)
TWICE = "\n\ndef twice(row):\n    return [row, row]\n"


@pytest.mark.parametrize(
    ("source", "rules", "answer", "why"),
    [
        (
            "def chunks(text):\n    found = text.split()\n    return found\n",
            "RET504",
            "def chunks(text):\n    found = text.split()",
            "must return a value at its end",
        ),
        (DOUBLED + TWICE, "PERF401", DOUBLED.replace("append", "extend"), "takes that apart"),
        (
            'HELP = """usage: %(name)s\n\n  Be careful with it; it is dangerous.\n""" % dict(name=1)\n',
            "C408",
            'HELP = """usage: %(name)s\n""" % {"name": 1}',
            "a text lost 'Be careful with it it is'",
        ),
        (
            "def f(x):\n    # Zero means off.\n    if x == 0:\n        y = 1\n    else:\n        y = 2\n    return y\n",
            "SIM108",
            "def f(x):\n    y = 1 if x == 0 else 2\n    return y",
            "the comment '# Zero means off.' is gone",
        ),
        (
            "def f(x):\n    try:\n        x.close()\n    except OSError:\n        pass\n",
            "SIM105",
            "import contextlib\ndef f(x):\n    with contextlib.suppress(OSError):\n        x.shutdown()",
            "it calls shutdown now",
        ),
        (
            "def f(data, item):\n    for t in data.keys():\n        if t:\n            return item\n    return None\n",
            "SIM118",
            "def f(data, item):\n    for t in data:\n        if t:\n            pass\n    return None",
            "f no longer has `return item`",
        ),
        (
            "def f(data):\n    return [type(key) for key in data.keys()]\n",
            "SIM118",
            "def f(data):\n    return list(data)",
            "it no longer calls type",
        ),
        (
            "def f(d, k):\n    return k in d.keys()  # Keys alone.\n",
            "SIM118",
            "def f(d, k):\n    return k in d",
            "the comment '# Keys alone.' is gone",
        ),
        (
            "def f(one, other):\n    sum = one + other\n    return sum\n",
            "A001",
            "def f(one, other):\n    both = one + other\n    return one",
            "one means something else already",
        ),
        (
            "def f(one):\n    sum = one - 1\n    return one[sum]\n",
            "A001",
            "def f(one):\n    last = one - 2\n    return one[last]",
            "only a name may change here",
        ),
        ("def f(x):\n    sum = x.read()\n    return 1\n", "A001", "def f(x):\n    return 1", "it no longer calls read"),
    ],
)
async def test_what_an_answer_does_beside_the_finding_is_seen(
    tmp_path: Path, source: str, rules: str, answer: str, why: str
) -> None:
    desk = a_desk(tmp_path, source, rules, fenced(answer), fenced(answer), unfixable=rules)
    with pytest.raises(AnswerRejected) as caught:
        await mended(desk)
    assert why in caught.value.message
    assert any(why in refused for refused in desk.refused)


ADD = "def add(item, to=[]):\n    to.append(item)\n    to.append(0)\n"


@pytest.mark.parametrize("above", ["", "@print\n"])
async def test_a_function_answered_whole_for_its_first_line_does_not_stand_there_twice(
    tmp_path: Path, above: str
) -> None:
    answer = "def add(item, to=None):\n    if to is None:\n        to = []\n    to.append(item)\n    to.append(0)\n"
    desk = a_desk(tmp_path, above + ADD, "B006", fenced(answer), unfixable="B006")
    assert after(await mended(desk)) == above + answer


async def test_lines_behind_the_one_asked_for_do_not_come_twice(tmp_path: Path) -> None:
    source = "def f(x, n):\n    for one in x:\n        if one == None:\n            n += 1\n    return n\n"
    answer = "        if one is None:\n            n += 1\n"
    desk = a_desk(tmp_path, source, "E711", fenced(answer), unfixable="E711")
    assert after(await mended(desk)) == source.replace("==", "is")


async def test_a_comment_may_be_mended_though_it_is_new(tmp_path: Path) -> None:
    source = "import os  # type: ignore\n\nNAME = os.name\n"
    answer = "import os  # type: ignore[import-untyped]"
    desk = a_desk(tmp_path, source, "PGH003", fenced(answer))
    assert after(await mended(desk)).startswith(f"{answer}\n")


async def test_comments_that_an_answer_adds_are_left_out(tmp_path: Path) -> None:
    source = "def f(x):\n    if x:\n        return 1\n"
    answer = "def f(x):\n    if x:\n        return 1\n    return None  # Added so that something is returned"
    desk = a_desk(tmp_path, source, "RET503", fenced(answer), fenced(answer), unfixable="RET503")
    assert after(await mended(desk)) == f"{source}    return None\n"


LONGER = "def longer(one, other):\n    if len(one) == len(other):\n        return one\n    {}\n"
ELSE = LONGER.format("else:\n        return max(one, other, key=len)")
TEST = """from a import longer


def test_longer():
    assert longer('a', 'bb') == 'bb'
    assert longer('aa', 'bb')
"""


@pytest.mark.slow
async def test_tests_that_use_the_code_are_run_where_they_are_allowed(tmp_path: Path) -> None:
    wrong, right = (LONGER.format(f"return max(one, {second}, key=len)") for second in ("one", "other"))
    desk = a_desk(tmp_path, ELSE, "RET505", fenced(wrong), fenced(right), test=TEST, unfixable="RET505")
    proposal = await mended(desk)
    assert after(proposal) == right
    assert "test_longer" in " ".join(desk.refused) or "tests/test_a.py failed" in " ".join(desk.refused)
    assert proposal.verdict is Verdict.CHECKED
    assert [check.ok for check in proposal.checks] == [True, True]


async def test_calls_of_the_tests_in_another_shape_must_go_as_before(tmp_path: Path) -> None:
    source = "def last(items):\n    if items == None:\n        return 0\n    return items[-1] if items else None\n"
    right = source.replace("==", "is")
    wrong = right.replace(" if items else None", "")
    test = "from a import last\n\n\ndef test_last():\n    assert last([1, 2]) == 2\n"
    desk = a_desk(tmp_path, source, "E711", fenced(wrong), fenced(right), test=test, unfixable="E711")
    assert after(await mended(desk)) == right
    assert "last([]) gave None before the change" in " ".join(desk.refused)


async def test_where_no_test_may_run_it_says_what_to_allow(tmp_path: Path) -> None:
    source = LONGER.format("sum = max(one, other, key=len)\n    return sum")
    right = LONGER.format("best = max(one, other, key=len)\n    return best")
    desk = a_desk(tmp_path, source, "A001", fenced(right), test=TEST)
    plain = desk.brief("lint", targets=["a.py"])
    near = file_tests(desk.repository, plain.targets, (RUFF,))
    proposal = await work(plain.model_copy(update={"tests_near": near}), desk)
    assert "what the code does was not tried: nanites allow 'pytest -q {path}'" in proposal.notes


async def test_tests_that_fail_already_are_not_asked(tmp_path: Path) -> None:
    source = LONGER.format("sum = max(one, other, key=len)\n    return sum")
    right = LONGER.format("best = max(one, other, key=len)\n    return best")
    desk = a_desk(tmp_path, source, "A001", fenced(right), test=TEST.replace("'bb'\n", "'cc'\n", 1))
    proposal = await mended(desk)
    assert after(proposal) == right
    assert [check.name for check in proposal.checks] == ["ruff check a.py"]


@pytest.mark.slow
async def test_the_fixes_that_a_linter_calls_safe_are_held_against_the_tests_as_well(tmp_path: Path) -> None:
    source = "import os\n\n\ndef titled():\n    sum = 'a'\n    return sum\n"
    test = "import a\n\n\ndef test_titled():\n    assert a.os.name and a.titled() == 'a'\n"
    answer = "import os\n\n\ndef titled():\n    text = 'a'\n    return text\n"
    settings = '[lint]\nselect = ["F401", "A001"]\n'
    files = {"a.py": source, "ruff.toml": settings, "tests/test_a.py": test}
    no_import, right = "```python\n```\n", fenced(answer.partition("\n\n\n")[2])
    desk = CommandDesk(tmp_path, files, no_import, no_import, right, allow=(RUFF, PYTEST))
    proposal = await mended(desk)
    assert after(proposal) == answer
    assert any("left out, the fixes of the linter's own" in note for note in proposal.notes)


SCOPES = """def last(items):
    l = len(items)

    def inner(one):
        return one, l

    return inner(items[l - 1])


def first(items):
    l = items
    return l[0]
"""


async def test_a_variable_whose_name_is_ambiguous_is_renamed_where_it_is_meant(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, SCOPES, "E741", '{"name": "size"}', '{"name": "items"}', '{"name": "Found Items"}')
    proposal = await work(desk.brief("lint", targets=["a.py"]), desk)
    meant = (
        SCOPES.replace("    l = len", "    size = len")
        .replace("items[l - 1]", "items[size - 1]")
        .replace("one, l", "one, size")
    )
    assert after(proposal) == meant.replace(
        "    l = items\n    return l[0]", "    found_items = items\n    return found_items[0]"
    )
    assert "2 E741 by a nanite" in proposal.summary
    assert any("items" in refused for refused in desk.refused), "a name that is taken is not given twice"
    assert "name: a better name for the variable `l`" in desk.asked[0].messages[-1].content


async def test_a_name_that_the_rule_itself_says_needs_no_nanite(tmp_path: Path) -> None:
    source = "def last(items):\n    lastIndex = len(items) - 1\n    return items[lastIndex]\n"
    desk = a_desk(tmp_path, source, "N806")
    proposal = await work(desk.brief("lint", targets=["a.py"]), desk)
    assert after(proposal) == source.replace("lastIndex", "last_index")
    assert desk.asked == []

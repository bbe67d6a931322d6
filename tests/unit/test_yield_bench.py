"""The yield bench judges the product, so what it judges by is tested: what it lets through and how it counts."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

# The package is named after what it measures, which is a keyword.
BENCH = "tests.bench.yield"
cases, preserved, report, ours = (import_module(f"{BENCH}.{name}") for name in ("cases", "preserved", "report", "ours"))
oracles = import_module(f"{BENCH}.oracles")

CODE = '''def total(rows, factor=1):
    # Rows without a price cost nothing.
    return sum(row.price or 0 for row in rows) * factor


def known(rows):
    """Return the rows that have a price, in their order."""
    return [row for row in rows if row.price]
'''
DOCUMENTED = CODE.replace("1):\n", '1):\n    """Return what all rows cost together, times a factor."""\n', 1)


def a_case(kind: str, **fields: Any) -> Any:
    package = cases.Package(name="p", version="1", source="pip", licence="MIT")
    return cases.Case.model_validate({"name": "c", "kind": kind, "target": "a.py", "package": package} | fields)


def test_the_tasks_are_many_and_most_are_everyday_changes_in_three_languages() -> None:
    every = cases.load()
    assert len(every) >= 120
    assert sum(case.kind in {"patch", "docstrings", "types"} for case in every) >= 80
    assert {case.language for case in every if case.kind == "patch"} == {"python", "javascript", "go"}
    assert all(len(path.read_text().splitlines()) < 400 for path in cases.FOLDER.iterdir())


def test_each_change_of_behaviour_has_a_check_a_stricter_oracle_and_a_reference() -> None:
    changes = [case for case in cases.load() if case.kind == "patch"]
    assert [case.name for case in changes if not (case.check and case.oracle and case.reference and case.ask)] == []


def test_a_swap_must_stand_exactly_once() -> None:
    with pytest.raises(ValueError, match="2 times"):
        cases.swapped("a a", cases.Swap(old="a", new="b"))


@pytest.mark.parametrize(
    ("after", "complaint"),
    [
        (DOCUMENTED, ""),
        (CODE, "undocumented: total"),
        (DOCUMENTED.replace("or 0", "or 1"), "CHANGED"),
        (DOCUMENTED.replace("in their order", "sorted"), "docstrings of known"),
        (DOCUMENTED.replace("factor.", "factor.\n\n    Args:\n        price: a price\n    "), "does not have: price"),
        (DOCUMENTED + "x = 1\n", "CHANGED"),
        (DOCUMENTED + "(", "CHANGED"),
    ],
)
def test_docstrings_are_judged_by_the_tree(after: str, complaint: str) -> None:
    wrong = preserved.docstrings(a_case("docstrings", symbols=["total"]), "a.py", CODE, after)
    assert complaint in wrong
    assert bool(wrong) == bool(complaint)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("rows, factor=1):", "rows: list[Row], factor: float = 1) -> float:", ""),
        ("rows, factor=1):", "rows: list[Row], factor=1) -> float:", "unannotated: factor"),
        ("rows, factor=1):", "rows: list[Row], factor: float = 2) -> float:", "CHANGED"),
        ("rows, factor=1):", "rows: list[Row], factor: float = 1):", "unannotated: return"),
    ],
)
def test_annotations_are_judged_by_the_tree(old: str, new: str, complaint: str) -> None:
    after = "from typing import Any\n" + CODE.replace(old, new)
    wrong = preserved.typed(a_case("types", symbols=["total"]), CODE, after)
    assert complaint in wrong
    assert bool(wrong) == bool(complaint)


def test_comments_may_be_added_and_none_may_go() -> None:
    case = a_case("comments", symbols=["known"])
    added = CODE.replace("    return [row", "    # Keep the order, callers show it.\n    return [row")
    assert preserved.comments(case, "a.py", CODE, added) == ""
    assert "no comment in known" in preserved.comments(case, "a.py", CODE, CODE)
    assert "lost a comment" in preserved.comments(case, "a.py", CODE, added.replace("# Rows without", "# Rows with no"))
    assert "CHANGED" in preserved.comments(case, "a.py", CODE, added + "x = 1\n")


def test_comments_of_other_languages_leave_the_tokens_as_they_are() -> None:
    case = a_case("docstrings", symbols=["^func twice"])
    before = "package p\n\nfunc twice(n int) int { return n * 2 }\n"
    after = before.replace("func", "// twice returns n times two.\nfunc")
    assert preserved.docstrings(case, "a.go", before, after) == ""
    assert "undocumented" in preserved.docstrings(case, "a.go", before, before)
    assert "CHANGED" in preserved.docstrings(case, "a.go", before, after.replace("2", "3"))


def test_what_nobody_spoke_of_must_still_be_there() -> None:
    assert preserved.lost("a.py", CODE, CODE + "def more(): ...\n") == []
    assert preserved.lost("a.py", CODE, DOCUMENTED) == []
    assert preserved.lost("a.py", DOCUMENTED, CODE) == ["docstring of total"]
    assert preserved.lost("a.py", CODE, CODE[: CODE.index("def known")]) == ["known"]
    assert preserved.lost("a.js", "function a() {}\nfunction b() {}\n", "function a() { b() }\n") == ["b"]
    assert preserved.lost("a.go", "func (t T) A() {}\n", "func (t T) B() {}\n") == ["A"]


def test_identifiers_are_not_words_in_strings_and_comments() -> None:
    assert "inText" not in preserved.identifiers("a.js", "var here = 'inText'; // inText\n")
    assert "here" in preserved.identifiers("a.js", "var here = 'inText';\n")


async def test_a_change_outside_the_targets_is_wrong_whatever_it_does(tmp_path: Path) -> None:
    wrong = await oracles.judge(a_case("patch"), tmp_path, {"a.py": "x", "b.py": "y"}, "")
    assert wrong == "changed what was not its to change: b.py"


def test_words_must_say_what_is_asked_and_nothing_false() -> None:
    case = a_case("summary", says=["Value ?Error"], unsaid=["never raises"])
    assert oracles.judge_words(case, "raises a ValueError") == ""
    assert "does not say" in oracles.judge_words(case, "raises something")
    assert "says" in oracles.judge_words(case, "ValueError; else never raises")
    message = a_case("commit-message")
    assert oracles.judge_words(message, "Refuse negative counts\n\nThey made no sense.") == ""
    assert "subject" in oracles.judge_words(message, "x" * 73)


ROW: dict[str, Any] = {
    "kind": "patch", "check": True, "language": "go", "worker": "nanites", "trouble": "", "wrong": "", "left": True,
    "verdict": "checked", "seconds": 4.0, "prompt": 100, "completion": 20,
}  # fmt: skip


def test_outcomes_tell_false_claims_from_honest_failures() -> None:
    bad = ROW | {"wrong": "oracle: no"}
    assert report.outcome(ROW) == "solved"
    assert report.outcome(bad) == "claimed-wrong"
    assert report.outcome(bad | {"verdict": "unverified"}) == "unverified-wrong"
    assert report.outcome(bad | {"left": False}) == "refused"
    assert report.outcome(ROW | {"trouble": "no engine"}) == "trouble"


def test_failures_are_paid_for_by_what_was_solved() -> None:
    figures = report.summed([ROW, ROW | {"wrong": "oracle: no", "seconds": 6.0}])
    assert figures["seconds per solved"] == 10.0
    assert figures["median seconds"] == 4.0
    assert figures["tokens per solved"] == 240
    assert figures["share"] == 0.5


def test_an_answer_is_told_by_its_form() -> None:
    assert ours.form_of("<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE") == "search-replace"
    assert ours.form_of("```python\nx = 1\n```") == "fence"
    assert ours.form_of("@@ -1 +1 @@\n-a\n+b") == "unified-diff"
    assert ours.form_of('{"claims": []}') == "json"

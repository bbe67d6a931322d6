"""In other languages than Python, a limit that a function no longer asks about is missed."""

from __future__ import annotations

import pytest

from tests.unit.scripted_desk import ScriptedDesk, a_brief, fenced
from workbench.crew.dispatch import work
from workbench.crew.judging.lost_elsewhere import lost_elsewhere
from workbench.model import FileEdit, Solving

TASK = "clamp should return 0 for negative numbers."
JS = "function clamp(n) {\n  if (n > 100) {\n    return 100;\n  }\n  return n;\n}\n"
LOST = "function clamp(n) {\n  if (n < 0) {\n    return 0;\n  }\n  return n;\n}\n"
BOTH = JS.replace("  return n;", "  return n < 0 ? 0 : n;")
SHELL = 'clamp() {\n  if [ "$1" -gt 100 ]; then\n    echo 100\n  fi\n}\n'
GO = "package a\n\nfunc clamp(n int) int {\n\tif n > 100 {\n\t\treturn 100\n\t}\n\treturn n\n}\n"


def missed(path: str, before: str, after: str, task: str = TASK) -> str:
    return lost_elsewhere(task, [FileEdit(path=path, before=before.encode(), after=after.encode())])


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("a.js", JS, LOST),
        ("a.sh", SHELL, SHELL.replace("-gt 100", "-lt 0").replace("echo 100", "echo 0")),
        ("a.go", GO, GO.replace("n > 100", "n < 0").replace("return 100", "return 0")),
    ],
)
def test_a_limit_that_went_is_told(path: str, before: str, after: str) -> None:
    assert missed(path, before, after) == "clamp no longer has 100; leave what it does with that as it was"


OPEN = """package a

func (t *Tour) Open() []Stop {
\tvar open []Stop
\tfor _, stop := range t.Stops {
\t\tif !stop.Delivered && stop.Ready() {
\t\t\topen = append(open, stop)
\t\t}
\t}
\treturn open
}
"""
FILTER = "const open = (tour) => tour.stops.filter((stop) => stop.state !== 'done' && tour.stops.length > 1);\n"


@pytest.mark.parametrize(
    ("path", "before", "after", "name", "what"),
    [
        (
            "a.go",
            OPEN,
            "package a\n\nfunc (t *Tour) Open() []Stop {\n\treturn t.Stops[:0]\n}\n",
            "Tour.Open",
            "Delivered",
        ),
        ("a.js", FILTER, "const open = (tour) => tour.stops.slice(0, 0);\n", "open", "state"),
        ("a.ts", FILTER, "const open = (tour) => [];\n", "open", "state"),
        ("a.js", "function f(a) {\n  return a.b ? a.c : 1;\n}\n", "function f(a) {\n  return a.c;\n}\n", "f", "b"),
    ],
)
def test_a_field_by_which_it_was_decided_and_that_went_is_told(
    path: str, before: str, after: str, name: str, what: str
) -> None:
    task = "Open gives nothing when all is done. I need an empty list then."
    assert missed(path, before, after, task) == f"{name} no longer has {what}; leave what it does with that as it was"
    assert missed(path, before, after, f"{task} It has no {what} any more.") == ""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("function f(a) {\n  return a.b * a.c;\n}\n", "function f(a) {\n  return a.c;\n}\n"),
        ("function f(a) {\n  return a.has(1) ? 1 : 2;\n}\n", "function f(a) {\n  return 1;\n}\n"),
        ("function f(a) {\n  return a.length > 0 ? 1 : 2;\n}\n", "function f(a) {\n  return 1;\n}\n"),
        ("function f(a) {\n  return a.b ? 1 : 2;\n}\n", "function f({ b }) {\n  return b ? 2 : 1;\n}\n"),
    ],
)
def test_what_was_only_reckoned_with_or_called_may_go(before: str, after: str) -> None:
    assert missed("a.js", before, after, "f should do something else.") == ""


@pytest.mark.parametrize(
    ("path", "before", "after", "task"),
    [
        ("a.js", JS, BOTH, TASK),
        ("a.js", JS, LOST, "clamp should return 0 for negative numbers instead."),
        ("a.js", JS, LOST, "clamp should not know 100, but 0 for negative numbers."),
        ("a.js", JS.replace("> 100", "> 1").replace("return 100", "return 1"), LOST, TASK),
        ("a.js", JS.replace("n > 100", "n"), LOST, TASK),
        ("a.py", "def clamp(n):\n    return n > 100\n", "def clamp(n):\n    return n\n", TASK),
        ("a.xyz", JS, LOST, TASK),
        ("a.js", JS, "", TASK),
    ],
)
def test_what_stays_or_is_to_go_is_not(path: str, before: str, after: str, task: str) -> None:
    assert missed(path, before, after, task) == ""


BY_AGE = "const f = (all) => all.sort((a, b) => (a.age < b.age ? -1 : 1));\n"
BY_NAME = "const f = (all) => all.sort((a, b) => (a.name < b.name ? -1 : 1));\n"
PAID = "const f = (all) => all.filter((one) => one.isPaid);\nconst open = (one) => one.isPaid;\n"
LARGE = "const f = (one) => one.größe > 3;\n"


@pytest.mark.parametrize(
    ("before", "after", "task"),
    [
        (BY_AGE, BY_NAME, "f should sort by name."),
        (PAID, PAID.replace("all.filter((one) => one.isPaid)", "all"), "f should have unpaid ones, too."),
        (PAID, PAID.replace("(one) => one.isPaid)", "open)"), "f should be shorter."),
        (LARGE, LARGE.replace("3", "3 || one.rank"), "f should know ranks."),
        ("const f = (all) => all.size > 0;\n", "const f = (all) => all.has('new');\n", "f should look for new ones."),
    ],
)
def test_what_is_asked_elsewhere_or_spoken_of_is_not_missed(before: str, after: str, task: str) -> None:
    assert missed("a.js", before, after, task) == ""


def test_who_speaks_of_ties_keeps_the_order() -> None:
    assert missed("a.js", BY_AGE, BY_NAME, "f should sort ties by name.").startswith("f no longer has age")


async def test_the_model_is_told_and_does_better() -> None:
    desk = ScriptedDesk(fenced(LOST), fenced(BOTH))
    proposal = await work(a_brief("patch", TASK, {"a.js": JS}, solving=Solving(samples=1)), desk)
    assert (proposal.edits[0].after or b"").decode() == BOTH
    assert "no longer has 100" in desk.asked[1].messages[-1].content


PRICE = """package a

func ParsePrice(text string) (float64, error) {
\treturn strconv.ParseFloat(strings.TrimSpace(text), 64)
}
"""


@pytest.mark.parametrize(
    ("task", "new", "is_missed"),
    [
        ("Read a decimal comma, too.", 'strings.ReplaceAll(text, ",", ".")', True),
        ("Read a decimal comma, too.", 'strings.ReplaceAll(strings.TrimSpace(text), ",", ".")', False),
        ("Read a decimal comma, too.", 'strings.Trim(text, " ")', False),
        ("Blanks around a price are an error.", "text", False),
    ],
)
def test_blanks_that_are_no_longer_taken_off_are_told(task: str, new: str, is_missed: bool) -> None:
    after = PRICE.replace("strings.TrimSpace(text)", new)
    assert ("takes off the blanks" in missed("a.go", PRICE, after, task)) is is_missed

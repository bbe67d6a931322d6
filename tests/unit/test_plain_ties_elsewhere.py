"""What decides between things that are the same, in JavaScript and Go."""

from __future__ import annotations

import time

import pytest

from workbench.crew.plain.elsewhere.finding import changes_elsewhere
from workbench.model import Source

TASK = "Wines of the same vintage stand in no particular order. Sort those by name."
STRUCT = "type Wine struct {\n\tName    string\n\tVintage int // of the grapes\n\tSold, Left int\n\tAt time.Time\n}\n"
GO = f"""package a

{STRUCT}
func PriceList(list []Wine) {{
	sort.Slice(list, func(i, j int) bool {{
		return list[i].Vintage < list[j].Vintage
	}})
}}
"""
JS = "// The oldest first.\nconst byAge = (wines) => [...wines].sort((a, b) => a.vintage - b.vintage);\n"
WINE = "const show = (wine) => `${wine.name} ${wine.lotNumber}`;\n"


def changes(task: str, path: str, code: str, name: str) -> list[str]:
    found = changes_elsewhere(task, Source(path=path, content=code.encode()), name)
    return [(one.edits[0].after or b"").decode() for one in found]


def in_go(said: str, test: str, second: str) -> str:
    return f"\t\tif {test} {{\n\t\t\treturn {said}\n\t\t}}\n\t\treturn {second}\n"


@pytest.mark.parametrize(
    ("task", "said", "test", "second"),
    [
        (
            TASK,
            "list[i].Vintage < list[j].Vintage",
            "list[i].Vintage != list[j].Vintage",
            "list[i].Name < list[j].Name",
        ),
        (
            TASK,
            "list[j].Vintage > list[i].Vintage",
            "list[j].Vintage != list[i].Vintage",
            "list[i].Name < list[j].Name",
        ),
        (
            "Wines that are the same age should stand in the order of their names.",
            "list[i].At.Before(list[j].At)",
            "!list[i].At.Equal(list[j].At)",
            "list[i].Name < list[j].Name",
        ),
        (
            "If they have the same vintage, the one with more sold comes first.",
            "list[i].Vintage < list[j].Vintage",
            "list[i].Vintage != list[j].Vintage",
            "list[i].Sold > list[j].Sold",
        ),
        (
            "Put those that are equally often sold in alphabetical order.",
            "sold[list[i]] > sold[list[j]]",
            "sold[list[i]] != sold[list[j]]",
            "list[i] < list[j]",
        ),
    ],
)
def test_in_go_a_second_thing_decides_where_the_first_is_the_same(task: str, said: str, test: str, second: str) -> None:
    old = "\t\treturn list[i].Vintage < list[j].Vintage\n"
    code = GO.replace(old, f"\t\treturn {said}\n")
    wanted = GO.replace(old, in_go(said, test, second))
    assert wanted in changes(task, "a.go", code, "PriceList")
    ends = changes(task, "a.go", code.replace("\n", "\r\n"), "PriceList")
    assert wanted.replace("\n", "\r\n") in ends


@pytest.mark.parametrize(
    "said",
    [
        "list[i].Vintage <= list[j].Vintage",
        "list[i].Vintage < list[j].Sold",
        "list[i].Vintage < list[j].Vintage && list[i].Left > 0",
        "older(list[i], list[j])",
    ],
)
def test_in_go_other_orders_are_left_alone(said: str) -> None:
    code = GO.replace("list[i].Vintage < list[j].Vintage", said)
    assert not any("Name < " in one for one in changes(TASK, "a.go", code, "PriceList"))


@pytest.mark.parametrize(
    ("task", "old", "new"),
    [
        (TASK, "a.vintage - b.vintage", "a.vintage - b.vintage || a.name.localeCompare(b.name)"),
        (TASK, "b.vintage - a.vintage", "b.vintage - a.vintage || a.name.localeCompare(b.name)"),
        (TASK, "compare(a.vintage, b.vintage)", "compare(a.vintage, b.vintage) || a.name.localeCompare(b.name)"),
        (
            "Wines of the same vintage should come by lot number.",
            "a.vintage - b.vintage",
            "a.vintage - b.vintage || a.lotNumber - b.lotNumber",
        ),
        (
            "Of the same vintage the larger lot number comes first.",
            "a.vintage - b.vintage",
            "a.vintage - b.vintage || b.lotNumber - a.lotNumber",
        ),
        (
            "Those of the same vintage in alphabetical order.",
            "of.get(a) - of.get(b)",
            "of.get(a) - of.get(b) || a.localeCompare(b)",
        ),
        ("Those that are equal in alphabetical order.", "b[1] - a[1]", "b[1] - a[1] || a[0].localeCompare(b[0])"),
    ],
)
def test_in_javascript_what_says_nothing_is_followed_by_what_does(task: str, old: str, new: str) -> None:
    code = WINE + JS.replace("a.vintage - b.vintage", old)
    assert WINE + JS.replace("a.vintage - b.vintage", new) in changes(task, "a.js", code, "byAge")
    function = f"{WINE}function byAge(a, b) {{\n  return {old};\n}}\n"
    assert function.replace(old, new) in changes(task, "a.js", function, "byAge")


@pytest.mark.parametrize(
    ("task", "old"),
    [
        ("Sort the wines by name.", "a.vintage - b.vintage"),
        ("Wines of the same vintage should not be in alphabetical order by name any more.", "a.vintage - b.vintage"),
        (TASK, "a.vintage < b.vintage"),
        (TASK, "a.vintage - 2000"),
        (TASK, "a.name.localeCompare(b.name)"),
    ],
)
def test_in_javascript_others_are_left_alone(task: str, old: str) -> None:
    code = WINE + JS.replace("a.vintage - b.vintage", old)
    assert not any("||" in one for one in changes(task, "a.js", code, "byAge"))


def test_many_fields_take_no_time() -> None:
    code = "".join(f"const f{at} = (x) => x.first{at} + x.second{at};\n" for at in range(1000))
    begun = time.process_time()
    assert changes(TASK, "a.js", f"{code}{WINE}{JS}", "byAge")
    assert time.process_time() - begun < 1

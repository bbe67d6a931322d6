"""The singular after a 1 in JavaScript and Go."""

from __future__ import annotations

import pytest

from workbench.crew.plain.elsewhere.finding import changes_elsewhere
from workbench.model import Source

TASK = 'On the notice board it says "Spring reds: 1 guests". That should be "1 guest".'
GO = """package a

func (t *Tasting) Summary() string {
	text := fmt.Sprintf("%s: %d guests", t.Title, len(t.guests))
	if t.Full() {
		text += " (full)"
	}
	return text
}
"""
JS = "function summary(t) {\n  return `${t.title}: ${t.guests.length} guests (ä)`;\n}\n"


def first(path: str, code: str, name: str, task: str = TASK) -> str:
    found = changes_elsewhere(task, Source(path=path, content=code.encode()), name)
    return (found[0].edits[0].after or b"").decode() if found else ""


def test_in_go_what_is_kept_is_written_anew_for_one() -> None:
    line = '\ttext := fmt.Sprintf("%s: %d guests", t.Title, len(t.guests))\n'
    one = '\tif len(t.guests) == 1 {\n\t\ttext = fmt.Sprintf("%s: %d guest", t.Title, len(t.guests))\n\t}\n'
    assert first("a.go", GO, "Tasting.Summary") == GO.replace(line, line + one)


def test_in_go_what_is_returned_is_returned_before_for_one() -> None:
    code = 'package a\n\nfunc Left(n int) string {\n\treturn fmt.Sprintf("%d guests", n)\n}\n'
    one = '\tif n == 1 {\n\t\treturn fmt.Sprintf("%d guest", n)\n\t}\n'
    assert first("a.go", code, "Left") == code.replace("\treturn", one + "\treturn", 1)


def test_in_javascript_the_word_is_chosen() -> None:
    new = "${t.guests.length} ${t.guests.length === 1 ? 'guest' : 'guests'} (ä)"
    assert first("a.js", JS, "summary") == JS.replace("${t.guests.length} guests (ä)", new)


@pytest.mark.parametrize(
    ("path", "code", "name", "task"),
    [
        ("a.go", GO, "Tasting.Summary", "Summary should say 1 guest."),
        ("a.go", GO.replace('guests"', 'guestsrooms"'), "Tasting.Summary", TASK),
        ("a.go", GO.replace("%d guests", "%d%% guests"), "Tasting.Summary", TASK),
        ("a.go", GO.replace("text :=", "text, err :="), "Tasting.Summary", TASK),
        ("a.js", JS.replace(" guests", " guestsrooms"), "summary", TASK),
        ("a.js", JS.replace(" guests", "guests"), "summary", TASK),
    ],
)
def test_what_is_not_shown_is_left_alone(path: str, code: str, name: str, task: str) -> None:
    assert "== 1" not in first(path, code, name, task)


def test_in_javascript_all_words_of_a_text_are_told_apart() -> None:
    task = "The list says 'Roth: 1 adults, 1 children'. It should be '1 adult' and '1 child' when there is only one."
    code = "function line(a, b) {\n  return `Ä: ${a} adults, ${b.length} children`;\n}\n"
    wanted = "`Ä: ${a} ${a === 1 ? 'adult' : 'adults'}, ${b.length} ${b.length === 1 ? 'child' : 'children'}`"
    assert first("a.js", code, "line", task) == code.replace("`Ä: ${a} adults, ${b.length} children`", wanted)
    assert not first("a.js", code.replace("${b.length} children", "children"), "line", task)


def test_in_go_all_words_are_chosen_before_the_text_is_made() -> None:
    task = 'Summary should say "1 car" and "1 seat" instead of "1 cars" and "1 seats".'
    code = 'package a\n\nfunc Summary(n, seats int) string {\n\treturn fmt.Sprintf("%d cars, %d seats", n, seats)\n}\n'
    words = "".join(
        f'\t{many}Word := "{many}"\n\tif {value} == 1 {{\n\t\t{many}Word = "{many[:-1]}"\n\t}}\n'
        for many, value in (("cars", "n"), ("seats", "seats"))
    )
    made = 'return fmt.Sprintf("%d %s, %d %s", n, carsWord, seats, seatsWord)'
    wanted = code.replace('\treturn fmt.Sprintf("%d cars, %d seats", n, seats)', f"{words}\t{made}")
    assert first("a.go", code, "Summary", task) == wanted
    assert not first("a.go", code.replace("%d seats", "seats: %d"), "Summary", task)


def test_the_verb_goes_with_its_word() -> None:
    task = "The board says '1 bows are lent'. It should be '1 bow is lent'."
    code = "function line(a) {\n  return `${a} bows are lent`;\n}\n"
    wanted = code.replace("bows are", "${a === 1 ? 'bow is' : 'bows are'}")
    assert first("a.js", code, "line", task) == wanted
    assert "=== 1" not in first("a.js", code, "line", "The board says '1 bows'. It should be '1 bow'.")

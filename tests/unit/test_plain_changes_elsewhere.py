"""Changes of one place that a task names, in other languages than Python."""

from __future__ import annotations

import pytest

from tests.unit.scripted_desk import ScriptedDesk, a_brief, fenced
from workbench.crew.dispatch import work
from workbench.crew.plain.elsewhere.finding import changes_elsewhere, righted_elsewhere
from workbench.model import Check, FileEdit, Solving, Source, Verdict

FEE = """function fee(area, age) {
  for (let i = 0; i < area; i++) {
    add(i);
  }
  return age > SENIOR ? area : 2 * area;
}
"""
SKIPS = """function fill(songs) {
  for (const song of songs) {
    switch (song.kind) {
      case 1:
        break;
    }
    if (song.long) {
      break;
    }
    add(song);
  }
}
"""
GIVEN = """class Shop {
  price(item, given) {
    if (!item || given) {
      throw new Error('no item');
    }
    return given || item.price;
  }
}
"""


def made(task: str, path: str, code: str, name: str) -> list[str]:
    found = changes_elsewhere(task, Source(path=path, content=code.encode()), name)
    return [(one.edits[0].after or b"").decode() for one in found]


GO = "package a\n\nfunc ok(n int) bool {\n\treturn n < Most\n}\n"
RUST = "fn ok(n: Vec<i32>) -> bool {\n    n.len() < 9\n}\n"
JAVA = "class A {\n  boolean ok(int n) {\n    return n > 9;\n  }\n}\n"
CPP = "bool ok(std::vector<int> n) {\n  return n.size() > 9;\n}\n"
RUBY = "def ok(n)\n  n.each do |x|\n    break if x >= 9\n  end\nend\n"


@pytest.mark.parametrize(
    ("task", "path", "code", "change"),
    [
        ("Who is exactly 65 pays less.", "fee.js", FEE, ("age > SENIOR", "age >= SENIOR")),
        ("fill should skip it and go on.", "fill.js", SKIPS, (") {\n      break", ") {\n      continue")),
        ("price: 0 counts as given.", "Shop.price.ts", GIVEN, ("return given ||", "return given ??")),
        ("It says 'no item', it should say 'no such item'.", "Shop.price.js", GIVEN, ("no item", "no such item")),
        ("Is also ok at the limit itself.", "ok.go", GO, ("n < Most", "n <= Most")),
        ("At most 9 are ok.", "ok.rs", RUST, ("< 9", "<= 9")),
        ("Exactly 9 is ok.", "A.ok.java", JAVA, ("> 9", ">= 9")),
        ("Exactly 9 is ok.", "ok.cpp", CPP, ("> 9", ">= 9")),
        ("ok at exactly 9", "ok.rb", RUBY, (">=", ">")),
        ("skip it, and go on", "ok.rb", RUBY, ("break", "next")),
    ],
)
def test_one_place_is_changed(task: str, path: str, code: str, change: tuple[str, str]) -> None:
    assert code.count(change[0]) == 1
    assert made(task, path, code, path.rpartition(".")[0]) == [code.replace(*change)]


@pytest.mark.parametrize(
    ("task", "path", "code", "name"),
    [
        ("fee should be larger.", "a.js", FEE, "fee"),
        ("Who is exactly 65 pays less.", "a.js", FEE, "other"),
        ("Who is exactly 65 pays less.", "a.py", "def fee(age):\n    return age > 65\n", "fee"),
        ("Who is exactly 65 pays less.", "a.xyz", FEE, "fee"),
        ("0 counts.", "a.go", "package a\n\nfunc ok(a, b bool) bool {\n\treturn a || b\n}\n", "ok"),
    ],
)
def test_what_no_word_asks_for_is_left(task: str, path: str, code: str, name: str) -> None:
    assert made(task, path, code, name) == []


def test_a_file_that_is_no_text_is_left() -> None:
    assert changes_elsewhere("exactly 65", Source(path="a.js", content=b"\xff"), "fee") == ()


def test_an_answer_is_set_right_in_what_it_changed() -> None:
    before = f"{FEE}\nfunction other(n) {{\n  return n > 1;\n}}\n"
    after = before.replace("2 * area", "area / 2")
    edit = FileEdit(path="a.js", before=before.encode(), after=after.encode())
    (one,) = righted_elsewhere("Who is exactly 65 pays half.", [edit])
    assert one.edits[0].before == before.encode()
    assert one.edits[0].after == after.replace("age > SENIOR", "age >= SENIOR").encode()
    assert righted_elsewhere("Who is exactly 65 pays half.", [edit, edit]) == ()
    assert righted_elsewhere("exactly 65", [edit.model_copy(update={"path": "a.py"})]) == ()


async def test_commands_judge_it_before_a_model_is_asked() -> None:
    fails, passes = ([Check(name="node t.js", ok=ok, output="no", seconds=0.1)] for ok in (False, True))
    solving = Solving(samples=1, compare=False)
    asked = a_brief("patch", "fee: exactly 65 pays less.", {"a.js": FEE}, check=("node t.js",), solving=solving)
    proposal = await work(asked, desk := ScriptedDesk(checks=[fails, passes]))
    assert desk.asked == []
    assert b"age >= SENIOR" in (proposal.edits[0].after or b"")
    assert proposal.verdict is Verdict.CHECKED
    asked = a_brief("patch", "fee: exactly 65 pays less.", {"a.js": FEE}, solving=solving)
    await work(asked, desk := ScriptedDesk(fenced(FEE.replace(">", ">="))))
    assert len(desk.asked) == 1


PAIRS = """function parse(line) {
  const [name, value = ''] = line.split('=');
  return [name.trim(), value.trim()];
}
"""


@pytest.mark.parametrize(
    "task",
    [
        "parse cuts a value that has an equals sign in it.",
        "'query = plot=B12' should give 'plot=B12', not 'plot'.",
        "`a=b=c` loses its end in parse.",
    ],
)
def test_a_pair_is_cut_at_its_first_sign_alone(task: str) -> None:
    assert PAIRS.replace("split('=')", "split(/=(.*)/s, 2)") in made(task, "a.js", PAIRS, "parse")


@pytest.mark.parametrize(
    ("task", "code"),
    [
        ("parse should take names in any case: 'A = 1'.", PAIRS),
        (
            "parse cuts a value that has an equals sign in it.",
            PAIRS.replace("[name, value = '']", "[name, value, rest]"),
        ),
        ("parse cuts a value that has an equals sign in it.", PAIRS.replace("'='", "/=/")),
        ("parse cuts a value that has an equals sign in it.", PAIRS.replace("[name, value = '']", "parts")),
        ("parse cuts a value that has a colon in it.", PAIRS),
    ],
)
def test_what_is_cut_otherwise_or_not_spoken_of_stays(task: str, code: str) -> None:
    assert not any("(.*)" in one for one in made(task, "a.js", code, "parse"))


READS = """package a

func ReadStops(text string) []Stop {
\tvar stops []Stop
\tfor _, line := range strings.Split(text, "\\n") {
\t\tfields := strings.Split(line, ";")
\t\tstops = append(stops, Stop{fields[0], fields[1]})
\t}
\treturn stops
}
"""
STRIPPED = """\t\tfields := strings.Split(line, ";")
\t\tfor i := range fields {
\t\t\tfields[i] = strings.TrimSpace(fields[i])
\t\t}
"""


def test_what_a_text_is_cut_into_is_stripped() -> None:
    task = "ReadStops should strip the spaces around the fields."
    cut = '\t\tfields := strings.Split(line, ";")\n'
    assert made(task, "a.go", READS, "ReadStops") == [READS.replace(cut, STRIPPED)]
    other = READS.replace("_, line", "i, line")
    assert "for place := range fields {" in made(task, "a.go", other, "ReadStops")[0]
    script = "function read(line) {\n  const [a, b] = line.split(';');\n  return { a, b };\n}\n"
    stripped = script.replace("split(';')", "split(';').map((part) => part.trim())")
    assert made("read: strip the blanks around the parts.", "a.js", script, "read") == [stripped]


@pytest.mark.parametrize(
    ("task", "code"),
    [
        ("ReadStops should strip the line.", READS),
        ("ReadStops should take blanks between the fields.", READS),
        ("ReadStops should strip the spaces around the fields.", READS.replace('";"', '" "')),
    ],
)
def test_one_text_alone_or_blanks_that_cut_are_left(task: str, code: str) -> None:
    assert not any("TrimSpace" in one for one in made(task, "a.go", code, "ReadStops"))


def test_no_slice_is_an_empty_one_where_nil_is_not_wanted() -> None:
    task = "ReadStops returns nil for an empty text. I need an empty slice."
    assert made(task, "a.go", READS, "ReadStops") == [READS.replace("var stops []Stop", "stops := []Stop{}")]
    early = READS.replace("\tvar stops", '\tif text == "" {\n\t\treturn nil\n\t}\n\tvar stops')
    assert early.replace("return nil", "return []Stop{}") in made(task, "a.go", early, "ReadStops")
    assert not any("[]Stop{}" in one for one in made("ReadStops should return an error.", "a.go", early, "ReadStops"))


SCALE = """package a

func (r Recipe) Scale(litres float64) float64 {
	if litres == 0 {
		return r.Grams
	}
	return r.Grams * litres / r.Litres
}
"""


def test_a_new_case_is_asked_for_by_the_field_of_its_name() -> None:
    before = SCALE.replace("\tif litres == 0 {\n\t\treturn r.Grams\n\t}\n", "")
    edit = FileEdit(path="a.go", before=before.encode(), after=SCALE.encode())
    found = [
        (one.edits[0].after or b"").decode() for one in righted_elsewhere("Keep it where it has 0 litres.", [edit])
    ]
    assert SCALE.replace("if litres", "if r.Litres") in found
    other = edit.model_copy(update={"after": SCALE.replace("r.Litres", "r.Days").encode()})
    found = [
        (one.edits[0].after or b"").decode() for one in righted_elsewhere("Keep it where it has 0 litres.", [other])
    ]
    assert not any("if r." in one for one in found)


NOTE = """package a

import "fmt"

func Add(text string) {
\tif text != "" {
\t\tfmt.Println(text)
\t}
}
"""


def test_what_is_asked_whether_it_is_empty_is_asked_without_blanks_too() -> None:
    task = "Add should not take a note that is empty or only spaces."
    found = made(task, "a.go", NOTE, "Add")
    wanted = NOTE.replace('import "fmt"', 'import (\n\t"fmt"\n\t"strings"\n)').replace(
        "if text", "if strings.TrimSpace(text)"
    )
    assert found == [wanted]
    script = "function add(text) {\n  return text === '' ? null : text;\n}\n"
    assert made("add: blank counts as empty.", "a.js", script, "add") == [script.replace("text ===", "text.trim() ===")]
    assert made("add: take spaces as well.", "a.js", script, "add") == []


JOINED = """package a

func (o *Order) Summary() string {
\tparts := o.Parts("x")
\treturn strings.Join(parts, ", ")
}
"""


def righted_texts(before: str, after: str) -> list[str]:
    edit = FileEdit(path="a.go", before=before.encode(), after=after.encode())
    return [(one.edits[0].after or b"").decode() for one in righted_elsewhere("An optional separator.", [edit])]


def test_a_parameter_that_need_not_be_given_is_the_rest_in_go() -> None:
    after = JOINED.replace("Summary()", "Summary(separator string)").replace('", "', "separator")
    wanted = JOINED.replace("Summary()", "Summary(separators ...string)").replace('", "', "separator")
    prologue = '\tseparator := ", "\n\tif len(separators) > 0 {\n\t\tseparator = separators[0]\n\t}\n'
    assert righted_texts(JOINED, after)[0] == wanted.replace("\tparts :=", f"{prologue}\tparts :=")


@pytest.mark.parametrize(
    "after",
    [
        JOINED.replace("Summary()", "Summary(separator string)"),
        JOINED.replace("Summary()", "Summary(separator string)").replace('", "', 'separator + " "'),
        JOINED.replace("Summary()", "Summary(separator ...string)").replace('", "', "separator[0]"),
    ],
)
def test_a_parameter_that_took_no_constants_place_stays(after: str) -> None:
    assert not any("separators" in one for one in righted_texts(JOINED, after))


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("a.go", "package a\n\nfunc ok(l []W) {\n\tsort.Slice(l, func(i, j int) bool { return l[i].N < l[j].N })\n}\n"),
        ("a.js", "function ok(l) {\n  return l.sort((a, b) => (a.n < b.n ? -1 : 1));\n}\n"),
    ],
)
def test_what_puts_things_in_order_has_no_boundary(path: str, code: str) -> None:
    assert not made("Those of the same number should be in order of their names.", path, code, "ok")

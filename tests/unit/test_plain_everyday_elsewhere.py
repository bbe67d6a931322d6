"""Everyday changes in JavaScript and Go that a task names so clearly that no model is needed."""

from __future__ import annotations

import pytest

from tests.unit.scripted_desk import ScriptedDesk, a_brief
from workbench.crew.dispatch import work
from workbench.crew.plain.elsewhere.finding import changes_elsewhere, surest_elsewhere
from workbench.model import Source


def changes(task: str, path: str, code: str, name: str = "f") -> list[str]:
    return [
        (one.edits[0].after or b"").decode()
        for one in changes_elsewhere(task, Source(path=path, content=code.encode()), name)
    ]


def script(body: str, given: str = "items") -> str:
    return f"function f({given}) {{\n  {body}\n}}\n"


def go(body: str, head: str = "f(items []string) []string", imports: str = "") -> str:
    return f"package a\n\n{imports}func {head} {{\n\t{body}\n}}\n"


COPY = "f changes the list that I pass in. It should sort a copy."
FLAG = "f should not count rides that were cancelled."
MEAN = "f is NaN as long as there are no items. It should be 0 then."
CAP = "However long it takes, f should never be more than 300."
ONCE = "f should list each name only once."
COMMA = "f should also understand a decimal comma, so that '12,50' is 12.5."
DIGITS = "f should write the day and the month with two digits, 03.05.2024 and not 3.5.2024."
CASE = "f should ignore upper and lower case."
GUESTS = "f says '1 guests' and should say '1 guest'."
MINUS = "A negative price should be '-€2.50' and not '€-2.50'."
STRIP = "f should strip the name first."
UNNAMED = "Guests without a name are shown as 'Anonymous'."


@pytest.mark.parametrize(
    ("task", "before", "after"),
    [
        (COPY, "return items.sort();", "return [...items].sort();"),
        (COPY, "items.sort();\n  return items;", "items = [...items].sort();\n  return items;"),
        (COPY, "return this.items;", "return [...this.items];"),
        (
            FLAG,
            "return rides.filter((ride) => ride.km > 0);",
            "return rides.filter((ride) => ride.km > 0 && !ride.cancelled);",
        ),
        (
            "Leave out those that are not active any more.",
            "for (const one of items) {\n    use(one);\n  }",
            "for (const one of items) {\n    if (!one.active) continue;\n    use(one);\n  }",
        ),
        (
            "Some rides are listed that were cancelled. Leave those out please.",
            "return rides.filter((ride) => ride.a || ride.b);",
            "return rides.filter((ride) => (ride.a || ride.b) && !ride.cancelled);",
        ),
        (MEAN, "return sum / items.length;", "if (items.length === 0) return 0;\n  return sum / items.length;"),
        (
            "f should return null when nobody is there.",
            "return Math.round((sum / items.length) * 10) / 10;",
            "if (items.length === 0) return null;\n  return Math.round((sum / items.length) * 10) / 10;",
        ),
        (CAP, "return days * 50;", "return Math.min(days * 50, 300);"),
        ("f must never be less than 0.", "return total - paid;", "return Math.max(total - paid, 0);"),
        ("Nobody should get more than 12 portions from f.", "return adults * 2;", "return Math.min(adults * 2, 12);"),
        (ONCE, "return items.map((one) => one.name);", "return [...new Set(items.map((one) => one.name))];"),
        (ONCE, "names.push(one.name);", "if (!names.includes(one.name)) names.push(one.name);"),
        (COMMA, "return Number(items);", 'return Number(items.replace(",", "."));'),
        (COMMA, "return items.split('.');", 'return items.replace(",", ".").split(\'.\');'),
        (
            DIGITS,
            "return `${date.day}.${month}.${year}`;",
            'return `${String(date.day).padStart(2, "0")}.${String(month).padStart(2, "0")}.${year}`;',
        ),
        (
            CASE,
            "return all.find((one) => one.name === items);",
            "return all.find((one) => one.name.toLowerCase() === items.toLowerCase());",
        ),
        (CASE, "return this.name.includes(items);", "return this.name.toLowerCase().includes(items.toLowerCase());"),
    ],
)
def test_in_javascript(task: str, before: str, after: str) -> None:
    known = "// one of { cancelled, active }\nconst one = { active: true, cancelled: false };\n"
    assert changes(task, "a.js", known + script(before))[:1] == [known + script(after)]


def test_in_javascript_a_named_text_is_stripped_first() -> None:
    before = script("return this.names.get(name);", "name, day")
    assert changes(STRIP, "a.js", before) == [before.replace("  return", "  name = name.trim();\n  return")]


RIDE = "type Ride struct {\n\tKm        int\n\tCancelled bool\n}\n\n"
STRINGS = 'import "strings"\n\n'
NUMBERS = 'import (\n\t"strconv"\n\t"strings"\n)\n\n'


@pytest.mark.parametrize(
    ("task", "before", "after"),
    [
        (
            COPY,
            go("sort.Strings(items)\n\treturn items", imports='import "sort"\n\n'),
            go(
                "items = append([]string(nil), items...)\n\tsort.Strings(items)\n\treturn items",
                imports='import "sort"\n\n',
            ),
        ),
        (COPY, go("return c.items"), go("return append([]string(nil), c.items...)")),
        (
            FLAG,
            RIDE + go("for _, ride := range rides {\n\t\tsum += ride.Km\n\t}", "f()"),
            RIDE
            + go(
                "for _, ride := range rides {\n\t\tif ride.Cancelled {\n\t\t\tcontinue\n\t\t}\n\t\tsum += ride.Km\n\t}",
                "f()",
            ),
        ),
        (
            "f is +Inf for rides that took no time, it should be 0 for them.",
            go("return km / float64(r.Minutes)", "f() float64"),
            go("if r.Minutes == 0 {\n\t\treturn 0\n\t}\n\treturn km / float64(r.Minutes)", "f() float64"),
        ),
        (
            MEAN,
            go("return sum / len(items)", "f(items []int) int"),
            go("if len(items) == 0 {\n\t\treturn 0\n\t}\n\treturn sum / len(items)", "f(items []int) int"),
        ),
        (
            CAP,
            go("return days * 50", "f(days int) int"),
            go("result := days * 50\n\tif result > 300 {\n\t\treturn 300\n\t}\n\treturn result", "f(days int) int"),
        ),
        (
            "f must never be less than 0.",
            go("return total", "f() int"),
            go("if total < 0 {\n\t\treturn 0\n\t}\n\treturn total", "f() int"),
        ),
        (
            ONCE,
            go("for _, one := range all {\n\t\tnames = append(names, one.Name)\n\t}\n\treturn names"),
            go(
                "seen := map[string]bool{}\n\tfor _, one := range all {\n\t\tif !seen[one.Name] {\n"
                "\t\t\tseen[one.Name] = true\n\t\t\tnames = append(names, one.Name)\n\t\t}\n\t}\n\treturn names"
            ),
        ),
        (
            COMMA,
            go("return strconv.ParseFloat(strings.TrimSpace(text), 64)", "f(text string) (float64, error)", NUMBERS),
            go(
                'return strconv.ParseFloat(strings.Replace(strings.TrimSpace(text), ",", ".", 1), 64)',
                "f(text string) (float64, error)",
                NUMBERS,
            ),
        ),
        (
            "The number should always have at least three digits, P-007 and not P-7.",
            go('return fmt.Sprintf("P-%d", n)', "f(n int) string", 'import "fmt"\n\n'),
            go('return fmt.Sprintf("P-%03d", n)', "f(n int) string", 'import "fmt"\n\n'),
        ),
        (
            CASE,
            go("if r.Drivers[i].Name == name {\n\t}\n\treturn strings.ToUpper(name)", "f(name string) string", STRINGS),
            go(
                "if strings.EqualFold(r.Drivers[i].Name, name) {\n\t}\n\treturn strings.ToUpper(name)",
                "f(name string) string",
                STRINGS,
            ),
        ),
        (
            CASE,
            go("return strings.Contains(b.Title, word)", "f(word string) bool", STRINGS),
            go(
                "return strings.Contains(strings.ToLower(b.Title), strings.ToLower(word))",
                "f(word string) bool",
                STRINGS,
            ),
        ),
        (
            STRIP,
            go("return strings.ToUpper(name)", "f(name string, n int) string", STRINGS),
            go(
                "name = strings.TrimSpace(name)\n\treturn strings.ToUpper(name)",
                "f(name string, n int) string",
                STRINGS,
            ),
        ),
    ],
)
def test_in_go(task: str, before: str, after: str) -> None:
    assert changes(task, "a.go", before)[:1] == [after]


@pytest.mark.parametrize(
    ("task", "path", "code"),
    [
        ("f should sort the list.", "a.js", script("return items.sort();")),
        (COPY, "a.js", script("return [...items].sort();")),
        (COPY, "a.js", script("this.items.sort();")),
        (COPY, "a.go", go("sort.Strings(items)", "f(items []string)", 'import "sort"\n\n')),
        ("f should not count rides that were kind.", "a.js", script("return rides.filter((ride) => ride.late);")),
        (
            FLAG,
            "a.go",
            RIDE.replace("bool", "int") + go("for _, ride := range rides {\n\t\tsum += ride.Km\n\t}", "f()"),
        ),
        ("f should return 5 where there are none.", "a.js", script("return sum / items.length;")),
        (MEAN, "a.js", script("return sum / 2;")),
        (CAP, "a.js", script("return 'nothing';")),
        (CAP, "a.go", go('return "a"', "f() string")),
        ("f should write each name.", "a.js", script("return items.map((one) => one.name);")),
        ("f should put a comma between the thousands.", "a.js", script("return Number(items);")),
        ("f should print the amount with a decimal comma.", "a.js", script("return Number(items);")),
        ("f should give two digits after the point.", "a.js", script("return `${items}`;")),
        (DIGITS, "a.js", script('return `${String(day).padStart(2, "0")}`;')),
        (CASE, "a.js", script("return all.length === items;")),
        (CASE, "a.js", script("return all.find((one) => one.name === 'x');")),
        (CASE, "a.go", go("return n == nil", "f(n *int) bool")),
        (STRIP, "a.js", script("return name.trim();", "name")),
        ("f should strip the names.", "a.js", script("return all.get(name);", "name")),
        (STRIP, "a.go", go("return name", "f(name int) int")),
        (COPY, "a.js", script("const all = items.slice();\n  all.sort();\n  return all;")),
        (GUESTS, "a.js", script("return `${items.toFixed(1)} guests`;")),
        (GUESTS, "a.js", script("return `${items ? one : other} guests`;")),
        (GUESTS, "a.js", script("return `${next()} guests`;")),
        (UNNAMED, "a.js", script("items.name = clean(items.name);")),
        (UNNAMED, "a.js", script("items.name += 'x';")),
        (CASE, "a.js", script("return tags.includes(tag);", "tags, tag")),
        (CASE, "a.ts", script("return one === other;", "one: number, other: number")),
        (CASE, "a.go", go("return a == b", "f(a, b int) bool")),
        (CASE, "a.go", go("return level == l.level", "f(level Level) bool")),
        (MEAN, "a.js", script("return { mean: sum / items.length };")),
        (MEAN, "a.js", script("return `${sum / items.length} a day`;")),
        (MEAN, "a.go", go("return fmt.Sprint(sum / len(items))", "f(items []int) string")),
        ("Leave the line 'Total: 0' in place.", "a.js", script("lines.push(`Total: ${items}`);")),
        ("The line 'Total: 0' should go to the top.", "a.js", script("lines.push(`Total: ${items}`);")),
        ("f should return nil for an empty list.", "a.go", go("var out []string\n\treturn out")),
        (MINUS, "a.js", script("return `€${await rate(price)}`;", "price").replace("function", "async function", 1)),
        (MINUS, "a.js", "const f = async (price) => `€${price}`;\n"),
        ("Points should be added up.", "a.js", script("seen.set(items, true);")),
        (
            "Ignore deleted posts.",
            "a.js",
            script("for (const one of posts) {\n    if (!deleted.has(one.id)) use(one);\n  }", "posts, deleted"),
        ),
    ],
)
def test_nothing_is_made_that_no_word_asks_for_or_that_is_there(task: str, path: str, code: str) -> None:
    assert changes(task, path, code) == []


def surest(task: str, path: str, code: str) -> str:
    found = surest_elsewhere(task, Source(path=path, content=code.encode()), "f")
    return (found.edits[0].after or b"").decode() if found else ""


@pytest.mark.parametrize(
    ("task", "before", "after"),
    [
        (COPY, "return items.sort();", "return [...items].sort();"),
        (MEAN, "return sum / items.length;", "if (items.length === 0) return 0;\n  return sum / items.length;"),
        (CASE, "return this.name.includes(items);", "return this.name.toLowerCase().includes(items.toLowerCase());"),
    ],
)
def test_what_words_leave_no_doubt_of_needs_no_command(task: str, before: str, after: str) -> None:
    assert surest(task, "a.js", script(before)) == script(after)
    assert surest(f"{task} Throw an Error unless there is one.", "a.js", script(before)) == ""
    assert surest(f"{task}{' It is so, as everybody here knows well.' * 5}", "a.js", script(before)) == ""


@pytest.mark.parametrize(
    ("task", "path", "code"),
    [
        (CAP, "a.js", script("return days * 50;")),
        ("f should still count 10 exactly.", "a.js", script("return items > 10;")),
        (COPY, "a.js", script("return items.sort() || others.sort();")),
        (COPY, "a.rb", "def f(items)\n  items.sort\nend\n"),
        ("f returns the user object; make it return a copy.", "a.js", script("return this.user;")),
        ("f should be case-sensitive.", "a.js", script("return name === items;")),
        ("Ignore the case where the name is empty.", "a.js", script("return name === items;")),
        ("f should call fetch at most once.", "a.js", script("return items.map((one) => one.name);")),
        ("f should show only the last four digits.", "a.js", script("return `*** ${items}`;")),
        ("f should read a comma instead of a dot.", "a.js", script("return items.split('.');")),
        ("f should also write a ';' at the end.", "a.js", script("return items.split(',');")),
        ("f should refuse negative numbers such as '-5'.", "a.js", script("return `${items} EUR`;")),
        ("f should refuse blank names.", "a.js", script("return items === '';")),
        ("If 0 seats are left there is no end date.", "a.js", script("return items > seats;", "items, seats")),
        ("f forgets the old name.", "a.js", script("names.set(id, items);")),
        ("f should trim items to 20 characters.", "a.js", script("return items;")),
        ("f should not trim items, blanks matter.", "a.js", script("return items;")),
        ("f should also join with ';', as in 'a;b'.", "a.js", script("return items.split(',');")),
        ("f panics for an empty list.", "a.go", go("return items[:n]", "f(items []string, n int) []string")),
    ],
)
def test_a_bound_a_boundary_and_one_of_two_are_not_sure(task: str, path: str, code: str) -> None:
    assert surest(task, path, code) == ""


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("a.js", script("return items.sort();"), script("return [...items].sort();")),
        ("a.go", go("return c.items"), go("return append([]string(nil), c.items...)")),
    ],
)
async def test_no_model_is_asked_for_it(path: str, before: str, after: str) -> None:
    desk = ScriptedDesk()
    proposal = await work(a_brief("patch", COPY, {path: before}), desk)
    assert [(edit.after or b"").decode() for edit in proposal.edits] == [after]
    assert proposal.verdict == "unverified"
    assert desk.asked == []

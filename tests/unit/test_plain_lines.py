"""Lines that are passed over: empty ones, those that begin with a sign, or both."""

from __future__ import annotations

import pytest

from workbench.crew.plain.elsewhere.finding import changes_elsewhere
from workbench.crew.plain.finding import plain_changes, surest_change
from workbench.model import Source

BOTH = "The list now has empty lines in it and lines that begin with #, like '# March'. Skip them when it is read."
CODE = """
def read(text):
    found = []
    for line in text.splitlines():
        day, name = line.split(";")
        found.append((day, name))
    return found
"""
FIRST = "        day, name"


def surest(task: str, code: str) -> str:
    found = surest_change(task, Source(path="a.py", content=code.encode()), "read")
    return (found.edits[0].after or b"").decode() if found else ""


def guarded(code: str, question: str, first: str = FIRST) -> str:
    return code.replace(first, f"        if {question}:\n            continue\n{first}")


@pytest.mark.parametrize(
    ("task", "question"),
    [
        (BOTH, 'not line.strip() or line.strip().startswith("#")'),
        ("read should skip blank lines.", "not line.strip()"),
        ("read should ignore comment lines, which start with '//'.", 'line.strip().startswith("//")'),
        ("Lines starting with # are comments, skip those.", 'line.strip().startswith("#")'),
        ("Leave out lines that are empty.", "not line.strip()"),
        ("Empty lines should be ignored.", "not line.strip()"),
        ("Blank lines do not count.", "not line.strip()"),
    ],
)
def test_a_loop_passes_over_them(task: str, question: str) -> None:
    assert surest(task, CODE) == guarded(CODE, question)


@pytest.mark.parametrize(
    ("loop", "first", "question"),
    [
        ("for line in text.split('\\n'):", FIRST, "not line.strip()"),
        ("for number, line in enumerate(text.splitlines(), 1):", FIRST, "not line.strip()"),
        ("for line in text.splitlines():\n        line = line.strip()", FIRST, "not line"),
        ("for line in text.splitlines():\n        line = line.rstrip()", FIRST, "not line.strip()"),
        ("for line in lines:", FIRST, "not line.strip()"),
    ],
)
def test_of_several_ways_to_go_through_lines(loop: str, first: str, question: str) -> None:
    code = CODE.replace("for line in text.splitlines():", loop)
    assert surest("read should skip empty lines.", code) == guarded(code, question, first)


def test_what_is_indented_by_tabs_stays_so() -> None:
    code, first = CODE.replace("    ", "\t"), "\t\tday, name"
    guard = "\t\tif not line.strip():\n\t\t\tcontinue\n"
    assert surest("read should skip empty lines.", code) == code.replace(first, guard + first)


def test_of_a_comprehension() -> None:
    code = "def read(text):\n    return [line.split(';') for line in text.splitlines()]\n"
    kept = 'text.splitlines() if line.strip() and not line.strip().startswith("#")]'
    assert surest(BOTH, code) == code.replace("text.splitlines()]", kept)


ASKED = "        if not line.strip():\n            continue\n"
COMMENTS = "read should ignore the lines that start with #."


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        (
            CODE.replace(FIRST, ASKED + FIRST),
            "if not line.strip():",
            'if not line.strip() or line.strip().startswith("#"):',
        ),
        (
            CODE.replace(FIRST, "        line = line.strip()\n        if line == '':\n            continue\n" + FIRST),
            "if line == '':",
            "if line == '' or line.startswith(\"#\"):",
        ),
        (
            "def read(text):\n    return [line for line in text.splitlines() if line.strip()]\n",
            "if line.strip()]",
            'if line.strip() and not line.strip().startswith("#")]',
        ),
    ],
)
def test_those_with_a_sign_are_passed_over_where_empty_ones_are(code: str, old: str, new: str) -> None:
    assert surest(COMMENTS, code) == code.replace(old, new)


@pytest.mark.parametrize(
    "task",
    [
        "The harvest log has remarks. read should skip the lines that begin with a #.",
        "read should skip comments, i.e. lines that start with '#'.",
        "Lines that begin with '#' can be skipped by read.",
        "read should treat lines that begin with '#' as comments.",
    ],
)
def test_said_in_other_words(task: str) -> None:
    assert surest(task, CODE) == CODE.replace(
        FIRST, '        if line.strip().startswith("#"):\n            continue\n' + FIRST
    )


@pytest.mark.parametrize(
    ("task", "code"),
    [
        (COMMENTS, CODE.replace(FIRST, ASKED.replace("continue", "break") + FIRST)),
        (COMMENTS, CODE.replace(FIRST, ASKED.replace("not line.strip()", "line.startswith('#')") + FIRST)),
        ("read should skip the lines that begin with # and log them.", CODE),
        ("read should raise a ValueError for empty lines.", CODE),
        ("read should skip the empty lines at the end, and stop at the first other one.", CODE),
        ("read should skip lines that begin with # or ;.", CODE),
        ("read should skip lines that begin with '#' and with '//'.", CODE),
        ("Read #tags, and skip those that begin with #now.", CODE),
        ("read should skip empty lines.", CODE.replace("text.splitlines()", "text")),
        ("read should skip empty lines.", CODE.replace("text.splitlines()", "rows").replace('line.split(";")', "line")),
        (BOTH, CODE.replace(FIRST, "        if not line:\n            break\n" + FIRST)),
        (BOTH, CODE.replace(FIRST, "        if line.startswith('#'):\n            continue\n" + FIRST)),
        ("read should skip empty lines.", CODE.replace("splitlines()", "splitlines()[0].split()")),
        ("read should ignore the case of names. Empty lines are no names.", CODE),
        ("read should ignore blanks in lines that begin with '#'.", CODE),
        ("read must not skip empty lines.", CODE),
        ("read should never ignore comment lines, which start with #.", CODE),
        ("read skips empty lines, and should give None for them.", CODE),
        ("read should skip empty lines at the top.", CODE),
        ("read should skip empty lines only if they come before a day.", CODE),
        (
            "read should skip empty lines.",
            CODE.replace(FIRST, "        if len(line) == 0:\n            break\n" + FIRST),
        ),
        (
            "read should skip empty lines.",
            CODE.replace(FIRST, "        if line.strip() == '':\n            break\n" + FIRST),
        ),
        ("read should skip empty lines.", CODE.replace("    return", "        number += 1\n    return")),
    ],
)
def test_of_anything_else_nothing_is_sure(task: str, code: str) -> None:
    assert surest(task, code) == ""


SCRIPT = """function read(text) {
  const found = [];
  for (const line of text.split("\\n")) {
    found.push(line.split(";"));
  }
  return found;
}
"""
GO = """package a

import "strings"

func read(text string) [][]string {
\tvar found [][]string
\tfor _, line := range strings.Split(text, "\\n") {
\t\tfound = append(found, strings.Split(line, ";"))
\t}
\treturn found
}
"""
SCANNED = """package a

import (
\t"bufio"
\t"strings"
)

func read(scanner *bufio.Scanner) [][]string {
\tvar found [][]string
\tfor scanner.Scan() {
\t\tline := scanner.Text()
\t\tfound = append(found, strings.Split(line, ";"))
\t}
\treturn found
}
"""
IN_GO = (
    '\t\tif strings.TrimSpace(line) == "" || strings.HasPrefix(strings.TrimSpace(line), "#") {\n\t\t\tcontinue\n\t\t}\n'
)
APPENDS = "\t\tfound = append"


@pytest.mark.parametrize(
    ("path", "code", "old", "new"),
    [
        (
            "a.js",
            SCRIPT,
            "    found.push",
            '    if (!line.trim() || line.trim().startsWith("#")) continue;\n    found.push',
        ),
        (
            "a.js",
            'function read(text) {\n  return text.split("\\n").map((line) => line.split(";"));\n}\n',
            '.split("\\n")',
            '.split("\\n").filter((line) => line.trim() && !line.trim().startsWith("#"))',
        ),
        (
            "a.js",
            "function read(text) {\n  return text.split('\\n').filter((line) => line.trim() !== '').map(read);\n}\n",
            ".split('\\n')",
            ".split('\\n').filter((line) => !line.trim().startsWith(\"#\"))",
        ),
        ("a.go", GO, APPENDS, IN_GO + APPENDS),
        ("a.go", SCANNED, APPENDS, IN_GO + APPENDS),
    ],
)
def test_elsewhere(path: str, code: str, old: str, new: str) -> None:
    found = changes_elsewhere(BOTH, Source(path=path, content=code.encode()), "read")
    assert [(one.edits[0].after or b"").decode() for one in found][:1] == [code.replace(old, new)]


def test_elsewhere_what_is_asked_already_is_left_alone() -> None:
    asked = SCRIPT.replace("    found.push", '    if (!line || line.startsWith("#")) return [];\n    found.push')
    assert changes_elsewhere(BOTH, Source(path="a.js", content=asked.encode()), "read") == ()


def test_a_command_may_judge_it_as_well() -> None:
    found = plain_changes(BOTH, Source(path="a.py", content=CODE.encode()), "read")
    assert (found[0].edits[0].after or b"").decode() == guarded(
        CODE, 'not line.strip() or line.strip().startswith("#")'
    )

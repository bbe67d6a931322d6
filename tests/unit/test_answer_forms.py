"""Reading edits out of answers: whatever form they have, nothing escapes but a refusal, and none takes long."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.edits import EditRefused, plan
from workbench.edits.answer import read

A = b"x = 1\ny = 2\n"
FILES = {"src/a.py": A, "b.txt": b"one\ntwo\n"}
GIT = "diff --git a/{0} b/{1}\n"


def block(search: str, replace: str) -> str:
    return f"<<<<<<< SEARCH\n{search}=======\n{replace}>>>>>>> REPLACE\n"


X = block("x = 1\n", "x = 5\n")
TWO = block("two\n", "2\n")
NEW = block("", "z = 5\n")
INNER = block("```python\nx = 1\n```\n", "```python\nx = 5\n```\n")
MARKS = block("a\n", "b\n")
FIRST = block("    return 1\n", "    return os\n")
SECOND = block("    return 2\n", "    return 3\n")


@pytest.mark.parametrize(
    ("answer", "files"),
    [
        (
            GIT.format("n.py", "n.py") + "new file mode 100755\n--- /dev/null\n+++ b/n.py\n@@ -0,0 +1,1 @@\n+z = 1\n",
            {"n.py": b"z = 1\n"},
        ),
        (
            GIT.format("b.txt", "b.txt")
            + "deleted file mode 100644\n--- a/b.txt\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-one\n-two\n",
            {"b.txt": None},
        ),
        (
            GIT.format("b.txt", "c.txt")
            + "similarity index 50%\nrename from b.txt\nrename to c.txt\n--- a/b.txt\n+++ b/c.txt\n"
            + "@@ -1,2 +1,2 @@\n one\n-two\n+three\n",
            {"b.txt": None, "c.txt": b"one\nthree\n"},
        ),
        (
            "*** Begin Patch\n*** Add File: n/new.py\n+z = 1\n*** Delete File: b.txt\n*** Update File: src/a.py\n"
            "*** Move to: src/c.py\n@@\n x = 1\n-y = 2\n+y = 3\n*** End Patch\n",
            {"n/new.py": b"z = 1\n", "b.txt": None, "src/a.py": None, "src/c.py": b"x = 1\ny = 3\n"},
        ),
        (f"src/a.py\n{X}\nb.txt\n{TWO}",
         {"src/a.py": b"x = 5\ny = 2\n", "b.txt": b"one\n2\n"}),
        (block("x = 1\n", "x = 5\n"), {"src/a.py": b"x = 5\ny = 2\n"}),
        (f"new.py\n```\n{NEW}```\n", {"new.py": b"z = 5\n"}),
        ("`src/a.py`:\n```diff\n-x = 1\n+x = 5\n y = 2\n```\nDone", {"src/a.py": b"x = 5\ny = 2\n"}),
        ("```diff\n+++ src/a.py\n@@ @@\n-x = 1\n+x = 5\n```", {"src/a.py": b"x = 5\ny = 2\n"}),
        ("--- src/a.py\t2020-01-01 00:00\n+++ src/a.py\t2020-01-02\n@@ -1,2 +1,2 @@\n- x = 1\n+ x = 5\n  y = 2\n",
         {"src/a.py": b"x = 5\ny = 2\n"}),
        (f"1. Edit:\n   src/a.py\n   ```python\n{'   '.join(['', *X.splitlines(True)])}   ```\n",
         {"src/a.py": b"x = 5\ny = 2\n"}),
        ("<<<<<<< SEARCH src/a.py\nx = 1\n=======\nx = 5\n>>>>>>> REPLACE\n", {"src/a.py": b"x = 5\ny = 2\n"}),
        (f"src/a.py\n{INNER}", {"src/a.py": b"x = 5\ny = 2\n"}),
        ("--- a/lib/a.py\n+++ b/lib/a.py\n@@ -1,2 +1,2 @@\n-x = 1\n+x = 5\n y = 2\n", {"src/a.py": b"x = 5\ny = 2\n"}),
        (f"src/a.py\n```\n{X}```\nTry it:\n```python\nprint(1)\n```\n",
         {"src/a.py": b"x = 5\ny = 2\n"}),
        (f"src\\a.py\n{X}", {"src/a.py": b"x = 5\ny = 2\n"}),
    ],
)  # fmt: skip
def test_edits_are_read_in_every_form(answer: str, files: dict[str, bytes | None]) -> None:
    done = plan(FILES, answer)
    assert done.files == files
    assert 0 < done.sure <= 1


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("*** Begin Patch\n*** Update File: src/a.py\n@@\n-x = 1\n+x = 3\n y = 2", "cut-off"),
        ("*** Begin Patch\n*** Add File: src/a.py\n+x = 3\n*** End Patch\n", "exists"),
        (GIT.format("b.txt", "b.txt") + "GIT binary patch\nliteral 0\n", "binary"),
        (GIT.format("b.txt", "c.txt") + "copy from b.txt\ncopy to c.txt\n", "unknown-form"),
        (GIT.format("l", "l") + "new file mode 120000\n--- /dev/null\n+++ b/l\n@@ -0,0 +1 @@\n+/etc\n", "unsafe-path"),
        ("--- a/b.txt\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-one\n-three\n", "not-found"),
        (f"src/a.py\n{X}\n`src/a.py`\n```python\nx = 5\ny = 2\n```\n", "ambiguous"),
        (f"lib/b.py\n{X}", "off-target"),
        (f"src/a.py\n```\n{X}\nb.tx", "cut-off"),
        ("```diff\n--- a/b.txt\n+++ b/b.txt\n@@ -1,2 +1,2 @@\n one\n-two\n+th", "cut-off"),
        ("--- a/b.txt\n+++ b/b.txt\n@@\n one\n-two\n+th", "cut-off"),
    ],
)
def test_what_is_not_whole_or_not_plain_is_refused(answer: str, code: str) -> None:
    with pytest.raises(EditRefused) as caught:
        plan(FILES, answer)
    assert caught.value.code == code


def test_new_files_need_a_target_that_names_them_where_targets_are_given() -> None:
    answer = f"new.py\n{NEW}"
    assert plan(FILES, answer, targets=["*.py"]).files == {"new.py": b"z = 5\n"}
    with pytest.raises(EditRefused, match="not a target"):
        plan(FILES, answer, targets=["src/*.py"])


def test_modes_and_renames_are_part_of_the_plan() -> None:
    done = plan(
        FILES, GIT.format("b.txt", "c.txt") + "old mode 100644\nnew mode 100755\nrename from b.txt\nrename to c.txt\n"
    )
    assert (done.files, done.modes, done.renamed) == (
        {"b.txt": None, "c.txt": b"one\ntwo\n"},
        {"c.txt": 0o755},
        {"c.txt": "b.txt"},
    )


def test_marks_in_the_strings_of_a_whole_file_are_code() -> None:
    code = f"MARKS = '''\n{MARKS}'''\nx = 2\n"
    done = plan({"a.py": code.encode()}, f"```python\n{code.replace('x = 2', 'x = 3')}```\n")
    assert done.files == {"a.py": code.replace("x = 2", "x = 3").encode()}


def test_what_lies_outside_the_symbols_in_play_is_left_out_and_named() -> None:
    code = b"import os\n\n\ndef f():\n    return 1\n\n\ndef g():\n    return 2\n"
    answer = f"a.py\n{FIRST}\n{SECOND}"
    done = plan({"a.py": code}, answer, in_play=["f"])
    assert done.files == {"a.py": code.replace(b"return 1", b"return os")}
    assert done.left_out == ("g",)
    with pytest.raises(EditRefused):
        plan({"a.py": code}, f"a.py\n{SECOND}", in_play=["f"])


def test_the_same_holds_for_other_languages() -> None:
    code = b"function f() {\n  return 1;\n}\n\nfunction g() {\n  return 2;\n}\n"
    inside, outside = block("  return 1;\n", "  return 3;\n"), block("  return 2;\n", "  return 4;\n")
    done = plan({"a.js": code}, f"a.js\n{inside}\n{outside}", in_play=["f"])
    assert done.files == {"a.js": code.replace(b"return 1", b"return 3")}
    assert done.left_out == ("g",)
    with pytest.raises(EditRefused):
        plan({"a.js": code}, f"a.js\n{outside}", in_play=["f"])


_PIECES = st.sampled_from(
    [
        "<<<<<<< SEARCH\n", "=======\n", ">>>>>>> REPLACE\n", "------- SEARCH\n", "+++++++ REPLACE\n", "--- a/a.py\n",
        "+++ b/a.py\n", "@@ -1,2 +1,2 @@\n", "@@\n", "-x = 1\n", "+x = 2\n", " y = 2\n", "x = 1\n", "y = 2\n", "```\n",
        "```diff\n", "*** Begin Patch\n", "*** Update File: a.py\n", "*** Add File: n.py\n", "*** End Patch\n", "\n",
        "diff --git a/a.py b/a.py\n", "new mode 100755\n", "rename from a.py\n", "rename to b.py\n", "a.py\n", "...\n",
        "<think>\n", "</think>\n", "&lt;", "    ", "\\ No newline at end of file\n", ":start_line:1\n", "1 | x = 1\n",
    ]
)  # fmt: skip


@given(st.lists(_PIECES | st.text(max_size=4), max_size=30).map("".join))
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_nothing_but_a_refusal_escapes(answer: str) -> None:
    files = {"a.py": A}
    try:
        done = plan(files, answer)
    except EditRefused:
        return
    for path, content in done.files.items():
        assert content != files.get(path) or path in done.modes
        if content is not None and path.endswith(".py"):
            compile(content, path, "exec")


@pytest.mark.parametrize(
    "answer",
    [
        "<<<<<<< SEARCH\nx\n=======\ny\n>>>>>>> REPLACE\n" * 20_000,
        "<<<<<<< SEARCH\n" * 60_000,
        "<<<<<<< SEARCH\n" + "=======\n" * 120_000 + ">>>>>>> REPLACE\n",
        "--- a/a.py\n+++ b/a.py\n" + "@@ -1 +1 @@\n-x\n+y\n" * 55_000,
        "--- a/a.py\n+++ b/a.py\n" * 45_000,
        "--- a/a.py\n+++ b/a.py\n@@ -1 +1 @@\n" + " x\n" * 330_000,
        "--- a/a.py\n+++ b/a.py\n@@ -1 +1 @@\n-x\n+y\n" + "\nThis is prose.\n" * 60_000,
        "diff --git a/" + "a b/" * 250_000,
        "*** Begin Patch\n" + "*** Update File: a.py\n@@\n-x\n+y\n" * 30_000 + "*** End Patch\n",
        "*** Update File: " + "a" * 1_000_000,
        "@@ " * 330_000,
        "&lt;" * 250_000 + "\n<<<<<<< SEARCH\n",
        "</think>\n" * 110_000,
        "```diff\n" * 1_900 + "-x\n" * 300_000,
        "# " * 500_000 + "\n@@\n-x\n+y\n",
        "1 | x\n" * 160_000 + "@@\n-x\n+y\n",
        "<<<<<<< SEARCH\n" + "".join(f"{number} | x\n" for number in range(80_000)) + "=======\nx\n>>>>>>> REPLACE\n",
    ],
    ids=range(17),
)
def test_a_megabyte_is_read_in_time_that_grows_with_its_size(answer: str) -> None:
    begun = time.process_time()
    try:
        read(answer)
    except EditRefused as refusal:
        # What is refused is refused for a reason that programs can test for.
        assert refusal.code  # noqa: PT017
    # A hundred times what it takes would still be far below what a quadratic reader needs; the figure is the bench's.
    assert time.process_time() - begun < 30

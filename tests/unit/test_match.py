"""The ladder: each level finds what it should, and what is not clear is refused with the lines that may be meant."""

from __future__ import annotations

import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.edits import EditRefused, Plan, plan
from workbench.edits.ladder.likeness import Judge
from workbench.edits.ladder.page import Page
from workbench.edits.parses import still_parses
from workbench.edits.patch import unified
from workbench.model import FileEdit

CODE = '''import os


def read(path):
    """Read it."""
    with open(path) as stream:
        text = stream.read()

    return text


class Box:
    size = 3

    def grow(self, by):
        if by > 0:
            self.size += by
            self.log("grown", by)
        return self.size

    def log(self, what, by):
        print(what, by)
'''
FILES = {"a.py": CODE.encode()}


def block(search: str, replace: str, path: str = "a.py") -> str:
    return f"{path}\n<<<<<<< SEARCH\n{search}=======\n{replace}>>>>>>> REPLACE\n"


def refused(answer: str, files: dict[str, bytes] = FILES, **options: list[str]) -> EditRefused:
    with pytest.raises(EditRefused) as caught:
        plan(files, answer, **options)
    return caught.value


def level(done: Plan) -> int:
    (hunk,) = done.hunks
    assert hunk.fuzzy == (hunk.level >= 3)
    return hunk.level


def became(old: str, new: str) -> dict[str, bytes | None]:
    assert CODE.count(old) == 1
    return {"a.py": CODE.replace(old, new).encode()}


class TestLevels:
    def test_equal_lines_are_level_0(self) -> None:
        done = plan(FILES, block("    return text\n", "    return text.strip()\n"))
        assert done.files == became("return text", "return text.strip()")
        assert (level(done), done.hunks[0].score, str(done.hunks[0])) == (0, 1.0, "a.py:9: match exact (1.00)")

    def test_a_change_of_white_space_alone_works_where_bytes_are_equal(self) -> None:
        files = {"a.txt": b"one  \ntwo\n"}
        assert plan(files, block("one  \n", "one\n", "a.txt")).files == {"a.txt": b"one\ntwo\n"}

    def test_trailing_space_and_look_alikes_are_level_1_and_stay_the_files_own(self) -> None:
        files = {"a.txt": "say “hi” – now\nthen go \n".encode()}
        done = plan(files, block('say "hi" - now\nthen go\n', 'say "hi" - later\nthen go\n', "a.txt"))
        assert done.files == {"a.txt": "say “hi” – later\nthen go \n".encode()}
        assert level(done) == 1

    @pytest.mark.parametrize("shift", ["", "  ", "            "])
    def test_a_uniform_shift_is_level_2_and_new_lines_move_along(self, shift: str) -> None:
        search = f"{shift}if by > 0:\n{shift}    self.size += by\n"
        replace = f"{shift}if by > 1:\n{shift}    self.size += by\n{shift}    self.size += 1\n"
        done = plan(FILES, block(search, replace))
        old = "        if by > 0:\n            self.size += by\n"
        assert done.files == became(old, old.replace("> 0", "> 1") + "            self.size += 1\n")
        assert level(done) == 2

    def test_tabs_become_the_files_own_unit(self) -> None:
        done = plan(FILES, block("\t\tif by > 0:\n\t\t\tself.size += by\n", "\t\tif by > 0:\n\t\t\tself.size -= by\n"))
        assert done.files == became("self.size += by", "self.size -= by")
        tabbed = {"a.py": CODE.replace("    ", "\t").encode()}
        answer = block("        return self.size\n", "        if self:\n            return self.size\n")
        expected = CODE.replace("    ", "\t").replace("\t\treturn self.size", "\t\tif self:\n\t\t\treturn self.size")
        assert plan(tabbed, answer).files == {"a.py": expected.encode()}

    def test_any_indentation_is_level_3_where_it_is_unique(self) -> None:
        search = "if by > 0:\n            self.size += by\n            self.log('x')\n".replace("'x'", '"grown", by')
        done = plan(FILES, block(search, search.replace("> 0", "> 2")))
        assert done.files == became("by > 0", "by > 2")
        assert level(done) == 3

    def test_blank_lines_do_not_count_at_level_4(self) -> None:
        search = "    with open(path) as stream:\n        text = stream.read()\n    return text\n"
        done = plan(FILES, block(search, search.replace("open(path)", "open(path, 'rb')")))
        assert done.files == became("open(path)", "open(path, 'rb')")
        assert level(done) == 4

    def test_elisions_stand_for_lines_in_order_at_level_4(self) -> None:
        search = "    def grow(self, by):\n        ...\n        return self.size\n"
        done = plan(FILES, block(search, search.replace("return self", "return -self")))
        assert done.files == became("return self.size", "return -self.size")
        assert level(done) == 4

    def test_a_slip_is_level_5_and_the_line_stays_the_files_own(self) -> None:
        search = (
            "    def grow(self, by):\n        if by > 0:\n            self.sizw += by\n"
            '            self.log("grown", by)\n        return self.size\n'
        )
        done = plan(FILES, block(search, search.replace("return self.size", "return by")))
        assert done.files == became("return self.size", "return by")
        assert level(done) == 5

    def test_a_slip_in_a_line_that_changes_does_not_reach_the_file(self) -> None:
        search = CODE.partition("class Box:")[2].replace("grown", "grwon")
        done = plan(FILES, block(search.lstrip("\n"), search.lstrip("\n").replace('"grwon", by', '"grwon", by, 1')))
        assert done.files == became('"grown", by', '"grown", by, 1')


class TestRefusals:
    def test_two_places_are_refused_with_their_lines(self) -> None:
        found = refused(block("x = 1\n", "x = 2\n"), {"a.py": b"x = 1\ny = 1\nx = 1\n"})
        assert found.code == "ambiguous"
        assert "lines 1, 3" in found.message

    def test_a_right_line_number_breaks_a_tie_and_a_wrong_one_does_not(self) -> None:
        files = {"a.py": b"x = 1\ny = 1\nx = 1\n"}
        diff = "--- a/a.py\n+++ b/a.py\n@@ -{},1 +{},1 @@\n-x = 1\n+x = 2\n"
        assert plan(files, diff.format(3, 3)).files == {"a.py": b"x = 1\ny = 1\nx = 2\n"}
        assert refused(diff.format(2, 2), files).code == "ambiguous"
        assert plan(FILES, diff.format(400, 400).replace("x = 1", "    return text").replace("x = 2", "    return 1"))

    def test_what_is_not_there_is_refused_with_the_nearest_lines(self) -> None:
        found = refused(block("    def grow(self, size):\n        self.width = size\n", "    pass\n"))
        assert found.code == "not-found"
        assert "  15     def grow(self, by):" in found.nearest

    @pytest.mark.parametrize(
        ("files", "answer", "code"),
        [
            (FILES, block("    return text\n", "    return text\n"), "no-change"),
            (FILES, block("    return text\n", "    return (text\n"), "result-does-not-parse"),
            (FILES, block("    return text\n", "    # ... rest of the code\n"), "placeholder"),
            (FILES, block("", "x = 1\n"), "exists"),
            (FILES, block("", "x = 1\n", "../b.py"), "unsafe-path"),
            (FILES, block("    return text\n", "    return 1\n", "b.py"), "off-target"),
            (FILES, block("    return text\n", "    return 1\n").replace(">>>>>>> REPLACE\n", ""), "cut-off"),
            (FILES, block("    return text\n", "    return 1\n").replace("=======\n", "=======\n" * 2), "malformed"),
            (FILES, block("    return text\n", "    return 1\n").replace("=======\n", ""), "malformed"),
            (FILES, block("\n", "x = 1\n"), "exists"),
            (FILES, "--- a/a.py\n+++ b/a.py\n@@ -3,0 +4,1 @@\n+x = 1\n", "no-anchor"),
            ({"a.py": CODE.encode() + b"\0"}, block("    return text\n", "    return 1\n"), "binary"),
            (FILES, block("    return text\n", "    return 1\n" * 400), "too-large"),
            ({"a.py": CODE.encode() * 3}, block(CODE * 3, "import os\n"), "drops-code"),
            (FILES, block("    return text\n", "    return '\u202e'\n"), "hidden-characters"),
        ],
    )
    def test_what_is_unclear_or_unsafe_is_refused(self, files: dict[str, bytes], answer: str, code: str) -> None:
        assert refused(answer, files).code == code

    def test_one_refused_block_refuses_the_answer(self) -> None:
        good = block("    return text\n", "    return 1\n")
        assert refused(good + block("    nothing\n", "    return 1\n")).code == "not-found"

    def test_lines_that_change_twice_are_refused_and_a_repeated_block_counts_once(self) -> None:
        good = block("    return text\n", "    return 1\n")
        assert plan(FILES, good + good).files == plan(FILES, good).files
        assert refused(good + block("    return text\n", "    return 2\n")).code == "overlap"

    def test_a_line_that_goes_and_says_something_else_by_now_is_no_slip(self) -> None:
        search = CODE.partition("class Box:")[2].lstrip("\n").replace("by > 0", "by > 5")
        assert refused(block(search, search.replace("by > 5", "by > 6"))).code == "not-found"

    def test_a_place_between_lines_that_are_not_shown_is_unclear(self) -> None:
        search = "        text = stream.read()\n    return text\n"
        replace = "        text = stream.read()\n    print(text)\n    return text\n"
        assert refused(block(search, replace)).code == "unclear-place"

    def test_lines_that_lost_the_steps_of_their_indentation_are_refused(self) -> None:
        search = "if by > 0:\nself.size += by\n"
        assert refused(block(search, "if by > 0:\nself.size += 1\nself.size += by\n")).code == "indentation"


class TestHardFiles:
    def test_twins_are_refused_and_enough_context_tells_them_apart(self) -> None:
        twins = b"def f():\n    return 1\n\n\ndef f():\n    return 1\n\n\nlast = f\n"
        assert refused(block("    return 1\n", "    return 2\n"), {"a.py": twins}).code == "ambiguous"
        search = "    return 1\n\n\nlast = f\n"
        assert plan({"a.py": twins}, block(search, search.replace("1", "2"))).files == {
            "a.py": twins.replace(b"    return 1\n\n\nlast", b"    return 2\n\n\nlast")
        }

    def test_decorators_overloads_twins_by_type_checking_and_async_are_lines_like_others(self) -> None:
        code = (
            "from typing import TYPE_CHECKING, overload\n\nif TYPE_CHECKING:\n    def f(a: int) -> int: ...\nelse:\n"
            "    def f(a):\n        return a\n\n\n@overload\ndef g(a: int) -> int: ...\n@overload\n"
            "def g(a: str) -> str: ...\ndef g(a):\n    return a\n\n\nasync def h():\n    class Inner:\n"
            "        @property\n"
            "        async def value(self):\n            return '''\ndef h():\n    pass\n'''\n    return Inner\n"
        )
        for old, new in (
            ("    def f(a):\n        return a\n", "    def f(a):\n        return -a\n"),
            ("def g(a):\n    return a\n", "def g(a):\n    return -a\n"),
            ("def g(a: str) -> str: ...\n", "def g(a: bytes) -> bytes: ...\n"),
            ("        async def value(self):\n", "        async def worth(self):\n"),
            ("def h():\n    pass\n'''\n", "def h():\n    pass  # '\n'''\n"),
        ):
            assert code.count(old) == 1
            assert plan({"a.py": code.encode()}, block(old, new)).files == {"a.py": code.replace(old, new).encode()}

    @pytest.mark.parametrize(
        "content",
        [b"only", b"only\n", b"\xef\xbb\xbfonly\n", b"only\r\n", "a\r\nonly\n\x0cb \U0001f600\nc\u200fd".encode()],
    )
    def test_endings_marks_and_odd_characters_stay(self, content: bytes) -> None:
        done = plan({"a.txt": content}, block("only\n", "changed\n", "a.txt"))
        assert done.files == {"a.txt": content.replace(b"only", b"changed")}

    def test_new_lines_end_as_their_neighbours_do(self) -> None:
        done = plan({"a.txt": b"a\r\nb\r\nc\nd\n"}, block("b\nc\n", "b\nnew\nc\n", "a.txt"))
        assert done.files == {"a.txt": b"a\r\nb\r\nnew\r\nc\nd\n"}

    def test_the_parse_gate_looks_at_what_parsed_before_only(self) -> None:
        broken = {"a.py": b"def f(:\n    return 1\n"}
        assert plan(broken, block("    return 1\n", "    return 2\n")).files == {"a.py": b"def f(:\n    return 2\n"}
        assert still_parses("a.txt", "x", "((")
        assert not still_parses("a.js", "f(1);\n", "f((1);\n")
        js = {"a.js": b"function f() {\n  return g(1);\n}\n"}
        answer = block("  return g(1);\n", "  return g((1);\n", "a.js")
        assert refused(answer, js).code == "result-does-not-parse"
        assert not still_parses("a.py", "x", "((")

    def test_a_definition_taken_from_below_its_decorator_is_refused(self) -> None:
        code = "@wraps(\n    f)\ndef g():\n    return 1\n\n\nx = 1\n"
        found = refused(block("def g():\n    return 1\n", ""), {"a.py": code.encode()})
        assert found.code == "result-does-not-parse"


_LINE = st.sampled_from(["a", "b", "c", "  a", "x = 1", "", "“q”", "d \U0001f600", "\tb", "e  "])


@given(lines=st.lists(_LINE, min_size=1, max_size=14), at=st.integers(0, 13), new=st.lists(_LINE, max_size=3))
@settings(max_examples=150, deadline=None)
def test_lines_outside_the_change_are_the_same_bytes_and_twice_is_refused(
    lines: list[str], at: int, new: list[str]
) -> None:
    at = min(at, len(lines) - 1)
    # Among equal lines one that went leaves no trace.
    lines = [f"{line}{number}" if line else line for number, line in enumerate(lines)]
    # A blank line at the end of a file that has no final newline is no line at all.
    new = new if new and new[-1].strip() else [*new, "z"]
    before = "\r\n".join(lines).encode()
    answer = block("".join(f"{line}\n" for line in lines[at : at + 2]), "".join(f"{line}\n" for line in new), "a.txt")
    try:
        done = plan({"a.txt": before}, answer)
    except EditRefused:
        return
    after = done.files["a.txt"]
    assert after is not None
    page, made = Page(before.decode()), Page(after.decode())
    first, last = done.hunks[0].first - 1, done.hunks[0].last
    tail = len(page) - last
    assert made.lines[:first] == page.lines[:first]
    assert tail == 0 or made.lines[-tail:] == page.lines[last:]
    with pytest.raises(EditRefused):
        plan({"a.txt": after}, answer)


@given(old=st.lists(_LINE, min_size=1, max_size=12), new=st.lists(_LINE, min_size=1, max_size=12))
@settings(max_examples=150, deadline=None)
def test_a_printed_patch_is_read_as_what_it_was_made_from(old: list[str], new: list[str]) -> None:
    before, after = ("".join(f"{number}{line}\n" for number, line in enumerate(lines)).encode() for lines in (old, new))
    patch = unified([FileEdit(path="a.txt", before=before, after=after)])
    if before != after:
        assert plan({"a.txt": before}, patch).files == {"a.txt": after}


@given(
    st.text(st.sampled_from("ab é\U0001f600á"), max_size=60), st.text(st.sampled_from("ab é\U0001f600á"), max_size=60)
)
def test_the_bound_that_spares_comparisons_is_never_below_what_two_lines_share(one: str, other: str) -> None:
    judge = Judge(Page(""), ())
    assert judge.most_in_common(one, other) >= (Counter(one) & Counter(other)).total()


def test_three_hunks_in_a_long_file_are_planned_in_milliseconds() -> None:
    parts = [f"def f{number}(a):\n    b = a + {number}\n    return b\n\n\n" for number in range(300)]
    answer = "".join(
        block(f"    b = a + {number}\n    return b\n", f"    b = a - {number}\n    return b\n")
        for number in (20, 150, 280)
    )
    times = []
    for _ in range(20):
        begun = time.process_time()
        assert len(plan({"a.py": "".join(parts).encode()}, answer).hunks) == 3
        times.append(time.process_time() - begun)
    assert sorted(times)[10] < 0.025

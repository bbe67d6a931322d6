"""A change whose own place says something else by now, and near twins of that place."""

from __future__ import annotations

import pytest

from workbench.edits.forms.hunks import Op
from workbench.edits.ladder.loose import align
from workbench.edits.ladder.page import Page
from workbench.edits.planning import plan
from workbench.errors import EditRefused

NEAR = """    def {name}(self, match, i=0):
        {begin}
{margin}        i = self.queue.find(match{more})
{margin}        if i >= 0:
{margin}            i = i + n
{margin}            {gone} = self.queue[:i]
{margin}            self.queue = self.queue[i:]
{margin}            return buf
{margin}        self.wait(match)
"""
ANSWER = """<<<<<<< SEARCH
    i = self.queue.find(match, i)
    if i >= 0:
        i = i + n
        buf = self.queue[:i]
        self.queue = self.queue[i:]
        return buf
=======
    i = self.queue.find(match, i)
    if i >= 0:
        i = i + n
        buf = self.queue[:i] or b""
        self.queue = self.queue[i:]
        return buf
>>>>>>> REPLACE
"""
V4A = "*** Begin Patch\n*** Update File: a.py\n"


def a_file(gone: str, more: str = ", i") -> dict[str, bytes]:
    twin = NEAR.format(name="first", margin="", begin="n = 1", more="", gone="buf")
    own = NEAR.format(name="next", margin="    ", begin="while True:", more=more, gone=gone)
    return {"a.py": f"class Reader:\n{twin}\n{own}".encode()}


def test_a_near_twin_is_not_taken_for_a_place_that_has_moved_on() -> None:
    with pytest.raises(EditRefused):
        plan(a_file("buf_of_another_kind"), f"a.py\n{ANSWER}", targets=("a.py",))


def test_the_place_itself_is_changed_while_it_is_as_it_was() -> None:
    after = plan(a_file("buf"), f"a.py\n{ANSWER}", targets=("a.py",)).files["a.py"]
    assert after is not None
    first, own = after.decode().split("def next")
    assert 'or b""' in own
    assert 'or b""' not in first


def test_a_slip_in_what_stays_does_not_matter_where_no_other_place_says_it() -> None:
    after = plan(a_file("other", ", j"), f"a.py\n{ANSWER}", targets=("a.py",)).files["a.py"]
    assert after is not None
    first, own = after.decode().split("def next")
    assert 'or b""' in first
    assert 'or b""' not in own


LINES = """     i = self.queue.find(match, i)
     if i >= 0:
         i = i + n
-        buf = self.queue[:i]
         self.queue = self.queue[i:]
         return buf
"""


@pytest.mark.parametrize("head", ["@@ -14,6 +14,5 @@", "@@     def next(self, match, i=0):"])
def test_nothing_goes_that_was_not_named_where_the_answer_points_at_the_place_that_has_moved_on(head: str) -> None:
    begin, end = ("--- a/a.py\n+++ b/a.py\n", "") if head.endswith(" @@") else (V4A, "*** End Patch\n")
    with pytest.raises(EditRefused) as refused:
        plan(a_file("buf_of_another_kind"), f"{begin}{head}\n{LINES}{end}", targets=("a.py",))
    assert refused.value.code == "not-found"
    assert "buf_of_another_kind" in refused.value.nearest


@pytest.mark.parametrize("head", ["@@ -4,6 +4,5 @@", "@@     def first(self, match, i=0):"])
def test_the_twin_is_changed_where_the_answer_points_at_it(head: str) -> None:
    begin, end = ("--- a/a.py\n+++ b/a.py\n", "") if head.endswith(" @@") else (V4A, "*** End Patch\n")
    after = plan(a_file("other"), f"{begin}{head}\n{LINES}{end}", targets=("a.py",)).files["a.py"]
    assert after == a_file("other")["a.py"].replace(b"            buf = self.queue[:i]\n", b"", 1)


def test_where_nothing_goes_no_place_has_moved_on() -> None:
    page = Page("n = size\nlog(n)\nbuf = self.queue\nreturn buf\n\nn = size\n\nbuf = self.queues\nreturn buf\n")
    said = (Op(" ", "n = size"), Op("-", ""), Op(" ", "buf = self.queue"), Op("+", "check(buf)"), Op(" ", "return buf"))
    (found,) = align(page, said)
    assert found.first == 5

"""A change whose own place says something else by now, and near twins of that place."""

from __future__ import annotations

import pytest

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

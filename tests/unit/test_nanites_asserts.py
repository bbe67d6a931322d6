"""What works out the sides of an assertion that failed, where the system lets no process be forked."""

from __future__ import annotations

import ctypes
import os

import pytest

from workbench.checks.site.nanites_asserts import told


class CLibrary:
    @staticmethod
    def fork() -> int:
        return -1


def no_fork() -> int:
    raise RuntimeError("can't fork at interpreter shutdown")


def test_where_the_c_library_forks_no_process_nothing_is_told_and_no_other_is_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ended: list[int] = []
    with monkeypatch.context() as patched:
        patched.setattr(os, "fork", no_fork)
        patched.setattr(ctypes, "PyDLL", lambda _: CLibrary)
        patched.setattr(os, "kill", lambda process, _: ended.append(process))
        patched.setattr(os, "waitpid", lambda *_: None)
        with pytest.raises(AssertionError) as failed:
            assert len(ended) == 1
        assert told(failed.tb) == ""
    assert ended == []

"""Syntax trees made by many threads at once, and that nobody makes one past the lock."""

from __future__ import annotations

import ast
import gc
import re
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import workbench
from workbench import python_ast

ROOMS = Path(workbench.__file__).parent
# Programs of their own, with one thread that makes trees and nothing of this package to import.
APART = ("checks/site/", "checks/reckon/")


class _Cycle:
    """Garbage that runs code when it is collected, so that another thread gets its turn inside the parser."""

    def __init__(self) -> None:
        self.me = self

    def __del__(self) -> None:
        for _ in range(50):
            pass


@pytest.fixture
def hurried() -> Iterator[None]:
    interval, thresholds = sys.getswitchinterval(), gc.get_threshold()
    sys.setswitchinterval(1e-6)
    gc.set_threshold(10)
    yield
    sys.setswitchinterval(interval)
    gc.set_threshold(*thresholds)


def test_threads_that_parse_at_once_all_get_their_trees(hurried: None) -> None:
    # Made so by `ast.parse` CPython 3.11 refuses some trees of every hundred.
    text = Path(ast.__file__).read_text("utf-8")[:8_000].rpartition("\ndef ")[0]
    wanted = ast.dump(ast.parse(text))
    faults: list[BaseException] = []

    def parse() -> None:
        for _ in range(40):
            _Cycle()
            try:
                assert ast.dump(python_ast.parse(text)) == wanted
            except BaseException as error:
                faults.append(error)

    threads = [threading.Thread(target=parse) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_a_tree_is_that_of_the_library() -> None:
    assert ast.dump(python_ast.parse("a = 1\n")) == ast.dump(ast.parse("a = 1\n"))
    assert ast.dump(python_ast.parse("a + 1", mode="eval")) == ast.dump(ast.parse("a + 1", mode="eval"))


@pytest.mark.parametrize("written", ["'a'", " [1, (2.5, None)]", "{'k': -1}", "b'x'"])
def test_a_literal_is_that_of_the_library(written: str) -> None:
    assert python_ast.literal_eval(written) == ast.literal_eval(written)


@pytest.mark.parametrize("written", ["a", "f()", "1 +", "'a' 1"])
def test_what_is_no_literal_is_refused_as_by_the_library(written: str) -> None:
    with pytest.raises((ValueError, SyntaxError)) as refused:
        ast.literal_eval(written)
    with pytest.raises(refused.type):
        python_ast.literal_eval(written)


def test_no_room_makes_a_tree_past_the_lock() -> None:
    past = [
        f"{path.relative_to(ROOMS)}:{number}"
        for path in sorted(ROOMS.rglob("*.py"))
        if path != Path(python_ast.__file__) and not path.relative_to(ROOMS).as_posix().startswith(APART)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if re.search(r"\bast\.(parse|literal_eval)\(|^from ast import", line) and "python_ast." not in line
    ]
    assert past == []

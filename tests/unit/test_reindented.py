"""A function given back in any layout comes out as the file has it with the change alone, or is refused."""

from __future__ import annotations

import random
import sysconfig
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.house import reindented, reindented_foreign
from tests.house.reindented import LAYOUTS, Given
from tests.unit.foreign_samples import SAMPLES
from workbench.edits import EditRefused, plan

FILES = 6
FUNCTIONS = 2
SHARE = 0.95


def judged(path: str, answers: Iterable[Given]) -> tuple[Counter[str], list[str]]:
    """Return how many answers came out exact or were refused, and those that came out otherwise."""
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    for one in answers:
        try:
            made = plan({path: one.before}, one.answer).files[path]
        except EditRefused:
            counts["refused"] += 1
            continue
        counts["exact"] += made == one.expected
        if made != one.expected:
            wrong.append(f"{path}: {one.name}")
    return counts, wrong


def library(seed: str) -> list[tuple[str, str]]:
    """Return some files of the standard library that are plain enough to be changed by lines."""
    folder = Path(sysconfig.get_path("stdlib"))
    found = []
    for path in sorted(folder.glob("*.py")):
        content = path.read_bytes()
        if content.isascii() and 2_000 < len(content) < 40_000 and not {13, 12} & set(content):
            found.append((path.name, content.decode()))
    return random.Random(seed).sample(found, FILES)


@pytest.mark.slow
def test_functions_of_the_library_come_out_exactly_in_every_layout_or_are_refused() -> None:
    counts: Counter[str] = Counter()
    for name, text in library("layouts"):
        found, wrong = judged("m.py", reindented.given(text, name, FUNCTIONS, layouts=4))
        assert wrong == [], name
        counts += found
    assert counts["exact"] >= SHARE * counts.total()
    assert counts.total() >= 100


@pytest.mark.parametrize("path", SAMPLES)
def test_functions_of_other_languages_do_too(path: str) -> None:
    counts, wrong = judged(path, reindented_foreign.given(path, SAMPLES[path], path, layouts=8))
    assert wrong == []
    assert counts["exact"] >= 0.8 * counts.total()
    assert counts.total() >= 16


FILE = '''\
class Shop:
    def sell(self, item, *,
             count=1):
        """Sell it.

          Twice.
        """
        text = f"""
          sold: {item}
        """
        if item:
            return [
                text,
                    count,
            ]
        # nothing
        return None
'''
CHANGED = FILE.replace("        # nothing\n", "        self.told = 1\n        # nothing\n")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_method_with_all_that_is_hard_in_it(layout: str) -> None:
    lines = CHANGED.split("\n")[1:-1]
    body = reindented.body_of(lines)
    assert body is not None
    code = "\n".join(LAYOUTS[layout](body, random.Random(1)))
    try:
        made = plan({"m.py": FILE.encode()}, f"```python\n{code}\n```\n").files["m.py"]
    except EditRefused as refusal:
        # White space in a string that nobody's drift explains.
        assert layout in {"strings at the margin", "strings further"}
        assert refusal.code == "indentation"  # noqa: PT017
    else:
        assert made == CHANGED.encode()


def test_white_space_in_a_string_that_is_all_that_changes_is_what_was_meant() -> None:
    text = 'def usage():\n    return """\n  one\n  two\n"""\n'
    code = text.replace("  two", "    two")
    assert plan({"m.py": text.encode()}, f"```python\n{code}```\n").files["m.py"] == code.encode()


def test_white_space_in_a_string_beside_another_change_is_refused() -> None:
    text = 'def usage():\n    x = 1\n    return """\n  one\n  two\n"""\n'
    code = text.replace("  two", "    two").replace("x = 1", "x = 2")
    with pytest.raises(EditRefused) as refused:
        plan({"m.py": text.encode()}, f"```python\n{code}```\n")
    assert refused.value.code == "indentation"


def test_a_bare_function_whose_parameters_are_a_methods_is_that_method() -> None:
    text = "class A:\n    def __pos__(x1):\n        return x1\n"
    code = "def __pos__(x1):\n    return x1.copy()\n"
    assert (
        plan({"m.py": text.encode()}, f"```python\n{code}```\n").files["m.py"]
        == text.replace("return x1", "return x1.copy()").encode()
    )

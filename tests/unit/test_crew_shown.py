"""Folding: docstrings are cut down for the model and come back byte for byte, whatever the file looks like."""

from __future__ import annotations

import ast
import sysconfig
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.context.shown import around, definitions, fold, unfold

STANDARD = Path(sysconfig.get_path("stdlib"))
FILES = ["argparse.py", "threading.py", "textwrap.py", "dataclasses.py", "shutil.py", "socket.py"]


def every_name(source: str) -> set[str]:
    return {name for name, _ in definitions(ast.parse(source))}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_what_was_folded_comes_back_byte_for_byte(name: str, ending: str) -> None:
    source = (STANDARD / name).read_text(encoding="utf-8").replace("\n", ending)
    folded = fold(source)
    assert len(folded) < len(source)
    assert ast.dump(ast.parse(folded)) != ast.dump(ast.parse(source))
    assert unfold(source, folded, every_name(source)) == source


@pytest.mark.parametrize("name", FILES)
def test_docstrings_left_out_come_back_word_for_word(name: str) -> None:
    source = (STANDARD / name).read_text(encoding="utf-8")
    folded = fold(source, to_first_line=False)
    assert ast.dump(ast.parse(folded)) != ast.dump(ast.parse(source))
    assert ast.dump(ast.parse(unfold(source, folded, every_name(source)))) == ast.dump(ast.parse(source))


def test_only_what_was_shown_is_put_back() -> None:
    source = (
        'def f():\n    """One.\n\n    Two.\n    """\n    return 1\n\n\n'
        'def g():\n    """Three.\n\n    Four.\n    """\n    return 1\n'
    )
    after = fold(source)
    assert (
        unfold(source, after, ["g"]) == 'def f():\n    """One."""\n    return 1\n\n\n' + source[source.index("def g") :]
    )


def test_a_docstring_that_the_answer_lost_is_put_back() -> None:
    source = 'class A:\n    def f(self):\n        """One.\n\n        Two.\n        """\n        return 1\n'
    after = "class A:\n    def f(self):\n        value = 2\n        return value\n"
    assert unfold(source, after, ["A.f"]) == source.replace("return 1", "value = 2\n        return value")


def test_a_function_that_is_only_a_docstring_is_left_alone() -> None:
    source = 'def f():\n    """One.\n\n    Two.\n    """\n'
    assert fold(source) == source


def test_a_property_and_its_setter_keep_their_own_docstrings() -> None:
    source = (
        "class A:\n    @property\n    def x(self):\n"
        '        """Get.\n\n        It.\n        """\n        return 1\n\n'
        '    @x.setter\n    def x(self, value):\n        """Set.\n\n        It.\n        """\n        self.y = value\n'
    )
    assert unfold(source, fold(source), ["A.x"]) == source


@pytest.mark.parametrize("source", ["def f(:\n", "def f():\r    '''A.\r\r    B.'''\r    return 1\r", ""])
def test_what_cannot_be_read_stays_as_it_is(source: str) -> None:
    assert fold(source) == source
    assert unfold(source, source, ["f"]) == source


@given(first=st.text(max_size=80), second=st.text(max_size=80))
def test_any_docstring_folds_to_python_and_comes_back(first: str, second: str) -> None:
    literal = repr(f"{first}\n\n{second}").replace("\\n", "\n") if "\\" not in first + second else repr(first)
    source = f"def f():\n    ''{literal}''\n    return 1\n" if literal[:1] == "'" else "def f():\n    return 1\n"
    try:
        ast.parse(source)
    except (SyntaxError, ValueError):
        return
    folded = fold(source)
    ast.parse(folded)
    assert unfold(source, folded, ["f"]) == source


def test_a_class_is_shown_around_its_method_without_bodies() -> None:
    source = (
        "class A(B, metaclass=M):\n    limit = 3\n\n    def __init__(self, size):\n        self.size = size\n\n"
        "    async def f(self, *, x: int = 1) -> str:\n        return await g()\n\n    def h(self):\n        pass\n"
    )
    shown = around(source, "A.h")
    assert shown.startswith("class A(B, metaclass=M):")
    assert "        self.size = size" in shown
    assert "async def f(self, *, x: int=1) -> str: ..." in shown
    assert "await" not in shown
    assert "def h" not in shown
    assert around(source, "nothing.h") == ""


def test_declared_fields_are_shown_with_a_method() -> None:
    fields = [f"field_{number}: int = {number}" for number in range(12)]
    rows = "\n".join(f"    {field}" for field in fields)
    source = f"class A:\n{rows}\n\n    def go(self):\n        return self.field_7\n\n    def h(self):\n        pass\n"
    assert around(source, "A.go").split("\n") == [
        "class A:",
        *(f"    {one}" for one in fields),
        "",
        "    def h(self): ...",
    ]
    more = source.replace("class A:\n", "class A:\n    other: str\n")
    assert around(more, "A.go") == "class A:\n    field_7: int = 7\n\n    def h(self): ..."
    long = source.replace("field_3: int = 3", f"field_3: dict[str, int] = {{{', '.join('1: 2' for _ in range(20))}}}")
    assert "field_3" not in around(long, "A.go")


def test_of_many_other_methods_those_that_are_called_have_signatures_and_the_rest_names() -> None:
    rest = "\n".join(f"    def other_{number}(self, x):\n        return x\n" for number in range(8))
    own = "    def __init__(self):\n        self.n = 1\n\n    def go(self):\n        return self.other_3(1)\n"
    source = f"class A:\n{own}\n{rest}"
    said = around(source, "A.go")
    assert said.split("\n") == [
        "class A:",
        "    # other methods: other_0, other_1, other_2, other_4, other_5, other_6, other_7",
        "    def __init__(self):",
        "        self.n = 1",
        "    def other_3(self, x): ...",
    ]
    few = "\n".join(source.split("\n")[:15])
    assert "other_1(self, x): ..." in around(few, "A.go")
    assert "# other methods" not in around(few, "A.go")

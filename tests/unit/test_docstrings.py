"""Docstrings put into place: any words, any body, and nothing else changes."""

from __future__ import annotations

import inspect

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.checks.preserve import preserves
from workbench.edits.docstrings import docstring_of, place_docstring, undocumented
from workbench.errors import EditRefused


def refusal(source: str, name: str, text: str) -> EditRefused:
    with pytest.raises(EditRefused) as caught:
        place_docstring(source, name, text)
    return caught.value


def place(source: str, name: str, text: str) -> str:
    """Place a docstring and see that nothing but that docstring changed."""
    after = place_docstring(source, name, text)
    found = preserves("a.py", source.encode(), after.encode(), "docstrings")
    assert found.ok, found.output
    return after


class TestPlaces:
    @pytest.mark.parametrize(
        ("source", "expected"),
        [
            ("def f():\n    return 1\n", 'def f():\n    """Say it."""\n    return 1\n'),
            ("def f(): return 1  # noqa\n", 'def f():\n    """Say it."""\n    return 1  # noqa\n'),
            ("def f(): x = 1; return x", 'def f():\n    """Say it."""\n    x = 1; return x'),
            ("def f(): ...\n", 'def f():\n    """Say it."""\n    ...\n'),
            ("def f(): return (1,\n    2)\n", 'def f():\n    """Say it."""\n    return (1,\n    2)\n'),
            ("def f(): \\\n  return 1\n", 'def f():\n  """Say it."""\n  return 1\n'),
            ("class f: pass\n", 'class f:\n    """Say it."""\n\n    pass\n'),
            ("class f(A):  # why\n  x = 1\n", 'class f(A):  # why\n  """Say it."""\n\n  x = 1\n'),
            ("class f:\n\n    x = 1\n", 'class f:\n    """Say it."""\n\n    x = 1\n'),
            ("def f():\n    # first\n\n    return 1\n", 'def f():\n    """Say it."""\n    # first\n\n    return 1\n'),
            ("@d(lambda: 1)\nasync def f(a: {1: 2} = {3: 4}, # c:\n  b=lambda: 3) -> 'x:y':  # z:\n\treturn 1\n",
             "@d(lambda: 1)\nasync def f(a: {1: 2} = {3: 4}, # c:\n  b=lambda: 3) -> 'x:y':  # z:\n"
             '\t"""Say it."""\n\treturn 1\n'),
            ("def f():\n    @d\n    def g(): pass\n", 'def f():\n    """Say it."""\n    @d\n    def g(): pass\n'),
            ("\x0cdef f(): return 1\n", '\x0cdef f():\n    """Say it."""\n    return 1\n'),
            ("def f():\r\n\treturn 1\r\n", 'def f():\r\n\t"""Say it."""\r\n\treturn 1\r\n'),
            ("\ufeffdef f(): return 'é'", '\ufeffdef f():\n    """Say it."""\n    return \'é\''),
            ("def f():\n    f'no'\n", 'def f():\n    """Say it."""\n    f\'no\'\n'),
            ("\x0cdef f():\n    return 1\n", '\x0cdef f():\n    """Say it."""\n    return 1\n'),
        ],
    )  # fmt: skip
    def test_a_docstring_goes_first_into_any_body(self, source: str, expected: str) -> None:
        assert place(source, "f", "Say it.") == expected

    def test_a_method_is_indented_as_its_body(self) -> None:
        source = "class A:\n  @property\n  def size(self): return 1\n"
        text = "Return it.\n\nReturns:\n    The size."
        expected = source.replace(
            " return 1", '\n    """Return it.\n\n    Returns:\n        The size.\n    """\n    return 1'
        )
        assert place(source, "A.size", text) == expected

    def test_lines_of_a_docstring_end_as_the_file_does(self) -> None:
        after = place("def f():\r\n    return 1\r\n", "f", "Say it.\n\nMore.")
        assert after == 'def f():\r\n    """Say it.\r\n\r\n    More.\r\n    """\r\n    return 1\r\n'

    def test_the_implementation_of_an_overload_takes_it_and_a_propertys_getter(self) -> None:
        source = "@overload\ndef f(a: int): ...\n@overload\ndef f(a: str): ...\ndef f(a):\n    return a\n"
        assert place(source, "f", "Do.") == source.replace("    return", '    """Do."""\n    return')
        source = "class A:\n    @property\n    def x(self):\n        return 1\n\n"
        source += "    @x.setter\n    def x(self, v):\n        pass\n"
        assert place(source, "A.x", "Do.") == source.replace("        return", '        """Do."""\n        return')

    @pytest.mark.parametrize(
        ("source", "name", "code"),
        [
            ('def f():\n    """Old."""\n', "f", "already-documented"),
            ("def f():\n    ''\n", "f", "already-documented"),
            ("@overload\ndef f(a: int): ...\n@overload\ndef f(a: str): ...\n", "f", "overload"),
            ("f = 1\n", "f", "not-documentable"),
            ("def f(): pass\n", "g", "no-such-symbol"),
            ("def f(): pass\ndef f(): pass\n", "f", "ambiguous"),
            ("def f(:\n", "f", "file-does-not-parse"),
        ],
    )
    def test_what_cannot_take_one_is_refused(self, source: str, name: str, code: str) -> None:
        assert refusal(source, name, "Say it.").code == code


class TestWords:
    @pytest.mark.parametrize(
        "text",
        [
            "Return 1.",
            '"""Return 1."""',
            "'''Return 1.'''",
            '"Return 1."',
            "`Return 1.`",
            "“Return 1.”",
            'r"""Return 1."""',
            "```\nReturn 1.\n```",
            '```python\n"""Return 1."""\n```',
            '```python\ndef f(a):\n    """Return 1."""\n    return 1\n```',
            'Here is the docstring:\n\n```python\n"""Return 1."""\n```\nIt is short.',
            'def f(a):\n    """Return 1."""',
            'def f(a):\n"""Return 1."""',
            "f(a) -> int\n\nReturn 1.",
            "<think>What does it do?</think>\nReturn 1.",
            "\n\n   Return 1.   \n",
            "Return 1.\r\n",
            "Return 1.\x00\u202e",
        ],
    )
    def test_a_models_habits_come_off(self, text: str) -> None:
        assert docstring_of(place("def f(a): return 1\n", "f", text), "f") == "Return 1."

    @pytest.mark.parametrize("text", ["", "   ", "```\n```", '""""""', "...", "def f(a):\n    return 1\n", "\u202e"])
    def test_no_words_are_refused(self, text: str) -> None:
        assert refusal("def f(a): return 1\n", "f", text).code == "no-docstring"

    @pytest.mark.parametrize(
        ("text", "literal"),
        [
            (r"Match \d.", r'r"""Match \d."""'),
            ('Say "hi"', r'"""Say "hi\""""'),
            ('Wrap in """ here.', r'"""Wrap in \"\"\" here."""'),
            ('A \\ and """ both.', r'"""A \\ and \"\"\" both."""'),
            ('Both \\"', r'"""Both \\\""""'),
            ('Two ""', r'"""Two "\""""'),
            ('Three """', r'"""Three \"\"\""""'),
            ("End in \\", r'"""End in \\"""'),
            ('"Quoted" first.', '""""Quoted" first."""'),
        ],
    )
    def test_quotes_and_backslashes_are_read_back_as_they_were(self, text: str, literal: str) -> None:
        after = place("def f(): return 1\n", "f", text)
        assert literal in after
        assert docstring_of(after, "f") == text

    def test_a_summary_stands_alone(self) -> None:
        after = place("def f(): return 1\n", "f", "Return one.\nArgs:\n    None: nothing.")
        assert docstring_of(after, "f") == "Return one.\n\nArgs:\n    None: nothing."

    def test_prose_is_wrapped_at_the_files_width_and_code_is_not(self) -> None:
        prose = "This sentence is rather long, as sentences of models tend to be, so it is wrapped."
        code = "    >>> f(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23)"
        text = f"Do it.\n\n{prose}\n\n- {prose}\n\nArgs:\n    a (int): {prose}\n\n{code}\n\n"
        text += f"Example::\n\n    {'x + ' * 30}x\n\nEnd."
        after = place("def f(a): return 1\n", "f", text)
        lines = after.split("\n")
        long = [line for line in lines if len(line) > 79]
        assert len(long) == 2
        assert long[0].lstrip().startswith(">>> f(1")
        assert long[1].lstrip().startswith("x + x")
        assert (
            "    - This sentence is rather long, as sentences of models tend to be, so it is\n      wrapped." in after
        )
        field = next(number for number, line in enumerate(lines) if line.startswith("        a (int): This"))
        assert lines[field + 1].startswith("            ")
        assert inspect.cleandoc(docstring_of(after, "f") or "").split() == text.split()

    def test_a_wide_file_has_wide_docstrings(self) -> None:
        text = "Return a thing that is named with so many words that they need more than eighty columns."
        wide = f"x = '{'a' * 90}'\n" * 3 + "def f(): return 1\n"
        assert f'"""{text}"""' in place(wide, "f", text)
        assert f'"""{text}"""' not in place("def f(): return 1\n", "f", text)

    def test_a_span_of_code_is_never_broken(self) -> None:
        text = "Return what is asked for with the words that somebody wrote in `a long span of code (1, 2, 3)`."
        assert "`a long span of code (1, 2, 3)`" in place("def f(): return 1\n", "f", text)


class TestUndocumented:
    def test_it_lists_what_is_public_and_bare_in_order(self) -> None:
        source = (
            "class A:\n    def f(self): pass\n    def __init__(self): pass\n    def _g(self): pass\n"
            '    def h(self):\n        """H."""\n'
            "    @property\n    def x(self): pass\n    @x.setter\n    def x(self, v): pass\n"
            "class _B:\n    def f(self): pass\n"
            "@overload\ndef o(a: int): ...\n@overload\ndef o(a: str): ...\ndef o(a): pass\n"
            "def twin(): pass\ndef twin(): pass\n"
            "async def last(): pass\nX = 1\n"
        )
        assert [symbol.name for symbol in undocumented(source)] == ["A", "A.f", "A.x", "o", "last"]

    def test_all_of_them_can_take_one(self) -> None:
        source = "if X:\n    def f(): pass\nclass A:\n    class B:\n        def g(self): return 1\n"
        while found := undocumented(source):
            source = place(source, found[0].name, f"Document {found[0].name}.")
        assert docstring_of(source, "A.B.g") == "Document A.B.g."


@pytest.mark.parametrize("source", ["def f():\n    return 1\n", "class A:\n\tdef f(self):\n\t\treturn 1\n"])
def test_a_summary_of_any_length_is_placed(source: str) -> None:
    name = "A.f" if source.startswith("class") else "f"
    for length in range(40, 90):
        words = ("word " * 20)[: length - 1].rstrip() + "x"
        after = place(source, name, words)
        assert " ".join((docstring_of(after, name) or "").split()) == words
        assert max(len(line.expandtabs(4)) for line in after.splitlines()) <= 79


def test_a_word_that_cannot_be_broken_is_placed() -> None:
    address = "ftp://example.org/" + "a" * 80
    assert f'"""{address}\n    """' in place("def f():\n    return 1\n", "f", address)


_WORDS = st.sampled_from(
    ['"', '"""', "'", "\\", "\n", "\n\n", "    ", "`", "```", "Args:\n", "word ", ">>> ", "é", "\t", "\r", "- ", "::"]
)


@given(
    st.lists(_WORDS | st.text(max_size=6), max_size=30).map("".join),
    st.sampled_from(
        [
            "def f():\r\n\treturn '''\r\n x'''\r\n",
            "def f(): return 1  # c",
            "class f:\n  x = 1\n",
            "if 1:\n  def f():\n    pass\n",
        ]
    ),
)
@settings(max_examples=200, deadline=None)
def test_any_words_are_placed_and_read_back_or_refused(text: str, source: str) -> None:
    try:
        after = place_docstring(source, "f", text)
    except EditRefused as refused:
        assert refused.code in {"no-docstring", "too-large"}  # noqa: PT017
        return
    assert preserves("a.py", source.encode(), after.encode(), "docstrings").ok
    words = docstring_of(after, "f")
    assert words is not None
    said = iter(text)
    assert all(letter in said for letter in words if letter.isalnum()), "the words are the model's, in its order"

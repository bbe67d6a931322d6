"""The proofs: docstrings, or annotations, may change, and no cheat gets past."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.checks.preserve import ApartFrom, preserves

BEFORE = '''\
#!/usr/bin/env python3
# -*- coding: utf-8 -*-
"""Module."""
import re
from typing import Any

LIMIT = 1_000


@cache  # noqa: X
def f(a, b=2, *args, c, d=3, **kw):  # type: ignore
    # why
    x = "a"
    return x + str(a)


def g():
    """Old."""
    "second"
    return f(1, c=2)


async def h():
    f"{LIMIT}"
    return 1


def one(a): return 1  # noqa


class K(Base):
    y: int = 1
    z = 2

    def m(self, other):
        w = 1
        return w
'''


def proven(after: str, apart_from: ApartFrom, before: str = BEFORE) -> bool | None:
    found = preserves("a.py", before.encode(), after.encode(), apart_from)
    assert found.proof
    assert bool(found.output) != (found.ok is True)
    return found.ok


def changed(*pairs: tuple[str, str]) -> str:
    after = BEFORE
    for old, new in pairs:
        assert after.count(old) == 1, old
        after = after.replace(old, new)
    return after


CHEATS = {
    "a changed default": ("b=2", "b=3"),
    "reordered parameters": ("a, b=2", "b=2, a"),
    "a keyword-only parameter made positional": ("*args, c", "c, *args"),
    "a decorator gone": ("@cache  # noqa: X\n", "# noqa: X\n"),
    "a decorator added": ("def g", "@cache\ndef g"),
    "async gone": ("async def h", "def h"),
    "a changed constant": ("LIMIT = 1_000", "LIMIT = 1_001"),
    "a number written otherwise": ("LIMIT = 1_000", "LIMIT = 1000"),
    "quotes written otherwise": ('x = "a"', "x = 'a'"),
    "a prefix of a string": ('x = "a"', 'x = u"a"'),
    "a string concatenated": ('x = "a"', 'x = "a" ""'),
    "a comment gone": ("    # why\n", ""),
    "a comment changed": ("# why", "# because"),
    "a comment added": ("    # why\n", "    # why\n    # more\n"),
    "a type comment gone": ("  # type: ignore", ""),
    "a comment moved to a line of its own": (":  # type: ignore\n", ":\n    # type: ignore\n"),
    "a noqa changed": ("return 1  # noqa", "return 1  # type: ignore"),
    "the shebang gone": ("#!/usr/bin/env python3\n", ""),
    "the coding line moved": ("#!/usr/bin/env python3\n", "#!/usr/bin/env python3\n\n"),
    "the coding line changed": ("coding: utf-8", "coding: ascii"),
    "a body swapped": ("    return f(1, c=2)", "    return 1"),
    "a statement added": ("    z = 2\n", "    z = 2\n    q = 3\n"),
    "a parenthesis added": ("return w", "return (w)"),
    "a base changed": ("K(Base)", "K(Other)"),
    "an import added": ("import re\n", "import re\nimport sys\n"),
    "an import gone": ("import re\n", ""),
    "a class annotation changed": ("y: int = 1", "y: str = 1"),
    "a class attribute annotated": ("    z = 2", "    z: int = 2"),
    "a class annotation gone": ("y: int = 1", "y = 1"),
    "code that does not parse": ("def g():", "def g(:"),
    "a return out of place": ("LIMIT = 1_000\n", "LIMIT = 1_000\nreturn\n"),
}


@pytest.mark.parametrize("cheat", CHEATS)
@pytest.mark.parametrize("apart_from", ["docstrings", "annotations"])
def test_a_cheat_is_caught_by_both_proofs(cheat: str, apart_from: ApartFrom) -> None:
    assert proven(changed(CHEATS[cheat]), apart_from) is False


class TestDocstrings:
    @pytest.mark.parametrize(
        "pairs",
        [
            [('"""Old."""', '"""New,\n\n    longer.\n    """')],
            [('"""Old."""', "r'''New \\d.'''")],
            [("    # why\n", '    """Doc."""\n    # why\n')],
            [("def one(a): return 1  # noqa", 'def one(a):\n    """Doc."""\n    return 1  # noqa')],
            [("K(Base):\n", 'K(Base):\n    """Doc."""\n\n')],
            [('"""Module."""', '"""Another."""')],
            [('    f"{LIMIT}"\n', '    """Doc."""\n    f"{LIMIT}"\n')],
            [("        w = 1\n", '        """Doc."""\n        w = 1\n'), ('"""Old."""', '"""Old.\n    """')],
        ],
    )
    def test_docstrings_added_or_changed_are_proven(self, pairs: list[tuple[str, str]]) -> None:
        assert proven(changed(*pairs), "docstrings") is True

    @pytest.mark.parametrize(
        "pair",
        [
            ('    """Old."""\n', ""),
            ('"""Old."""', '"""Old.""" + "x"'),
            ('"""Old."""', 'f"""Old."""'),
            ('"""Old."""', 'b"""Old."""'),
            ('"""Old."""', '"""Old.""".strip()'),
            ('"""Old."""', 'x = """Old."""'),
            ('    "second"\n', ""),
            ('    "second"\n', '    "other"\n'),
            ('    f"{LIMIT}"\n', '    "LIMIT"\n'),
            ('    f"{LIMIT}"\n', '    f"{print()}"\n'),
            ('"""Old."""\n    "second"', '"second"\n    """Old."""'),
            ('"""Old."""', '"""Old."""; print()'),
            ('"""Module."""', ""),
            ('"""Module."""\nimport re', 'import re\n"""Module."""'),
            ("(a, b=2", "(a: int, b=2"),
        ],
    )
    def test_what_stands_in_a_docstrings_place_is_looked_at(self, pair: tuple[str, str]) -> None:
        assert proven(changed(pair), "docstrings") is False

    def test_a_comment_between_the_pieces_of_a_docstring_is_kept(self) -> None:
        before = 'def f():\n    ("a"  # noqa\n     "b")\n'
        assert proven('def f():\n    ("a"  # noqa\n     "c")\n', "docstrings", before) is True
        assert proven('def f():\n    ("a"\n     "c")\n', "docstrings", before) is False

    def test_a_module_that_reads_its_own_docstring_is_not_proven(self) -> None:
        before = '"""Usage: x"""\nargs = docopt(__doc__)\ndef f(): pass\n'
        assert proven(before.replace("Usage: x", "Use: x"), "docstrings", before) is False
        assert proven(before.replace("f(): pass", 'f():\n    """F."""\n    pass'), "docstrings", before) is True


class TestAnnotations:
    @pytest.mark.parametrize(
        "pairs",
        [
            [
                (
                    "(a, b=2, *args, c, d=3, **kw)",
                    "(a: int, b: int = 2, *args: str, c: Any, d: 'K' = 3, **kw: list[int]) -> str",
                )
            ],
            [("import Any\n", "import Any, Optional\n"), ("(self, other)", "(self, other: Optional[int]) -> int")],
            [
                ("import Any\n", "import Any\nfrom collections.abc import Iterable\n"),
                ("def g()", "def g() -> Iterable[str]"),
            ],
            [
                ('"""Module."""\n', '"""Module."""\nfrom __future__ import annotations\n'),
                ("def g()", "def g() -> Later"),
            ],
            [("LIMIT = 1_000", "LIMIT: int = 1_000")],
            [("        w = 1\n", "        w: int = 1\n")],
            [("def one(a):", 'def one(a: "K | None") -> int:')],
        ],
    )
    def test_annotations_and_their_imports_are_proven(self, pairs: list[tuple[str, str]]) -> None:
        assert proven(changed(*pairs), "annotations") is True

    @pytest.mark.parametrize(
        "pairs",
        [
            [("def g()", "def g() -> print('x')")],
            [("def g()", "def g() -> (LIMIT := 5)")],
            [("def g()", "def g() -> [x for x in y]")],
            [("def g()", "def g() -> Unknown")],
            [("def g()", "def g() -> K")],
            [("def g()", "def g() -> int[str]")],
            [("def g()", "def g() -> 'K' | None")],
            [("def g()", "def g() -> re.nothing")],
            [("import Any\n", "import Any, Optional\n"), ("def g()", "def g() -> Optional[int, str]")],
            [("        w = 1\n", "        w: int\n        w = 1\n")],
            [("        w = 1\n", "        w: (yield) = 1\n")],
            [("        w = 1\n", "        w: int = 2\n")],
            [("LIMIT = 1_000", "LIMIT: Later = 1_000")],
            [("import Any\n", "import Any, List as f\n")],
            [("import Any\n", "import Any, List as str\n")],
            [("import Any\n", "import Any, List as x\n")],
            [("import Any\n", "import Any, List as __all__\n")],
            [("import Any\n", "import Any\nfrom typing import *\n")],
            [("import Any\n", "import List\n")],
            [("import Any\n", "import Any\nimport antigravity\n")],
            [("import Any\n", "import Any\nfrom .typing import Thing\n")],
            [("import Any\n", "import Any\nfrom __future__ import division\n")],
            [("    # why\n", "    # why\n    from typing import List\n")],
            [('"""Module."""\nimport re\n', 'import io\n"""Module."""\nimport re\n')],
            [('"""Old."""', '"""New."""')],
            [("(a, b=2", "(a: int, b: int =3")],
            [("def one(a):", "def one(a: int,):")],
        ],
    )
    def test_annotations_that_act_raise_or_hide_something_are_caught(self, pairs: list[tuple[str, str]]) -> None:
        assert proven(changed(*pairs), "annotations") is False

    def test_an_annotation_gone_is_caught(self) -> None:
        before = "def f(a: int) -> int:\n    b: int = 1\n    return b\n"
        for old, new in [("a: int", "a"), (" -> int", ""), ("b: int", "b")]:
            assert proven(before.replace(old, new), "annotations", before) is False

    def test_the_future_may_not_be_taken_away(self) -> None:
        before = "from __future__ import annotations\ndef f(a: Later): pass\n"
        assert proven("def f(a: Later): pass\n", "annotations", before) is False

    def test_functions_in_functions_are_proven_only_in_quotes(self) -> None:
        before = "def f():\n    def g(a):\n        return a\n    return g\n"
        assert proven(before.replace("(a)", "(a: int)"), "annotations", before) is False
        assert proven(before.replace("(a)", "(a: 'int')"), "annotations", before) is True

    def test_a_member_that_hides_a_type_is_seen(self) -> None:
        before = "class A:\n    def list(self): return []\n    def f(self): return []\n"
        assert proven(before.replace("f(self)", "f(self) -> list[int]"), "annotations", before) is False


@pytest.mark.parametrize("apart_from", ["docstrings", "annotations"])
def test_the_frame_of_the_file_is_compared(apart_from: ApartFrom) -> None:
    assert proven("\ufeff" + BEFORE, apart_from) is False
    assert proven(BEFORE.replace("\n", "\r\n"), apart_from) is True
    assert proven(BEFORE, apart_from) is True


@pytest.mark.parametrize("apart_from", ["docstrings", "annotations"])
def test_what_cannot_be_read_is_not_proven(apart_from: ApartFrom) -> None:
    for before in ["def f(:", "\0", "(" * 3000, "x = " + "-" * 30_000 + "1", "# coding: latin-1\nx = 'é'\n"]:
        assert proven(before, apart_from, before) is False
    assert preserves("a.py", b"\xff", b"\xff", apart_from).ok is False
    assert preserves("a.js", b"1", b"1", apart_from).ok is None


def test_a_deep_expression_is_compared_without_recursion() -> None:
    before = "x = " + " + ".join(["1"] * 300) + "\ndef f(): pass\n"
    assert proven(before.replace("f(): pass", 'f():\n    """F."""\n    pass'), "docstrings", before) is True
    assert proven(before.replace("1 + 1", "1 + 2", 1), "docstrings", before) is False


@given(
    st.integers(0, len(BEFORE) - 1),
    st.sampled_from(["", " ", "x", "0", "\n", "#", '"', "(", ":", ",", "="]),
    st.booleans(),
)
@settings(max_examples=250, deadline=None)
def test_no_single_character_changes_code_unseen(at: int, character: str, over: bool) -> None:
    after = BEFORE[:at] + character + BEFORE[at + over :]
    docstrings = [(BEFORE.index(text), BEFORE.index(text) + len(text)) for text in ('"""Module."""', '"""Old."""')]
    inside = any(start <= at <= end for start, end in docstrings)
    if proven(after, "docstrings") and not inside:
        # Only white space that means nothing may differ.
        assert "".join(after.split()) == "".join(BEFORE.split())

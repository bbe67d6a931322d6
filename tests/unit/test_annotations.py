"""Annotations put into place: only types, only names that resolve, and nothing else changes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.checks.preserve import preserves
from workbench.edits.annotations import annotate, place_annotations, unannotated
from workbench.errors import EditRefused

FILE = """\
import os
from typing import Any


class Early:
    pass


@d
def f(a, b=2, /, *args, c, d = (3), **kw):  # why
    # inside
    return a


class Text(str):
    def cut(self, n, other=None):
        return self

    @classmethod
    def make(cls, x): return cls(x)

    @staticmethod
    def plain(self, x): return x

    @property
    def width(self):
        return 1

    @width.setter
    def width(self, value):
        pass
"""


def place(source: str, name: str, code: str) -> str:
    """Place annotations and see that nothing else changed."""
    after = place_annotations(source, name, code)
    found = preserves("a.py", source.encode(), after.encode(), "annotations")
    assert found.ok, found.output
    return after


def refusal(source: str, name: str, code: str) -> EditRefused:
    with pytest.raises(EditRefused) as caught:
        place_annotations(source, name, code)
    return caught.value


def line_of(text: str, begins: str) -> str:
    return next(line.strip() for line in text.split("\n") if line.strip().startswith(begins))


class TestSignatures:
    def test_every_kind_of_parameter_is_annotated_in_place(self) -> None:
        code = (
            "def f(a: int, b: int = 9, /, *args: str, c: Any, d: tuple[int, ...] = 4, **kw: Early) -> int: return x\n"
        )
        after = place(FILE, "f", code)
        new = "def f(a: int, b: int = 2, /, *args: str, c: Any, d: tuple[int, ...] = (3), **kw: Early) -> int:  # why"
        assert after == FILE.replace("def f(a, b=2, /, *args, c, d = (3), **kw):  # why", new)

    def test_a_header_of_many_lines_keeps_its_comments(self) -> None:
        source = "def f(\r\n    a,  # first\r\n    b=1,\r\n    c\\\r\n    =2,\r\n):\r\n    return 1\r\n"
        after = place(source, "f", "def f(a: int, b: int, c: int) -> int: ...")
        head = "def f(\r\n    a: int,  # first\r\n    b: int = 1,\r\n    c: int\\\r\n    =2,\r\n) -> int:\r\n"
        assert after == head + "    return 1\r\n"

    def test_self_and_cls_stay_bare_and_a_static_methods_first_does_not(self) -> None:
        code = "class Text(str):\n    def cut(self: Any, n: int, other: Any = None) -> str: ...\n"
        assert line_of(place(FILE, "Text.cut", code), "def cut") == "def cut(self, n: int, other: Any = None) -> str:"
        assert "def make(cls, x: str): return" in place(FILE, "Text.make", "def make(cls: type, x: str): ...")
        assert "def plain(self: int, x: str): return" in place(FILE, "Text.plain", "def plain(self: int, x: str): ...")

    def test_what_is_annotated_stays(self) -> None:
        source = "def f(a: 'int', b) -> None:\n    pass\n"
        assert place(source, "f", "def f(a: str, b: str) -> int: ...") == source.replace(", b)", ", b: str)")
        assert refusal(source, "f", "def f(a: str, b) -> int: ...").code == "no-change"

    def test_the_answers_body_defaults_and_decorators_are_not_taken(self) -> None:
        after = place(FILE, "Text.cut", "@evil\ndef cut(self, n: int = 5, other=print()):\n    raise SystemExit\n")
        assert after == FILE.replace("(self, n, other", "(self, n: int, other")

    def test_a_property_takes_them_on_the_right_part(self) -> None:
        assert "def width(self) -> int:\n        return 1" in place(
            FILE, "Text.width", "@property\ndef width(self) -> int: ..."
        )
        after = place(FILE, "Text.width", "@width.setter\ndef width(self, value: int) -> None: ...")
        assert "def width(self, value: int) -> None:\n        pass" in after

    @pytest.mark.parametrize(
        "code", ["def f(a: int) -> str", "def f(a: int) -> str:", "    def f(a: int) -> str:\n        x\n"]
    )
    def test_a_signature_alone_will_do(self, code: str) -> None:
        assert place("def f(a): return a\n", "f", code) == "def f(a: int) -> str: return a\n"

    def test_annotations_of_several_lines_become_one(self) -> None:
        code = "def f(a: dict[\n    str,  # key\n    int,\n]): ..."
        assert place("def f(a): return a\n", "f", code) == "def f(a: dict[str, int]): return a\n"

    def test_wide_names_are_measured_in_characters(self) -> None:
        source = "def f(ä, ß='é', *, 名=1): return 'é'\n"
        after = place(source, "f", "def f(ä: int, ß: str = 'é', *, 名: int = 1) -> str: ...")
        assert after == "def f(ä: int, ß: str = 'é', *, 名: int = 1) -> str: return 'é'\n"


class TestNames:
    def test_imports_from_typing_modules_come_along(self) -> None:
        code = (
            "from typing import Any, Optional, Union\nfrom collections.abc import Sequence\nimport numpy as np\n"
            "def f(a: Optional[int], b: Sequence[str]) -> Any: ...\n"
        )
        after = place(FILE, "f", code)
        assert after.startswith(
            "import os\nfrom typing import Any, Optional\nfrom collections.abc import Sequence\n\n\nclass Early"
        )

    def test_what_does_not_resolve_is_dropped_and_reported(self) -> None:
        code = "import numpy as np\ndef f(a: np.ndarray, b: Unknown, c: List[int]) -> int: ...\n"
        done = annotate(FILE, "f", code)
        assert done.placed == ("-> int",)
        assert [dropped.partition(":")[0] for dropped in done.dropped] == ["a", "b", "c"]
        assert "List" in done.dropped[2]
        assert "import" not in done.text.replace("import os", "").replace("import Any", "")

    @pytest.mark.parametrize(
        ("said", "placed"),
        [
            ("Text", '"Text"'),
            ('"Text"', '"Text"'),
            ("Text | None", '"Text | None"'),
            ('"Text" | None', '"Text | None"'),
            ("list[Text]", '"list[Text]"'),
            ("Early", "Early"),
            ("Early | None", "Early | None"),
            ("os.PathLike", "os.PathLike"),
            ("os.PathLike[str]", "os.PathLike[str]"),
            ("None", "None"),
            ("'int'", "'int'"),
        ],
    )
    def test_what_cannot_be_evaluated_yet_is_quoted(self, said: str, placed: str) -> None:
        after = place(FILE, "Text.cut", f"def cut(self, n, other) -> {said}: ...")
        assert line_of(after, "def cut") == f"def cut(self, n, other=None) -> {placed}:"

    def test_with_the_future_nothing_need_be_quoted(self) -> None:
        source = f"from __future__ import annotations\n{FILE}"
        after = place(source, "Text.cut", "def cut(self, n, other: Text | None) -> list[Text]: ...")
        assert "other: Text | None = None) -> list[Text]:" in after

    @pytest.mark.parametrize(
        "said",
        [
            "int[str]", "Optional[int, str]", "callable", "any", "5", "print('x')", "(y := int)", "os", "[int]", "f",
            "(int, str)", "lambda: int", "os.environ['HOME']", "f[int]", "'not a type'", "'print()'", "1.5",
            "x if y else z", "~int", "Any or int", "os.nothing",
        ],
    )  # fmt: skip
    def test_what_is_no_type_or_would_raise_is_dropped(self, said: str) -> None:
        code = f"from typing import Callable, Optional\ndef cut(self, n: int, other) -> {said}: ...\n"
        done = annotate(FILE, "Text.cut", code)
        assert done.placed == ("n: int",)
        assert len(done.dropped) == 1

    def test_a_class_of_unknown_ancestry_is_subscripted_only_in_quotes(self) -> None:
        source = "from lib import Box\ndef f(a): return a\n"
        assert place(source, "f", "def f(a: Box) -> Box[int]: ...") == source.replace("f(a)", 'f(a: Box) -> "Box[int]"')

    def test_a_name_imported_only_for_types_is_quoted(self) -> None:
        source = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from lib import Box\ndef f(a): return a\n"
        assert 'def f(a: "Box")' in place(source, "f", "def f(a: Box): ...")

    def test_a_new_import_never_hides_what_the_file_has(self) -> None:
        source = "def f(a): return List\n"
        code = "from typing import List\nfrom re import compile\ndef f(a: List[int], b: compile) -> int: ...\n"
        assert place(source, "f", code) == "def f(a) -> int: return List\n"

    def test_literals_keep_their_quotes(self) -> None:
        code = (
            "from typing import Literal\ndef cut(self, n: Literal['a', 'b'], other) -> 'Literal[\"a\"] | Text': ...\n"
        )
        after = place(FILE, "Text.cut", code)
        assert "n: Literal['a', 'b']" in after
        assert "-> \"Literal['a'] | Text\"" in after


class TestRefusals:
    @pytest.mark.parametrize(
        ("name", "code", "expected"),
        [
            ("f", "def g(a: int): ...", "off-target"),
            ("f", "def f(a: int): ...\ndef f(a: str): ...", "off-target"),
            ("f", "def f(a, b): ...", "no-change"),
            ("f", "not python at all", "does-not-parse"),
            ("f", "", "off-target"),
            ("Early", "class Early: ...", "not-a-function"),
            ("nothing", "def nothing(a: int): ...", "no-such-symbol"),
        ],
    )
    def test_what_cannot_be_placed_is_refused(self, name: str, code: str, expected: str) -> None:
        assert refusal(FILE, name, code).code == expected

    def test_type_comments_and_overloads_are_left_alone(self) -> None:
        assert (
            refusal("def f(a):\n    # type: (int) -> str\n    return a\n", "f", "def f(a: int): ...").code
            == "type-comments"
        )
        overloads = "@overload\ndef f(a: int): ...\n@overload\ndef f(a: str): ...\n"
        assert refusal(overloads, "f", "def f(a: int) -> int: ...").code == "overload"


def test_unannotated_lists_what_lacks_a_type() -> None:
    source = (
        "def a(x): pass\ndef b(x: int) -> int: pass\ndef c() -> int: pass\ndef e(): pass\n"
        "class A:\n    def __init__(self, x: int): pass\n    def m(self) -> int: pass\n    def n(self, x: int): pass\n"
        "    @staticmethod\n    def s(x) -> int: pass\n    def __str__(self): pass\n"
        "@overload\ndef o(x): ...\n@overload\ndef o(x): ...\n"
    )
    assert [symbol.name for symbol in unannotated(source)] == ["a", "e", "A.n", "A.s", "A.__str__"]


_TYPES = st.recursive(
    st.sampled_from(
        [
            "int",
            "str",
            "None",
            "Any",
            "Early",
            "Late",
            "Optional",
            "Unknown",
            "f",
            "'Late'",
            "...",
            "os",
            "type",
            "list",
            "1",
        ]
    ),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda pair: f"{pair[0]} | {pair[1]}"),
        st.tuples(
            st.sampled_from(["list", "dict", "Optional", "Callable", "tuple", "Early", "Late", "Literal"]), inner
        ).map(lambda pair: f"{pair[0]}[{pair[1]}]"),
        st.tuples(inner, inner).map(lambda pair: f"Callable[[{pair[0]}], {pair[1]}]"),
        inner.map(lambda said: f"os.{said}"),
    ),
    max_leaves=6,
)


@given(st.lists(_TYPES, min_size=3, max_size=3), st.sampled_from(["", "from __future__ import annotations\n"]))
@settings(max_examples=150, deadline=None)
def test_a_file_still_runs_and_is_proven_whatever_the_types(types: list[str], head: str) -> None:
    source = f"{head}import os\n\nclass Early: pass\n\ndef f(a, b=1): return a\n\n"
    source += "class Late:\n    def m(self, x): return f(x)\n"
    imports = "from typing import Any, Callable, Literal, Optional\n"
    for name, code in [
        ("f", f"def f(a: {types[0]}, b: {types[1]}) -> {types[2]}: ..."),
        ("Late.m", f"class Late:\n    def m(self, x: {types[0]}) -> {types[1]}: ..."),
    ]:
        try:
            after = place_annotations(source, name, imports + code)
        except EditRefused:
            continue
        assert preserves("a.py", source.encode(), after.encode(), "annotations").ok, after
        exec(compile(after, "a.py", "exec"), {})
        source = after

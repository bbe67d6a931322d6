"""Symbols: listing, cutting and splicing by qualified name, with every other byte kept."""

from __future__ import annotations

import textwrap
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.edits.outline import outline
from workbench.edits.symbols import Splice, cut, splice, symbols
from workbench.errors import EditRefused

FILE = '''\
#!/usr/bin/env python3
# Licence: none.
"""Words."""

import os
from typing import Any

LIMIT = 10  # characters

# Cuts a text.
# It is old.
def cut_text(text, limit=LIMIT):
    """Return `text` cut."""
    # the long way
    return text[:limit]


class Text(str):
    """A text."""

    kind: str = "plain"

    @property
    def width(self):
        return len(self)

    @width.setter
    def width(self, value):
        raise AttributeError(value)

    def truncate(self, limit):
        """Cut it.

        More.
        """
        return self[:limit]

    class Inner:
        def deep(self):
            return 1


async def fetch(url):
    return url


def main():
    print(cut_text("abc"))


if __name__ == "__main__":
    main()
'''


def refusal(source: str, code: str, in_play: set[str] | None = None) -> EditRefused:
    with pytest.raises(EditRefused) as caught:
        splice(source, code, in_play)
    return caught.value


def outside_is_kept(before: str, after: str, old: str, new: str) -> None:
    """Assert that `after` is `before` with `old` become `new`, once, and nothing else."""
    assert before.count(old) == 1
    assert after == before.replace(old, new)


class TestListing:
    def test_symbols_have_qualified_names_kinds_lines_and_signatures(self) -> None:
        found = {symbol.name: symbol for symbol in symbols(FILE)}
        assert list(found) == [
            "LIMIT", "cut_text", "Text", "Text.kind", "Text.width", "Text.truncate", "Text.Inner", "Text.Inner.deep",
            "fetch", "main",
        ]  # fmt: skip
        assert found["cut_text"].signature == "def cut_text(text, limit=LIMIT)"
        assert found["Text"].signature == "class Text(str)"
        assert found["Text.kind"].signature == "kind: str"
        assert found["fetch"].signature == "async def fetch(url)"
        assert found["Text.kind"].kind == "assignment"

    def test_a_property_with_its_setter_is_one_symbol_with_its_decorators(self) -> None:
        assert cut(FILE, "Text.width") == textwrap.indent(
            "@property\ndef width(self):\n    return len(self)\n\n"
            "@width.setter\ndef width(self, value):\n    raise AttributeError(value)\n",
            "    ",
        )

    def test_lines_are_those_of_the_file_whatever_ends_them(self) -> None:
        source = "\ufeffx = 1\r\n\x0c\r\ndef ü(a='é',\r\n      b=2):\r\n\treturn a\ry = 2"
        found = {symbol.name: (symbol.first, symbol.last) for symbol in symbols(source)}
        assert found == {"x": (1, 1), "ü": (3, 5), "y": (6, 6)}
        assert cut(source, "ü") == "def ü(a='é',\r\n      b=2):\r\n\treturn a\r"
        assert cut(source, "y") == "y = 2"

    def test_overloads_are_one_symbol(self) -> None:
        source = "@overload\ndef f(a: int) -> int: ...\n@overload\ndef f(a: str) -> str: ...\ndef f(a):\n    return a\n"
        (found,) = symbols(source)
        assert (found.first, found.last, found.signature) == (1, 6, "def f(a)")

    @pytest.mark.parametrize(
        "source",
        [
            "def f(): pass\ndef f(): pass\n",
            "if TYPE_CHECKING:\n    def f(): pass\nelse:\n    def f(): pass\n",
            "try:\n    import f\nexcept ImportError:\n    f = None\n",
            "f = 1\nf = 2\n",
            "a, f = 1, 2\ndef f(): pass\n",
            "for f in x: pass\nf = 3\n",
        ],
    )
    def test_a_name_bound_twice_is_ambiguous(self, source: str) -> None:
        with pytest.raises(EditRefused) as caught:
            cut(source, "f")
        assert caught.value.code == "ambiguous"

    def test_members_of_twin_classes_are_ambiguous(self) -> None:
        source = "try:\n    class A:\n        def f(self): return 1\nexcept E:\n    class A:\n        def f(self): return 2\n"
        assert refusal(source, "class A:\n    def f(self): return 3\n", {"A.f"}).code == "ambiguous"

    def test_a_wrapped_name_is_still_its_function(self) -> None:
        assert cut("def f(): pass\nf = staticmethod(f)\n", "f") == "def f(): pass\n"

    def test_an_unknown_name_is_refused_with_what_is_alike(self) -> None:
        with pytest.raises(EditRefused, match=r"Text\.truncate") as caught:
            cut(FILE, "truncate")
        assert caught.value.code == "no-such-symbol"

    def test_a_file_that_does_not_parse_says_where(self) -> None:
        with pytest.raises(EditRefused, match="line 2") as caught:
            symbols("x = 1\ndef f(:\n")
        assert caught.value.code == "file-does-not-parse"
        assert "2 def f(:" in caught.value.nearest

    @pytest.mark.parametrize("source", ["\0", "(" * 5000, "x = " + "-" * 50_000 + "1", "\ud800 = 1"])
    def test_nothing_but_a_refusal_escapes(self, source: str) -> None:
        with pytest.raises(EditRefused):
            symbols(source)


class TestSplicing:
    def test_a_function_replaces_the_files_own_and_all_else_is_kept(self) -> None:
        new = 'def cut_text(text, limit=LIMIT):\n    """Return `text` cut short."""\n    return text[: limit - 1]\n'
        done = splice(FILE, new, {"cut_text"})
        assert done.changed == ("cut_text",)
        assert done.left_out == ()
        outside_is_kept(FILE, done.text, cut(FILE, "cut_text"), new)

    def test_a_bare_method_finds_its_class_and_indentation(self) -> None:
        done = splice(FILE, "def truncate(self, limit):\n  if limit:\n     return self\n  return ''", {"Text.truncate"})
        expected = (
            "    def truncate(self, limit):\n"
            '        """Cut it.\n\n        More.\n        """\n'
            "        if limit:\n            return self\n        return ''\n"
        )
        outside_is_kept(FILE, done.text, cut(FILE, "Text.truncate"), expected)

    def test_a_method_with_a_margin_is_read(self) -> None:
        code = '    def truncate(self, limit):\n        """Cut."""\n        return self\n'
        assert splice(FILE, code, {"Text.truncate"}).text == FILE.replace(cut(FILE, "Text.truncate"), code)

    def test_a_method_whose_first_line_lost_its_margin_is_read(self) -> None:
        code = '@property\n    def size(self):\n        """Size."""\n        return 1\n'
        done = splice("class A:\n    @property\n    def size(self):\n        return 0\n", code, {"A.size"})
        assert done.text == "class A:\n    @property\n    def size(self):\n" + '        """Size."""\n        return 1\n'

    def test_a_whole_class_touches_only_the_method_in_play(self) -> None:
        code = (
            "class Text(str):\n    kind = 3\n\n    def truncate(self, limit):\n        return self[:limit - 1]\n\n"
            "    class Inner:\n        def deep(self):\n            return 2\n"
        )
        done = splice(FILE, code, {"Text.truncate"})
        assert done.changed == ("Text.truncate",)
        assert set(done.left_out) == {"Text.kind", "Text.Inner.deep"}
        outside_is_kept(FILE, done.text, "        return self[:limit]\n", "        return self[:limit - 1]\n")

    def test_members_that_a_class_in_play_does_not_repeat_are_kept(self) -> None:
        done = splice(FILE, "class Text(str):\n    def truncate(self, limit):\n        return 1\n", {"Text"})
        outside_is_kept(FILE, done.text, "        return self[:limit]\n", "        return 1\n")

    def test_a_symbol_equal_by_tree_stays_byte_for_byte(self) -> None:
        source = "x  =  [1,2]   # odd\ndef f( a ):\n  return  a  # why\n\ndef g():\n  return 1\n"
        done = splice(source, "x = [1, 2]\ndef f(a):\n    return a\ndef g():\n    return 2\n")
        assert done.changed == ("g",)
        assert done.text == source.replace("return 1", "return 2")

    def test_indentation_and_line_endings_are_the_files(self) -> None:
        source = "class A:\r\n\tdef f(self):\r\n\t\treturn 1\r\n\r\nB = 1\r\n"
        done = splice(
            source, "def f(self):\n    if self:\n        return (2 +\n                3)\n    return 1\n", {"A.f"}
        )
        expected = "class A:\r\n\tdef f(self):\r\n\t\tif self:\r\n\t\t\treturn (2 +\r\n\t\t\t        3)\r\n\t\treturn 1\r\n\r\nB = 1\r\n"
        assert done.text == expected

    def test_a_bom_and_a_missing_final_newline_are_kept(self) -> None:
        assert splice("\ufeffdef f(): return 1", "def f(): return 2\n").text == "\ufeffdef f(): return 2"

    def test_the_answers_own_bom_and_line_endings_do_not_matter(self) -> None:
        assert (
            splice("def f():\n    return 1\n", "\ufeffdef f():\r\n    return 2\r\n").text == "def f():\n    return 2\n"
        )

    def test_form_feeds_and_wide_characters_are_no_trouble(self) -> None:
        source = 'NAME = "żółw 🐢"; OTHER = 1\n\x0c\ndef f(a="🐢"): return a\n\x0c\nlast = "é"\n'
        done = splice(source, 'def f(a="🐢🐢"): return a\n')
        assert done.text == source.replace('a="🐢"', 'a="🐢🐢"')

    def test_strings_find_their_margin_again(self) -> None:
        source = 'class A:\n    def f(self):\n        sql = """\n            select\n        """\n        return sql\n'
        bare = textwrap.dedent(cut(source, "A.f")).replace("return sql", "return sql + '!'")
        assert splice(source, bare, {"A.f"}).text == source.replace("return sql", "return sql + '!'")

    def test_new_strings_are_left_as_they_are(self) -> None:
        done = splice(
            "class A:\n    def f(self):\n        return 1\n", 'def f(self):\n    return """\nx\n  y"""\n', {"A.f"}
        )
        assert done.text == 'class A:\n    def f(self):\n        return """\nx\n  y"""\n'

    def test_decorators_and_comments_above_travel_with_the_symbol(self) -> None:
        code = "# Cuts it fast.\n@cache\ndef cut_text(text, limit=LIMIT):\n    return text\n"
        done = splice(FILE, code, {"cut_text"})
        old = "# Cuts a text.\n# It is old.\n" + cut(FILE, "cut_text")
        new = code.replace("    return", '    """Return `text` cut."""\n    return')
        outside_is_kept(FILE, done.text, old, new)

    @pytest.mark.parametrize("noise", ["# words.py", "# Updated function", "# file: a/words.py", "# It is old."])
    def test_comments_that_say_nothing_new_do_not_replace_the_files(self, noise: str) -> None:
        done = splice(FILE, f"{noise}\ndef cut_text(text):\n    return 1\n", {"cut_text"})
        assert "# Cuts a text.\n# It is old.\ndef cut_text(text):\n" in done.text
        assert done.text.count(noise) == FILE.count(noise)

    def test_the_licence_at_the_top_is_no_symbols_comment(self) -> None:
        source = "# Licence\ndef f():\n    return 1\n"
        assert (
            splice(source, "# About f.\ndef f():\n    return 2\n").text
            == "# Licence\n# About f.\ndef f():\n    return 2\n"
        )

    def test_a_docstring_that_the_answer_lacks_is_kept(self) -> None:
        source = 'def f(a): "Doc."\ndef g(a):\n    """Doc of g."""\n    return a\n'
        done = splice(source, "def g(a): return a + 1\n", {"g"})
        assert done.text == 'def f(a): "Doc."\ndef g(a):\n    """Doc of g."""\n    return a + 1\n'

    def test_assignments_are_replaced_and_added(self) -> None:
        done = splice("import os\nA = 1\nB = [\n    1,\n]\n", "A = 2\nB = [2]\nC = 3\n")
        assert done.text == "import os\nA = 2\nB = [2]\nC = 3\n"

    def test_a_class_header_and_docstring_in_play_change(self) -> None:
        done = splice(FILE, '@final\nclass Text(UserString):\n    """A text, kept."""\n', {"Text"})
        assert done.text == FILE.replace("class Text(str):\n", "@final\nclass Text(UserString):\n").replace(
            '"""A text."""', '"""A text, kept."""'
        )

    def test_a_class_with_nothing_in_it_is_replaced_whole(self) -> None:
        done = splice("class A: pass\nx = 1\n", "class A:\n    def f(self):\n        return 1\n", {"A"})
        assert done.text == "class A:\n    def f(self):\n        return 1\nx = 1\n"

    def test_one_part_of_a_property_can_be_answered_alone(self) -> None:
        done = splice(FILE, "@property\ndef width(self):\n    return 7\n", {"Text.width"})
        outside_is_kept(FILE, done.text, "        return len(self)\n", "        return 7\n")

    def test_an_overloads_implementation_can_be_answered_alone(self) -> None:
        source = "@overload\ndef f(a: int) -> int: ...\n@overload\ndef f(a: str) -> str: ...\ndef f(a):\n    return a\n"
        assert splice(source, "def f(a):\n    return 2\n", {"f"}).text == source.replace("return a", "return 2")

    def test_a_symbol_below_a_condition_is_replaced_in_place(self) -> None:
        source = "if sys.platform == 'win32':\n    def f():\n        return 1\n"
        assert splice(source, "def f():\n    return 2\n").text == source.replace("return 1", "return 2")

    def test_nested_classes_are_reached_by_their_full_name(self) -> None:
        done = splice(FILE, "def deep(self):\n    return 9\n", {"Text.Inner.deep"})
        outside_is_kept(FILE, done.text, "            return 1\n", "            return 9\n")

    def test_async_may_come_and_go(self) -> None:
        assert "\nasync def main():\n    print(1)\n" in splice(FILE, "async def main():\n    print(1)\n", {"main"}).text


class TestNewSymbols:
    def test_a_helper_that_the_change_calls_goes_before_its_class(self) -> None:
        code = "def _cut(text):\n    return text[0]\n\n\ndef truncate(self, limit):\n    return _cut(self)\n"
        done = splice(FILE, code, {"Text.truncate"})
        assert done.changed == ("Text.truncate", "_cut")
        assert "    return text[:limit]\n\n\ndef _cut(text):\n    return text[0]\n\n\nclass Text(str):\n" in done.text

    def test_a_helper_after_the_change_goes_after_it(self) -> None:
        done = splice(FILE, "def main():\n    helper()\n\ndef helper():\n    pass\n", {"main"})
        assert "def main():\n    helper()\n\n\ndef helper():\n    pass\n\n\nif __name__" in done.text

    def test_helpers_of_helpers_come_too_and_what_nothing_calls_stays_out(self) -> None:
        code = "def main():\n    one()\ndef one():\n    two()\ndef two():\n    pass\ndef test_main():\n    main()\n"
        done = splice(FILE, code, {"main"})
        assert done.changed == ("main", "one", "two")
        assert done.left_out == ("test_main",)

    def test_a_new_method_that_the_change_calls_goes_into_the_class(self) -> None:
        code = "def truncate(self, limit):\n    return self._cut(limit)\n\ndef _cut(self, limit):\n    return self\n"
        done = splice(FILE, code, {"Text.truncate"})
        assert (
            "        return self._cut(limit)\n\n    def _cut(self, limit):\n        return self\n\n    class Inner"
            in done.text
        )

    def test_a_new_method_named_as_in_play_goes_between_its_neighbours(self) -> None:
        code = "class Text(str):\n    def truncate(self, limit): ...\n    def pad(self):\n        return self\n"
        done = splice(FILE, code, {"Text.pad"})
        assert done.left_out == ("Text.truncate",)
        assert "        return self[:limit]\n\n    def pad(self):\n        return self\n\n    class Inner:" in done.text
        alone = splice(FILE, "class Text(str):\n    def pad(self):\n        return self\n", {"Text.pad"})
        assert "            return 1\n\n    def pad(self):\n        return self\n\n\nasync def" in alone.text

    def test_a_constant_that_a_default_needs_comes_before_it(self) -> None:
        code = "def cut_text(text, limit=SHORT):\n    return text[:limit]\n\nSHORT = 5\n"
        done = splice(FILE, code, {"cut_text"})
        assert done.text.index("SHORT = 5") < done.text.index("# Cuts a text.") < done.text.index("limit=SHORT")

    def test_what_would_come_too_late_is_refused(self) -> None:
        code = "def cut_text(text, limit=SHORT):\n    return text\n\nSHORT = later()\n"
        source = FILE + "\n\ndef later():\n    return 1\n"
        assert refusal(source, code, {"cut_text"}).code == "cannot-place"

    def test_new_symbols_of_an_empty_file(self) -> None:
        assert splice("", "def f():\n    return 1\n").text == "def f():\n    return 1"

    @pytest.mark.parametrize(
        ("source", "code"),
        [
            (
                "from a import helper\ndef f():\n    return 1\n",
                "def f():\n    return helper()\ndef helper(): return 2\n",
            ),
            ("a, helper = 1, 2\ndef f():\n    return 1\n", "def f():\n    return helper()\ndef helper(): return 2\n"),
            ("def f():\n    return 1\n", "def f():\n    return len(2)\ndef len(x): return 2\n"),
        ],
    )
    def test_a_taken_name_is_refused(self, source: str, code: str) -> None:
        assert refusal(source, code, {"f"}).code == "name-taken"

    def test_a_dataclass_field_keeps_its_order(self) -> None:
        source = "@dataclass\nclass P:\n    x: int\n    z: int = 0\n\n    def f(self):\n        return 1\n"
        code = "@dataclass\nclass P:\n    x: int\n    y: int\n    z: int = 0\n"
        assert splice(source, code, {"P"}).text == source.replace("    x: int\n", "    x: int\n    y: int\n")


class TestImports:
    def test_only_what_new_code_uses_is_imported_after_the_files_imports(self) -> None:
        code = "import re\nimport json\nimport os\n\ndef main():\n    return re.compile(os.name)\n"
        done = splice(FILE, code, {"main"})
        assert "import os\nfrom typing import Any\nimport re\n\nLIMIT" in done.text
        assert done.left_out == ("import json",)

    def test_a_from_import_joins_the_files_line(self) -> None:
        done = splice(FILE, "from typing import Iterable\n\ndef main(x: Iterable):\n    return 1\n", {"main"})
        assert "from typing import Any, Iterable\n" in done.text

    def test_quoted_annotations_count_as_use(self) -> None:
        done = splice(FILE, 'from typing import Iterable\n\ndef main(x: "Iterable[int]"):\n    return 1\n', {"main"})
        assert "Any, Iterable" in done.text

    def test_imports_go_below_the_docstring_and_the_future(self) -> None:
        code = "import re\ndef f():\n    return re\n"
        body = "def f():\n    return 1\n"
        new = "def f():\n    return re\n"
        for head, expected in [
            ('"""Doc."""\n', '"""Doc."""\n\nimport re\n\n'),
            ('"""Doc."""\n\n\n', '"""Doc."""\n\nimport re\n\n\n'),
            ("from __future__ import annotations\n\n", "from __future__ import annotations\nimport re\n\n"),
            ("#!/bin/python\n# coding: utf-8\n\n", "#!/bin/python\n# coding: utf-8\n\nimport re\n\n"),
            ("", "import re\n\n"),
        ]:
            assert splice(head + body, code).text == expected + new

    def test_a_wrong_idea_of_where_the_files_own_names_come_from_is_dropped(self) -> None:
        done = splice(FILE, "from words import Text\n\ndef main():\n    return Text('a')\n", {"main"})
        assert "from words" not in done.text

    @pytest.mark.parametrize(
        ("head", "line", "use"),
        [
            ("from datetime import datetime\n", "import datetime", "datetime.datetime"),
            ("from yaml import load\n", "from json import load", "load()"),
            ("import a as np\n", "import numpy as np", "np.x"),
        ],
    )
    def test_an_import_that_would_change_a_name_is_refused(self, head: str, line: str, use: str) -> None:
        code = f"{line}\ndef f():\n    return {use}\n"
        assert refusal(f"{head}def f():\n    return 1\n", code).code == "import-conflict"

    def test_a_submodule_is_imported_although_its_package_is(self) -> None:
        code = "import os.path\ndef f():\n    return os.path\n"
        assert (
            splice("import os\ndef f():\n    return 1\n", code).text
            == "import os\nimport os.path\ndef f():\n    return os.path\n"
        )

    def test_no_future_is_added(self) -> None:
        done = splice("def f():\n    return 1\n", "from __future__ import annotations\ndef f():\n    return 2\n")
        assert done.text == "def f():\n    return 2\n"
        assert done.left_out == ("from __future__ import annotations",)


class TestRefusals:
    @pytest.mark.parametrize(
        "line",
        [
            "# ... rest of the code",
            "# existing code",
            "# ...",
            "# … (unchanged)",
            "# rest of the method remains the same",
            "# ... existing code ...",
            "# other methods here",
            "# implementation goes here",
            "# Same as before",
            "# [previous code unchanged]",
            "pass  # your code here",
            "...",
        ],
    )
    def test_a_placeholder_is_refused(self, line: str) -> None:
        code = f"def cut_text(text, limit=LIMIT):\n    x = 1\n    {line}\n    return x\n"
        found = refusal(FILE, code, {"cut_text"})
        assert found.code == "placeholder"
        assert "line 3" in found.message

    @pytest.mark.parametrize(
        "line",
        [
            "# the long way",
            "# Skip the rest of the line.",
            "# Wait for more ...",
            "# keep the existing order",
            "# same as str.upper, but faster",
            "# e.g. 1, 2, ...",
            "x = y[..., 0]",
        ],
    )
    def test_an_honest_comment_is_not(self, line: str) -> None:
        assert splice(FILE, f"def cut_text(text, limit=LIMIT):\n    {line}\n    return 3\n", {"cut_text"}).changed

    def test_a_placeholder_of_the_file_is_no_placeholder(self) -> None:
        source = "def f():\n    # ... existing code\n    return 1\n"
        assert splice(source, source.replace("1", "2")).changed == ("f",)

    def test_dots_are_refused_only_where_the_file_has_code(self) -> None:
        assert (
            refusal(FILE, "class Text(str):\n    ...\n    def truncate(self, limit):\n        return 1\n").code
            == "placeholder"
        )
        assert refusal(FILE, "def main(): ...\n").code == "placeholder"
        done = splice("class E(Exception): ...\n", "class E(Exception): ...\nclass F(E): ...\n")
        assert done.changed == ("F",)
        stub = "def f(a: int) -> int: ...\n"
        assert splice(stub, "def f(a: str) -> int: ...\ndef g() -> int: ...\n").changed == ("f", "g")
        protocol = "class P(Protocol):\n    def f(self) -> int: ...\n"
        assert splice("x = 1\n", protocol).changed == ("P",)

    def test_no_change_off_target_and_no_parse_are_told_apart(self) -> None:
        assert refusal(FILE, "def main():\n    print(cut_text('abc'))\n", {"main"}).code == "no-change"
        assert refusal(FILE, "def main():\n    return 2\n", {"fetch"}).code == "off-target"
        found = refusal(FILE, "def main():\n    return 2\n  x\n", {"main"})
        assert found.code == "does-not-parse"
        assert "line 3" in found.message

    def test_a_refusal_shows_the_lines_that_were_meant(self) -> None:
        found = refusal(FILE, "def other(): pass\n", {"main"})
        first = next(symbol.first for symbol in symbols(FILE) if symbol.name == "main")
        assert f"{first:>4} def main():" in found.nearest

    def test_what_is_not_in_play_is_left_out_and_named(self) -> None:
        done = splice(FILE, "def main():\n    return 1\n\nasync def fetch(url):\n    return 2\n\nprint(1)\n", {"main"})
        assert done.left_out == ("fetch", "line 7: print(1)")
        assert cut(done.text, "fetch") == cut(FILE, "fetch")

    def test_statements_that_the_file_has_are_not_reported(self) -> None:
        assert splice(FILE, FILE.replace("print(cut_text", "print(Text")).left_out == ()

    def test_decorators_that_got_lost_are_refused_unless_nothing_else_changes(self) -> None:
        source = "@cache\ndef f():\n    return 1\n"
        assert refusal(source, "def f():\n    return 2\n").code == "drops-decorators"
        assert splice(source, "def f():\n    return 1\n").text == "def f():\n    return 1\n"

    def test_bases_that_got_lost_are_refused(self) -> None:
        assert (
            refusal(FILE, "class Text:\n    def truncate(self):\n        return 1\n", {"Text"}).code
            == "drops-decorators"
        )

    def test_a_class_does_not_become_a_function(self) -> None:
        assert refusal(FILE, "def Text():\n    return 1\n", {"Text"}).code == "kind-changed"

    def test_twins_are_refused_but_may_be_repeated(self) -> None:
        source = "if X:\n    def f(): return 1\nelse:\n    def f(): return 2\ndef g():\n    return 3\n"
        assert refusal(source, "def f(): return 3\n", {"f"}).code == "ambiguous"
        assert splice(source, source.replace("return 3", "return 4")).text == source.replace("return 3", "return 4")

    def test_a_method_name_that_fits_two_classes_is_refused(self) -> None:
        source = "class A:\n    def f(self): return 1\nclass B:\n    def f(self): return 1\n"
        assert refusal(source, "def f(self): return 2\n", {"A.f", "B.f"}).code == "ambiguous"
        assert splice(source, "def f(self): return 2\n", {"B.f"}).text.endswith("class B:\n    def f(self): return 2\n")

    def test_two_versions_of_one_symbol_are_refused_unless_one_is_the_files(self) -> None:
        assert (
            refusal("def f():\n    return 1\n", "def f():\n    return 2\ndef f():\n    return 3\n").code == "ambiguous"
        )
        assert splice("def f():\n    return 1\n", "def f():\n    return 1\ndef f():\n    return 3\n").changed == ("f",)

    def test_lines_that_hold_other_code_are_refused(self) -> None:
        assert refusal("a = 1; b = 2\n", "a = 3\n").code == "shared-line"
        assert refusal("class A: x = 1\n", "class A:\n    x = 2\n").code == "shared-line"

    def test_a_statement_of_a_class_that_is_no_symbol_is_refused(self) -> None:
        assert refusal(FILE, "class Text(str):\n    register()\n", {"Text"}).code == "cannot-place"

    @pytest.mark.parametrize("code", ["", "   \n", "hello world", "\0", "(" * 3000, "\ud800", "x" * 100_000, "if"])
    def test_nonsense_is_refused(self, code: str) -> None:
        assert refusal(FILE, code).code in {"does-not-parse", "off-target", "no-change"}


def _alphabet() -> st.SearchStrategy[str]:
    words = [
        "def f():",
        "class A:",
        "    ",
        "\n",
        "return 1",
        "x = 1",
        "@d",
        "...",
        "# rest of the code",
        '"""',
        "(",
        "\t",
        "é",
        "\r\n",
        "pass",
        ";",
        "\\",
    ]
    return st.lists(st.sampled_from(words) | st.text(max_size=3), max_size=25).map("".join)


@given(source=_alphabet(), code=_alphabet(), in_play=st.none() | st.sets(st.sampled_from(["f", "A", "x", "A.f"])))
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_splice_answers_or_refuses_whatever_it_is_given(source: str, code: str, in_play: set[str] | None) -> None:
    try:
        done = splice(source, code, in_play)
    except EditRefused:
        return
    assert done.text != source
    outline(done.text)


BODIES = ["return 1", "return 2", "x = '''\n  a\n'''\n{0}return x", "if a:\n{0}    return 1\n{0}return 0", '"""Doc."""']


@st.composite
def files(draw: st.DrawFn) -> tuple[str, list[str], str]:
    """A file of functions and methods, the names in it, and its line ending."""
    ending = draw(st.sampled_from(["\n", "\r\n"]))
    pieces = [draw(st.sampled_from(["", "\ufeff", "#!/bin/python\n", '"""Doc é."""\n']))]
    names = []
    for number in range(draw(st.integers(1, 4))):
        inside = draw(st.booleans())
        margin = draw(st.sampled_from(["    ", "\t", "  "]))
        name = f"f{number}"
        body = draw(st.sampled_from(BODIES))
        comment = draw(st.sampled_from(["", "# ż\n", "@d\n"]))
        code = f"{comment}def {name}(a):\n{margin}{body.format(margin)}"
        if inside:
            lines = code.split("\n")
            code = f"class C{number}:\n" + "\n".join(
                margin + line if line and line != "  a" and line != "'''" else line for line in lines
            )
        names.append(f"C{number}.{name}" if inside else name)
        pieces.append(code + draw(st.sampled_from(["\n", "  # end\n", "\n\n\n", "\n\x0c\n"])))
        pieces.append(draw(st.sampled_from(["", "y = 1; z = 2\n", "# loose\n\n", f"v{number} = {{\n}}\n"])))
    text = "".join(pieces)
    if draw(st.booleans()):
        text = text.rstrip("\n")
    return text.replace("\n", ending), names, ending


@given(made=files(), which=st.integers(0, 3), bare=st.booleans())
@settings(max_examples=300, deadline=None)
def test_bytes_outside_the_symbol_in_play_are_identical(
    made: tuple[str, list[str], str], which: int, bare: bool
) -> None:
    source, names, _ = made
    name = names[which % len(names)]
    code = cut(source, name)
    if bare:
        code = textwrap.dedent(code.replace("\r\n", "\n"))
    code = code.replace("(a)", "(a, added)")
    done = splice(source, code, {name})
    assert isinstance(done, Splice)
    at = source.index(cut(source, name))
    head, tail = source[:at], source[at + len(cut(source, name)) :]
    assert done.text.startswith(head)
    assert done.text.endswith(tail)
    assert done.text == source[:at] + cut(source, name).replace("(a)", "(a, added)") + tail


def test_a_long_file_is_spliced_fast() -> None:
    piece = "\n\ndef function_{0}(first, *rest):\n    total = {0}\n    for item in rest:\n        total += item\n    return total\n"
    source = '"""Doc."""\nimport os\n' + "".join(piece.format(number) for number in range(215))
    assert source.count("\n") > 1_500
    code = cut(source, "function_100").replace("total = 100", "total = -100")
    splice(source, code, {"function_100"})
    took = []
    for number in range(20):
        fresh = f"{source}# {number}\n"
        begun = time.process_time()
        splice(fresh, code, {"function_100"})
        took.append(time.process_time() - begun)
    assert sorted(took)[10] <= 0.025

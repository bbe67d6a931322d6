"""Symbols: listing, cutting and splicing by qualified name, with every other byte kept."""

from __future__ import annotations

import textwrap

import pytest

from tests.unit.sample_words import FILE, refusal
from workbench.edits.symbols import cut, splice, symbols
from workbench.errors import EditRefused


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
        one = "    class A:\n        def f(self): return 1\n"
        source = f"try:\n{one}except E:\n{one.replace('1', '2')}"
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
        expected = (
            "class A:\r\n\tdef f(self):\r\n\t\tif self:\r\n\t\t\treturn (2 +\r\n\t\t\t        3)\r\n"
            "\t\treturn 1\r\n\r\nB = 1\r\n"
        )
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

    def test_a_form_feed_before_a_symbol_stays(self) -> None:
        source = "x = 1\n\x0cdef f():\n    return 1\n\x0cclass A:\n    def g(self):\n        return 1\n"
        assert splice(source, "def f():\n    return 2\n").text == source.replace("1\n\x0cclass", "2\n\x0cclass")
        assert splice(source, "class A(B):\n    def g(self):\n        return 1\n").text == source.replace("A:", "A(B):")

    def test_a_comment_for_tools_is_not_taken_away(self) -> None:
        source = "x = 1\n# fmt: off\ndef f():\n    return 1\n"
        assert splice(source, "# Better.\ndef f():\n    return 2\n").text == source.replace("return 1", "return 2")

    @pytest.mark.parametrize("string", ['"""{}"""', 'f"""{}{{self}}"""', "rb'''{}'''", '"""{}""" f"{{1}}"'])
    def test_strings_find_their_margin_again(self, string: str) -> None:
        text = string.format("\n            select\n        ")
        source = f"class A:\n    def f(self):\n        sql = {text}\n        return sql\n"
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

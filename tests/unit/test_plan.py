"""The plan: an answer becomes new bytes of the files it may change, or is refused whole."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.edits import Plan, plan
from workbench.errors import EditRefused

PY = b'"""Doc."""\n\nLIMIT = 3\n\n\ndef f(a):\n    return a\n\n\nclass A:\n    def g(self):\n        return 1\n'
JS = (
    b"// Cuts.\nfunction cut(a) {\n  return a;\n}\n\nfunction keep(a) {\n  return a;\n}\n\n"
    b"module.exports = { cut, keep };\n"
)


def refused(files: dict[str, bytes], answer: str, **options: list[str]) -> EditRefused:
    with pytest.raises(EditRefused) as caught:
        plan(files, answer, **options)
    return caught.value


def fenced(code: bytes | str, info: str = "") -> str:
    text = code.decode() if isinstance(code, bytes) else code
    return f"Here:\n```{info}\n{text}\n```\n"


class TestPython:
    def test_symbols_come_first(self) -> None:
        done = plan({"a.py": PY}, fenced("def f(a):\n    return -a"), in_play=["f"])
        assert done == Plan(files={"a.py": PY.replace(b"return a", b"return -a")}, form="symbols")

    def test_what_has_all_symbols_but_is_no_copy_leaves_what_is_equal_byte_for_byte(self) -> None:
        source = PY.replace(b"LIMIT = 3", b"LIMIT  =  3  # odd")
        answer = PY.replace(b"return a", b"return -a").removeprefix(b'"""Doc."""\n\n')
        done = plan({"a.py": source}, fenced(answer))
        assert done.files == {"a.py": source.replace(b"return a", b"return -a")}
        assert done.form == "symbols"

    def test_a_copy_of_the_file_is_taken_at_its_word(self) -> None:
        source = b"import os\nimport sys\n" + PY
        changed = PY.replace(b"LIMIT = 3", b"LIMIT = 3  # most").replace(b"return 1", b"return 2")
        done = plan({"a.py": source}, fenced(b"import os\n" + changed))
        assert done.files == {"a.py": b"import os\n" + changed}
        assert done.form == "whole-file"

    def test_a_copy_that_leaves_a_symbol_out_is_refused(self) -> None:
        answer = PY.replace(b"def f(a):\n    return a\n\n\n", b"").replace(b"return 1", b"return 2")
        found = refused({"a.py": PY}, fenced(answer))
        assert found.code == "drops-code"
        assert "   6 def f(a):" in found.nearest
        renamed = PY.replace(b"def f(a)", b"def renamed(a)")
        assert plan({"a.py": PY}, fenced(renamed)).files == {"a.py": renamed}

    def test_a_whole_file_answer_may_change_what_is_no_symbol(self) -> None:
        source = PY + b"\n\nprint(f(1))\n"
        done = plan({"a.py": source}, fenced(source.replace(b"f(1)", b"f(2)").replace(b"return a", b"return -a")))
        assert done.files == {"a.py": source.replace(b"f(1)", b"f(2)").replace(b"return a", b"return -a")}
        assert done.form == "whole-file"

    def test_what_is_nearly_the_whole_file_and_drops_its_end_is_refused(self) -> None:
        source = b"import os\n" + PY + b"    def h(self):\n        return 1\n\n\nprint(f(1))\n"
        answer = source.replace(b"\n\nprint(f(1))\n", b"").replace(b"return a", b"return -a")
        assert refused({"a.py": source}, fenced(answer)).code == "drops-code"
        alone = PY.replace(b'"""Doc."""\n\n', b"").replace(b"return a", b"return -a")
        assert plan({"a.py": source.replace(b"import os\n", b"")}, fenced(alone)).left_out == ()

    def test_a_copy_that_drops_a_method_is_refused(self) -> None:
        dropped = b"    def h(self):\n        return os.sep\n"
        source = b"import sys\nimport os\n" + PY + b"    def h(self):\n        return os.sep\n\n\nprint(f(1))\n"
        assert source.count(dropped) == 1
        answer = source.replace(dropped, b"").replace(b"return a", b"return -a") + b"\nprint('more')\n"
        assert refused({"a.py": source}, fenced(answer)).code == "drops-code"

    def test_a_comment_alone_is_a_change_where_nothing_else_is(self) -> None:
        commented = PY.replace(b"    return a\n", b"    # The same.\n    return a\n")
        for code in ("def f(a):\n    # The same.\n    return a", "    def g(self):\n        return 1  # one"):
            done = plan({"a.py": PY}, fenced(code))
            assert done.files in ({"a.py": commented}, {"a.py": PY.replace(b"return 1", b"return 1  # one")})
            assert refused({"a.py": PY}, fenced(code), in_play=["f", "A.g"]).code == "no-change"

    def test_a_script_without_symbols_is_answered_whole(self) -> None:
        done = plan({"a.py": b"import os\nprint(1)\n"}, fenced("import os\nprint(2)"))
        assert done.files == {"a.py": b"import os\nprint(2)\n"}

    def test_with_symbols_in_play_nothing_else_changes(self) -> None:
        source = PY + b"\n\nprint(f(1))\n"
        answer = fenced(source.replace(b"f(1)", b"f(2)").replace(b"return a", b"return -a"))
        done = plan({"a.py": source}, answer, in_play=["f"])
        assert done.files == {"a.py": source.replace(b"return a", b"return -a")}
        assert done.left_out == ("line 15: print(f(2))",)

    def test_a_file_that_does_not_parse_can_be_mended_whole(self) -> None:
        broken = b"def f(:\n    return 1\n\n\ndef g():\n    return 2\n"
        assert plan({"a.py": broken}, fenced(broken.replace(b"(:", b"():"))).files == {
            "a.py": broken.replace(b"(:", b"():")
        }
        assert (
            refused({"a.py": broken}, fenced("def f():\n    return 1\n"), in_play=["f"]).code == "file-does-not-parse"
        )

    def test_several_blocks_make_one_answer(self) -> None:
        answer = fenced("def f(a):\n    return -a", "python") + fenced("    def g(self):\n        return 2", "python")
        done = plan({"a.py": PY}, answer + fenced("$ pytest", "bash") + fenced("6", "text"))
        assert done.files == {"a.py": PY.replace(b"return a", b"return -a").replace(b"return 1", b"return 2")}

    def test_bom_line_endings_and_a_missing_newline_are_kept(self) -> None:
        source = b"\xef\xbb\xbf" + PY.replace(b"\n", b"\r\n").rstrip()
        done = plan({"a.py": source}, fenced("def f(a):\n    return -a"))
        assert done.files == {"a.py": source.replace(b"return a", b"return -a")}

    def test_an_encoding_that_is_not_utf8_is_refused_where_it_matters(self) -> None:
        source = b"# coding: latin-1\ndef f():\n    return 1\n"
        assert plan({"a.py": source}, fenced("def f():\n    return 2")).files
        assert refused({"a.py": source}, fenced("def f():\n    return 'é'")).code == "encoding"


class TestOtherLanguages:
    def test_a_whole_file_is_taken(self) -> None:
        done = plan({"a.js": JS}, fenced(JS.replace(b"return a;", b"return a + 1;", 1), "js"))
        assert done.files == {"a.js": JS.replace(b"return a;", b"return a + 1;", 1)}
        assert done.form == "whole-file"
        done = plan({"a.lua": JS}, fenced(JS.replace(b"return a;", b"return a + 1;", 1), "lua"))
        assert done.files == {"a.lua": JS.replace(b"return a;", b"return a + 1;", 1)}
        assert done.form == "whole-file"

    def test_one_function_is_taken_and_the_others_are_kept(self) -> None:
        done = plan({"a.js": JS}, fenced("function cut(a) {\n  return 1;\n}\n"))
        assert done.files == {"a.js": JS.replace(b"return a;", b"return 1;", 1)}

    def test_a_file_that_parsed_and_would_not_is_refused(self) -> None:
        assert refused({"a.js": JS}, fenced(JS.replace(b"return a;", b"return a +;"))).code == "result-does-not-parse"
        assert refused({"a.js": JS}, fenced("function cut(a) {\n  return 1;\n")).code == "does-not-parse"

    def test_bytes_of_equal_lines_stay_however_they_end(self) -> None:
        source = b"\xef\xbb\xbfa: 1\r\nb: 2\nc: 3\r\nd: 4"
        done = plan({"a.yml": source}, fenced("a: 1\nb: 5\nc: 3\nd: 4\n"))
        assert done.files == {"a.yml": b"\xef\xbb\xbfa: 1\r\nb: 5\r\nc: 3\r\nd: 4"}

    def test_a_comment_that_names_the_file_is_no_line_of_it(self) -> None:
        code = JS.replace(b"return a;", b"return 1;", 1)
        assert plan({"src/a.js": JS}, fenced(b"// src/a.js\n" + code)).files == {"src/a.js": code}

    @pytest.mark.parametrize(
        "code",
        [
            b"function cut(a) {\n  return 1;\n}\n",
            JS.replace(b"function keep(a) {\n  return a;\n}\n\nmodule.exports = { cut, keep };\n", b""),
            JS.replace(b"// Cuts.\nfunction cut(a) {\n  return a;\n}\n\n", b""),
            b"x\n",
        ],
    )
    def test_an_answer_that_drops_code_is_refused(self, code: bytes) -> None:
        assert refused({"a.lua": JS}, fenced(code)).code == "drops-code"

    def test_an_answer_that_grows_out_of_all_proportion_is_refused(self) -> None:
        assert refused({"a.js": JS}, fenced(JS + b"more();\n" * 400)).code == "too-large"

    @pytest.mark.parametrize(
        "line", ["// ... rest of the code", "/* existing code */", "// ...", "...", "<!-- unchanged -->"]
    )
    def test_placeholders_are_refused(self, line: str) -> None:
        assert refused({"a.js": JS}, fenced(JS.replace(b"return a;", line.encode(), 1))).code == "placeholder"

    def test_a_small_removal_in_the_middle_is_a_change(self) -> None:
        source = b"".join(b"line %d\n" % number for number in range(40))
        done = plan({"a.txt": source}, fenced(source.replace(b"line 7\nline 8\n", b"")))
        assert done.files == {"a.txt": source.replace(b"line 7\nline 8\n", b"")}


class TestPathsAndTargets:
    FILES = {"src/a.py": PY, "src/b.py": b"def h():\n    return 1\n", "c.js": JS}  # noqa: RUF012

    @pytest.mark.parametrize("name", ["src/b.py", "./src/b.py", "a/src/b.py", "b.py", "repo/src/b.py"])
    def test_a_named_file_is_found(self, name: str) -> None:
        done = plan(self.FILES, f"`{name}`\n" + fenced("def h():\n    return 2", f"python {name}"))
        assert done.files == {"src/b.py": b"def h():\n    return 2\n"}

    def test_blocks_for_several_files_become_one_plan(self) -> None:
        answer = fenced("def h():\n    return 2", "python src/b.py") + fenced(
            "def f(a):\n    return -a", "python src/a.py"
        )
        assert set(plan(self.FILES, answer).files) == {"src/a.py", "src/b.py"}

    def test_a_block_without_a_name_goes_where_its_symbols_are(self) -> None:
        assert set(plan(self.FILES, fenced("def h():\n    return 2")).files) == {"src/b.py"}
        assert refused(self.FILES, fenced("def unknown():\n    return 2")).code == "ambiguous"

    def test_a_file_that_is_not_at_hand_or_no_target_is_refused(self) -> None:
        answer = fenced("def h():\n    return 2", "python src/b.py")
        assert refused(self.FILES, fenced("x = 1", "python src/new.py")).code == "off-target"
        assert plan(self.FILES, fenced("x = 1", "python src/new.py"), targets=["src/*.py"]).files == {
            "src/new.py": b"x = 1\n"
        }
        for path in ("../../etc/passwd.py", "/repo/src/b.py", "~/src/b.py", ".git/hooks/a.py", "src/../src/b.py"):
            assert refused(self.FILES, fenced("def h():\n    return 2", f"python {path}")).code == "unsafe-path"
        assert refused(self.FILES, answer, targets=["src/a.py", "*.js"]).code == "off-target"
        assert plan(self.FILES, answer, targets=["src/*.py"]).files

    def test_a_comment_of_the_files_own_may_name_another_path(self) -> None:
        source = b"# old/name.py\n\n\ndef h():\n    return 1\n"
        done = plan({"src/b.py": source, "src/a.py": PY}, fenced(source.replace(b"1", b"2")))
        assert done.files == {"src/b.py": source.replace(b"1", b"2")}

    def test_one_refused_block_refuses_the_answer(self) -> None:
        answer = fenced("def h():\n    return 2", "python src/b.py") + fenced("def f(:", "python src/a.py")
        assert refused(self.FILES, answer).code == "does-not-parse"


class TestRefusals:
    def test_an_answer_without_code_is_refused(self) -> None:
        assert refused({"a.py": PY}, "I cannot do that.").code == "no-code"
        assert refused({"a.py": PY}, "").code == "no-code"
        assert refused({"a.py": PY}, fenced("ls", "bash")).code == "no-code"

    def test_a_diff_without_anything_to_find_is_refused(self) -> None:
        assert refused({"a.py": PY}, fenced("-a\n+b", "diff")).code == "not-found"
        assert refused({"a.py": PY}, fenced("nothing", "diff")).code == "malformed"

    def test_no_change_is_refused(self) -> None:
        assert refused({"a.py": PY}, fenced(PY)).code == "no-change"
        assert refused({"a.js": JS}, fenced(JS)).code == "no-change"
        assert refused({"a.js": JS.replace(b"\n", b"\r\n")}, fenced(JS)).code == "no-change"

    def test_what_is_no_text_or_hides_its_direction_is_refused(self) -> None:
        assert refused({"a.js": JS}, fenced(JS.decode().replace("return a", "return '\ud800'", 1))).code == "not-text"
        assert refused({"a.js": JS}, fenced(JS.decode().replace("return a", "return '\0'", 1))).code == "not-text"
        found = refused({"a.py": PY}, fenced("def f(a):\n    return '\u202e'"))
        assert found.code == "hidden-characters"

    def test_a_text_file_may_be_answered_in_a_fence_for_text(self) -> None:
        source = b"one\ntwo\nthree\n"
        assert plan({"a.txt": source}, fenced("one\n2\nthree", "text")).files == {"a.txt": b"one\n2\nthree\n"}

    def test_binary_and_other_encodings_are_refused(self) -> None:
        assert refused({"a.txt": b"a\0b"}, fenced("x")).code == "binary"
        assert refused({"a.txt": b"a\xffb"}, fenced("x")).code == "not-utf8"


_CODE = st.sampled_from(
    [
        "def f(a):\n    return 2\n",
        "class A:\n    def g(self):\n        return 3\n",
        "x = 1\n",
        "import os\n",
        "print(1)\n",
        "```",
        "```python\n",
        "\n",
        "    ",
        "LIMIT = 4\n",
        "# ...\n",
        "a.py",
        "b.js\n",
        "é",
        "\r",
        "\x0c",
        "\u2028",
        "function cut\n",
    ]
)


@given(
    answer=st.lists(_CODE | st.text(max_size=3), max_size=25).map("".join), in_play=st.none() | st.just(["f", "A.g"])
)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_plan_is_a_real_change_or_a_refusal(answer: str, in_play: list[str] | None) -> None:
    files = {"a.py": PY.replace(b"\n", b"\r\n"), "b.js": JS}
    for text in (answer, f"```\n{answer}\n```", f"```python a.py\n{answer}\n```", f"```js b.js\n{answer}\n```"):
        try:
            done = plan(files, text, in_play=in_play)
        except EditRefused:
            continue
        assert done.files
        for path, content in done.files.items():
            assert content is not None
            assert content != files[path]
            if path == "a.py":
                compile(content, path, "exec")
                assert b"\n" not in content.replace(b"\r\n", b"")


@given(st.text())
@settings(max_examples=120, deadline=None)
def test_random_text_is_refused_or_planned_for_a_text_file(answer: str) -> None:
    try:
        done = plan({"notes.md": b"# A\n\ntext\n"}, f"```\n{answer}\n```")
    except EditRefused:
        return
    assert done.files["notes.md"]


def test_a_million_characters_are_refused_within_a_second() -> None:
    begun = time.process_time()
    for answer in ("x = 1\n" * 170_000, fenced("x = 1\n" * 170_000), "```\n" * 250_000):
        assert refused({"a.py": PY, "b.js": JS}, answer).code in {"too-large", "no-code"}
    assert time.process_time() - begun < 1

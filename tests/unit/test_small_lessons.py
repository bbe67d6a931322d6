"""Answers from blind runs that once became other bytes than they meant, each as small as it can be."""

from __future__ import annotations

import pytest

from workbench.edits import EditRefused, plan

JS = b"""'use strict';

/* eslint operator-linebreak: [2, "before"] */

function encode(str) {
  if (str) {
    return str;
  }
  return '';
}

function decode(str) {
  return str;
}

module.exports = { encode, decode };
"""


def test_a_comment_between_symbols_changes_where_the_file_is_answered_whole() -> None:
    code = JS.replace(b"// eslint", b"// ").replace(b'[2, "before"]', b'[2, "after"]')
    assert plan({"a.js": JS}, f"```js\n{code.decode()}```\n").files == {"a.js": code}


def test_layout_alone_changes_where_the_file_is_answered_whole() -> None:
    code = JS.replace(b"  if (str) {\n    return str;\n  }\n", b"  if (str) return str;\n")
    assert plan({"a.js": JS}, f"```js\n{code.decode()}```\n").files == {"a.js": code}


def test_a_function_left_out_of_a_whole_file_is_refused() -> None:
    code = JS.decode().replace("function decode(str) {\n  return str;\n}\n\n", "")
    with pytest.raises(EditRefused) as refused:
        plan({"a.js": JS}, f"```js\n{code}```\n")
    assert refused.value.code == "drops-code"


@pytest.mark.parametrize("lost", ["", "\n", "\n\n\n"])
def test_blank_lines_at_the_top_are_the_files(lost: str) -> None:
    before = b"\n" + JS
    code = lost + JS.decode().replace("return str;", "return str + 1;")
    assert plan({"a.js": before}, f"```js\n{code}```\n").files == {
        "a.js": before.replace(b"return str;", b"return str + 1;")
    }


def test_two_levels_of_indentation_are_no_scale() -> None:
    before = b"class A {\n  redirect(url) {\n    location\n    one();\n    two();\n  }\n}\n"
    answer = (
        "a.js\n<<<<<<< SEARCH\n"
        "redirect(url) {\n    location\n    one();\n    two();\n=======\n"
        "redirect(url) {\n    location\n    if (url) {\n      three();\n    }\n    one();\n    two();\n"
        ">>>>>>> REPLACE\n"
    )
    after = before.replace(b"    one", b"    if (url) {\n      three();\n    }\n    one")
    assert plan({"a.js": before}, answer).files == {"a.js": after}


def test_a_blank_line_that_nobody_has_beside_one_that_comes_is_refused() -> None:
    before = b"class A {\n  one() {\n    return 1;\n  }\n};\n\nfunction two() {\n  return 2;\n}\n"
    old = "  one() {\n    return 1;\n  }\n\n};\n"
    new = "  one() {\n    return 1;\n  }\n\n  three() {\n    return 3;\n  }\n\n};\n"
    with pytest.raises(EditRefused) as refused:
        plan({"a.js": before}, f"a.js\n<<<<<<< SEARCH\n{old}=======\n{new}>>>>>>> REPLACE\n")
    assert refused.value.code == "unclear-place"


def test_a_sentence_that_ends_with_here_stands_for_nothing() -> None:
    comment = "// (usually the dominant bottleneck is unwinding), and the implementation here"
    code = JS.decode().replace("  return '';", f"  {comment}\n  return '';")
    assert plan({"a.js": JS}, f"```js\n{code}```\n").files == {"a.js": code.encode()}
    lazy = JS.decode().replace("  return '';", "  // your implementation here\n  return '';")
    with pytest.raises(EditRefused) as refused:
        plan({"a.js": JS}, f"```js\n{lazy}```\n")
    assert refused.value.code == "placeholder"


def test_a_whole_python_file_in_another_layout_keeps_the_files_own() -> None:
    before = b'def one():\n    text = """\n    a\n      b\n    """\n    return text\n\n\ndef two():\n    return 2\n'
    code = before.decode().replace("    return 2", "    return 3").replace("    ", "\t")
    assert plan({"a.py": before}, f"```python\n{code}```\n").files == {"a.py": before.replace(b"return 2", b"return 3")}


def test_a_diff_that_lost_a_column_gives_it_back_to_what_comes() -> None:
    before = b"/**\n * One.\n *\n * @param {a} one\n * @param {b} two\n */\nfunction f() {}\n"
    shown = " * One.\n *\n * @param {a} one\n+* @param {c} new\n * @param {b} two\n"
    answer = f"--- a/a.js\n+++ b/a.js\n@@ -2,4 +2,5 @@\n{shown}"
    after = before.replace(b" * @param {b}", b" * @param {c} new\n * @param {b}")
    assert plan({"a.js": before}, answer).files == {"a.js": after}


def test_a_near_twin_is_not_taken_for_a_slip() -> None:
    before = (
        "# completion script\n#\n# Installation: app >> ~/.bashrc\n#    or app >> ~/.bash_profile on OSX.\n#\n_app()\n"
    )
    old = before.replace("bash", "zsh")
    answer = f"a.txt\n<<<<<<< SEARCH\n{old}=======\n{old.replace('zsh_profile', 'zprofile')}>>>>>>> REPLACE\n"
    with pytest.raises(EditRefused) as refused:
        plan({"a.txt": before.encode()}, answer)
    assert refused.value.code == "not-found"


def test_a_heading_that_is_underlined_like_a_divider_leaves_it_open_where_search_ends() -> None:
    before = b"Mistune\n=======\n\nA parser.\n"
    same = f"a.rst\n<<<<<<< SEARCH\n{before.decode()}=======\n{before.decode()}>>>>>>> REPLACE\n"
    with pytest.raises(EditRefused) as refused:
        plan({"a.rst": before}, same)
    assert refused.value.code == "malformed"
    longer = same.replace("Mistune\n=======\n", "Mistune 3\n=========\n")
    with pytest.raises(EditRefused):
        plan({"a.rst": before}, longer)


def test_a_fence_that_stays_in_a_diff_is_no_margin_of_what_follows() -> None:
    before = b" 2 Ann\n```\n\n- Tests\n\n```\n$ log\n 1 Bob\n 4 Cid\n```\n\nv1\n------\n\n```\n$ log\n 8 Cid\n```\n"
    after = before.replace(b"```\n$", b"```text\n$").replace(b" 4 Cid", b" 4 Dan").replace(b" 8 Cid", b" 8 Dan")
    body = (
        "  2 Ann\n ```\n \n - Tests\n \n-```\n+```text\n $ log\n  1 Bob\n- 4 Cid\n+ 4 Dan\n ```\n \n v1\n ------\n \n"
        "-```\n+```text\n $ log\n- 8 Cid\n+ 8 Dan\n ```\n"
    )
    for head, tail in (
        ("--- a/a.md\n+++ b/a.md\n@@ -1,18 +1,18 @@\n", ""),
        ("*** Begin Patch\n*** Update File: a.md\n@@\n", "*** End Patch\n"),
    ):
        assert plan({"a.md": before}, f"{head}{body}{tail}").files == {"a.md": after}

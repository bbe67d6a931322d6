"""The answer reader: code comes out of any shape of fence, and what was cut off is refused."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.edits.answer import Block, blocks
from workbench.errors import EditRefused


def refusal_code(answer: str) -> str | None:
    """Return the code with which an answer is refused, or None where it is read."""
    try:
        found = blocks(answer)
    except EditRefused as refusal:
        return refusal.code
    assert all("\r" not in block.code for block in found)
    return None


def only(answer: str) -> Block:
    (found,) = blocks(answer)
    return found


class TestFences:
    def test_code_comes_without_the_prose_around_it(self) -> None:
        found = only("Sure!\n\n```python\ndef f():\n    return 1\n```\nHope it helps.")
        assert found == Block(language="python", path=None, code="def f():\n    return 1\n")

    def test_several_blocks_keep_their_order(self) -> None:
        found = blocks("```js\na\n```\ntext\n~~~\nb\n~~~\n````md\nc\n````\n")
        assert [(block.language, block.code) for block in found] == [("js", "a\n"), ("", "b\n"), ("md", "c\n")]

    @pytest.mark.parametrize("name", ["src/a.py", "a.py:", "# a.py", "**a.py**"])
    def test_a_name_in_a_fence_of_its_own_names_the_code_after_it(self, name: str) -> None:
        found = only(f"```\n{name}\n```\nx = 1\ny = 2\n```\n")
        assert found.code == "x = 1\ny = 2\n"
        assert (found.path or "").endswith("a.py")

    def test_what_is_no_name_stays_code_and_what_is_cut_off_stays_so(self) -> None:
        assert refusal_code("```\nx = 1\n```\ny = 2\n```\n") == "cut-off"
        assert [block.code for block in blocks("```\na.py:\n```\nx = 1\n")] == ["a.py:\n"]

    def test_a_fence_with_a_language_inside_another_is_content(self) -> None:
        answer = "```markdown\n# Use\n```python\nx = 1\n```\nend\n```\n"
        assert only(answer).code == "# Use\n```python\nx = 1\n```\nend\n"

    def test_a_longer_fence_holds_shorter_ones(self) -> None:
        assert only("````md\n```\nx\n```\n````\n").code == "```\nx\n```\n"

    def test_an_indented_fence_in_a_docstring_closes_nothing(self) -> None:
        code = 'def f():\n    """F.\n\n    ```\n    f()\n    ```\n    """\n'
        assert only(f"```python\n{code}```\n").code == code

    def test_a_fence_at_the_margin_of_a_docstring_closes_nothing_where_code_goes_on(self) -> None:
        code = 'DOC = """\n```\nf()\n```\n"""\n'
        assert only(f"```python\n{code}```\n").code == code

    def test_a_fence_in_a_list_loses_its_margin(self) -> None:
        assert only("1. do\n   ```python\n   def f():\n       pass\n   ```\n").code == "def f():\n    pass\n"

    def test_windows_line_endings_and_a_bom_are_read(self) -> None:
        assert only("\ufeff```python\r\nx = 1\r\n```\r\n").code == "x = 1\n"

    @pytest.mark.parametrize(
        "answer",
        [
            "```python\ndef f():\n    ret",
            "```\nx\n```\n```python\ny\n",
            "```python\nx\n```python\ny\n```\n",
            "<think>so it",
            "````\nx\n```\n",
        ],
    )
    def test_what_is_not_closed_was_cut_off(self, answer: str) -> None:
        with pytest.raises(EditRefused) as caught:
            blocks(answer)
        assert caught.value.code == "cut-off"

    def test_thoughts_are_not_the_answer(self) -> None:
        assert only("<think>\n```python\nwrong\n```\n</think>\n```python\nx = 1\n```").code == "x = 1\n"

    def test_an_empty_fence_is_an_empty_block(self) -> None:
        assert only("```\n```").code == ""


class TestPaths:
    @pytest.mark.parametrize(
        "answer",
        [
            "```python src/a.py\nx = 1\n```",
            "```python:src/a.py\nx = 1\n```",
            "```src/a.py\nx = 1\n```",
            '```python title="src/a.py"\nx = 1\n```',
            "### `src/a.py`\n```python\nx = 1\n```",
            "**src/a.py**\n\n```python\nx = 1\n```",
            "File: src/a.py\n```python\nx = 1\n```",
            "src/a.py:\n```python\nx = 1\n```",
            "```python\n# src/a.py\nx = 1\n```",
            "```python\n# file: src/a.py\nx = 1\n```",
        ],
    )
    def test_a_path_is_found_where_models_write_it(self, answer: str) -> None:
        assert only(answer).path == "src/a.py"

    @pytest.mark.parametrize(
        "answer",
        [
            "**Text.truncate**\n```python\nx = 1\n```",
            "Python 3.11:\n```python 3.11\nx = 1\n```",
            "```python\n# and/or\nx = 1\n```",
            "See https://example.org/a.py\n```python\nx = 1\n```",
            "The file src/a.py now reads as follows.\n```python\nx = 1\n```",
            "```{.python}\nx = 1\n```",
        ],
    )
    def test_what_only_looks_like_a_path_is_none(self, answer: str) -> None:
        assert only(answer).path is None

    def test_the_language_is_kept_apart_from_the_path(self) -> None:
        assert only("```Python src/a.py\nx\n```").language == "python"
        assert only("```src/a.py\nx\n```").language == ""


class TestWithoutFences:
    def test_bare_code_is_code(self) -> None:
        assert only("def f():\n    return 1").code == "def f():\n    return 1\n"

    def test_prose_around_bare_code_is_left_off(self) -> None:
        answer = "Here is the function:\n\n@cache\ndef f():\n    return 1\n\nIt returns 1, always.\n"
        assert only(answer).code == "@cache\ndef f():\n    return 1\n"

    def test_a_method_with_its_margin_is_code(self) -> None:
        assert only("    def f(self):\n        return 1\n").code == "    def f(self):\n        return 1\n"

    def test_a_closing_fence_alone_ends_the_code(self) -> None:
        assert only("def f():\n    return 1\n```\n").code == "def f():\n    return 1\n"

    def test_assignments_alone_are_code(self) -> None:
        assert only("LIMIT = 3\n").code == "LIMIT = 3\n"

    @pytest.mark.parametrize(
        "answer", ["", "   \n", "Sure", "I cannot do that, sorry.", "def is a word", "import this, please do"]
    )
    def test_prose_is_no_code(self, answer: str) -> None:
        assert blocks(answer) == ()


_PIECES = st.sampled_from(
    [
        "```",
        "```python\n",
        "\n",
        "~~~",
        "    ",
        "def f():\n",
        "    return 1\n",
        "# a.py\n",
        "x",
        "`",
        "<think>",
        "</think>",
        "\r\n",
        '"""',
    ]
)


@given(st.lists(_PIECES | st.text(max_size=4), max_size=40).map("".join))
@settings(max_examples=250, deadline=None)
def test_nothing_but_a_refusal_escapes(answer: str) -> None:
    assert refusal_code(answer) in {None, "cut-off", "too-large"}


@pytest.mark.parametrize(
    "answer",
    [
        "```\n" * 250_000,
        "```python\n" * 100_000,
        "```python\n" + "x = (\n" * 160_000 + "```",
        ("```python\nx = (\n```\n") * 900 + "x" * 1_000_000,
        "def f(:\n\n" * 100_000,
        "`" * 1_000_000,
        "\n".join(" " * (number % 300) + "```" for number in range(1_990)) + "\n" + "y " * 300_000,
        " " * 1_000_000,
        "# " + "a/" * 500_000,
        "<think>" * 140_000,
        "```" + " " * 1_000_000 + "x`",
        "```" + " x" * 500_000,
    ],
    ids=range(12),
)
def test_a_million_characters_are_read_within_a_second(answer: str) -> None:
    begun = time.process_time()
    assert refusal_code(answer) in {None, "cut-off", "too-large"}
    assert time.process_time() - begun < 1

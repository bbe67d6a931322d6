"""The window: what must be shown is shown or the task fails; what need not be is dropped, by name."""

from __future__ import annotations

import pytest

from workbench.context.budget import Part, answer_tokens, estimate, fit
from workbench.context.outlined import outlined
from workbench.errors import AnswerRejected
from workbench.exchange import ChatRequest, Message, TokenCount
from workbench.model import Excerpt

COUNTED: list[int] = []


async def count(request: ChatRequest) -> TokenCount:
    """Count as an engine with a tokenizer would: two tokens a word."""
    tokens = 2 * sum(len(message.content.split()) for message in request.messages)
    COUNTED.append(tokens)
    return TokenCount(low=tokens, high=tokens)


def request(context: int, max_tokens: int = 100) -> ChatRequest:
    messages = (Message(role="system", content="Be brief."),)
    return ChatRequest(model="tiny", messages=messages, context=context, max_tokens=max_tokens)


async def test_a_short_prompt_is_not_even_counted() -> None:
    COUNTED.clear()
    fitted = await fit(request(1_000), [Part(name="task", text="Do it.")], count)
    assert fitted.left_out == ()
    assert fitted.request.messages[-1].content == "Do it."
    assert COUNTED == []


async def test_parts_stand_in_order_with_the_task_last() -> None:
    parts = [Part(name="a", text="first"), Part(name="b", text="second", needed=False), Part(name="task", text="third")]
    fitted = await fit(request(1_000), parts, count)
    assert fitted.request.messages[-1].content == "first\n\nsecond\n\nthird"


async def test_what_need_not_be_shown_goes_first_and_is_named() -> None:
    words = "word " * 400
    parts = [
        Part(name="one.py:1-9", text=words, needed=False),
        Part(name="two.py:1-9", text=words, needed=False),
        Part(name="task", text="Do it."),
    ]
    fitted = await fit(request(1_500), parts, count)
    assert fitted.left_out == ("two.py:1-9",)
    assert "Do it." in fitted.request.messages[-1].content
    assert (await count(fitted.request)).high + 100 <= 1_500


async def test_what_must_be_shown_and_cannot_is_an_error_with_a_hint() -> None:
    parts = [Part(name="big.py", text="word " * 5_000), Part(name="task", text="Do it.")]
    with pytest.raises(AnswerRejected) as caught:
        await fit(request(1_000), parts, count)
    assert caught.value.code == "too-long-for-model"
    assert "context" in caught.value.hint


async def test_room_for_the_answer_is_kept() -> None:
    parts = [Part(name="task", text="word " * 400)]
    await fit(request(2_000, max_tokens=100), parts, count)
    with pytest.raises(AnswerRejected):
        await fit(request(2_000, max_tokens=1_600), parts, count)


def test_an_answer_has_room_for_what_it_writes_anew_and_no_more_than_allowed() -> None:
    assert answer_tokens("x = 1\n", 2_000) == 256
    long = "    value = compute(value)\n" * 60
    assert estimate(long) < answer_tokens(long, 2_000) < 2_000
    assert answer_tokens(long * 50, 2_000) == 2_000


def test_a_long_file_is_cut_to_what_is_asked_about_with_true_line_numbers() -> None:
    blocks = [f"def f{number}(a, b):\n    total = a + b\n    return total * {number}\n" for number in range(200)]
    excerpt = Excerpt(path="big.py", first=1, last=800, text="\n".join(blocks))
    short = outlined(excerpt, "What does f150 do?", 800)
    assert estimate(short.text) < 1_400
    lines, whole = short.text.split("\n"), excerpt.text.split("\n")
    assert len(lines) == len(whole)
    assert all(line in {"", known} for line, known in zip(lines, whole, strict=True))
    assert "    return total * 150" in lines
    assert "def f0(a, b):" in lines
    assert "    return total * 0" not in lines


def test_indented_code_in_a_range_keeps_its_block_together() -> None:
    text = "class A:\n    def measure(self):\n        return 1\n\n    def n(self):\n        return 2\n" + "x = 1\n" * 50
    short = outlined(Excerpt(path="a.py", first=1, last=56, text=text), "What does measure do?", 30)
    assert "        return 1" in short.text
    assert "        return 2" not in short.text


def test_what_the_named_block_uses_is_shown_before_what_it_does_not() -> None:
    helpers = "\n\n".join(f"def helper_{n}(x):\n    return x * {n}" for n in range(60))
    text = f"def choose(n):\n    return helper_40(n)\n\n\n{helpers}\n"
    short = outlined(Excerpt(path="a.py", first=1, last=300, text=text), "How does choose work?", 200)
    assert "return helper_40(n)" in short.text
    assert "    return x * 40" in short.text
    assert "    return x * 41" not in short.text

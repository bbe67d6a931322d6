"""Bounds on tokens, and the alarm for prompts that were read short."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.engines.counting import bounds, check_before, check_read
from workbench.errors import EngineUnavailable
from workbench.exchange import ChatRequest, Completion, Message, TokenCount

TEXTS = st.lists(st.text(max_size=200), max_size=6)


@settings(deadline=None)
@given(TEXTS)
def test_the_bounds_are_in_order_and_a_text_never_takes_more_tokens_than_bytes(texts: list[str]) -> None:
    count = bounds(texts)
    assert 0 <= count.low <= count.high
    template = bounds([""] * len(texts)).high
    assert count.high - template <= 2 * sum(len(text.encode("utf-8", "replace")) for text in texts)


@settings(deadline=None)
@given(TEXTS, st.text(max_size=200))
def test_more_text_never_takes_fewer_tokens(texts: list[str], more: str) -> None:
    fewer, all_of_it = bounds(texts), bounds([*texts, more])
    assert fewer.low <= all_of_it.low
    assert fewer.high < all_of_it.high


def test_words_are_counted_and_marks_do_not_break_them() -> None:
    assert bounds(["one two three four"] * 10).low == 34
    assert bounds(["naïve " * 100]).low == 85
    assert bounds(["nai\u0308ve " * 100]).low == 85
    assert bounds(["हिन्दी " * 100]).low == 85
    assert bounds(["漢字" * 100]).low <= 1
    assert bounds([" \n\t.,;:!?(){}" * 50]).low == 0


def request(context: int = 1_000) -> ChatRequest:
    return ChatRequest(model="m", messages=(Message(role="user", content="x"),), context=context)


def completion(prompt: int, answer: int = 10) -> Completion:
    return Completion(text="x", finish="stop", prompt_tokens=prompt, completion_tokens=answer)


@pytest.mark.parametrize("read", [100, 500, 990])
def test_a_prompt_that_was_read_whole_raises_no_alarm(read: int) -> None:
    answer = completion(read)
    assert check_read(request(), TokenCount(low=100, high=1_200), answer) is answer


@pytest.mark.parametrize(("read", "answer"), [(0, 10), (99, 10), (1_000, 0), (991, 10)])
def test_a_prompt_that_was_read_short_or_pushed_out_raises_the_alarm(read: int, answer: int) -> None:
    with pytest.raises(EngineUnavailable) as caught:
        check_read(request(), TokenCount(low=100, high=1_200), completion(read, answer))
    assert caught.value.code == "prompt-shortened"


def test_a_prompt_that_cannot_fit_is_refused_before_it_is_sent() -> None:
    check_before(request(), TokenCount(low=999, high=5_000))
    with pytest.raises(EngineUnavailable):
        check_before(request(), TokenCount(low=1_000, high=5_000))
    with pytest.raises(EngineUnavailable):
        check_before(request(), TokenCount(low=600, high=700), window=512)

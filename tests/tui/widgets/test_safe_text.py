"""Nothing that commands a terminal, hides or turns text round gets through; positions stay true."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from widgets.painting import clip, clip_start, matches_in, window
from widgets.safe_text import (
    INVISIBLE_SYMBOL,
    cells,
    safe_label,
    safe_line,
    safe_lines,
    slice_cells,
    source_column,
    wrap_cells,
    wrap_words,
)

HOSTILE = st.text(
    alphabet=st.one_of(st.characters(), st.sampled_from("\x1b\x07\x00\u202e\u200b\ufeff\t\r\x9b漢e\u0301"))
)
SHOWN = HOSTILE.map(safe_line)
INVISIBLE_CATEGORIES = {"Cc", "Cs", "Zl", "Zp"}


@given(HOSTILE)
def test_what_is_shown_holds_no_control_no_direction_and_nothing_invisible(text: str) -> None:
    shown = safe_line(text)
    assert not [c for c in shown if unicodedata.category(c) in INVISIBLE_CATEGORIES]
    assert not [c for c in shown if unicodedata.bidirectional(c) in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI"}]
    assert not set("\u200b\u200d\u200e\u200f\u2060\ufeff\u00ad") & set(shown)


def test_escape_sequences_stand_there_in_plain_sight() -> None:
    assert safe_line("\x1b[31mred\x1b[0m") == "␛[31mred␛[0m"
    assert safe_line("\x1b]52;c;aGk=\x07") == "␛]52;c;aGk=␇"
    assert safe_line("a\x00b") == "a␀b"
    assert safe_line("admin\u202enimda") == "admin⇄nimda"
    assert safe_line("pass\u200bword") == "pass◌word"


def test_markup_is_text() -> None:
    assert safe_line("[bold red]x[/]") == "[bold red]x[/]"


@given(HOSTILE.filter(lambda text: "\t" not in text and not text.endswith(("\n", "\r"))))
def test_each_character_becomes_one(text: str) -> None:
    assert len(safe_line(text)) == len(text)


@given(HOSTILE.filter(lambda text: not text.endswith(("\n", "\r"))), st.integers(1, 8))
def test_a_column_of_the_shown_line_is_found_in_the_source(text: str, tab_size: int) -> None:
    shown = safe_line(text, tab_size)
    for column, character in enumerate(shown):
        source = text[source_column(text, column, tab_size)]
        assert source == "\t" or character in {source, safe_line(f"{source}.", 1)[:-1], INVISIBLE_SYMBOL}


def test_letters_cannot_be_stacked_over_other_lines() -> None:
    shown = safe_line("a" + "\u0301" * 50)
    assert shown.count("\u0301") == 4


@given(SHOWN, st.integers(1, 30))
def test_wrapped_pieces_cover_the_text_and_fit(text: str, width: int) -> None:
    pieces = list(wrap_cells(text, width))
    assert "".join(text[first:last] for first, last in pieces) == text
    assert all(cell_len(text[first:last]) <= max(width, 2) for first, last in pieces)


@given(SHOWN, st.integers(1, 30))
def test_words_are_wrapped_without_losing_any(text: str, width: int) -> None:
    pieces = list(wrap_words(text, width))
    assert "".join(text[first:last] for first, last in pieces) == text
    assert all(cell_len(text[first:last].rstrip(" ")) <= max(width, 2) for first, last in pieces)


@given(st.lists(st.text(alphabet="abc", min_size=1, max_size=5), max_size=12))
def test_no_word_that_fits_is_broken(words: list[str]) -> None:
    text = " ".join(words)
    pieces = [text[first:last].split() for first, last in wrap_words(text, 12)]
    assert [word for piece in pieces for word in piece] == words


@given(SHOWN, st.integers(0, 40), st.integers(1, 40))
def test_a_window_is_exactly_as_wide_as_asked(text: str, start: int, width: int) -> None:
    first, last, lead, tail = window(text, start, width)
    assert lead + cells(text[first:last]) + tail == width


@given(SHOWN, st.integers(0, 30))
def test_clipped_text_is_exactly_as_wide_as_asked(text: str, width: int) -> None:
    assert cells(clip(text, width)) == width
    assert cells(clip_start(text, width)) == width


@given(HOSTILE)
def test_a_label_is_one_line(text: str) -> None:
    assert "\n" not in safe_label(text)
    assert "\t" not in safe_label(text)


@given(HOSTILE)
def test_only_line_feeds_end_lines(text: str) -> None:
    assert len(safe_lines(text)) == text.count("\n") + 1


@given(SHOWN, st.integers(0, 50))
def test_characters_before_a_cell_are_counted(text: str, cell: int) -> None:
    _, last, _ = slice_cells(text, 0, cell)
    assert cells(text[:last]) <= cell


def test_small_letters_find_capitals_and_capitals_only_themselves() -> None:
    assert list(matches_in("Text text TEXT", "text")) == [(0, 4), (5, 9), (10, 14)]
    assert list(matches_in("Text text TEXT", "Text")) == [(0, 4)]
    assert list(matches_in("text", "")) == []

"""Every text can be read on every ground, in every theme; without colours too."""

from __future__ import annotations

import pytest
from rich.color import Color as RichColor
from rich.color import ColorSystem
from textual.color import Color
from textual.filter import Monochrome
from textual.theme import Theme

from tests.tui.widgets.stage import PATCH, Stage, lines_of
from themes import DEFAULT, themes
from widgets.diff_view import DiffView
from widgets.palette import Palette
from widgets.syntax import NAMES

THEMES = {theme.name: theme for theme in themes()}
GROUNDS = (
    "background",
    "surface",
    "diff-added-background",
    "diff-removed-background",
    "diff-added-word-background",
    "diff-removed-word-background",
    "search-background",
    "select-background",
    "cursor-background",
    "code-background",
    "diff-heading-background",
)
TEXTS = (
    *NAMES,
    "syntax-name",
    *("foreground", "quiet", "heading", "diff-bar", "diff-added-foreground", "diff-removed-foreground"),
    *("primary", "secondary", "accent", "warning", "error", "success"),
)


def brightness(colour: Color) -> float:
    """Return the relative luminance of WCAG 2."""

    def linear(value: int) -> float:
        share = value / 255
        return share / 12.92 if share <= 0.03928 else float(((share + 0.055) / 1.055) ** 2.4)

    return 0.2126 * linear(colour.r) + 0.7152 * linear(colour.g) + 0.0722 * linear(colour.b)


def contrast(one: Color, other: Color) -> float:
    high, low = sorted((brightness(one), brightness(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def palette(theme: Theme) -> Palette:
    variables = theme.to_color_system().generate() | theme.variables
    return Palette(variables, Color.parse(variables["background"]))


def test_there_are_six_dark_and_light() -> None:
    assert len(THEMES) == 6
    assert {theme.dark for theme in THEMES.values()} == {True, False}
    assert DEFAULT in THEMES


@pytest.mark.parametrize("name", THEMES)
def test_every_text_can_be_read_on_every_ground(name: str) -> None:
    colours = palette(THEMES[name])
    least = 7.0 if name == "nanite-contrast" else 4.5
    poor = {
        (text, ground): round(ratio, 2)
        for text in TEXTS
        for ground in GROUNDS
        if (ratio := contrast(colours.colour(text), colours.colour(ground))) < least
    }
    assert not poor


def test_the_colour_blind_safe_theme_tells_added_from_removed_by_blue_and_orange() -> None:
    colours = palette(THEMES["nanite-tide"])
    for pair in ("background", "word-background", "foreground"):
        added, removed = colours.colour(f"diff-added-{pair}"), colours.colour(f"diff-removed-{pair}")
        assert added.b > added.r
        assert removed.r > removed.b


async def test_a_change_of_theme_recolours_code() -> None:
    view = DiffView(PATCH)
    stage = Stage(view)
    async with stage.run_test(size=(120, 30)) as pilot:
        before = [segment.style for segment in view.render_line(3)]
        stage.theme = "nanite-paper"
        await pilot.pause()
        after = [segment.style for segment in view.render_line(3)]
        assert before != after
        assert (
            view._ready().scene.palette.colour("syntax-keyword").hex.lower()
            == THEMES["nanite-paper"].variables["syntax-keyword"]
        )


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light", "ansi-dark", "nord"])
async def test_a_theme_that_knows_nothing_of_diffs_still_works(theme: str) -> None:
    view = DiffView(PATCH)
    stage = Stage(view, theme=theme)
    async with stage.run_test(size=(120, 30)):
        assert "hunk 1/3" in "".join(lines_of(view))


async def test_no_color_leaves_only_greys_and_every_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    view = DiffView(PATCH)
    stage = Stage(view)
    async with stage.run_test(size=(120, 30)):
        filters = [each for each in stage.get_line_filters() if isinstance(each, Monochrome)]
        assert filters
        for y in range(20):
            strip = view.render_line(y).apply_filter(filters[0], Color.parse("#000000"))
            for segment in strip:
                for colour in (segment.style.color, segment.style.bgcolor) if segment.style else ():
                    red, green, blue = colour.get_truecolor() if colour else (0, 0, 0)
                    assert red == green == blue
        rows = [line for line in lines_of(view) if "hello" in line or "good day" in line]
        assert all(" - " in row or " + " in row for row in rows)


@pytest.mark.parametrize("name", THEMES)
def test_sixteen_colours_leave_every_text_apart_from_its_ground(name: str) -> None:
    colours = palette(THEMES[name])

    def reduced(colour: str) -> RichColor:
        return colours.colour(colour).rich_color.downgrade(ColorSystem.STANDARD)

    lost = [(text, ground) for text in TEXTS for ground in GROUNDS if reduced(text) == reduced(ground)]
    assert not lost

"""Rich styles made from the theme's variables, so that a change of theme recolours everything that is painted by hand.

A theme that knows nothing of diffs or syntax still works: what it does not define is blended from its base colours.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from rich.style import Style
from textual.color import Color, ColorParseError

if TYPE_CHECKING:
    from textual.widget import Widget

_BLENDS: dict[str, tuple[str, str, float]] = {
    "diff-added-background": ("background", "success", 0.18),
    "diff-removed-background": ("background", "error", 0.18),
    "diff-added-word-background": ("background", "success", 0.38),
    "diff-removed-word-background": ("background", "error", 0.38),
    "diff-empty-background": ("background", "foreground", 0.05),
    "diff-heading-background": ("background", "primary", 0.2),
    "select-background": ("background", "primary", 0.45),
    "search-background": ("background", "warning", 0.4),
    "cursor-background": ("background", "primary", 0.25),
    "quiet": ("foreground", "background", 0.4),
    "code-background": ("background", "foreground", 0.08),
    "meter-empty": ("background", "foreground", 0.2),
    "syntax-comment": ("foreground", "background", 0.4),
}
_ALIASES: dict[str, str] = {
    "diff-added-foreground": "success",
    "diff-removed-foreground": "error",
    "diff-heading-foreground": "foreground",
    "heading": "primary",
    "diff-bar": "accent",
    "diff-empty-foreground": "meter-empty",
    "syntax-keyword": "accent",
    "syntax-string": "success",
    "syntax-docstring": "success",
    "syntax-number": "warning",
    "syntax-function": "primary",
    "syntax-class": "warning",
    "syntax-builtin": "secondary",
    "syntax-decorator": "secondary",
    "syntax-constant": "warning",
    "syntax-tag": "primary",
    "syntax-attribute": "warning",
}

_MARKED = frozenset({"select-background", "search-background", "cursor-background"})


class Palette:
    """The colours of one theme on one background.

    `surface` is the name of the background the widget is painted on, whatever the theme calls it.
    """

    def __init__(self, variables: Mapping[str, str], surface: Color) -> None:
        self._variables = variables
        self._surface = surface
        self._colours: dict[str, Color] = {"surface": surface}
        self._styles: dict[tuple[str, str, str], Style] = {}

    def colour(self, name: str) -> Color:
        """Return the colour the theme gives to `name`, opaque."""
        known = self._colours.get(name)
        if known is None:
            known = self._colours[name] = self._resolve(name)
        return known

    def _resolve(self, name: str) -> Color:
        text = self._variables.get(name)
        if text is not None:
            try:
                found = Color.parse(text)
            except ColorParseError:  # "auto 87%": a colour that depends on what is beneath
                return self.colour("foreground")
            if found.ansi is not None or found.a >= 1:
                return found
            return self._surface.blend(found, found.a, 1) if self._surface.ansi is None else self._surface
        if name in _BLENDS:
            base, other, factor = _BLENDS[name]
            bottom, top = self.colour(base), self.colour(other)
            return bottom if bottom.ansi is not None or top.ansi is not None else bottom.blend(top, factor, 1)
        return self.colour(_ALIASES.get(name, "foreground")) if name != "foreground" else Color.parse("ansi_default")

    def style(self, foreground: str, background: str = "surface", flags: str = "") -> Style:
        """Return the style for two named colours; `flags` holds letters of b(old), i(talic), u(nderline), r(everse)."""
        key = (foreground, background, flags)
        style = self._styles.get(key)
        if style is None:
            # A theme of the terminal's own colours has no shades: there a marked place is shown reversed.
            marked = background in _MARKED and self.colour(background) == self._surface
            flags = flags + "r" if marked else flags
            style = self._styles[key] = Style(
                color=self.colour(foreground).rich_color,
                bgcolor=self.colour(background).rich_color,
                bold="b" in flags or None,
                italic="i" in flags or None,
                underline="u" in flags or None,
                reverse="r" in flags or None,
                strike="s" in flags or None,
            )
        return style


def palette_key(widget: Widget) -> tuple[str, Color]:
    """Return what a palette depends on; a widget makes a new one, and drops its strips, when this changes."""
    return widget.app.theme, widget.background_colors[1]


def palette_of(widget: Widget) -> Palette:
    """Return the palette of the app's theme on the background that `widget` has now."""
    return Palette(widget.app.theme_variables, widget.background_colors[1])

"""What every part of the main screen knows: the app, the selected task and what was read of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.screen import Screen

from workbench.tui.detail import Detail

if TYPE_CHECKING:
    from workbench.tui.app import Workbench


class WorkScreen(Screen[None]):
    """The ground of the main screen."""

    def __init__(self) -> None:
        super().__init__()
        self.selected = ""
        self.detail: Detail | None = None

    @property
    def bench(self) -> Workbench:
        """The app, as what it is."""
        return cast("Workbench", self.app)

    def entitle_diff(self) -> None:
        """Say in the diff's frame what is shown and kept."""
        raise NotImplementedError

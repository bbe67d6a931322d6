"""The first start: what is there, what is missing, one key to fetch the model and one to see the demo."""

from __future__ import annotations

import subprocess
import sys
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import ProgressBar, Static

from widgets.safe_text import safe_label
from workbench.errors import NaniteError
from workbench.settings import Settings
from workbench.tui.dialogs import Choice
from workbench.tui.telemetry import EngineView

FETCH, DEMO, ON = "fetch", "demo", "on"


def is_ready(engines: tuple[EngineView, ...], model: str) -> bool:
    """Return whether some engine is up and has the model."""
    return any(engine.is_up and model in engine.models for engine in engines)


def welcome_words(engines: tuple[EngineView, ...], model: str) -> str:
    """Return in words what was found of engines and model, and what to do."""
    lines = []
    for engine in engines:
        state = "up" if engine.is_up else f"not up: {engine.detail}"
        models = ", ".join(engine.models) or "no model yet"
        lines.append(f"{engine.name}: {state}" + (f", {models}" if engine.is_up else ""))
    up = any(engine.is_up for engine in engines)
    lines.append("")
    if up:
        lines.append(f"An engine is there, but {model} is not on this machine.")
    else:
        lines.append("No engine can be reached. Install the embedded one: pip install 'nanite-workbench[embedded]'.")
        lines += [f"Or: {engine.hint}" for engine in engines if engine.hint]
    lines.append("Everything stays on this machine; weights are accepted only by their sha256.")
    return "\n".join(safe_label(line) for line in lines)


def welcome_choices(engines: tuple[EngineView, ...], model: str) -> tuple[Choice, ...]:
    """Return what can be done about it."""
    go_on = Choice(ON, "Go on to the workbench", "w")
    if not any(engine.is_up for engine in engines):
        return (go_on,)
    demo = Choice(DEMO, "Show the demo on a scratch repository (fetches the model first)", "d")
    return (Choice(FETCH, f"Fetch {model}", "f"), demo, go_on)


def show_demo() -> None:
    """Run the demo in the terminal, which must be the person's own by now; wait until it was read."""
    subprocess.call([sys.executable, "-m", "workbench.cli", "demo"])
    input("\nenter: back to the workbench ")


class Fetched(Message):
    """Fetching went on: bytes done and in all (0 where not known), and what is being done."""

    def __init__(self, done: int, total: int, what: str) -> None:
        super().__init__()
        self.done, self.total, self.what = done, total, what

    def can_replace(self, message: Message) -> bool:
        """Only the newest matters."""
        return isinstance(message, Fetched)


class Fetching(ModalScreen[str | None]):
    """Fetches a model and shows how far it is; answers with an error's words, or None where it is there."""

    DEFAULT_CSS = """
    Fetching { align: center middle; }
    Fetching > Vertical {
        width: 70; max-width: 90%; height: auto; padding: 1 2; border: round $border; background: $surface;
    }
    Fetching ProgressBar { margin: 1 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Stop; what is there stays there")]

    def __init__(self, settings: Settings, model: str) -> None:
        super().__init__()
        self._settings, self._model = settings, model

    def compose(self) -> ComposeResult:
        """Return the bar."""
        with Vertical():
            yield Static(Content(f"Fetching {safe_label(self._model)}"))
            yield ProgressBar(total=None, show_eta=True)
            yield Static(Content("…"), id="what")
            yield Static(Content("esc: stop; what was fetched is kept for the next time"))

    def on_mount(self) -> None:
        """Begin."""
        self.run_worker(self._fetch(), group="fetch", exit_on_error=False)

    async def _fetch(self) -> None:
        from workbench.engines.pool import Pool

        pool = Pool(self._settings)
        try:
            await pool.pull(self._model, self._post)
        except NaniteError as error:
            self.dismiss(f"{error.message} ({error.hint})" if error.hint else error.message)
        except OSError as error:
            self.dismiss(f"it cannot be kept: {error.strerror or error}")
        else:
            self.dismiss(None)
        finally:
            await pool.close()

    def _post(self, done: int, total: int, what: str) -> None:
        self.post_message(Fetched(done, total, what))

    def on_fetched(self, message: Fetched) -> None:
        """Show how far it is."""
        self.query_one(ProgressBar).update(total=message.total or None, progress=message.done)
        self.query_one("#what", Static).update(Content(safe_label(message.what)))

    def action_leave(self) -> None:
        """Stop."""
        self.workers.cancel_group(self, "fetch")
        self.dismiss("stopped; fetch it again to go on")

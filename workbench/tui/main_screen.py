"""The one screen that is always there: tasks, nanites and machine at the left, diff and transcript at the right."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Resize
from textual.message import Message
from textual.widgets import Static
from textual.worker import Worker

from widgets.diff_view import DiffView
from widgets.meters import AgentList, MachinePanel
from widgets.status_line import KeyHint, StatusLine, StatusSegment
from widgets.task_table import TaskTable
from widgets.transcript import Entry, Transcript
from workbench.tui.detail import Detail, read_detail, texts_after
from workbench.tui.doing import do
from workbench.tui.fields import Line
from workbench.tui.keys import KEYS, first_key
from workbench.tui.pane import ChapterLine, Pane
from workbench.tui.pane_actions import PANES, PaneActions
from workbench.tui.review_actions import ReviewActions
from workbench.tui.rows import agent_row, machine_reading, task_row, thousands
from workbench.tui.scene import FINAL, Change
from workbench.tui.transcript_actions import TranscriptActions

DETAIL_SECONDS = 0.06
"""How long the cursor must rest on a task before it is read: running down the list reads nothing."""

SPLIT_FROM, SPLIT_IN = 74, 100
"""The diff has two columns from so many cells of its own (what it has in a terminal of 120), in a terminal that has at
least so many: below, where the panes stand one over the other, one column reads better."""

_EMPTY_DIFF = "What the selected task proposes."
_EMPTY_TASKS = "No tasks yet: press + to make one."


class DetailRead(Message):
    """The selected task was read from disk."""

    def __init__(self, detail: Detail) -> None:
        super().__init__()
        self.detail = detail


class MainScreen(ReviewActions, PaneActions, TranscriptActions):
    """Shows the scene of its app; what the keys decide is in ReviewActions."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key.keys, key.action, key.does, show=bool(key.label), id=key.binding_id) for key in KEYS if key.action
    ]

    _has_missed = False
    """Whether events came while a question was on top."""

    def compose(self) -> ComposeResult:
        """Return the panes."""
        clock = self.bench.scene.clock
        with Horizontal(id="body"):
            with Vertical(id="left"):
                with Pane(id="tasks-pane"):
                    yield TaskTable(clock=clock, empty_text=_EMPTY_TASKS, id="tasks")
                with Pane(id="nanites-pane"):
                    yield AgentList(empty_text="No nanite is at work.", id="nanites")
                with Pane(id="machine-pane"):
                    yield MachinePanel(id="machine")
            with Vertical(id="right"):
                with Pane(id="diff-pane"):
                    yield DiffView(empty_text=_EMPTY_DIFF, split_from=SPLIT_FROM, id="diff")
                    yield Transcript(empty_text="", id="words")
                with Pane(id="transcript-pane"):
                    yield ChapterLine(id="chapters")
                    yield Transcript(empty_text="What was asked and answered.", id="transcript")
        with Horizontal(id="bar"):
            yield Static(Content(""), id="bar-label")
            yield Line(id="bar-input")
        yield StatusLine(id="status")

    def on_resize(self, event: Resize) -> None:
        """Give the diff two columns only where the terminal has room for them."""
        self.query_one(DiffView).split_from = SPLIT_FROM if event.size.width >= SPLIT_IN else event.size.width + 1

    def on_mount(self) -> None:
        """Show what is known already."""
        for name, title in zip(PANES, ("Tasks", "Diff", "Transcript", "Nanites", "Machine"), strict=True):
            self.query_one(f"#{name}-pane", Pane).entitle(title)
        self.query_one(TaskTable).focus()
        self.show_status()

    def on_screen_resume(self) -> None:
        """Show what came while a question was on top."""
        if self._has_missed:
            self._has_missed = False
            self.load(is_last=True)
            self.show_agents()
            self.read_selected()
        self.show_machine()
        self.show_status()

    # The scene changed

    def load(self, is_last: bool) -> None:
        """Show all tasks that are known: records have been read."""
        scene = self.bench.scene
        self.query_one(TaskTable).load(task_row(scene, task) for task in scene.tasks.values())
        if is_last:
            self.show_counts()
            self.show_status()

    def follow(self, change: Change) -> None:
        """Show what a batch of events changed, once no question is on top.

        What lies under a question is painted through it, all of it for every line that changes.
        """
        if not self.is_current:
            self._has_missed = True
            return
        scene, table = self.bench.scene, self.query_one(TaskTable)
        for task_id in change.tasks:
            if task_id in scene.tasks:
                table.put(task_row(scene, scene.tasks[task_id]))
        if change.tasks:
            self.show_counts()
        self.show_agents()
        self._follow_selected(change)
        self.show_status()

    def show_counts(self) -> None:
        """Show how many tasks there are of which kind of state."""
        scene = self.bench.scene
        wait, run = scene.count("queued", "blocked"), scene.count("running")
        review, done = scene.count("review"), scene.count(*FINAL)
        words = f"{review} to review · {wait} wait · {run} run · {done} done"
        self.query_one("#tasks-pane", Pane).entitle("Tasks", words)

    def show_agents(self) -> None:
        """Show who is at work, then who was cut off, then who has answered, the newest first."""
        scene, context = self.bench.scene, self.bench.settings.engine.context
        voices = sorted(
            scene.voices.values(), key=lambda voice: (not voice.is_speaking, not voice.is_truncated, -voice.asked_at)
        )
        self.query_one(AgentList).show([agent_row(scene, voice, context) for voice in voices[:16]])

    def show_machine(self) -> None:
        """Show the last readings."""
        bench = self.bench
        if bench.telemetry is None or not self.is_mounted or not self.is_current:
            return
        histories = {name: tuple(values) for name, values in bench.histories.items()}
        self.query_one(MachinePanel).show(machine_reading(bench.telemetry, histories, tuple(bench.scene.rates)))
        self.show_agents()

    def show_status(self) -> None:
        """Show keys and news at the foot."""
        if not self.is_mounted:
            return
        line = self.query_one(StatusLine)
        keys_now = self.bench.keys_now
        line.show_hints([KeyHint(first_key(keys_now.get(key.name, key.keys)), key.label) for key in KEYS if key.label])
        line.show_segments([*self._news(), self._engine_news()])

    def _news(self) -> list[StatusSegment]:
        scene = self.bench.scene
        review, run = scene.count("review"), scene.count("running")
        news = []
        if review:
            news.append(StatusSegment(f"{review} to review", f"{review}▲", rank=0, colour="warning", bold=True))
        if run:
            news.append(StatusSegment(f"{run} running", f"{run}◐", rank=1, colour="primary"))
        if not scene.has_runner:
            news.append(StatusSegment("no runner", rank=1, colour="warning"))
        saved = self.bench.telemetry.saved if self.bench.telemetry else None
        if saved:
            colour = "success" if saved > 0 else "warning"
            news.append(StatusSegment(f"saved {thousands(saved)} today", thousands(saved), rank=3, colour=colour))
        return news

    def _engine_news(self) -> StatusSegment:
        telemetry = self.bench.telemetry
        if telemetry is None or telemetry.engines is None:
            return StatusSegment("looking for an engine", "engine …", rank=2, colour="foreground")
        wanted = self.bench.settings.models.nanite
        for engine in telemetry.engines:
            if engine.is_up and wanted in engine.models:
                return StatusSegment(f"{engine.name} ● {wanted}", f"{engine.name} ●", rank=2, colour="success")
        if any(engine.is_up for engine in telemetry.engines):
            return StatusSegment(f"○ {wanted} is missing", "○ model", rank=0, colour="error")
        return StatusSegment("○ no engine", rank=0, colour="error")

    # The selected task

    def on_task_table_row_focused(self, message: TaskTable.RowFocused) -> None:
        """Read the task under the cursor, once the cursor rests."""
        self.selected = message.row_id
        if not self.selected:
            self.detail = None
            self._show_detail()
            return
        self.set_timer(DETAIL_SECONDS, lambda wanted=message.row_id: self._read_if_still(wanted))

    def _read_if_still(self, wanted: str) -> None:
        if wanted == self.selected:
            self.read_selected()

    def read_selected(self) -> None:
        """Read the selected task anew."""
        folder, task_id = self.bench.folder, self.selected
        if task_id:
            self.run_worker(
                lambda: self.post_message(DetailRead(read_detail(folder, task_id))) and None,
                group="detail",
                exclusive=True,
                thread=True,
                exit_on_error=False,
            )

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Tell of a fault, as the app does."""
        self.bench.on_worker_state_changed(event)

    def on_detail_read(self, message: DetailRead) -> None:
        """Show a task that was read, unless another is selected by now."""
        if message.detail.task_id == self.selected and self.bench.is_standing:
            self.detail = message.detail
            self._show_detail()

    def _show_detail(self) -> None:
        detail = self.detail
        self.entitle_diff()
        diff = self.query_one(DiffView)
        if detail is None:
            diff.show("")
            self.query_one("#words", Transcript).clear()
            self.remove_class("-words")
        else:
            self.set_class(not detail.patch, "-words")
            diff.decidable = detail.task is not None and detail.task.state == "review"
            diff.show(
                detail.patch,
                annotations=detail.annotations,
                notes=self.notes_of(detail.task_id),
                remarks=detail.remarks,
                dropped=self.dropped_of(detail.task_id),
                keep_place=True,
            )
            self._show_words(detail)
        self.show_transcript()

    def _show_words(self, detail: Detail) -> None:
        words = self.query_one("#words", Transcript)
        words.clear()
        task = detail.task
        if detail.patch or task is None:
            return
        if task.text:
            words.add(Entry("asked", "prompt", "asked", task.text, folded=False))
        if task.state == "failed":
            words.add(Entry("failed", "error", "failed; R runs it again", detail.words))
        elif detail.words:
            words.add(Entry("words", "answer", task.state, detail.words))
        elif task.state not in FINAL:
            words.add(Entry("state", "note", task.state, task.step))

    def entitle_diff(self) -> None:
        """Say in the frame what the diff is of, how it was verified and what is kept."""
        pane, detail = self.query_one("#diff-pane", Pane), self.detail
        if detail is None or detail.task is None:
            pane.entitle("Diff")
            return
        task = self.bench.scene.tasks.get(detail.task_id, detail.task)
        about = " ".join((task.text or task.summary).split())
        title = f"{task.target} · {about}" if about and about != task.target else task.target
        signs = {"proven": "proven ≡", "checked": "checked ✔", "unverified": "unverified ?"}
        parts = [signs.get(task.verdict, task.verdict)] if task.verdict else [task.state]
        ran = [ok for _, ok in detail.checks if ok is not None]
        if ran:
            parts.append(f"checks {sum(ran)}/{len(ran)}")
        diff = self.query_one(DiffView)
        if detail.patch and diff.patch.hunks:
            kept = "dropped" if diff.current_hunk in diff.dropped else "kept"
            parts.append(f"hunk {diff.current_hunk} of {len(diff.patch.hunks)} {kept}")
        pane.entitle(title, " · ".join(parts))

    def _follow_selected(self, change: Change) -> None:
        if not self.selected:
            return
        mine = [line for line in change.lines if line.get("task") == self.selected]
        if not mine:
            return
        if self.detail is None or self.detail.task_id != self.selected:
            self.read_selected()
            return
        for line in mine:
            self.tell_line(self.detail, line)
        if any(line.get("event") in {"review-asked", "task-ended", "change-applied"} for line in mine):
            self.read_selected()
        else:
            self.entitle_diff()

    # What the panes tell

    def on_task_table_row_opened(self, message: TaskTable.RowOpened) -> None:
        """Go on to the change."""
        self.action_pane("diff")

    async def on_status_line_hint_clicked(self, message: StatusLine.HintClicked) -> None:
        """Do what a key does whose hint was clicked."""
        keys_now = self.bench.keys_now
        for key in KEYS:
            if key.label and first_key(keys_now.get(key.name, key.keys)) == message.key:
                await do(self, key)

    def on_agent_list_agent_opened(self, message: AgentList.AgentOpened) -> None:
        """Go to what the agent writes."""
        task_id, _, role = message.agent.id.partition("/")
        self.query_one(TaskTable).move_to(task_id)
        self.chapter = role
        self.action_pane("transcript")

    def on_diff_view_hunk_focused(self, message: DiffView.HunkFocused) -> None:
        """Say which hunk it is."""
        self.entitle_diff()

    def on_diff_view_context_wanted(self, message: DiffView.ContextWanted) -> None:
        """Give the diff the whole files, and let it show more."""
        if self.detail is not None:
            message.diff_view.set_sources(texts_after(self.bench.folder, self.detail.task_id))
            message.diff_view.action_expand()

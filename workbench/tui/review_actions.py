"""What a person decides: approve, reject, edit, retry, undo, cancel, a new task. Each drops a file, no more."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from subprocess import call
from typing import Any

from textual.app import SuspendNotSupported

from widgets.diff_view import DiffView
from widgets.task_table import TaskTable
from workbench.errors import NaniteError
from workbench.tui import reading
from workbench.tui.detail import texts_after
from workbench.tui.keys import PANES
from workbench.tui.keys import Pane as PaneName
from workbench.tui.pane_actions import PaneActions
from workbench.tui.scene import FINAL, TaskView

BY = "terminal workbench"
_MOST_FILES = 5_000


class ReviewActions(PaneActions):
    """The deciding part of the main screen."""

    def __init__(self) -> None:
        super().__init__()
        self._notes: dict[str, dict[int, str]] = {}
        self._dropped: dict[str, frozenset[int]] = {}

    def notes_of(self, task_id: str) -> dict[int, str]:
        """Return the notes a person wrote on a task's hunks, by their numbers."""
        return self._notes.get(task_id, {})

    def dropped_of(self, task_id: str) -> frozenset[int]:
        """Return the hunks of a task that were dropped."""
        return self._dropped.get(task_id, frozenset())

    def on_diff_view_hunk_toggled(self, message: DiffView.HunkToggled) -> None:
        """Keep in mind which hunks are dropped while other tasks are looked at."""
        self._dropped[self.selected] = message.diff_view.dropped
        self.entitle_diff()

    # Decisions

    def action_approve(self) -> None:
        """Approve what is kept of the selected proposal."""
        asking = self.bench.scene.tasks.get(self.selected)
        if asking is not None and asking.state == "blocked" and asking.asks:
            self.action_allow()
            return
        task = self._need("review", "approved")
        if task is None:
            return
        diff = self.query_one(DiffView)
        if not self._is_shown(task):
            self.bench.warn("the change is still being read; look at it first")
            return
        kept = diff.kept
        if not kept:
            self.bench.warn("no hunk is kept; r rejects the proposal")
            return
        some = len(kept) < len(diff.patch.hunks)
        self._decide(task.id, "approve", hunks=kept if some else None)
        self._go_on(task.id)

    def action_approve_proven(self) -> None:
        """Approve every proposal that waits and is proven."""
        scene = self.bench.scene
        proven = [task for task in scene.tasks.values() if task.state == "review" and task.verdict == "proven"]
        for task in proven:
            self._decide(task.id, "approve", quiet=True)
        self.bench.tell(f"approved {len(proven)} proven" if proven else "no proposal that waits is proven")

    def action_reject(self) -> None:
        """Reject the selected proposal, with a reason."""
        task = self._need("review", "rejected")
        if task is None:
            return
        from workbench.tui.dialogs import Ask

        notes = "; ".join(f"hunk {number}: {text}" for number, text in sorted(self.notes_of(task.id).items()))

        def reject(reason: str | None) -> None:
            if reason is not None:
                self._decide(task.id, "reject", reason=reason.strip() or None)
                self._go_on(task.id)

        self.app.push_screen(Ask("Reject: why? (may stay empty)", value=notes), reject)

    def action_retry(self) -> None:
        """Run the selected task again."""
        task = self._selected_task()
        if task is None:
            return
        if task.state in {"queued", "running", "blocked", "applied"}:
            self.bench.warn(f"the task is {task.state}; only one at rest or in review runs again")
            return
        notes = "; ".join(self.notes_of(task.id).values())
        self._decide(task.id, "retry", reason=notes or None)

    def action_undo(self) -> None:
        """Restore what the selected task changed."""
        task = self._need("applied", "undone")
        if task is not None:
            self._decide(task.id, "undo")

    def action_cancel(self) -> None:
        """End the selected task."""
        task = self._selected_task()
        if task is None:
            return
        if task.state in FINAL:
            self.bench.warn(f"the task is {task.state} already")
            return
        self._decide(task.id, "cancel")

    def action_allow(self) -> None:
        """Ask whether the commands that the selected task asks about may run, and drop the answer."""
        task = self._selected_task()
        if task is None:
            return
        record = reading.record(self.bench.folder, task.id) or {}
        self.run_worker(self._ask_about_commands(task.id, record), group="allow", exclusive=True)

    async def _ask_about_commands(self, task_id: str, record: dict[str, Any]) -> None:
        from workbench.checks.guard import choose
        from workbench.checks.question import ANSWERS, question_of
        from workbench.tui.dialogs import Choice, Choose

        # The first look at what this machine's guard can do starts a process.
        question = question_of(record, await asyncio.to_thread(choose))
        if question is None:
            self.bench.warn("the task asks about no command")
            return

        def answer(scope: str | None) -> None:
            if scope is not None:
                self._decide(task_id, "allow", scope=scope)

        choices = [Choice(scope, ANSWERS[scope], scope[0]) for scope in question.scopes]
        self.app.push_screen(Choose(question.title, choices, words="\n".join(question.words)), answer)

    def action_note(self) -> None:
        """Write a note on the hunk in focus."""
        from workbench.tui.dialogs import Ask

        task = self._need("review", "noted on")
        hunk = self.query_one(DiffView).current_hunk
        if task is None or not hunk:
            return

        def keep(text: str | None) -> None:
            if text is None:
                return
            notes = self._notes.setdefault(task.id, {})
            notes[hunk] = text.strip()
            if not notes[hunk]:
                del notes[hunk]
            self.query_one(DiffView).set_notes(notes)

        self.app.push_screen(Ask(f"Note on hunk {hunk}", value=self.notes_of(task.id).get(hunk, "")), keep)

    def action_edit(self) -> None:
        """Open the proposed text of the file in focus in the person's editor; what is saved is the new proposal."""
        task = self._need("review", "edited")
        if task is None:
            return
        texts = texts_after(self.bench.folder, task.id)
        path = self.query_one(DiffView).current_file or next(iter(texts), "")
        if path not in texts:
            self.bench.warn("this file of the proposal has no text to edit")
            return
        try:
            with self.app.suspend():
                changed = edited(path, texts[path])
        except (OSError, ValueError) as error:
            self.bench.warn(f"the editor could not be run: {error}")
            return
        except SuspendNotSupported:
            self.bench.warn("this terminal cannot be left for an editor")
            return
        if changed is None:
            self.bench.tell("nothing was changed")
        else:
            self._decide(task.id, "revise", files={path: changed})

    # Other things that drop files or ask

    def action_new_task(self) -> None:
        """Ask for a new task and drop it."""
        self._ask_new_task(None, "")

    def _ask_new_task(self, fields: dict[str, Any] | None, error: str) -> None:
        from workbench.recipes.names import kinds
        from workbench.tui.new_task import NewTask, check_new

        allowed = self.bench.settings.checks.allow

        def drop(answer: dict[str, Any] | None) -> None:
            if answer is None:
                return
            from workbench import client

            try:
                check_new(answer, self.bench.folder.root)
                task_id = client.submit(self.bench.folder, answer | {"by": BY})
            except NaniteError as fault:
                self._ask_new_task(answer, f"{fault.message} ({fault.hint})" if fault.hint else fault.message)
            except OSError as fault:
                self._ask_new_task(answer, f"it cannot be written: {fault.strerror}")
            else:
                self.bench.tell(f"dropped {task_id}")

        files = repository_files(self.bench.folder.root)
        self.app.push_screen(NewTask(kinds(self.bench.folder.root), files, allowed, fields, error), drop)

    def action_events(self) -> None:
        """Show the log of events."""
        from workbench.tui.events_screen import EventsScreen

        self.app.push_screen(EventsScreen(self.bench.folder))

    def action_theme(self) -> None:
        """Choose a theme."""
        self.app.search_themes()

    def action_palette(self) -> None:
        """Offer all actions by name."""
        self.app.action_command_palette()

    def action_help(self) -> None:
        """Show the keys."""
        from workbench.tui.dialogs import Help

        pane = self.pane_of(self.focused)
        known: PaneName = pane if pane in PANES else "everywhere"
        self.app.push_screen(Help(known, self.bench.keys_now))

    def action_quit_workbench(self) -> None:
        """Quit; where work of our runner is under way, ask what is to become of it."""
        scene, runner = self.bench.scene, self.bench.runner
        work = scene.count("running", "queued")
        if not (work and runner.is_ours):
            runner.stop()
            self.app.exit(0)
            return

        from workbench.tui.dialogs import Choice, Choose

        def answer(choice: str | None) -> None:
            if choice == "stop":
                runner.stop()
            if choice in {"stop", "leave"}:
                self.app.exit(0)

        choices = (
            Choice("leave", "Leave the runner at work; it ends by itself when idle", "l"),
            Choice("stop", "Stop it; what is unfinished goes on at the next start", "s"),
        )
        self.app.push_screen(Choose(f"{work} task{'s are' if work > 1 else ' is'} not finished", choices), answer)

    # Dropping

    def _go_on(self, decided: str) -> None:
        """Put the cursor on the next task that waits, as the list has them, if there is another."""
        table = self.query_one(TaskTable)
        ids = table.shown_ids
        at = ids.index(decided) if decided in ids else 0
        waiting = (name for name in (*ids[at + 1 :], *ids[:at]) if (row := table.row(name)) and row.state == "review")
        following = next(waiting, None)
        if following is not None:
            table.move_to(following)

    def _is_shown(self, task: TaskView) -> bool:
        """Return whether what is on the screen is this task's proposal as it stands."""
        shown = self.detail.task if self.detail is not None else None
        return shown is not None and (shown.id, shown.state, shown.attempt) == (task.id, task.state, task.attempt)

    def _selected_task(self) -> TaskView | None:
        task = self.bench.scene.tasks.get(self.selected)
        if task is None:
            self.bench.warn("no task is selected")
        return task

    def _need(self, state: str, done: str) -> TaskView | None:
        task = self._selected_task()
        if task is not None and task.state != state:
            wanted = "in review" if state == "review" else state
            self.bench.warn(f"the task is {task.state}; only one that is {wanted} can be {done}")
            return None
        return task

    def _decide(self, task_id: str, decision: str, *, quiet: bool = False, **fields: Any) -> None:
        from workbench.model import Decision
        from workbench.spool.inbox import drop_decision

        values = {name: value for name, value in fields.items() if value is not None}
        try:
            drop_decision(
                self.bench.folder, task_id, Decision.model_validate({"decision": decision, "by": BY} | values)
            )
        except OSError as error:
            self.bench.warn(f"the decision cannot be written: {error.strerror}")
        except (NaniteError, ValueError) as error:
            self.bench.warn(str(error))
        else:
            if not quiet and not self.bench.scene.has_runner:
                self.bench.tell(f"{decision}: taken up as soon as a runner is there")


def repository_files(root: Path) -> list[str]:
    """Return the files that git knows, for completion; none where git cannot tell."""
    from workbench.repository import Repository

    try:
        said = Repository(root).git("ls-files", "-z", "--cached", "--others", "--exclude-standard").stdout
    except (NaniteError, OSError):
        return []
    return [name.decode("utf-8", "replace") for name in said.split(b"\0")[:_MOST_FILES] if name]


def edited(path: str, text: str, run: Callable[[list[str]], int] = call) -> str | None:
    """Return the text as a person left it in their editor ($VISUAL, $EDITOR, else vi), or None where it is the same.

    Raises:
        OSError: there is no such editor, or no temporary file can be made.
        ValueError: the editor's name cannot be read, or what was saved is no UTF-8.
    """
    import shlex
    import tempfile

    command = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")
    with tempfile.TemporaryDirectory(prefix="nanites-edit-") as folder:
        file = Path(folder) / Path(path).name
        file.write_bytes(text.encode("utf-8"))
        run([*command, str(file)])
        new = file.read_bytes().decode("utf-8")
    return None if new == text else new

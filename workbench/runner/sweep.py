"""Sweeps: a task with `for_each` becomes one child for each file, and rests when all of them do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from workbench.model import State, Task, TaskSpec, Usage
from workbench.repository import Repository
from workbench.runner.board import Board
from workbench.spool.folder import new_id
from workbench.spool.records import Record

_PLACE = "{file}"


def child_spec(parent: TaskSpec, path: str) -> TaskSpec:
    """Return the task that a sweep makes for one file."""
    targets = tuple(target.replace(_PLACE, path) for target in parent.targets) or (path,)
    return parent.model_copy(
        update={
            "for_each": None,
            "after": (),
            "key": None,
            "targets": targets,
            "task": parent.task.replace(_PLACE, path),
            "read": tuple(entry.replace(_PLACE, path) for entry in parent.read),
        }
    )


def expand(repository: Repository, board: Board, parent: Record, clock: Callable[[], float]) -> list[Record]:
    """Put the children of a sweep on the board that are not there yet; return the new ones.

    Children are written one by one and carry the file they are for, so a crash half-way is made good by calling this
    again.

    Raises:
        TaskRefused: no file fits the glob any more.
    """
    spec = parent.task.spec
    files = repository.expand([spec.for_each or ""], field="for_each")
    have = {board.record(task_id).task.source for task_id in board.children(parent.task.id)}
    made = []
    for path in files:
        if path in have:
            continue
        # `source` names the file, so that the children can be told apart after a crash.
        task = Task(
            id=new_id(),
            spec=child_spec(spec, path),
            created_at=clock(),
            source=path,
            parent=parent.task.id,
            granted=parent.task.granted,
        )
        made.append(board.add(Record(task=task, state=State.QUEUED, updated_at=task.created_at)))
    board.note(parent.task.id, State.RUNNING, children=board.children(parent.task.id))
    return made


def settle(board: Board, parent_id: str) -> bool:
    """Bring a sweep to rest once all its children do (review counts as work left); return whether it rests."""
    children = board.children(parent_id)
    states = Counter(board.state(task_id) for task_id in children)
    if any(not state.is_final for state in states):
        return False
    usage = Usage(energy=0.0)
    for used in (board.record(task_id).usage for task_id in children):
        # One that never ran used nothing, which is known.
        usage = usage if used == Usage() else usage.plus(used)
    told = ", ".join(f"{number} {state}" for state, number in sorted(states.items()))
    good = states[State.APPLIED] + states[State.DONE]
    state = State.DONE if good or not children else State.FAILED
    board.rest(parent_id, state, summary=f"{len(children)} files: {told}", usage=usage)
    return True

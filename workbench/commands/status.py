"""`nanites` alone: where this repository's tasks stand."""

from __future__ import annotations

from workbench import client
from workbench.commands.face import face
from workbench.commands.look import rows_text, task_rows
from workbench.spool.folder import Folder
from workbench.spool.lock import runner_pid

_NEWEST = 10


def overview() -> int:
    """Print the newest tasks and whether a runner is alive; nothing is made or changed."""
    folder = Folder(client.find_root(face().start))
    rows = task_rows(folder)
    pid = runner_pid(folder)
    runner = f"a runner is alive (process {pid})" if pid is not None else "no runner is alive; nanites run starts one"
    text = "\n".join([rows_text(rows[-_NEWEST:]), "", runner, "nanites --help lists the commands"])
    face().answer({"runner": pid, "tasks": rows}, text)
    return 0

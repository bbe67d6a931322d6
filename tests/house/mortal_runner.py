"""A runner that kills itself (SIGKILL) at a chosen moment, started as `python -m tests.house.mortal_runner`.

Arguments: the repository, the kind of moment and its number. Kinds: `event` (as the n-th event is about to be written),
`call` (as the n-th change of the file system is about to be made: create, rename, remove, make a folder), `row` (as the
n-th statement of the durable store that writes is about to run), `none` (never). Prints how many of each went by when
it lives to the end. What is proposed is applied.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from workbench.events import Bus, Event
from workbench.model import Approve
from workbench.repository import Repository
from workbench.runner import run
from workbench.settings import load

_CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.chmod", "os.truncate"}


class Death:
    """Counts moments of one kind and ends the process at the chosen one."""

    def __init__(self, kind: str, number: int) -> None:
        self.kind = kind
        self.number = number
        self.seen = {"event": 0, "call": 0, "row": 0}

    def pass_by(self, kind: str) -> None:
        """Count a moment; die if it is the one."""
        self.seen[kind] += 1
        if kind == self.kind and self.seen[kind] == self.number:
            os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    """Run until nothing is left, or until death."""
    root, kind, number = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    death = Death(kind, number)
    inside = str(root)

    def is_ours(path: object) -> bool:
        # The transaction names files relative to folders that it holds open.
        return isinstance(path, str | Path) and (not Path(path).is_absolute() or str(path).startswith(inside))

    def audit(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, _mode, flags = arguments
            writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            if writes and is_ours(path):
                death.pass_by("call")
        elif event in _CHANGES and is_ours(arguments[0]):
            death.pass_by("call")

    sys.addaudithook(audit)
    publish = Bus.publish

    def counted(bus: Bus, event: Event) -> None:
        death.pass_by("event")
        publish(bus, event)

    setattr(Bus, "publish", counted)  # noqa: B010 — a method is replaced, which types do not foresee

    import sqlalchemy

    @sqlalchemy.event.listens_for(sqlalchemy.Engine, "before_cursor_execute")
    def before(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip()[:6].upper() in {"INSERT", "UPDATE", "DELETE"}:
            death.pass_by("row")

    asyncio.run(run(Repository(root), load(root), drain=True, approve=Approve.ALL))
    print(json.dumps(death.seen))


if __name__ == "__main__":
    main()

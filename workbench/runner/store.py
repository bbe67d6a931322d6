"""The durable store: DBOS on SQLite in the folder, or on PostgreSQL where settings name one.

What DBOS remembers is which task workflows are unfinished and what their steps came to. Tasks themselves live in their
records, so a lost store costs work that was under way and nothing else.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from workbench.errors import NaniteError
from workbench.settings import Settings
from workbench.spool.folder import Folder

if TYPE_CHECKING:
    from sqlalchemy import Engine

WORKFLOW_VERSION = "3"
"""Grows when the order of a workflow's steps changes: unfinished work of another version starts anew."""

_UNFINISHED = ["PENDING", "ENQUEUED"]
_FINISHED = ["SUCCESS", "ERROR", "CANCELLED"]
# New work and decisions come by the watcher, so nothing waits for DBOS's own polling. Its listener sleeps this long
# between two looks, and shutting down waits for it: short enough for the one, long enough to cost nothing.
_LISTENER_SECONDS = 0.25
_SCHEDULER_SECONDS = 3_600.0
_CALM_SECONDS = 30.0
_EAGER_SECONDS = 0.1
_SUBSECONDS_SINCE = (3, 42)
"""The first SQLite whose unixepoch() knows fractions of a second. From Python 3.12 on DBOS takes them for granted; a
Python that was built on the system, by pyenv for one, has the system's SQLite, which may be older."""


def _executor_id(folder: Folder) -> str:
    return hashlib.sha256(str(folder.path).encode("utf-8", "surrogateescape")).hexdigest()[:16]


def _prepare_sqlite(folder: Folder) -> str:
    """Make the file private and set its journal to WAL, which spares a third of the time (docs/benchmarks.md)."""
    os.close(os.open(folder.store, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600))
    connection = sqlite3.connect(folder.store, timeout=30)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        # A file that SQLite opens but cannot read shows itself here, not in the middle of a task.
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    finally:
        connection.close()
    return f"sqlite:///{folder.store}"


def _sqlite_engine(url: str) -> Engine:
    """Return the connection to the file, as DBOS would make it but for three things.

    It is one connection, so that writers wait for each other in memory and not in SQLite's busy loop; and it leaves
    out the flush to disk at each commit. A killed process loses nothing by that. A cut of the power may lose the last
    steps, which are then done again: files are changed by a transaction of their own (`workbench.edits.apply`). And an
    old SQLite is given the clock that DBOS expects of it.
    """
    import sqlalchemy

    engine = sqlalchemy.create_engine(url, pool_size=1, max_overflow=0, pool_timeout=60)

    @sqlalchemy.event.listens_for(engine, "connect")
    def configure(connection: Any, _: Any) -> None:
        connection.isolation_level = "IMMEDIATE"
        for pragma in ("busy_timeout=30000", "foreign_keys=ON", "synchronous=NORMAL"):
            connection.execute(f"PRAGMA {pragma}")
        if sqlite3.sqlite_version_info < _SUBSECONDS_SINCE:
            connection.create_function("unixepoch", 1, _seconds_since_1970)

    return engine


def _seconds_since_1970(modifier: str) -> float | None:
    """Return what `unixepoch('subsec')` does; any other modifier is NULL, as one is that SQLite does not know."""
    return time.time() if modifier == "subsec" else None


@contextmanager
def open_store(folder: Folder, settings: Settings) -> Iterator[None]:
    """Launch the durable engine for this process, and shut it down at the end.

    Unfinished workflows go on by themselves. Must be entered in the event loop that the workflows are to run in.

    Raises:
        NaniteError: the store cannot be opened, or fails while it is in use (code `store-unusable`).
    """
    from dbos import DBOS
    from sqlalchemy.exc import SQLAlchemyError

    _calm_background_jobs()
    engine: Engine | None = None
    try:
        url = settings.runner.store_url or _prepare_sqlite(folder)
        if url.startswith("sqlite"):
            engine = _sqlite_engine(url)
        DBOS(
            config={
                "name": "nanites",
                "system_database_url": url,
                "system_database_engine": engine,
                "application_version": WORKFLOW_VERSION,
                "executor_id": _executor_id(folder),
                "log_level": "CRITICAL",
                "enable_otlp": False,
                "sys_db_pool_size": 4,
                "max_executor_threads": 4,
                "notification_listener_polling_interval_sec": _LISTENER_SECONDS,
                "scheduler_polling_interval_sec": _SCHEDULER_SECONDS,
            }
        )
        _look_for_recovered(_EAGER_SECONDS)
        DBOS.launch()
    except Exception as error:
        _close(engine)
        raise NaniteError(
            f"the queue's store cannot be opened: {_first_line(error)}",
            code="store-unusable",
            hint=f"move {folder.store.name} away to start a new one (task records are kept), or check runner.store_url",
        ) from error
    try:
        yield
    except SQLAlchemyError as error:
        raise NaniteError(
            f"the queue's store failed: {_first_line(error)}",
            code="store-unusable",
            hint="free some space and start the runner again; if the file is damaged, "
            f"move {folder.store.name} away (task records are kept)",
        ) from error
    finally:
        _close(engine)


def _close(engine: Engine | None) -> None:
    from dbos import DBOS

    DBOS.destroy()
    if engine is not None:
        engine.dispose()


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0][:200] if lines else type(error).__name__


def _calm_background_jobs() -> None:
    """Let DBOS look for timed-out and delayed workflows every half minute instead of every second: we have none.

    The interval is a constant of a module of its own, with no setting for it; where a later version has none, an idle
    runner takes 0.4 % of a core more (docs/benchmarks.md).
    """
    from dbos import _workflow_commands

    if hasattr(_workflow_commands, "_BACKGROUND_JOBS_INTERVAL_SEC"):
        _workflow_commands._BACKGROUND_JOBS_INTERVAL_SEC = _CALM_SECONDS


def calm_recovery() -> None:
    """Let DBOS look only now and then for recovered workflows to start.

    To be called when everything that was unfinished at the start has begun: nothing is put into that queue later.
    """
    _look_for_recovered(_CALM_SECONDS)


def _look_for_recovered(seconds: float) -> None:
    """Set how often DBOS looks into its internal queue, which starts recovered workflows and has no setting for it."""
    from dbos._dbos import _get_dbos_instance

    queue = _get_dbos_instance()._registry.get_internal_queue()
    if hasattr(queue, "_polling_interval_sec"):
        queue._polling_interval_sec = seconds


async def unfinished(folder: Folder) -> frozenset[str]:
    """Return the IDs of workflows that a dead runner left and that now go on."""
    from dbos import DBOS

    found = await DBOS.list_workflows_async(
        status=_UNFINISHED,
        executor_id=_executor_id(folder),
        app_version=WORKFLOW_VERSION,
        load_input=False,
        load_output=False,
    )
    return frozenset(workflow.workflow_id for workflow in found)


async def forget_finished(folder: Folder) -> None:
    """Remove what ended workflows left in the store: their tasks' records hold all that is still wanted."""
    from dbos import DBOS

    found = await DBOS.list_workflows_async(
        status=_FINISHED, executor_id=_executor_id(folder), load_input=False, load_output=False
    )
    if found:
        await DBOS.delete_workflows_async([workflow.workflow_id for workflow in found])

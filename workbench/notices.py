"""What the hooks of the Claude Code plugin say: one line when a session starts, one reminder when Claude would stop.

A hook holds up the session it belongs to, so nothing slow is loaded: engines are looked for, not asked.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from workbench.home import home
from workbench.ledger import book
from workbench.spool.folder import Folder, write_json

_CONNECT_SECONDS = 0.3
_MOST_RECORDS = 500
_REMINDED = "reminded.json"
_ADDRESSES = {"ollama": ("ollama_url", "http://127.0.0.1:11434"), "openai": ("openai_url", "http://127.0.0.1:8080/v1")}


def at_start(root: Path) -> str:
    """Return the line for the start of a session: whether a model can be asked, and what waits for review."""
    engine = engine_that_is_up(root)
    words = [
        f"engine {engine} is up" if engine else "no local model can be reached, so hand nothing over; nanites doctor"
    ]
    waiting = [task for task in tasks(Folder(root)) if task["state"] == "review"]
    if waiting:
        words.append(f"{counted(len(waiting), 'proposal')} to review")
    return "nanites: " + "; ".join(words)


def at_stop(root: Path, event: dict[str, Any]) -> str | None:
    """Return the reminder of proposals this session asked for and nobody has looked at, or None.

    Each proposal is spoken of once, and never while Claude goes on because of a reminder: so there is no loop.
    """
    if event.get("stop_hook_active"):
        return None
    folder = Folder(root)
    session = str(event.get("session_id") or "")
    asked_for = {task_id for line in book.lines(folder) if line.get("session") == session for task_id in _ids(line)}
    reminded = _reminded(folder)
    waiting = [
        task["id"]
        for task in tasks(folder)
        if task["state"] == "review" and asked_for & {task["id"], task["parent"]} and task["id"] not in reminded
    ]
    if not waiting:
        return None
    write_json(folder.path / _REMINDED, [*reminded, *waiting][-_MOST_RECORDS:])
    ids = ", ".join(waiting[:10]) + (", …" if len(waiting) > 10 else "")
    return (
        f"nanites: {counted(len(waiting), 'proposal')} of this session not reviewed: {ids}. "
        "Approve or reject with local_task_queue, or tell the user what waits."
    )


def counted(number: int, thing: str) -> str:
    """Return a number with its thing, in the plural where it is one."""
    return f"{number} {thing}" + ("" if number == 1 else "s")


def _ids(line: dict[str, Any]) -> list[str]:
    return [str(task_id) for task_id in line.get("ids") or ()]


def _reminded(folder: Folder) -> list[str]:
    try:
        known = json.loads((folder.path / _REMINDED).read_bytes())
    except (OSError, ValueError):
        return []
    return [str(task_id) for task_id in known] if isinstance(known, list) else []


def tasks(folder: Folder) -> Iterator[dict[str, Any]]:
    """Yield id, state and parent of the newest tasks, oldest first, without the models that a record is made of."""
    for task_id in list(folder.task_ids())[-_MOST_RECORDS:]:
        try:
            record = json.loads((folder.task(task_id) / "task.json").read_bytes())
            yield {"id": task_id, "state": record["state"], "parent": record["task"].get("parent")}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            continue


def engine_that_is_up(root: Path) -> str | None:
    """Return the first engine of the settings that looks as if it could be asked, or None.

    A server is up if somebody listens at its address; the embedded engine if it is installed and has weights.
    """
    engine = _engine_settings(root)
    order = engine.get("order") or ["ollama", "embedded"]
    for name in order if isinstance(order, list) else ():
        if name in _ADDRESSES:
            key, default = _ADDRESSES[name]
            if _listens(str(engine.get(key) or default)):
                return str(name)
        elif name == "scripted" or (name == "embedded" and find_spec("xllamacpp") and _has_weights()):
            return str(name)
    return None


def _engine_settings(root: Path) -> dict[str, Any]:
    try:
        engine = tomllib.loads((root / "nanites.toml").read_text(encoding="utf-8")).get("engine")
    except (OSError, ValueError):
        return {}
    return engine if isinstance(engine, dict) else {}


def _listens(address: str) -> bool:
    import socket

    try:
        parts = urlsplit(address if "://" in address else f"http://{address}")
        port = parts.port or (443 if parts.scheme == "https" else 80)
        with socket.create_connection((parts.hostname or "127.0.0.1", port), timeout=_CONNECT_SECONDS):
            return True
    except (OSError, ValueError):
        return False


def _has_weights() -> bool:
    return any((home() / "models").glob("*.gguf"))

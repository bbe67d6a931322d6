"""From a model's words to bytes on disk, and back.

`plan` is the way in for words. It loads when it is first asked for, so that naming this package costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.errors import EditRefused

if TYPE_CHECKING:
    from workbench.edits.planning import Plan, plan

__all__ = ["EditRefused", "Plan", "plan"]


def __getattr__(name: str) -> object:
    if name not in {"Plan", "plan"}:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from workbench.edits import planning

    return getattr(planning, name)

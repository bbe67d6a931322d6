"""From a model's words to bytes on disk, and back.

`plan` is the way in for words. It loads when it is first asked for, so that naming this package costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.errors import EditRefused

if TYPE_CHECKING:
    from workbench.edits.planning import plan
    from workbench.edits.plans import Plan

__all__ = ["EditRefused", "Plan", "plan"]


def __getattr__(name: str) -> object:
    if name == "plan":
        from workbench.edits.planning import plan

        return plan
    if name == "Plan":
        from workbench.edits.plans import Plan

        return Plan
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

"""The list of attempts, filled."""

from __future__ import annotations

from . import machine, network
from .processes import PLACES
from .tools import ATTEMPTS, SAFE, WHOLE

__all__ = ["ATTEMPTS", "PLACES", "SAFE", "WHOLE", "machine", "network"]

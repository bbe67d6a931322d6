"""Where the house keeps what belongs to this user and not to a repository."""

from __future__ import annotations

import os
from pathlib import Path

HOME_VARIABLE = "NANITES_HOME"
"""Environment variable that moves the house's own folder (`~/.cache/nanites`)."""


def home() -> Path:
    """Return the house's own folder for this user; it may not exist yet."""
    return Path(os.environ.get(HOME_VARIABLE) or Path.home() / ".cache" / "nanites")

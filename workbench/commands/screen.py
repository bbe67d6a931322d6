"""`nanites` alone: the terminal workbench on a terminal, an overview in words where there is none."""

from __future__ import annotations

import sys

from workbench.commands.face import face


def open_screen() -> int:
    """Open the terminal workbench on the current repository and return its exit code.

    Raises:
        NaniteError: this is no repository, or its settings have an error.
    """
    if not (face().may_ask and sys.stdout.isatty()):
        from workbench.commands.status import overview

        return overview()
    folder = face().folder()
    import gc

    # Looking for rubbish among what is just being imported takes a tenth of the time to the first picture.
    gc.disable()
    from workbench.tui.app import Workbench

    bench = Workbench(folder, face().settings)
    code = bench.run() or 0
    if bench.fault is not None:
        raise bench.fault
    return code

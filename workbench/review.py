"""Asking a person at a terminal about a proposal: the diff in colour, then yes, no, or hunk by hunk."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from workbench.terminal import coloured_diff, say, styled

if TYPE_CHECKING:
    from workbench.model import Decision

Ask = Callable[[str], str | None]
"""Puts a question to the person and returns the answer, or None where there is nobody left to ask."""

QUESTION = "approve? [y/n/h(unk)] "


def ask_person(question: str) -> str | None:
    """Ask on stderr, read a line of stdin; None at its end."""
    say(styled(question, "bold", sys.stderr), stream=sys.stderr, end="")
    line = sys.stdin.readline()
    if not line:
        say(stream=sys.stderr)
        return None
    return line.strip().lower()


def ask(patch: str, remarks: Iterable[str] = (), ask_for: Ask = ask_person) -> Decision | None:
    """Show a proposal and return what the person decides; None where nobody answers any more.

    Args:
        patch: the proposal, a unified diff.
        remarks: what the crew noted about it, shown next to the question, where a long diff does not move it away.
        ask_for: puts the questions.

    Raises:
        EditRefused: `patch` is no diff of ours.
    """
    from workbench.edits.patch import read_hunks
    from workbench.model import Decision

    say(coloured_diff(patch, sys.stderr), stream=sys.stderr)
    width = shutil.get_terminal_size().columns
    for remark in remarks:
        for line in textwrap.wrap(f"› {remark}", width, subsequent_indent="  ", break_on_hyphens=False):
            say(styled(line, "cyan", sys.stderr), stream=sys.stderr)
    pieces = [hunk.header + hunk.text for hunk in read_hunks(patch)]
    while True:
        match ask_for(QUESTION):
            case None:
                return None
            case "y" | "yes":
                return Decision(decision="approve", by="command line")
            case "n" | "no":
                return Decision(decision="reject", by="command line")
            case "h" | "hunk":
                return _ask_each(pieces, ask_for)
            case _:
                say("y: apply it; n: turn it down; h: decide hunk by hunk", stream=sys.stderr)


def _ask_each(pieces: list[str], ask_for: Ask) -> Decision | None:
    from workbench.model import Decision

    kept = []
    for number, piece in enumerate(pieces, 1):
        say(coloured_diff(piece, sys.stderr), stream=sys.stderr)
        answer = ask_for(f"keep hunk {number} of {len(pieces)}? [y/n] ")
        if answer is None:
            return None
        kept += [number] if answer in {"y", "yes"} else []
    if not kept:
        return Decision(decision="reject", by="command line")
    everything = len(kept) == len(pieces)
    return Decision(decision="approve", hunks=None if everything else tuple(kept), by="command line")

"""Three versions of a file made one: what two sides changed in a common base, where they did not touch each other.

The rule is that of `diff3`: changes that overlap or lie side by side are a conflict, and a conflict is refused.
"""

from __future__ import annotations

from workbench.edits.lines import Change, changes, split_lines
from workbench.errors import EditRefused

_SHOWN = 12
_AROUND = 2
_HINT = "look at both versions and change the file by hand"


def merge(path: str, base: bytes, ours: bytes, theirs: bytes) -> bytes:
    """Return `theirs` with what `ours` changed in `base`.

    Raises:
        EditRefused: both changed the same lines, or lines side by side (code `changed`); `nearest` shows what stands
            there now and what would come instead.
    """
    old, mine, now = split_lines(base), split_lines(ours), split_lines(theirs)
    wanted, made = changes(old, mine), changes(old, now)
    built: list[bytes] = []
    at = shift = 0
    seen = 0
    for change in wanted:
        while seen < len(made) and made[seen].old_end < change.old_first:
            shift += _growth(made[seen])
            seen += 1
        if seen < len(made) and made[seen].old_first <= change.old_end:
            raise _conflict(path, mine[change.new_first : change.new_end], now, change.old_first + shift, change)
        first, end = change.old_first + shift, change.old_end + shift
        put = mine[change.new_first : change.new_end]
        if put and not put[-1].endswith(b"\n") and end < len(now):
            raise _conflict(path, put, now, first, change)
        built += [*now[at:first], *put]
        at = end
    return b"".join([*built, *now[at:]])


def _growth(change: Change) -> int:
    return (change.new_end - change.new_first) - (change.old_end - change.old_first)


def _conflict(path: str, put: list[bytes], now: list[bytes], first: int, change: Change) -> EditRefused:
    start = max(0, first - _AROUND)
    end = min(len(now), first + change.old_end - change.old_first + _AROUND)
    shown = [f"{number:>5} {_words(line)}" for number, line in enumerate(now[start:end][:_SHOWN], start + 1)]
    instead = [f"    - {_words(line)}" for line in put[:_SHOWN]] or ["    - nothing"]
    return EditRefused(
        f"{path} was changed since, in line {first + 1} or beside it",
        code="changed",
        hint=_HINT,
        nearest="\n".join(["it has now:", *shown, "it would get there:", *instead]),
    )


def _words(line: bytes) -> str:
    return line.decode("utf-8", "replace").rstrip("\r\n")[:160]

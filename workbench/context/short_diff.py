"""A diff made short for reading: each file gets a fair part of the room, and what is left out is said."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbench.context.budget import estimate

_NOISE = re.compile(r"(?:index |old mode|new mode|similarity|--- |\+\+\+ |diff --git )")
_DULL = re.compile(r"(?:\.lock|-lock\.json|\.min\.js|\.svg|\.snap|\.map|requirements\S*\.txt)$")


def short_diff(diff: str, room: int) -> str:
    """Return a diff of git's in at most about `room` tokens: paths, changed lines, and few lines around them."""
    files = [_File(text) for text in re.split(r"^(?=diff --git )", diff, flags=re.MULTILINE) if text.strip()]
    shown: list[str] = []
    left = room
    for number, file in enumerate(sorted(files, key=lambda file: estimate("\n".join(file.rows)))):
        share = min(left // (len(files) - number), 40 if _DULL.search(file.path) else left)
        text = file.within(share)
        left -= estimate(text)
        shown.append(text)
    return "\n".join(shown)


class _File:
    """The part of a diff that is about one file."""

    def __init__(self, text: str) -> None:
        rows = text.rstrip("\n").split("\n")
        names = re.match(r'diff --git "?a/(.*?)"? "?b/', rows[0])
        self.path = names[1] if names else "?"
        self.state = next((row for row in rows[1:6] if row.startswith(("new file", "deleted file"))), "")
        self.rows = [
            self._heading(row) for row in rows if not _NOISE.match(row) and not row.startswith(self.state or "\0")
        ]

    @staticmethod
    def _heading(row: str) -> str:
        # Of `@@ -1,2 +3,4 @@ def f():` only the words help a reader.
        return f"@@ {row.rpartition('@@')[2].strip()}".rstrip() if row.startswith("@@") else row

    def within(self, room: int) -> str:
        """Return the file's part in about `room` tokens."""
        title = f"{self.path}{f' ({self.state.split()[0]})' if self.state else ''}:"
        taken: list[str] = [title]
        spent = estimate(title)
        for number, row in enumerate(self.rows):
            row = row[:200]
            spent += estimate(row)
            if spent > room:
                taken.append(f"… {len(self.rows) - number} more lines")
                break
            taken.append(row)
        return "\n".join(taken)


def added_words(diff: str) -> frozenset[str]:
    """Return the words of the lines that a diff adds or takes away, and of its paths."""
    lines: Sequence[str] = [row for row in diff.split("\n") if row[:1] in {"+", "-"} or row.startswith("diff --git")]
    return frozenset(word.lower() for row in lines for word in re.findall(r"[A-Za-z]{3,}", row))

"""A file of many kinds of symbols, and what tests of splicing ask of it."""

from __future__ import annotations

import pytest

from workbench.edits.symbols import splice
from workbench.errors import EditRefused

FILE = '''\
#!/usr/bin/env python3
# Licence: none.
"""Words."""

import os
from typing import Any

LIMIT = 10  # characters

# Cuts a text.
# It is old.
def cut_text(text, limit=LIMIT):
    """Return `text` cut."""
    # the long way
    return text[:limit]


class Text(str):
    """A text."""

    kind: str = "plain"

    @property
    def width(self):
        return len(self)

    @width.setter
    def width(self, value):
        raise AttributeError(value)

    def truncate(self, limit):
        """Cut it.

        More.
        """
        return self[:limit]

    class Inner:
        def deep(self):
            return 1


async def fetch(url):
    return url


def main():
    print(cut_text("abc"))


if __name__ == "__main__":
    main()
'''


def refusal(source: str, code: str, in_play: set[str] | None = None) -> EditRefused:
    with pytest.raises(EditRefused) as caught:
        splice(source, code, in_play)
    return caught.value

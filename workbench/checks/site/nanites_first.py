"""A plugin of pytest's: files that name what was changed come first, each whole and in the order that it had.

`sitecustomize` beside it loads it where a check says what was changed; it must import nothing of ours.
"""

from __future__ import annotations

import os
import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

WORDS = os.environ.pop("NANITES_CHECK_FIRST", "")
# A pytest that the tests start themselves is none of ours, and may not find this file.
os.environ["PYTEST_ADDOPTS"] = os.environ.get("PYTEST_ADDOPTS", "").replace(" -p nanites_first", "")


def pytest_collection_modifyitems(items: list[Any]) -> None:
    """Put the files in order; the sort keeps what is equal as it was."""
    # `test_shout` names `shout` too.
    groups = [re.compile(rf"(?<![^\W_])(?:{'|'.join(words.split())})\b") for words in WORDS.split("|") if words.strip()]
    ranks: dict[str, int] = {}

    def rank(item: Any) -> int:
        path = str(getattr(item, "path", None) or getattr(item, "fspath", ""))
        if path not in ranks:
            try:
                with open(path, encoding="utf-8", errors="replace") as stream:  # noqa: PTH123 — see sitecustomize
                    text = stream.read(1_000_000)
            except OSError:
                text = ""
            ranks[path] = next((number for number, words in enumerate(groups) if words.search(text)), len(groups))
        return ranks[path]

    items.sort(key=rank)

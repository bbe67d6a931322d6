"""A key that is not kept once nothing is left under it."""

from __future__ import annotations

import pytest

from workbench.crew.plain.finding import plain_changes, surest_change
from workbench.model import Source

STOCK = "def take(stock, key, pieces):\n    stock[key] -= pieces\n    return stock[key]\n"
SHELF = (
    "class Shelf:\n    def take(self, name, pieces):\n        self._stock[name] = self._stock[name] - pieces  # so\n"
)
TASK = "When take takes the last piece of a kind, the kind should go out of the stock."


def changes(task: str, code: str, name: str = "take") -> list[str]:
    found = plain_changes(task, Source(path="a.py", content=code.encode()), name)
    return [(one.edits[0].after or b"").decode() for one in found]


def test_it_is_removed_and_what_looks_at_it_gets_nothing() -> None:
    (found,) = changes(TASK, STOCK)
    assert found == STOCK.replace(
        "pieces\n    return stock[key]",
        "pieces\n    if stock[key] == 0:\n        del stock[key]\n    return stock.get(key, 0)",
    )
    space: dict[str, object] = {}
    exec(found, space)
    assert eval("[take(stock, 'a', 2), stock, take(stock, 'b', 1), stock]", space, {"stock": {"a": 2, "b": 3}}) == [
        0,
        {"b": 2},
        2,
        {"b": 2},
    ]


def test_a_comment_stays_where_it_was() -> None:
    task = "take should remove a name from the shelf once its last piece is gone."
    (found,) = changes(task, SHELF, "Shelf.take")
    assert "pieces  # so\n        if self._stock[name] == 0:\n            del self._stock[name]\n" in found


@pytest.mark.parametrize(
    ("task", "code"),
    [
        ("take should be faster with the last piece.", STOCK),
        ("take should remove blanks.", STOCK),
        ("take should raise a KeyError for the last piece and remove it.", STOCK),
        (TASK, STOCK.replace("-=", "+=")),
        (TASK, STOCK.replace("stock[key] -= pieces", "left -= pieces")),
    ],
)
def test_nothing_else_is(task: str, code: str) -> None:
    assert not any("del " in one for one in changes(task, code))


def test_words_alone_do_not_make_it_sure() -> None:
    assert surest_change(TASK, Source(path="a.py", content=STOCK.encode()), "take") is None

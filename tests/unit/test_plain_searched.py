"""A text that is looked for in another field as well."""

from __future__ import annotations

import pytest

from workbench.crew.plain.finding import plain_changes, surest_change
from workbench.model import Source


def surest(task: str, code: str, name: str = "f") -> str:
    found = surest_change(task, Source(path="a.py", content=code.encode()), name)
    return (found.edits[0].after or b"").decode() if found else ""


def changes(task: str, code: str, name: str = "f") -> list[str]:
    found = plain_changes(task, Source(path="a.py", content=code.encode()), name)
    return [(one.edits[0].after or b"").decode() for one in found]


CODE = """
class Book:
    title: str
    author: str
    note: str | None
    year: int


def f(books: list[Book], word: str) -> list[Book]:
    return [book for book in books if word in book.title.lower()]
"""
ENTRIES = """
def f(books, word):
    return [book for book in books if word in book["title"]]


def g(book):
    return book["author"]
"""


@pytest.mark.parametrize(
    ("task", "code", "new"),
    [
        ("f should look at the authors too.", CODE, "book.title.lower() or word in book.author.lower()]"),
        (
            "f only looks at the titles. Please let it search in the author as well.",
            CODE,
            "word in book.author.lower()]",
        ),
        (
            "f finds a book by its title only. It should find it by its author as well.",
            CODE,
            "word in book.author.lower()]",
        ),
        ("f should also look in the notes.", CODE, "or word in (book.note or '').lower()]"),
        (
            "f should also search the authors.",
            CODE.replace("if word in book.title.lower()", "if book.year and word in book.title.lower()"),
            "if book.year and (word in book.title.lower() or word in book.author.lower())]",
        ),
        (
            "f should also search the authors.",
            CODE.replace("word in book.title.lower()", "book.title.startswith(word)"),
            "if book.title.startswith(word) or book.author.startswith(word)]",
        ),
        ("f should look at the author too.", ENTRIES, 'word in book["title"] or word in book["author"]]'),
    ],
)
def test_it_is_looked_for_in_the_other_field_too(task: str, code: str, new: str) -> None:
    assert new in surest(task, code)


def test_where_others_are_passed_over_it_may_be_in_none_of_them() -> None:
    code = CODE.replace(
        "    return [book for book in books if word in book.title.lower()]",
        "    found = []\n    for book in books:\n        if word not in book.title:\n            continue\n"
        "        found.append(book)\n    return found",
    )
    assert "if word not in book.title and word not in book.author:" in surest("f should search the authors too.", code)


def test_of_a_name_that_stands_for_the_field() -> None:
    code = CODE.replace(
        "    return [book for book in books if word in book.title.lower()]",
        "    found = []\n    for book in books:\n        title = book.title.lower()\n        if word in title:\n"
        "            found.append(book)\n    return found",
    )
    assert "if word in title or word in book.author.lower():" in surest("f should search the authors too.", code)


@pytest.mark.parametrize(
    ("task", "code"),
    [
        ("f should look at the authors instead.", CODE),
        ("f should not look at the authors too.", CODE),
        ("f should also look at the authors if word is long.", CODE),
        ("f should also return the authors.", CODE),
        ("f should also sort what it finds by author.", CODE),
        ("f should look at the years too.", CODE),
        ("f also finds books by the author. That is wrong, look only in titles.", CODE),
        ("Why does f also look in the author?", CODE),
        ("f should look at the titles too.", CODE),
        ("f should look at the publishers too.", CODE),
        ("f should also look at the authors, unless word is empty.", CODE),
        (
            "f should look at the authors too.",
            CODE.replace("word in book.title.lower()", "word in (book.title, book.author)"),
        ),
        ("f should look at the authors too.", CODE.replace("    author: str", "    author: list[str]")),
        ("f should look at the authors too.", CODE.replace("word in book.title.lower()", "book.title")),
    ],
)
def test_of_anything_else_nothing_is_sure(task: str, code: str) -> None:
    assert surest(task, code) == ""

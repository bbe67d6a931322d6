"""The small Python project that `nanites demo` works on, and the three tasks it drops there."""

from __future__ import annotations

from typing import Any

FILES = {
    ".gitignore": "__pycache__/\n",
    "README.md": "# Notes\n\nTitles, slugs and reading times for a small blog.\n",
    "notes/__init__.py": '"""A small blog\'s notes."""\n',
    "notes/text.py": '''"""Small things about text."""


def shorten(text, limit):
    """Return text cut to at most limit characters, with three dots at its end where something was cut."""
    if len(text) > limit:
        return text[:limit] + "..."
    return text


def reading_minutes(text, words_per_minute=200):
    """Return how many whole minutes it takes to read text, at least one."""
    return max(1, round(len(text.split()) / words_per_minute))
''',
    "notes/slug.py": '''"""Names for pages that can stand in an address."""

import re


def slugify(title):
    words = re.findall(r"[a-z0-9]+", title.lower())
    return "-".join(words)


def unique(slug, taken):
    number = 2
    candidate = slug
    while candidate in taken:
        candidate = f"{slug}-{number}"
        number += 1
    return candidate
''',
    "tests/__init__.py": "",
    "tests/test_text.py": """import unittest

from notes.text import reading_minutes, shorten


class TextTest(unittest.TestCase):
    def test_a_short_text_stays(self):
        self.assertEqual(shorten("hello", 10), "hello")

    def test_a_long_text_is_cut_to_the_limit(self):
        self.assertEqual(shorten("hello world", 8), "hello...")
        self.assertEqual(len(shorten("a" * 50, 20)), 20)

    def test_reading_takes_at_least_a_minute(self):
        self.assertEqual(reading_minutes("three short words"), 1)
""",
    "tests/test_slug.py": """import unittest

from notes.slug import slugify, unique


class SlugTest(unittest.TestCase):
    def test_a_title_becomes_a_slug(self):
        self.assertEqual(slugify("Hello, World!"), "hello-world")

    def test_a_taken_slug_gets_a_number(self):
        self.assertEqual(unique("a", {"a", "a-2"}), "a-3")
""",
}
"""Path → text. One test fails: what `shorten` returns is three characters too long."""


def settings_text(model: str, command: str) -> str:
    """Return the nanites.toml of the project: the embedded engine, one task at a time, one allowed command."""
    import json

    return (
        f'[engine]\norder = ["embedded"]\n\n[models]\nnanite = {json.dumps(model)}\n\n'
        f"[checks]\nallow = [{json.dumps(command)}]\n\n[runner]\nparallel = 1\n"
    )


def tasks(command: str) -> dict[str, dict[str, Any]]:
    """Return the tasks that the demo drops, by the names of their files."""
    return {
        "docstrings.json": {"kind": "docstrings", "targets": ["notes/slug.py"], "by": "demo"},
        "shorten.json": {
            "kind": "patch",
            "task": "shorten() returns more than limit characters: the three dots must count towards limit.",
            "targets": ["notes/text.py"],
            "check": [command],
            "by": "demo",
        },
        "summary.json": {
            "kind": "summary",
            "task": "What can this module do?",
            "read": ["notes/text.py"],
            "by": "demo",
        },
    }

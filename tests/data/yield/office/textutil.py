"""Small text helpers for the blog back-end."""

import re
import unicodedata

RESERVED = {"admin", "root", "support", "api", "login"}

LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
EMPHASIS = re.compile(r"(\*\*|\*|__|`)(.+?)\1")


def strip_accents(text):
    """Return the text without accents: 'Café' becomes 'Cafe'."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def slugify(title, sep="-"):
    """Turn a title into something that can stand in a URL.

    >>> slugify("Hello, World!")
    'hello-world'
    """
    text = strip_accents(title).lower()
    text = re.sub(r"[^a-z0-9]+", sep, text)
    return text.strip(sep)


def unique_slug(title, taken):
    """Return the slug of a title, with a number behind it if it is already taken."""
    slug = slugify(title)
    candidate, number = slug, 2
    while candidate in taken:
        candidate = f"{slug}-{number}"
        number += 1
    return candidate


def valid_username(name):
    """Tell whether `name` can be registered."""
    if not 3 <= len(name) <= 20:
        return False
    if name in RESERVED:
        return False
    return re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name) is not None


def shorten(text, limit=80):
    """Cut a text to at most `limit` characters, between two words if possible."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    cut = text[: limit - 3]
    if " " in cut:
        cut = cut[: cut.rindex(" ")]
    return cut + "..."


def markdown_to_text(source):
    """Return Markdown as plain text, for the search index and the mail digest."""
    lines = []
    in_code = False
    for line in source.splitlines():
        if line.startswith("```"):
            in_code = not in_code
            continue
        if not in_code:
            line = re.sub(r"^#{1,6}\s+", "", line)
            line = re.sub(r"^>\s?", "", line)
            line = LINK.sub(r"\1", line)
            line = EMPHASIS.sub(r"\2", line)
        lines.append(line.rstrip())
    return "\n".join(lines).strip()


def reading_minutes(text, words_per_minute=200):
    """Return how long a text takes to read, one minute at least."""
    words = len(text.split())
    return max(1, round(words / words_per_minute))

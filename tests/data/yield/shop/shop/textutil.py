"""Little helpers for the texts in our e-mails and pages."""

import re
import unicodedata

PLACEHOLDER = re.compile(r"\{\{\s*(\w+)\s*\}\}")


def fill(template, values):
    """Replace each {{name}} in a template by its value."""

    def replace(match):
        return str(values[match.group(1)])

    return PLACEHOLDER.sub(replace, template)


def plural(count, word):
    """Return '1 item' or '2 items'."""
    if count == 1:
        return f"{count} {word}"
    return f"{count} {word}s"


def parse_tags(text):
    """Split 'red, green' into a list of tags."""
    tags = []
    for part in text.split(","):
        tag = part.strip()
        if tag:
            tags.append(tag)
    return tags


def slugify(title):
    """Return a title the way it stands in an address: 'Blue Café!' becomes 'blue-cafe'."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def truncate(text, width, ending="..."):
    if len(text) <= width:
        return text
    return text[: width - len(ending)].rstrip() + ending


def initials(name):
    """Return 'AL' for 'Ada Lovelace'."""
    return "".join(word[0].upper() for word in name.split())


def join_words(words, last="and"):
    """Return 'a, b and c'."""
    words = list(words)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"

"""Text for labels, lists and the shop's pages."""

UNITS = ("B", "KB", "MB", "GB")


def truncate(text: str, width: int) -> str:
    """Shorten a text to at most `width` characters, the last three of them dots."""
    if len(text) <= width:
        return text
    return text[: width - 3] + "..."


def join_words(words):
    """['a', 'b', 'c'] -> 'a, b and c'"""
    words = list(words)
    if not words:
        return ""
    if len(words) == 1:
        return words[0]
    return ", ".join(words[:-1]) + " and " + words[-1]


def plural(count: int, word: str) -> str:
    """Return '1 tyre' or '4 tyres'."""
    if count == 1:
        return f"{count} {word}"
    return f"{count} {word}s"


def slug(title: str) -> str:
    """Return a title as it stands in the address of a page."""
    result = ""
    for char in title.lower():
        result += char if char.isalnum() else "-"
    return result.strip("-")


def title_case(text):
    """'brake pad set' -> 'Brake Pad Set'"""
    return " ".join(word.capitalize() for word in text.split())


def file_size(size: int) -> str:
    """Return a size for people, such as '2.0 KB'."""
    value = float(size)
    for unit in UNITS:
        if value < 1024 or unit == UNITS[-1]:
            break
        value /= 1024
    return f"{value:.1f} {unit}"


def table_row(cells, widths) -> str:
    """Return the cells of a row, each filled up to its width."""
    return " | ".join(str(cell).ljust(width) for cell, width in zip(cells, widths))


def underline(title: str) -> str:
    """A heading for text files."""
    return title + "\n" + "-" * len(title)


def indent(text: str, by: int = 4) -> str:
    """Indent all lines of a text."""
    return "\n".join(" " * by + line for line in text.split("\n"))


def first_line(text):
    return text.split("\n")[0]


def bar(percent: float, width: int = 20) -> str:
    """Return a progress bar: '[#####---------------]'."""
    filled = int(width * percent / 100)
    return "[" + "#" * filled + "-" * (width - filled) + "]"


def yes_no(value: bool) -> str:
    return "yes" if value else "no"


def count_words(text: str) -> dict:
    """Return how often each word stands in a text."""
    counts = {}
    for word in text.split():
        counts[word] = counts.get(word, 0) + 1
    return counts

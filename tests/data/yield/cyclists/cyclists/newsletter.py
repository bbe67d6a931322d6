"""The newsletter that goes out on the first of each month."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Article:
    """A piece of the newsletter."""

    title: str
    text: str
    author: str = "the board"

    def signed(self) -> str:
        """Return the text with its author below."""
        return f"{self.text}\n({self.author})"


@dataclass
class Issue:
    """A newsletter."""

    number: int
    month: str
    articles: list[Article] = field(default_factory=list)

    def subject(self) -> str:
        """Return the subject of the mail: 'Club news 12 (May)'."""
        return f"Club news {self.number} ({self.month})"

    def contents(self) -> list[str]:
        """Return the table of contents, a line for each article."""
        return [f"{number}. {article.title}" for number, article in enumerate(self.articles, 1)]


def parse_names(line: str) -> list[str]:
    """Read the names of those who helped, with commas between them."""
    return line.split(",")


def signups(title: str, count: int) -> str:
    """Return the sentence about a ride: '8 riders have signed up for Lake tour.'."""
    return f"{count} riders have signed up for {title}."


def shorten(text: str, width: int = 40) -> str:
    """Return the beginning of a text, for the preview."""
    return text[:width]


def merged(first: list[str], second: list[str]) -> list[str]:
    """Return the addresses of both lists, without repeating any."""
    for address in second:
        if address not in first:
            first.append(address)
    return first


def greeting(name: str) -> str:
    """Return the first line of the mail."""
    return f"Dear {name},"

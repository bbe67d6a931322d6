"""Text for the printed concert programme."""

LINE = 60


def shorten(text: str, width: int) -> str:
    """Cut a text to at most width characters, with "..." at its end if something was cut."""
    if len(text) <= width:
        return text
    return text[: width - 3] + "..."


def join_names(names) -> str:
    """Join names for a sentence: "Anna, Ben and Carl"."""
    names = list(names)
    if len(names) < 2:
        return "".join(names)
    return ", ".join(names[:-1]) + " and " + names[-1]


def numbered(titles):
    """Put a number before each title."""
    lines = []
    for number, title in enumerate(titles, 1):
        lines.append(f"{number}. {title}")
    return lines


def piece_line(title: str, composer: str, width: int = LINE) -> str:
    """Return a line with the title on the left and the composer on the right, dots in between."""
    dots = width - len(title) - len(composer) - 2
    return f"{title} {'.' * dots} {composer}"


def heading(text: str, underline: str = "=") -> str:
    text = text.strip()
    return f"{text}\n{underline * len(text)}"


def file_name(title: str) -> str:
    """Return the name of the file for a concert's programme.

    >>> file_name("Summer Concert")
    'summer-concert.txt'
    """
    words = title.lower().split()
    return "-".join(words) + ".txt"


def life_years(born, died=None) -> str:
    """Return the years of a composer, "(1685-1750)" or "(born 1935)"."""
    if died is None:
        return f"(born {born})"
    return f"({born}-{died})"


def running_time(seconds: int) -> str:
    """Format the length of a piece, minutes and seconds: 3:05."""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes}:{rest:02d}"


def total_time(pieces: list[tuple[str, int]], pause: int = 0) -> int:
    """Add up the seconds of all pieces and the pauses between them."""
    if not pieces:
        return 0
    return sum(seconds for _, seconds in pieces) + pause * (len(pieces) - 1)

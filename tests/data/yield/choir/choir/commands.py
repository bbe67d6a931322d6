"""Helpers for the command line scripts."""

import argparse
import sys


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="choir", description="Lists of the choir.")
    parser.add_argument("file", help="the csv file with the members")
    parser.add_argument("-v", "--voice", help="only this voice")
    parser.add_argument("--sort", choices=["name", "joined"], default="name")
    return parser


def parse_numbers(text: str) -> list[int]:
    """Parse the numbers of the pages to print.

    "1,3-5" is [1, 3, 4, 5]
    """
    numbers = []
    for part in text.split(","):
        if "-" in part:
            first, last = part.split("-")
            numbers.extend(range(int(first), int(last) + 1))
        else:
            numbers.append(int(part))
    return numbers


def parse_option(text):
    """Split "key=value"."""
    key, value = text.split("=", 1)
    return key.strip(), value.strip()


def progress(done: int, total: int, width: int = 20) -> str:
    """Draw a progress bar."""
    filled = done * width // total
    return "[" + "#" * filled + " " * (width - filled) + "]"


def format_table(rows):
    """Format rows of strings as a table, columns aligned on the left."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows)]
    lines = []
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths)]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def ask_yes_no(question: str, read=input) -> bool:
    """Ask until the answer is yes or no."""
    while True:
        answer = read(f"{question} [y/n] ").strip().lower()
        if answer in ("y", "yes"):
            return True
        if answer in ("n", "no"):
            return False


def plural(count: int, word: str) -> str:
    """Return "1 singer", "2 singers"."""
    if count == 1:
        return f"{count} {word}"
    return f"{count} {word}s"


def fail(message, code=1, stream=None):
    """Print an error and leave."""
    print(f"error: {message}", file=stream or sys.stderr)
    raise SystemExit(code)

"""The form of a changelog: where new entries go, and how they are written there, as the file itself does it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

NAMES = ("CHANGELOG.md", "CHANGES.md", "HISTORY.md", "NEWS.md", "docs/CHANGELOG.md", "docs/changelog.md")
SECTIONS = ("Added", "Changed", "Fixed", "Removed")
_NEW = "# Changelog\n\n## [Unreleased]\n"
_UNRELEASED = re.compile(r"^##\s*\[?(?:unreleased|upcoming|next)\b.*$", re.IGNORECASE)
_RELEASE = re.compile(r"^##\s+\S")
_SECTION = re.compile(r"^###\s+(?:Added|Changed|Fixed|Removed)\b")
_BULLET = re.compile(r"^([-*+]) +(\S.*)$")
_WIDEST = 118


def changelog_path(files: Collection[str]) -> str:
    """Return the repository's changelog, or where it would be."""
    folded = {name.casefold(): name for name in files}
    return next((folded[name.casefold()] for name in NAMES if name.casefold() in folded), NAMES[0])


def known_entries(text: str) -> tuple[str, ...]:
    """Return the entries under what is not released yet, their first lines."""
    lines = text.split("\n")
    begin, end = _unreleased(lines)
    return tuple(found[2] for line in lines[begin:end] if (found := _BULLET.match(line))) if begin else ()


def with_entries(text: str | None, entries: Sequence[tuple[str, str]]) -> str:
    """Return a changelog with entries (section, words) under what is not released yet; all else stays to the byte.

    Sections (`### Added`) are used where the file has any, or is new; else entries stand in one list.
    """
    whole = _NEW if text is None else text
    ending = "\r\n" if "\r\n" in whole else "\n"
    lines = whole.replace("\r\n", "\n").split("\n")
    sectioned = text is None or any(_SECTION.match(line) for line in lines)
    begin, end = _unreleased(lines)
    if not begin:
        at = next((number for number, line in enumerate(lines) if _RELEASE.match(line)), None)
        bracketed = any(re.match(r"^##\s+\[", line) for line in lines)
        heading = ["## [Unreleased]" if bracketed else "## Unreleased", ""]
        if at is None:
            lines = [*_without_blank_end(lines), "", *heading]
            begin = end = len(lines) - 1
        else:
            lines[at:at] = heading
            begin, end = at + 1, at + 2
    mark = next((found[1] for line in lines if (found := _BULLET.match(line))), "-")
    if not sectioned:
        lines = _into_list(lines, begin, end, [words for _, words in entries], mark)
    else:
        for section in SECTIONS:
            wanted = [words for name, words in entries if name == section]
            if wanted:
                begin, end = _unreleased(lines)
                lines = _into_section(lines, (begin, end), section, wanted, mark)
    return ending.join([*_without_blank_end(lines), ""])


def _unreleased(lines: Sequence[str]) -> tuple[int, int]:
    """Return the lines after the heading of what is not released: first and end; zeros where there is none."""
    start = next((number for number, line in enumerate(lines) if _UNRELEASED.match(line)), None)
    if start is None:
        return 0, 0
    end = next((number for number in range(start + 1, len(lines)) if _RELEASE.match(lines[number])), len(lines))
    return start + 1, end


def _into_section(
    lines: list[str], span: tuple[int, int], section: str, entries: Sequence[str], mark: str
) -> list[str]:
    begin, end = span
    heading = next((n for n in range(begin, end) if re.match(rf"^###\s+{section}\b", lines[n])), None)
    if heading is not None:
        last = next((n for n in range(heading + 1, end) if lines[n].startswith("###")), end)
        return _into_list(lines, heading + 1, last, entries, mark)
    at = next(
        (
            n
            for n in range(begin, end)
            if (found := re.match(r"^###\s+(\w+)", lines[n]))
            and found[1] in SECTIONS
            and SECTIONS.index(found[1]) > SECTIONS.index(section)
        ),
        None,
    )
    if at is None:
        at = end
        while at > begin and not lines[at - 1].strip():
            at -= 1
        new = ["", f"### {section}", "", *_bullets(entries, mark)]
        return [*lines[:at], *new, *(lines[at:] or [""])]
    return [*lines[:at], f"### {section}", "", *_bullets(entries, mark), "", *lines[at:]]


def _into_list(lines: list[str], begin: int, end: int, entries: Sequence[str], mark: str) -> list[str]:
    """Put entries at the end of the list that stands between two lines, or begin one there."""
    at = end
    while at > begin and not lines[at - 1].strip():
        at -= 1
    has_list = any(_BULLET.match(line) for line in lines[begin:at])
    new = [*([] if has_list else [""]), *_bullets(entries, mark)]
    rest = lines[at:]
    return [*lines[:at], *new, *(rest if rest and not rest[0].strip() else ["", *rest])]


def _bullets(entries: Sequence[str], mark: str) -> list[str]:
    rows: list[str] = []
    for entry in entries:
        row = mark
        for word in entry.split():
            if len(row) + 1 + len(word) > _WIDEST:
                rows.append(row)
                row = " "
            row += f" {word}"
        rows.append(row)
    return rows


def _without_blank_end(lines: list[str]) -> list[str]:
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    return lines[:end]

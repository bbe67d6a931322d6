"""The section about handing work over in CLAUDE.md or AGENTS.md: written, brought up to date, and taken out again."""

from __future__ import annotations

import re
from pathlib import Path

from workbench.errors import NaniteError
from workbench.spool.folder import write_whole

NAMES = ("CLAUDE.md", "AGENTS.md")
BEGIN, END = "<!-- nanites: begin -->", "<!-- nanites: end -->"
SECTION = f"""{BEGIN}
## Mechanical work goes to local models
`nanites` runs small local models on this machine, at no cost in tokens. Hand over docstrings, types, one-function
patches, the same edit in many files and summaries of long files; keep design, debugging and edits of a few lines.

- `nanites docstrings --target PATH --approve proven --json` (also `types`): applied by itself where it is proven.
- `nanites patch "ONE CONCRETE CHANGE, naming the function" --target PATH --check "ALLOWED COMMAND" --json`
- `nanites summary --read PATH --json`; many files: `nanites submit --kind K "… {{file}} …" --for-each GLOB`, then
  `nanites wait ID --json`.
- The answer is one JSON object of at most 1,200 characters. State `review`: look at `nanites diff ID`, then
  `nanites approve ID` or `nanites reject ID --reason R`. Exit code 4: no local model is up, so do it yourself.
{END}
"""
_PART = re.compile(rf"\n*{re.escape(BEGIN)}.*?{re.escape(END)}\n?", re.DOTALL)


def files_of(root: Path) -> tuple[Path, ...]:
    """Return the files that agents read here: those that are there, else CLAUDE.md. A link to the other counts once."""
    there = {path.resolve(): path for path in (root / name for name in reversed(NAMES)) if path.is_file()}
    return tuple(sorted(there, key=lambda path: path.name)) or (root / NAMES[0],)


def write_section(root: Path) -> tuple[Path, ...]:
    """Write the section into the files that agents read, or bring it up to date; return those that changed.

    Raises:
        NaniteError: a file is no text, or lies outside the repository.
        OSError: it cannot be written.
    """
    return tuple(path for path in files_of(root) if _change(root, path, SECTION))


def remove_section(root: Path) -> tuple[Path, ...]:
    """Take the section out of the files that agents read; return those that changed. A file of nothing else goes.

    Raises:
        NaniteError: a file is no text, or lies outside the repository.
        OSError: it cannot be written.
    """
    return tuple(path for path in files_of(root) if _change(root, path, ""))


def _change(root: Path, path: Path, section: str) -> bool:
    if not path.resolve().is_relative_to(root.resolve()):
        raise NaniteError(f"{path.name} lies outside the repository", code="outside", hint="write the section by hand")
    try:
        before = path.read_bytes().decode("utf-8") if path.exists() else ""
    except UnicodeDecodeError as error:
        raise NaniteError(f"{path.name} is not UTF-8", code="not-utf8", hint="save it as UTF-8") from error
    windows = "\r\n" in before
    text = before.replace("\r\n", "\n") if windows else before
    after = _with(text, section)
    if after == text:
        return False
    if not after:
        path.unlink()
        return True
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    write_whole(path, after.replace("\n", "\r\n") if windows else after)
    path.chmod(mode)
    return True


def _with(text: str, section: str) -> str:
    found = _PART.search(text)
    if found is None:
        if not section:
            return text
        ending = "" if not text or text.endswith("\n") else "\n"
        return text + ending + ("\n" if text else "") + section
    head, tail = text[: found.start()], text[found.end() :]
    if not section:
        return head + ("\n" if head and (tail or not head.endswith("\n")) else "") + tail
    return head + ("\n\n" if head else "") + section + tail

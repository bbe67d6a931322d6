"""What is long comes by page: a diff, or all the words about a task, cut between lines to what a client takes whole."""

from __future__ import annotations

from workbench.context.redaction import masked
from workbench.errors import NaniteError, TaskRefused
from workbench.mcp.answers import PAGE_CHARACTERS
from workbench.narration import stamped, words_of
from workbench.spool.folder import Folder
from workbench.spool.records import read_record
from workbench.spool.tail import parse_line
from workbench.terminal import plain

_HEADING_CHARACTERS = 100


def page_of(text: str, number: int, what: str) -> str:
    """Return one page of `text`, from 1, with a heading where there are several.

    Raises:
        TaskRefused: there is no such page.
    """
    pages = _cut(text, PAGE_CHARACTERS - _HEADING_CHARACTERS)
    if not 1 <= number <= len(pages):
        raise TaskRefused(
            f"there is no page {number} of {what}", code="no-such-page", field="page", hint=f"pages: 1 to {len(pages)}"
        )
    if len(pages) == 1:
        return pages[0]
    return f"[page {number} of {len(pages)}: {what}]\n{pages[number - 1]}"


def _cut(text: str, size: int) -> list[str]:
    pages, start = [], 0
    while len(text) - start > size:
        end = text.rfind("\n", start, start + size) + 1
        if end <= start:
            end = start + size
        pages.append(text[start:end])
        start = end
    return [*pages, text[start:]]


def diff_text(folder: Folder, task_id: str) -> str:
    """Return what a task proposes, or has changed, as a unified diff without control codes and without secrets.

    Raises:
        NaniteError: there is no such task, or it proposes no change.
    """
    read_record(folder, task_id)
    try:
        return masked(plain((folder.task(task_id) / "proposal.patch").read_bytes().decode("utf-8", "replace")))
    except FileNotFoundError as error:
        raise NaniteError(
            f"task {task_id} proposes no change", code="no-proposal", hint="action result says where it stands"
        ) from error


def story_text(folder: Folder, task_id: str) -> str:
    """Return all the words about a task: what it came to, what its checks printed, and its transcript.

    Raises:
        NaniteError: there is no such task.
    """
    record = read_record(folder, task_id)
    lines = [f"{task_id} {record.state}" + (f" ({record.verdict})" if record.verdict else ""), words_of(record)]
    lines += [f"note: {plain(note)}" for note in record.notes if plain(note) != lines[1]]
    for check in record.checks:
        mark = {True: "passed", False: "failed", None: "not run"}[check.ok]
        lines.append(f"check {plain(check.name)}: {mark}")
        lines += [plain(check.output)] if check.output and not check.ok else []
    path = folder.task(task_id) / "transcript.jsonl"
    for raw in path.read_bytes().splitlines() if path.exists() else ():
        line = parse_line(raw)
        if line is None:
            continue
        lines += [words] if (words := stamped(line)) else []
        if line.get("event") == "answer-received":
            lines.append(plain(str(line.get("text"))))
    return masked("\n".join(line for line in lines if line))

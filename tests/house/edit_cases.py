"""Real changes written down as a model might, with what must become of the file: its new bytes, or a refusal.

Each case is one change in one format with one fault of a model. A fault is only taken where it leaves the meaning as
plain as it was; where it does not, the case must be refused.
"""

from __future__ import annotations

import ast
import random
import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from tests.house.edit_sources import Change
from workbench.edits.foreign.symbols import speaks, symbols
from workbench.edits.lines import regions, split_lines

Op = tuple[str, str]
Ops = list[Op]
FORMATS = ("search-replace", "cline", "unified-diff", "v4a")


@dataclass(frozen=True)
class Case:
    """One answer to some files; `expected` is None where it must be refused."""

    name: str
    files: dict[str, bytes]
    answer: str
    expected: dict[str, bytes | None] | None
    targets: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Draft:
    """A case in the making."""

    change: Change
    form: str
    hunks: list[Ops]
    starts: list[int]
    chooser: random.Random
    path: str
    closed: bool = True
    fenced: bool = True


class Unfit(Exception):
    """A fault does not fit this change."""


def lines_of(content: bytes) -> list[str]:
    return [line.decode().removesuffix("\n") for line in split_lines(content)]


def draft(change: Change, form: str, chooser: random.Random, context: int = 3) -> Draft:
    old, new = split_lines(change.before), split_lines(change.after)
    if b"\r" in change.before + change.after or not change.before.endswith(b"\n") or not change.after.endswith(b"\n"):
        raise Unfit
    hunks, starts = [], []
    texts, new_texts = lines_of(change.before), lines_of(change.after)
    for region in regions(old, new, context):
        ops: Ops = []
        at = region.old_first
        for one in region.changes:
            ops += [(" ", line) for line in texts[at : one.old_first]]
            ops += [("-", line) for line in texts[one.old_first : one.old_end]]
            ops += [("+", line) for line in new_texts[one.new_first : one.new_end]]
            at = one.old_end
        ops += [(" ", line) for line in texts[at : region.old_end]]
        hunks.append(ops)
        starts.append(region.old_first + 1)
    made = Draft(change, form, hunks, starts, chooser, change.path)
    if not all(is_plain(ops, change) for ops in hunks):
        raise Unfit
    return made


def is_plain(ops: Ops, change: Change) -> bool:
    """Return whether a hunk has one place in the file, however white space is read, and changes more than that."""
    wanted = [line.strip() for mark, line in ops if mark != "+" and line.strip()]
    known = [line.strip() for line in lines_of(change.before) if line.strip()]
    places = sum(known[at : at + len(wanted)] == wanted for at in range(len(known) - len(wanted) + 1))
    new = [line.strip() for mark, line in ops if mark != "-" and line.strip()]
    return places == 1 and len(wanted) > 1 and new != wanted


def sides(ops: Ops) -> tuple[list[str], list[str]]:
    return [line for mark, line in ops if mark != "+"], [line for mark, line in ops if mark != "-"]


def write(made: Draft, *, numbers: str = "right", path_line: str | None = None) -> str:
    """Return the draft as an answer in its format."""
    named = made.path if path_line is None else path_line
    if made.form in {"search-replace", "cline"}:
        start, end = (
            ("<<<<<<< SEARCH", ">>>>>>> REPLACE")
            if made.form == "search-replace"
            else (
                "------- SEARCH",
                "+++++++ REPLACE",
            )
        )
        blocks = []
        for ops in made.hunks:
            old, new = sides(ops)
            blocks.append("\n".join([start, *old, "=======", *new, end]))
        body = "\n\n".join(blocks)
        fence = ("```python\n", "\n```\n" if made.closed else "\n") if made.fenced else ("", "\n")
        return f"{named}\n{fence[0]}{body}{fence[1]}"
    if made.form == "v4a":
        body = "\n".join(f"@@\n{_body(ops)}" for ops in made.hunks)
        return f"*** Begin Patch\n*** Update File: {named}\n{body}\n*** End Patch\n"
    body = "".join(f"{_at(made, at, numbers)}\n{_body(ops)}\n" for at, ops in enumerate(made.hunks))
    text = f"--- a/{named}\n+++ b/{named}\n{body}"
    return f"```diff\n{text}{'```' if made.closed else ''}\n" if made.fenced else text


def _body(ops: Ops) -> str:
    return "\n".join(mark + line for mark, line in ops)


def _at(made: Draft, number: int, numbers: str) -> str:
    ops, start = made.hunks[number], made.starts[number]
    old, new = (len(side) for side in sides(ops))
    match numbers:
        case "wrong":
            return f"@@ -{start + 37},{old} +{start + 40},{new} @@"
        case "counts":
            return f"@@ -{start},{old + 2} +{start},{max(1, new - 1)} @@"
        case "bare":
            return "@@"
        case "dots":
            return "@@ ... @@"
        case _:
            return f"@@ -{start},{old} +{start},{new} @@"


# Faults in the lines of one hunk.


def _margin(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def outdented(made: Draft) -> Draft:
    hunks = []
    for ops in made.hunks:
        margin = min((_margin(line) for _, line in ops if line.strip()), default=0)
        hunks.append([(mark, line[margin:]) for mark, line in ops])
    return _changed(made, hunks)


def indented(made: Draft) -> Draft:
    return _changed(
        made, [[(mark, f"    {line}" if line.strip() else line) for mark, line in ops] for ops in made.hunks]
    )


def first_line_lost(made: Draft) -> Draft:
    if made.form not in {"search-replace", "cline"}:
        raise Unfit
    hunks = []
    for ops in made.hunks:
        mark, line = ops[0]
        solid = [text for _, text in ops if text.strip()]
        fits = mark == " " and _margin(line) and line.strip() and len(solid) > 3
        hunks.append([(mark, line.lstrip()), *ops[1:]] if fits else ops)
    return _changed(made, hunks)


def with_tabs(made: Draft) -> Draft:
    if any(_margin(line) % 4 or "\t" in line for ops in made.hunks for _, line in ops):
        raise Unfit
    if not any(_margin(line) for line in lines_of(made.change.before)):
        # Nothing in the file says how far a tab goes.
        raise Unfit
    hunks = [[(mark, "\t" * (_margin(line) // 4) + line.lstrip(" ")) for mark, line in ops] for ops in made.hunks]
    return _changed(made, hunks)


def trailing_space(made: Draft) -> Draft:
    return _changed(made, [[(mark, f"{line}  " if mark == " " else line) for mark, line in ops] for ops in made.hunks])


def _inner(ops: Ops, wanted: Callable[[str], bool]) -> list[int]:
    """Return lines that stay, with lines that stay on either side."""
    return [
        at
        for at in range(1, len(ops) - 1)
        if wanted(ops[at][1]) and all(ops[near][0] == " " for near in (at - 1, at, at + 1))
    ]


def blank_lost(made: Draft) -> Draft:
    hunks = []
    for ops in made.hunks:
        places = _inner(ops, lambda line: not line.strip())
        at = made.chooser.choice(places) if places else -1
        hunks.append([op for number, op in enumerate(ops) if number != at])
    return _changed(made, hunks)


def blank_added(made: Draft) -> Draft:
    hunks = []
    for ops in made.hunks:
        places = _inner(ops, lambda line: bool(line.strip()))
        at = made.chooser.choice(places) if places else -1
        hunks.append([one for number, op in enumerate(ops) for one in ([(" ", ""), op] if number == at else [op])])
    return _changed(made, hunks)


def _solid(ops: Ops) -> list[str]:
    return [line for mark, line in ops if mark != "+" and any(letter.isalnum() for letter in line)]


def typo(made: Draft) -> Draft:
    hunks = []
    for ops in made.hunks:
        places = [at for at, (mark, line) in enumerate(ops) if mark == " " and re.search(r"[a-z]{5}", line)]
        if len(_solid(ops)) < 5 or not places:
            hunks.append(ops)
            continue
        at = made.chooser.choice(places)
        line = ops[at][1]
        found = made.chooser.choice(list(re.finditer(r"[a-z]{5}", line)))
        where = found.start() + made.chooser.randrange(5)
        wrong = made.chooser.choice([letter for letter in "abcdefghijklmnopqrstuvwxyz" if letter != line[where]])
        hunks.append([*ops[:at], (" ", line[:where] + wrong + line[where + 1 :]), *ops[at + 1 :]])
    return _changed(made, hunks)


def line_dropped(made: Draft) -> Draft:
    hunks = []
    for ops in made.hunks:
        places = _inner(ops, lambda line: bool(line.strip()))
        if len(_solid(ops)) < 7 or not places:
            hunks.append(ops)
            continue
        at = made.chooser.choice(places)
        hunks.append([op for number, op in enumerate(ops) if number != at])
    return _changed(made, hunks)


def curly(made: Draft) -> Draft:
    table = str.maketrans({"'": "’", '"': "”", "-": "–"})
    return _changed(
        made, [[(mark, line.translate(table) if mark == " " else line) for mark, line in ops] for ops in made.hunks]
    )


def hard_space(made: Draft) -> Draft:
    def put(line: str) -> str:
        return line[: _margin(line)] + line[_margin(line) :].replace(" ", "\u00a0")

    return _changed(made, [[(mark, put(line) if mark == " " else line) for mark, line in ops] for ops in made.hunks])


def space_throughout(made: Draft) -> Draft:
    return _changed(made, [[(mark, f"{line} ") for mark, line in ops] for ops in made.hunks])


def curly_throughout(made: Draft) -> Draft:
    """Curl the quotes of all lines, where the old ones show that they are straight in the file."""
    table = str.maketrans({"'": "’", '"': "”"})
    for ops in made.hunks:
        old, new = ({letter for one in side for letter in one if letter in "'\""} for side in sides(ops))
        if not new <= old:
            raise Unfit
    return _changed(made, [[(mark, line.translate(table)) for mark, line in ops] for ops in made.hunks])


def elided(made: Draft) -> Draft:
    """Leave out the middle of what stays before a change; made from drafts with more context."""
    hunks = []
    for ops in made.hunks:
        first = next(at for at, op in enumerate(ops) if op[0] != " ")
        pieces = [
            [line.strip() for _, line in ops[:2]],
            [line.strip() for mark, line in ops[first - 2 :] if mark != "+"],
        ]
        known = [line.strip() for line in lines_of(made.change.before)]
        unique = all(
            sum(known[at : at + len(piece)] == piece for at in range(len(known))) == 1 and any(piece)
            for piece in pieces
        )
        if first < 6 or not unique or not ops[0][1].strip() or not ops[first - 2][1].strip():
            raise Unfit
        hunks.append([*ops[:2], (" ", " " * _margin(ops[2][1]) + "# ... existing code ..."), *ops[first - 2 :]])
    return _changed(made, hunks)


def _changed(made: Draft, hunks: list[Ops]) -> Draft:
    if hunks == made.hunks or any(all(mark == " " for mark, _ in ops) for ops in hunks):
        raise Unfit
    return replace(made, hunks=hunks)


LINE_FAULTS: dict[str, Callable[[Draft], Draft]] = {
    fault.__name__: fault
    for fault in (
        outdented,
        indented,
        first_line_lost,
        with_tabs,
        trailing_space,
        blank_lost,
        blank_added,
        typo,
        line_dropped,
        curly,
        hard_space,
        space_throughout,
        curly_throughout,
    )
}


# Faults in the words of the answer.


def _prose(made: Draft) -> str:
    return f"Sure! I changed it as asked:\n\n{write(made)}\nThis keeps the rest. Let me know if it helps!\n"


def _thought(made: Draft) -> str:
    return f"<think>\nThe user wants\n```python\nx = (\n```\n</think>\n\n{write(made)}"


def _carriage(made: Draft) -> str:
    return write(made).replace("\n", "\r\n")


def _no_fence(made: Draft) -> str:
    return write(replace(made, fenced=False))


def _open_fence(made: Draft) -> str:
    if made.form == "v4a":
        raise Unfit
    return write(replace(made, closed=False))


def _nested(made: Draft) -> str:
    return f"````markdown\n{write(made)}````\n"


def _escaped(made: Draft) -> str:
    text = write(made)
    if made.form in {"search-replace", "cline"}:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    hunks = [
        [(mark, line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")) for mark, line in ops]
        for ops in made.hunks
    ]
    old = [line for ops in made.hunks for mark, line in ops if mark != "+" and re.search("[<>&]", line)]
    if hunks == made.hunks or not old or any("&" in line for ops in made.hunks for _, line in ops):
        raise Unfit
    if any("&" in new and "&" not in "".join(line for _, line in ops) for ops in hunks for _, new in ops):
        raise Unfit
    olds = ["".join(line for mark, line in ops if mark != "+") for ops in hunks]
    if any("&" in line and "&" not in olds[at] for at, ops in enumerate(hunks) for _, line in ops):
        raise Unfit
    return write(replace(made, hunks=hunks))


def _path_as(before: str, after: str = "") -> Callable[[Draft], str]:
    def fault(made: Draft) -> str:
        if made.form not in {"search-replace", "cline"}:
            return write(made, path_line=f"./{made.path}" if made.form == "v4a" else made.path)
        return write(made, path_line=f"{before}{made.path}{after}")

    return fault


def _wrong_folder(made: Draft) -> str:
    return write(made, path_line=f"project/{made.path}")


def _short_path(made: Draft) -> str:
    if "/" not in made.path:
        raise Unfit
    return write(made, path_line=made.path.rsplit("/", 1)[-1])


def _numbers(kind: str) -> Callable[[Draft], str]:
    def fault(made: Draft) -> str:
        if made.form != "unified-diff":
            raise Unfit
        return write(made, numbers=kind)

    return fault


def _lost_space(every: bool) -> Callable[[Draft], str]:
    def fault(made: Draft) -> str:
        if made.form not in {"unified-diff", "v4a"}:
            raise Unfit
        if any(mark == " " and line[:1] in {"+", "-", "@", "\\", "`", "*"} for ops in made.hunks for mark, line in ops):
            raise Unfit
        marked = [
            [
                ("", line)
                if mark == " " and (every or not line.strip() or made.chooser.random() < 0.4)
                else (mark, line)
                for mark, line in ops
            ]
            for ops in made.hunks
        ]
        return write(replace(made, hunks=marked), numbers="bare")

    return fault


def _prose_behind(made: Draft) -> str:
    if made.form != "unified-diff":
        raise Unfit
    tail = "\nThis change does what was asked:\n- It touches only these lines.\n- Nothing else moves.\n"
    return write(replace(made, fenced=False)) + tail


def _numbered(made: Draft) -> str:
    if made.form not in {"search-replace", "cline"}:
        raise Unfit
    hunks = []
    for ops, start in zip(made.hunks, made.starts, strict=True):
        old = new = start - 1
        lines = []
        for mark, line in ops:
            old, new = old + (mark != "+"), new + (mark != "-")
            lines.append((mark, line, old, new))
        hunks.append(lines)
    text = f"{made.path}\n"
    for lines in hunks:
        text += "<<<<<<< SEARCH\n" + "".join(f"{old:>4} | {line}\n" for mark, line, old, _ in lines if mark != "+")
        text += "=======\n" + "".join(f"{new:>4} | {line}\n" for mark, line, _, new in lines if mark != "-")
        text += ">>>>>>> REPLACE\n"
    return text


def _markers(start: str, middle: str, end: str) -> Callable[[Draft], str]:
    def fault(made: Draft) -> str:
        if made.form != "search-replace":
            raise Unfit
        text = write(made).replace("<<<<<<< SEARCH", start).replace(">>>>>>> REPLACE", end)
        return text.replace("\n=======\n", f"\n{middle}\n")

    return fault


def _roo(made: Draft) -> str:
    if made.form != "search-replace" or len(made.hunks) > 1:
        raise Unfit
    head = f"<<<<<<< SEARCH\n:start_line:{made.starts[0]}\n-------"
    return write(made).replace("<<<<<<< SEARCH", head)


def _git_header(made: Draft) -> str:
    if made.form != "unified-diff":
        raise Unfit
    header = f"diff --git a/{made.path} b/{made.path}\nindex 1234567..89abcde 100644\n--- a/"
    return write(made).replace("--- a/", header, 1)


def _no_path(made: Draft) -> str:
    if made.form not in {"search-replace", "cline"}:
        raise Unfit
    return write(made, path_line="Here it is:")


WORD_FAULTS: dict[str, Callable[[Draft], str]] = {
    "as it is": write,
    "prose": _prose,
    "thought": _thought,
    "carriage returns": _carriage,
    "byte order mark": lambda made: "\ufeff" + write(made),
    "no fence": _no_fence,
    "open fence": _open_fence,
    "nested": _nested,
    "escaped": _escaped,
    "heading": _path_as("### `", "`"),
    "bold": _path_as("**", "**:"),
    "File:": _path_as("File: "),
    "comment": _path_as("# "),
    "a/": _path_as("a/"),
    "./": _path_as("./"),
    "wrong folder": _wrong_folder,
    "short path": _short_path,
    "no path": _no_path,
    "wrong numbers": _numbers("wrong"),
    "wrong counts": _numbers("counts"),
    "bare @@": _numbers("bare"),
    "@@ ... @@": _numbers("dots"),
    "lost spaces": _lost_space(every=True),
    "some spaces lost": _lost_space(every=False),
    "prose behind": _prose_behind,
    "line numbers": _numbered,
    "nine marks": _markers("<<<<<<<<< SEARCH", "=========", ">>>>>>>>> REPLACE"),
    "no space": _markers("<<<<<<<SEARCH", "=======", ">>>>>>>REPLACE"),
    "original": _markers("<<<<<<< ORIGINAL", "=======", ">>>>>>> UPDATED"),
    "conflict": _markers("<<<<<<< HEAD", "=======", ">>>>>>> new-version"),
    "lower case": _markers("<<<<<<< search", "=======", ">>>>>>> replace"),
    "roo": _roo,
    "git": _git_header,
}


# Faults of the file, which it has before and after.

FILE_FAULTS: dict[str, Callable[[bytes], bytes]] = {
    "crlf": lambda content: content.replace(b"\n", b"\r\n"),
    "bom": lambda content: b"\xef\xbb\xbf" + content,
    "no final newline": lambda content: content.removesuffix(b"\n"),
}


def _file_faults(change: Change) -> Iterator[tuple[str, Callable[[bytes], bytes]]]:
    """Yield the faults that a file does not have already."""
    for name, fault in FILE_FAULTS.items():
        if name != "bom" or not change.before.startswith(b"\xef\xbb\xbf"):
            yield name, fault


# Answers that must be refused.


def _twice(made: Draft) -> tuple[dict[str, bytes], str]:
    return {made.path: made.change.before + b"\n\n" + made.change.before}, write(made, numbers="wrong")


def _applied(made: Draft) -> tuple[dict[str, bytes], str]:
    return {made.path: made.change.after}, write(made)


def _equal(made: Draft) -> tuple[dict[str, bytes], str]:
    hunks = [[(" ", line) for mark, line in ops if mark != "+"] for ops in made.hunks]
    return {made.path: made.change.before}, write(replace(made, hunks=hunks))


def _cut(made: Draft) -> tuple[dict[str, bytes], str]:
    text = write(made)
    solid = max(text.rfind(line) for line in sides(made.hunks[-1])[1] if line.strip())
    begun = text.rfind("<<<<<<<") if made.form == "search-replace" else text.rfind("@@")
    begun = text.rfind("------- ") if made.form == "cline" else begun
    at = made.chooser.randrange(begun + 4, max(begun + 5, solid))
    return {made.path: made.change.before}, text[:at].rstrip("\n")


def _replaced(old: str, new: str) -> Callable[[Draft], tuple[dict[str, bytes], str]]:
    def fault(made: Draft) -> tuple[dict[str, bytes], str]:
        if made.form != "search-replace":
            raise Unfit
        return {made.path: made.change.before}, write(made).replace(old, new, 1)

    return fault


def _path(path: str) -> Callable[[Draft], tuple[dict[str, bytes], str]]:
    return lambda made: ({made.path: made.change.before}, write(made, path_line=path))


def _binary(made: Draft) -> tuple[dict[str, bytes], str]:
    return {made.path: made.change.before + b"\0"}, write(made)


def _lazy(made: Draft) -> tuple[dict[str, bytes], str]:
    hunks = [
        [*[op for op in ops if op[0] != "+"], ("+", "    # ... rest of the code remains the same ...")]
        for ops in made.hunks
    ]
    return {made.path: made.change.before}, write(replace(made, hunks=hunks))


def _broken(made: Draft) -> tuple[dict[str, bytes], str]:
    if not made.path.endswith(".py"):
        raise Unfit
    hunks = []
    for ops in made.hunks:
        at = next((at for at, (mark, line) in enumerate(ops) if mark == "+" and line.strip()), None)
        if at is None or _survives(made.change.after.decode(), ops[at][1]):
            raise Unfit
        hunks.append([*ops[:at], ("+", f"{ops[at][1]} ((("), *ops[at + 1 :]])
    return {made.path: made.change.before}, write(replace(made, hunks=hunks))


def _survives(text: str, line: str) -> bool:
    """Return whether a file would still parse with brackets left open in a line, as it does where that is a string."""
    if text.count(f"\n{line}\n") != 1:
        return True
    try:
        ast.parse(text.replace(f"\n{line}\n", f"\n{line} (((\n"))
    except SyntaxError:
        return False
    return True


def _invented(made: Draft) -> tuple[dict[str, bytes], str]:
    hunks = [
        [
            (mark, f"    invented_{at} = compute_{at}(nothing)" if mark != "+" and at % 2 == 0 else line)
            for at, (mark, line) in enumerate(ops)
        ]
        for ops in made.hunks
    ]
    return {made.path: made.change.before}, write(replace(made, hunks=hunks))


def _stale(made: Draft) -> tuple[dict[str, bytes], str]:
    """The line that shall go says something else in the file by now."""
    gone = [line for ops in made.hunks for mark, line in ops if mark == "-" and re.search(r"[a-z_]{3,}", line)]
    if not gone:
        raise Unfit
    line = made.chooser.choice(gone)
    word = made.chooser.choice(re.findall(r"[a-z_]{3,}", line))
    stale = line.replace(word, f"{word}_of_another_kind")
    before = made.change.before.replace(f"\n{line}\n".encode(), f"\n{stale}\n".encode())
    if before == made.change.before or stale.encode() in made.change.after:
        raise Unfit
    return {made.path: before}, write(made)


def _over(made: Draft) -> tuple[dict[str, bytes], str]:
    text = "x = 1\n"
    answers = {
        "search-replace": f"{made.path}\n<<<<<<< SEARCH\n=======\n{text}>>>>>>> REPLACE\n",
        "cline": f"{made.path}\n------- SEARCH\n=======\n{text}+++++++ REPLACE\n",
        "unified-diff": f"--- /dev/null\n+++ b/{made.path}\n@@ -0,0 +1 @@\n+{text}",
        "v4a": f"*** Begin Patch\n*** Add File: {made.path}\n+{text}*** End Patch\n",
    }
    return {made.path: made.change.before}, answers[made.form]


REFUSED: dict[str, Callable[[Draft], tuple[dict[str, bytes], str]]] = {
    "twice": _twice,
    "applied": _applied,
    "equal": _equal,
    "cut off": _cut,
    "two dividers": _replaced("\n=======\n", "\n=======\n=======\n"),
    "no divider": _replaced("\n=======\n", "\n"),
    "no end": _replaced(">>>>>>> REPLACE", ""),
    "up and out": _path("../outside.py"),
    "absolute": _path("/etc/passwd.py"),
    ".git": _path(".git/hooks/pre-commit"),
    "unknown": _path("no/such/thing.py"),
    "binary": _binary,
    "lazy": _lazy,
    "broken": _broken,
    "invented": _invented,
    "stale": _stale,
    "create over": _over,
}


def cases(change: Change, seed: int) -> Iterator[Case]:
    """Yield all cases that a change gives: every format with every fault that fits."""
    for form in FORMATS:
        chooser = random.Random(f"{seed} {change.path} {form}")
        try:
            made = draft(change, form, chooser)
        except Unfit:
            continue
        yield from _applying(made)
        yield from _refusing(made)
    yield from _whole(change)
    yield from _symbol(change)


def _applying(made: Draft) -> Iterator[Case]:
    files, expected = {made.path: made.change.before}, {made.path: made.change.after}
    for name, line_fault in LINE_FAULTS.items():
        try:
            faulty = line_fault(made)
            if any(not is_plain(ops, made.change) for ops in made.hunks):
                continue
            yield Case(f"{made.form}: {name}", files, write(faulty, numbers="wrong"), {**expected})
        except Unfit:
            continue
    for name, word_fault in WORD_FAULTS.items():
        try:
            yield Case(f"{made.form}: {name}", files, word_fault(made), {**expected})
        except Unfit:
            continue
    for name, file_fault in _file_faults(made.change):
        before, after = file_fault(made.change.before), file_fault(made.change.after)
        yield Case(f"{made.form}: file with {name}", {made.path: before}, write(made), {made.path: after})
    try:
        wide = elided(draft(made.change, made.form, made.chooser, context=12))
        yield Case(f"{made.form}: elided", files, write(wide, numbers="wrong"), {**expected})
    except Unfit:
        return


def _refusing(made: Draft) -> Iterator[Case]:
    for name, fault in REFUSED.items():
        try:
            files, answer = fault(made)
        except Unfit:
            continue
        yield Case(f"{made.form}: {name}", files, answer, None)
    other = ("other/file.py",)
    yield Case(f"{made.form}: off target", {made.path: made.change.before}, write(made), None, other)


def _whole(change: Change) -> Iterator[Case]:
    before, after = change.before, change.after
    old = sum(bool(line.strip()) for line in lines_of(before))
    new = sum(bool(line.strip()) for line in lines_of(after))
    if old - new > 0.2 * old or not after.endswith(b"\n") or b"```" in after + before or b"\r" in after + before:
        return
    text = after.decode()
    files, expected = {change.path: before}, {change.path: after}
    yield Case("whole file: as it is", files, f"{change.path}\n```\n{text}```\n", {**expected})
    yield Case("whole file: prose", files, f"Sure:\n```python\n{text}```\nDone.", {**expected})
    yield Case("whole file: path in the fence", files, f"```python {change.path}\n{text}```\n", {**expected})
    for name, fault in _file_faults(change):
        case = Case(f"whole file: file with {name}", {change.path: fault(before)}, f"```\n{text}```\n", None)
        yield replace(case, expected={change.path: fault(after)})
    cut = text[: int(len(text) * 0.6)]
    yield Case("whole file: cut off", files, f"```python\n{cut}", None)
    yield Case("whole file: drops the rest", files, f"```python\n{cut}\n# ... rest of the code ...\n```\n", None)


def _symbol(change: Change) -> Iterator[Case]:
    """Yield answers that are one function: the one that all of a change lies in."""
    before, after = change.before.decode(), change.after.decode()
    old, new = lines_of(change.before), lines_of(change.after)
    head = next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), 0)
    tail = next((at for at, (one, other) in enumerate(zip(old[::-1], new[::-1], strict=False)) if one != other), 0)
    look = _function_around if change.path.endswith(".py") else partial(_foreign_function, change.path)
    found = look(after, head + 1, len(new) - tail)
    known = look(before, head + 1, len(old) - tail)
    if found is None or known is None or found[0] != known[0] or known[1] != found[1]:
        return
    name, first, last = found
    text = "\n".join(new[first - 1 : last])
    last_name = name.rsplit(".", 1)[-1]
    if "```" in text or (change.path.endswith(".py") and sum(one.count(f"def {last_name}(") for one in old) > 1):
        return
    files, expected = {change.path: change.before}, {change.path: change.after}
    bare = textwrap.dedent(text)
    is_python = change.path.endswith(".py")
    fence = "python" if is_python else change.path.rpartition(".")[2]
    shapes = {
        "as it is": f"```{fence}\n{text}\n```\n",
        "without margin": f"Sure:\n```{fence}\n{bare}\n```\nDone.",
        "path": f"`{change.path}`\n```{fence}\n{bare}\n```\n",
    }
    for what, answer in (shapes | ({"no fence": f"{bare}\n"} if is_python else {})).items():
        yield Case(f"symbol: {what}", files, answer, {**expected})
    for what, fault in _file_faults(change):
        case = Case(f"symbol: file with {what}", {change.path: fault(change.before)}, f"```\n{bare}\n```\n", None)
        yield replace(case, expected={change.path: fault(change.after)})
    cut = bare[: int(len(bare) * 0.6)]
    yield Case("symbol: cut off", files, f"```{fence}\n{cut}", None)
    if is_python:
        lazy = f"{bare.split(chr(10))[0]}\n    # ... rest of the code ...\n    pass"
        yield Case("symbol: lazy", files, f"```python\n{lazy}\n```\n", None)


def _foreign_function(path: str, text: str, first: int, last: int) -> tuple[str, int, int] | None:
    """Return the same for a language with a grammar; a name that any other symbol ends in is a twin."""
    if not speaks(path, text):
        return None
    every = symbols(path, text)
    around = [one for one in every if one.kind == "function" and one.first <= first and last <= one.last]
    if not around:
        return None
    outermost = around[0]
    twins = sum(one.name.rpartition(".")[2] == outermost.name.rpartition(".")[2] for one in every)
    return (outermost.name, outermost.first, outermost.last) if twins == 1 else None


def _function_around(text: str, first: int, last: int) -> tuple[str, int, int] | None:
    """Return the qualified name and the lines of the outermost function, no twin, that some lines lie in."""

    def look(body: list[ast.stmt], prefix: str) -> tuple[str, int, int] | None:
        for node in body:
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                continue
            start = min([node.lineno, *(one.lineno for one in node.decorator_list)])
            if start <= first and last <= (node.end_lineno or 0):
                if isinstance(node, ast.ClassDef):
                    return look(node.body, f"{prefix}{node.name}.")
                return f"{prefix}{node.name}", start, node.end_lineno or 0
        return None

    return look(ast.parse(text.removeprefix("\ufeff")).body, "")

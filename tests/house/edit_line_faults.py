"""Faults in the lines of a hunk that leave its meaning as plain as it was."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from tests.house.edit_drafts import Draft, Ops, Unfit, lines_of, sides


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

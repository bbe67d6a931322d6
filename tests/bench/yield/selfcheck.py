"""Judges the judges: an oracle must refuse the untouched tree and each wrong change, and let the reference through.

A check must do the same, or a task that names it would be told lies; and it must be no stricter than the oracle, which
holds by how the two are made.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from pathlib import Path

from workbench.model import FileEdit

from . import plainest
from .cases import Case, Swap
from .oracles import judge
from .ours import settings_of
from .place import edits_of, make, program, run

_MUTATIONS = (
    (r"(?<![<>=!-])<(?![<=])", "<="), (r"(?<![<>=!-])>(?![>=])", ">="), ("<=", "<"), (">=", ">"), ("==", "!="),
    (r"\bis None\b", "is not None"), (r"\bis not None\b", "is None"), (r"\band\b|&&", "or"), (r"\bor\b|\|\|", "and"),
    (r"\bnot ", ""), (r"(?<![\w.])(\d+)(?![\w.])", "1\\g<1>"), (r"\bmin\b", "max"), (r"\bmax\b", "min"),
    (r"(?<=[\w)]) \+ (?=\w)", " - "), (r"\bTrue\b", "False"), (r"\bfalse\b", "true"),
    (r"\b(Value|Type|Key)Error\b", "OSError"),
)  # fmt: skip
"""Slips: what is found in a reference, and what is put there instead."""


def slips(swaps: Sequence[Swap]) -> Iterator[tuple[str, tuple[Swap, ...]]]:
    """Yield references with one slip each, and what it is."""
    for place, swap in enumerate(swaps):
        for pattern, instead in _MUTATIONS:
            for found in re.finditer(pattern, swap.new):
                if found[0] in swap.old and swap.new.count(found[0]) == swap.old.count(found[0]):
                    continue
                text = swap.new[: found.start()] + found.expand(instead) + swap.new[found.end() :]
                what = f"{found[0]!r} -> {found.expand(instead)!r} at {found.start()} of {swap.new.strip()[:60]!r}"
                yield what, (*swaps[:place], swap.model_copy(update={"new": text}), *swaps[place + 1 :])


async def survivors(cases: Sequence[Case]) -> int:
    """Print the slips that oracles let through, for whoever writes them to look at: some are no fault at all."""
    tried = through = 0
    for case in cases:
        if case.kind != "patch":
            continue
        with tempfile.TemporaryDirectory(prefix="yield-") as scratch:
            root = Path(scratch).resolve() / "repo"
            make(case, root, settings_of(case, "embedded", "none", {}), check=False)
            for what, swaps in slips(case.reference):
                tried += 1
                if not await judge(case, root, _texts(edits_of(case, root, swaps)), ""):
                    through += 1
                    print(f"{case.name}: {what}", file=sys.stderr, flush=True)
    print(f"{through} of {tried} slips got through", file=sys.stderr)
    return 0


async def self_check(cases: Sequence[Case]) -> int:
    """Check the oracles of `cases`, print what is wrong with them, and return how many are."""
    bad = 0
    for case in cases:
        began = time.monotonic()
        complaints = await _complaints(case)
        bad += bool(complaints)
        mark = "WRONG" if complaints else "fine"
        print(f"{mark:6} {case.kind:14} {case.name:32} {time.monotonic() - began:5.1f} s", file=sys.stderr, flush=True)
        for complaint in complaints:
            print(f"       {complaint}".replace("\n", "\n       "), file=sys.stderr, flush=True)
    referenced = sum(bool(case.reference) for case in cases)
    print(f"{len(cases)} cases, {referenced} with a reference, {bad} wrong", file=sys.stderr)
    return min(bad, 1)


async def _complaints(case: Case) -> list[str]:
    with tempfile.TemporaryDirectory(prefix="yield-") as scratch:
        root = Path(scratch).resolve() / "repo"
        try:
            make(case, root, settings_of(case, "embedded", "none", {}), check=False)
            return [one async for one in _faults(case, root)]
        except ValueError as error:
            return [f"a swap does not fit: {error}"]


async def _faults(case: Case, root: Path) -> AsyncIterator[str]:
    if case.kind == "patch" and not (case.reference and case.check):
        yield "a behaviour change needs a check and a reference"
    for target in (*case.target, *case.read):
        if case.kind != "tests" and not (root / target.partition(":")[0]).exists():
            yield f"there is no {target}"
    its_check = program(case, oracle=False)
    if its_check and (await run(root, its_check)).ok:
        yield "the check passes on the untouched tree"
    if case.target and not case.says and case.kind not in {"tests", "changelog"}:
        untouched = {name: (root / name).read_text(encoding="utf-8") for name in case.target if (root / name).is_file()}
        if not await judge(case, root, untouched, ""):
            yield "the oracle lets the untouched tree through"
    if case.reference:
        edits = edits_of(case, root, case.reference)
        if its_check and not (check := await run(root, its_check, edits)).ok:
            yield f"the check refuses the reference: {check.output[-600:]}"
        if wrong := await judge(case, root, _texts(edits), ""):
            yield f"the oracle refuses the reference: {wrong}"
    if plain := plainest.answer(case, root):
        if wrong := await judge(case, root, plain, ""):
            yield f"the oracle refuses the plainest answer: {wrong}"
        if not await judge(case, root, plainest.faulty(plain), ""):
            yield "the oracle lets code through that nobody asked for"
    for number, swaps in enumerate(case.wrong, 1):
        if not await judge(case, root, _texts(edits_of(case, root, swaps)), ""):
            yield f"the oracle lets wrong change {number} through"
    for mutant in case.mutants:
        edits_of(case, root, (mutant,))


def _texts(edits: Sequence[FileEdit]) -> Mapping[str, str]:
    return {edit.path: (edit.after or b"").decode("utf-8") for edit in edits}

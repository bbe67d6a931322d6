"""Which of several answers to trust where nothing checks them: the one that most of them agree on.

Two answers agree if they come to the same (see `sense`; self-consistency: Wang and others, 2022). That says how sure a
model is, never that it is right.
"""

from __future__ import annotations

from collections.abc import Sequence

from workbench.crew.solving.sense import Sense

MORE = 2
"""Answers that are asked for where of the first no two agree."""


def majority(answers: Sequence[Sense | None]) -> tuple[int, int]:
    """Return the place of the answer to take and how many agree with it: most of all, of equals the first.

    Args:
        answers: what each comes to; None for one that could not be used. At least one must be usable.
    """
    usable = [place for place, answer in enumerate(answers) if answer is not None]
    best = max(usable, key=lambda place: (answers.count(answers[place]), -place))
    return best, answers.count(answers[best])


def is_settled(answers: Sequence[Sense | None], most: int) -> bool:
    """Return whether no further answer is to be asked for.

    That is where those still to come, up to `most` in all, could not change what the majority says; and where no two
    agree by then, only once two of some more do, for the first is as likely wrong as the last.
    """
    known = [answer for answer in answers if answer is not None]
    agreed = max(map(known.count, known), default=0)
    if len(answers) < most:
        return agreed > most // 2
    return agreed > 1 or most == 1 or len(answers) >= most + MORE

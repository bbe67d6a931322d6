"""Other ways on from where an answer hesitates: what a model that copies can still do when it is turned at one place.

The model answers once more as coldly as can be, and the engine tells where that answer leans away from what would be
said without the task (`workbench.engines.leaning`). The likeliest other piece is put there, and the model goes on from
it by itself. Of twenty tasks at which every other way had failed five came right so, and four passed a check that asks
for less than the task does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbench.context.budget import Part
from workbench.crew.conversation import Conversation
from workbench.crew.solve_plan import Budget
from workbench.edits.source import PYTHON_SUFFIXES
from workbench.errors import AnswerRejected, EngineUnavailable
from workbench.exchange import Leaning, Message

OVER = "no-branch"
"""Code of the fault that there is no other way on: there will not be one either if asked again."""

_REMARKS = {True: ("#", '"""', "'''", "```"), False: ("//", "/*", "```")}
"""How what is no code begins, in Python and elsewhere. `//` divides in the one, `#` makes a name private in others."""

_UNSEEN = {
    True: re.compile(r"(?<=\S)[ \t]+(?=[^\n'\"]*$)|\s*(?:#[^\n'\"]*)?$", re.MULTILINE),
    False: re.compile(r"(?<=\S)[ \t]+(?=[^\n'\"`]*$)|\s*(?://[^\n'\"`]*)?$", re.MULTILINE),
}
"""What makes no other answer: remarks, and blanks behind what a line begins with; none that may be of a text."""

SHARE = 0.5
"""Share of the seconds a task has left that may go into looking for other ways."""


class Branches:
    """The other ways on from one answer, the likeliest first. They are looked for when the first is wanted.

    Args:
        talk: whose task it is.
        path: the file's, for its language.
    """

    def __init__(self, talk: Conversation, path: str) -> None:
        self._talk = talk
        self._is_python = path.endswith(PYTHON_SUFFIXES)
        self._answer = ""
        self._left: list[Leaning] | None = None
        self._given: set[str] = set()

    async def next(
        self,
        messages: Sequence[Message],
        parts: Sequence[Part],
        *,
        model: str,
        number: int,
        max_tokens: int,
        stop: Sequence[str],
    ) -> str:
        """Return the next answer that differs from all before in more than its comments.

        Args:
            messages, parts, model, max_tokens, stop: see `Conversation.ask`; the same each time.
            number: which try it is of the task.

        Raises:
            AnswerRejected: there is none (code `no-branch`), or see `Conversation.ask`.
            TaskStopped: see `Conversation.ask`.
        """
        budget = Budget.of(self._talk)
        if self._left is None:
            within = (budget.seconds - self._talk.spent.seconds) * SHARE
            await self._look(messages, parts, model=model, max_tokens=max_tokens, within=within, stop=stop)
        while self._left and budget.allows(model):
            budget.begin(self._talk.spent)
            leaning = self._left.pop(0)
            begun = self._answer[: leaning.begin] + leaning.words
            try:
                _, answer = await self._talk.ask(
                    messages,
                    parts,
                    max_tokens=max_tokens,
                    attempt=number,
                    stop=stop,
                    model=model,
                    temperature=0.0,
                    begun=begun,
                )
            except EngineUnavailable:
                # One that thinks first goes on from nothing; what else is asked of it may go well.
                self._left = []
                break
            budget.end(model, self._talk.spent)
            if self._is_new(answer):
                return answer
        raise AnswerRejected("the answer hesitates nowhere else", code=OVER, hint="ask for less, or a larger model")

    async def _look(
        self,
        messages: Sequence[Message],
        parts: Sequence[Part],
        *,
        model: str,
        max_tokens: int,
        within: float,
        stop: Sequence[str],
    ) -> None:
        self._left = []
        try:
            found = await self._talk.lean(
                messages, parts, _without_task(parts), model=model, max_tokens=max_tokens, within=within, stop=stop
            )
        except EngineUnavailable:
            # It cannot tell, or fails at that alone: else the next try says so.
            return
        self._answer = found.text
        self._is_new(found.text)
        # A remark is no way on, nor is a new place for the code to begin.
        begins, remarks = found.text.find("\n") + 1, _REMARKS[self._is_python]
        self._left = [
            one for one in found.leanings if one.begin >= begins and not one.words.strip().startswith(remarks)
        ]

    def _is_new(self, answer: str) -> bool:
        seen = _UNSEEN[self._is_python].sub("", answer)
        is_new = seen not in self._given
        self._given.add(seen)
        return is_new


def _without_task(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Return a question with nothing in it of what is asked for."""
    kept = [part for part in parts if part.name not in {"task", "tests"}]
    return (*kept, Part(name="task", text="Task: Tidy."))

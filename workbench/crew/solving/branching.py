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
from workbench.crew.solving.plan import Budget
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
        messages, parts, model, max_tokens, stop: the question; see `Conversation.ask`.
    """

    def __init__(
        self,
        talk: Conversation,
        path: str,
        messages: Sequence[Message],
        parts: Sequence[Part],
        *,
        model: str,
        max_tokens: int,
        stop: Sequence[str],
    ) -> None:
        self._talk = talk
        self._is_python = path.endswith(PYTHON_SUFFIXES)
        self._messages, self._parts = messages, parts
        self._model, self._max_tokens, self._stop = model, max_tokens, stop
        self._answer = ""
        self._left: list[Leaning] | None = None
        self._given: set[str] = set()

    async def next(self, number: int) -> str:
        """Return the next answer that differs from all before in more than its comments.

        Args:
            number: which try it is of the task.

        Raises:
            AnswerRejected: there is none (code `no-branch`), or see `Conversation.ask`.
            TaskStopped: see `Conversation.ask`.
        """
        budget = Budget.of(self._talk)
        if self._left is None:
            self._left = []
            self._left = await self._look((budget.seconds - self._talk.spent.seconds) * SHARE)
        while self._left and budget.allows(self._model):
            budget.begin(self._talk.spent)
            leaning = self._left.pop(0)
            begun = self._answer[: leaning.begin] + leaning.words
            try:
                _, answer = await self._talk.ask(
                    self._messages,
                    self._parts,
                    max_tokens=self._max_tokens,
                    attempt=number,
                    stop=self._stop,
                    model=self._model,
                    temperature=0.0,
                    begun=begun,
                )
            except EngineUnavailable:
                # One that thinks first goes on from nothing; what else is asked of it may go well.
                self._left = []
                break
            budget.end(self._model, self._talk.spent)
            if self._is_new(answer):
                return answer
        raise AnswerRejected("the answer hesitates nowhere else", code=OVER, hint="ask for less, or a larger model")

    async def _look(self, within: float) -> list[Leaning]:
        """Return where the coldest answer leans elsewhere, as far as that can be told within some seconds."""
        try:
            found = await self._talk.lean(
                self._messages,
                self._parts,
                _without_task(self._parts),
                model=self._model,
                max_tokens=self._max_tokens,
                within=within,
                stop=self._stop,
            )
        except EngineUnavailable:
            # It cannot tell, or fails at that alone: else the next try says so.
            return []
        self._answer = found.text
        self._is_new(found.text)
        # A remark is no way on, nor is a new place for the code to begin.
        begins, remarks = found.text.find("\n") + 1, _REMARKS[self._is_python]
        return [one for one in found.leanings if one.begin >= begins and not one.words.strip().startswith(remarks)]

    def _is_new(self, answer: str) -> bool:
        seen = _UNSEEN[self._is_python].sub("", answer)
        is_new = seen not in self._given
        self._given.add(seen)
        return is_new


def _without_task(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Return a question with nothing in it of what is asked for."""
    kept = [part for part in parts if part.name not in {"task", "tests"}]
    return (*kept, Part(name="task", text="Task: Tidy."))

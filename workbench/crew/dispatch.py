"""The crew's one entry: `work` takes a brief and a desk and returns a proposal, or says what was tried.

What a kind needs is in its recipe; the functions named there are each in a file of their own.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from workbench.context.redaction import Vault
from workbench.crew.changelog import changelog
from workbench.crew.chat import chat
from workbench.crew.comments import comments
from workbench.crew.commit_message import commit_message
from workbench.crew.conversation import Conversation
from workbench.crew.desk import Desk
from workbench.crew.discreet import discreet, unveiled
from workbench.crew.docstrings import docstrings
from workbench.crew.explain import explain
from workbench.crew.failing import first_failure
from workbench.crew.lint import lint
from workbench.crew.patch import patch
from workbench.crew.rename import rename
from workbench.crew.review import review
from workbench.crew.second_look import reviewed
from workbench.crew.summary import summary
from workbench.crew.tests import tests
from workbench.crew.types import types
from workbench.events import SecretsWithheld
from workbench.model import Brief, Proposal, Verdict
from workbench.recipes.load import Recipe, Work, load

_WORKS: dict[Work, Callable[[Conversation], Awaitable[Proposal]]] = {
    "patch": patch,
    "docstrings": docstrings,
    "types": types,
    "summary": summary,
    "chat": chat,
    "review": review,
    "bughunt": review,
    "changelog": changelog,
    "commit-message": commit_message,
    "explain": explain,
    "comments": comments,
    "rename": rename,
    "tests": tests,
    "lint": lint,
}


async def work(brief: Brief, desk: Desk, vault: Vault | None = None) -> Proposal:
    """Do a task and return what the crew offers; `usage` is left to the runner.

    Given the same brief and answers it asks the same questions in the same order. What looks like a secret is seen by
    nobody in here; `vault` knows it afterwards, for whoever writes down what commands print.

    Raises:
        TaskRefused: there is no such kind.
        AnswerRejected: the model's answers could not be used, or there is nothing to do.
        EditRefused: its answers could not become a change of the targets.
        CheckFailed: the change did not pass its checks, also after repair (code `checks-failed`).
        EngineUnavailable, TaskStopped: see `Desk.ask`.
    """
    recipe = Recipe.model_validate_json(brief.recipe) if brief.recipe else load(brief.task.spec.kind)
    shown, discreet_desk, kept = discreet(_asked(brief, recipe), desk, vault or Vault())
    if kept:
        desk.tell(SecretsWithheld(voice=recipe.voice, withheld=tuple(map(str, kept))))
    make = _WORKS[recipe.work]
    talk = Conversation(shown, discreet_desk, recipe, recipe.voice)
    if recipe.origin:
        talk.note(f"by the repository's own recipe {recipe.origin}")
    proposal = await make(talk)
    if shown.task.spec.review and proposal.edits:
        proposal = await reviewed(proposal, shown, discreet_desk, recipe, make)
    if shown.task.spec.check and proposal.edits and recipe.work != "lint":
        proposal = await _demanded(proposal, shown.task.spec.check, discreet_desk)
    return unveiled(proposal, discreet_desk, kept)


async def _demanded(proposal: Proposal, commands: tuple[str, ...], desk: Desk) -> Proposal:
    """Run the task's commands that its kind did not run; linting says itself which of its findings are left.

    Raises:
        CheckFailed: one of them fails (code `checks-failed`).
    """
    known = {check.name for check in proposal.checks}
    left = [command for command in commands if command not in known]
    ran = await desk.try_commands(proposal.edits, left) if left else ()
    checks = (*proposal.checks, *ran)
    asked = [check for check in checks if check.name in commands]
    if fault := first_failure(asked, "see the transcript"):
        raise fault
    verdict = proposal.verdict
    if verdict is Verdict.CHECKED and not all(check.ok for check in asked):
        verdict = Verdict.UNVERIFIED
    return proposal.model_copy(update={"checks": checks, "verdict": verdict})


def _asked(brief: Brief, recipe: Recipe) -> Brief:
    """Return the brief with what is asked for in every task of its kind before the words of this one."""
    if not recipe.task.strip():
        return brief
    spec = brief.task.spec
    task = brief.task.model_copy(update={"spec": spec.model_copy(update={"task": recipe.asked(spec.task)})})
    return brief.model_copy(update={"task": task})

"""Between a crew and the world: no secret goes to a model, and what comes back gets the real text again.

The crew itself sees placeholders only, so nothing it says, notes or writes down can hold a secret.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbench.checks.syntax import check_syntax
from workbench.checks.trial_values import Trial
from workbench.context.redaction import Kept, Vault, told
from workbench.crew.desk import Desk
from workbench.errors import EditRefused
from workbench.events import Event, SecretsWithheld
from workbench.exchange import ChatRequest, Completion, Message, TokenCount
from workbench.model import Brief, Check, Excerpt, FileEdit, Proposal, Source, Verdict

_ABOUT_SECRETS = re.compile(
    r"secret|passw|\bkeys?\b|token|credential|hard-?coded|environ|\benv\b|getenv|withheld", re.IGNORECASE
)
"""A task in such words may take out what was withheld: that is what it asks for."""


class DiscreetDesk:
    """A desk that shows no secret to a model and lets no command run without the real text."""

    def __init__(self, desk: Desk, vault: Vault, *, may_go: bool) -> None:
        self._desk = desk
        self._vault = vault
        self._may_go = may_go

    async def ask(self, voice: str, request: ChatRequest) -> Completion:
        """Ask with placeholders for secrets; what was found only now is told."""
        hidden, kinds = self._hidden(request)
        if kinds:
            self._desk.tell(SecretsWithheld(voice=voice, withheld=kinds))
        return await self._desk.ask(voice, hidden)

    async def count(self, request: ChatRequest) -> TokenCount:
        """Count what would be sent."""
        return await self._desk.count(self._hidden(request)[0])

    async def try_commands(
        self, edits: Sequence[FileEdit], commands: Sequence[str], trials: Sequence[Trial] = ()
    ) -> tuple[Check, ...]:
        """Run commands on the real text; where it cannot be had, the commands count as failed and say why.

        Trials hold code as the model sees it, so they are made where nothing was withheld from it.
        """
        try:
            real = self.real(edits)
        except EditRefused as error:
            said = f"{error.message}; {error.hint}"
            return tuple(Check(name=command, ok=False, output=said) for command in commands)
        checks = await self._desk.try_commands(real, commands, trials if self._vault.is_empty else ())
        return tuple(check.model_copy(update={"output": self._vault.withhold(check.output)[0]}) for check in checks)

    async def read_command(self, edits: Sequence[FileEdit], command: str) -> Check:
        """Run a command on the real text, as `try_commands` does, for what it says."""
        try:
            real = self.real(edits)
        except EditRefused as error:
            return Check(name=command, ok=False, output=f"{error.message}; {error.hint}")
        check = await self._desk.read_command(real, command)
        return check.model_copy(update={"output": self._vault.withhold(check.output)[0]})

    def tell(self, event: Event) -> None:
        """Publish what happened."""
        self._desk.tell(event)

    def real(self, edits: Sequence[FileEdit]) -> tuple[FileEdit, ...]:
        """Return edits with the real text in the place of placeholders.

        Raises:
            EditRefused: a placeholder is lost, copied or damaged, or the real text does not fit where it stands now.
        """
        if self._vault.is_empty:
            return tuple(edits)
        self.gone(edits)
        real = tuple(self._real(edit) for edit in edits)
        changed = [new for old, new in zip(edits, real, strict=True) if old.after != new.after]
        if any(check.ok is False for check in check_syntax(changed)):
            raise EditRefused(
                "what was withheld does not fit where the answer puts it",
                code="placeholder",
                hint="leave each placeholder and its quotes as they are",
            )
        return real

    def gone(self, edits: Sequence[FileEdit]) -> tuple[str, ...]:
        """Return the placeholders that edits take out; see `Vault.check_kept` for what it raises."""
        kept = [edit for edit in edits if edit.after is not None]
        before = [_text(edit.before) for edit in kept]
        return self._vault.check_kept(before, [_text(edit.after) for edit in kept], may_go=self._may_go)

    def _real(self, edit: FileEdit) -> FileEdit:
        return edit.model_copy(update={"before": self._restored(edit.before), "after": self._restored(edit.after)})

    def _restored(self, content: bytes | None) -> bytes | None:
        return None if content is None else self._vault.restore(_text(content)).encode("utf-8", "surrogateescape")

    def _hidden(self, request: ChatRequest) -> tuple[ChatRequest, tuple[str, ...]]:
        """Return the request without secrets, and the kinds of those that nobody had found before."""
        kinds: dict[str, None] = {}

        def hidden(messages: Sequence[Message]) -> tuple[Message, ...]:
            shown = []
            for message in messages:
                content, found = self._vault.withhold(message.content)
                kinds.update(dict.fromkeys(one.kind for one in found))
                shown.append(message.model_copy(update={"content": content}))
            return tuple(shown)

        kept = {"messages": hidden(request.messages), "against": hidden(request.against)}
        return request.model_copy(update=kept), tuple(kinds)


def _text(content: bytes | None) -> str:
    return "" if content is None else content.decode("utf-8", "surrogateescape")


def discreet(brief: Brief, desk: Desk, vault: Vault) -> tuple[Brief, DiscreetDesk, tuple[Kept, ...]]:
    """Return the brief with placeholders for its secrets, a desk that keeps them, and what was withheld."""
    spec = brief.task.spec
    texts = [source.content.decode("utf-8") for source in brief.targets]
    excerpts = {name: value for name in Brief.model_fields if _are_excerpts(value := getattr(brief, name))}
    vault.choose_tag(
        [spec.task, *texts, *brief.found.values(), *(one.text for group in excerpts.values() for one in group)]
    )
    # Twice: a secret that one file tells must not be seen in a file that was looked at before.
    vault.withhold(spec.task)
    for source, text in zip(brief.targets, texts, strict=True):
        vault.withhold(text, source.path)
    for one in (one for group in excerpts.values() for one in group):
        vault.withhold(one.text, one.path)
    kept: list[Kept] = []

    def hidden(text: str, path: str = "", first: int = 1) -> str:
        shown, found = vault.withhold(text, path)
        kept.extend(one.model_copy(update={"line": one.line + first - 1}) for one in found)
        return shown

    targets = tuple(
        Source(path=source.path, content=hidden(text, source.path).encode("utf-8"), mode=source.mode)
        for source, text in zip(brief.targets, texts, strict=True)
    )
    read = {
        name: tuple(one.model_copy(update={"text": hidden(one.text, one.path, one.first)}) for one in group)
        for name, group in excerpts.items()
    }
    task = brief.task.model_copy(update={"spec": spec.model_copy(update={"task": hidden(spec.task)})})
    shown = brief.model_copy(update={"task": task, "targets": targets, **read})
    return shown, DiscreetDesk(desk, vault, may_go=bool(_ABOUT_SECRETS.search(spec.task))), tuple(kept)


def _are_excerpts(value: object) -> bool:
    return isinstance(value, tuple) and bool(value) and all(isinstance(one, Excerpt) for one in value)


def unveiled(proposal: Proposal, desk: DiscreetDesk, kept: Sequence[Kept]) -> Proposal:
    """Return a proposal with the real text in its edits; notes and summary keep their placeholders, and say so.

    Raises:
        EditRefused: see `DiscreetDesk.real`.
    """
    edits = desk.real(proposal.edits)
    notes = (*proposal.notes, f"not shown to the model: {told(kept)}") if kept else proposal.notes
    verdict = proposal.verdict
    if desk.gone(proposal.edits):
        # The task asked for it, and a person shall see it go.
        notes = (*notes, "takes out what was withheld from the model: look at the change")
        verdict = Verdict.UNVERIFIED
    return proposal.model_copy(update={"edits": edits, "notes": notes, "verdict": verdict})

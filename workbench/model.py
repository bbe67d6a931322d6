"""The values that pass between rooms: tasks, proposals, checks, decisions, results.

All are frozen pydantic models. The JSON Schemas that `nanites schema` prints are made from them, so a field exists in
one place only. docs/task-files.md describes them for people.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

ENVELOPE_LIMIT = 1_200
"""Most characters of a result envelope (CONTRACT.md, section 4)."""

SUMMARY_LIMIT = 400
"""Most characters of an envelope's summary."""

SAMPLES = 3
NEIGHBOURS = 60


class Value(BaseModel):
    """Base of all values: immutable, and an unknown field is an error that names it."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_bytes="base64", val_json_bytes="base64")


class State(StrEnum):
    """Where a task stands."""

    BLOCKED = "blocked"
    QUEUED = "queued"
    RUNNING = "running"
    REVIEW = "review"
    APPLIED = "applied"
    DONE = "done"
    REJECTED = "rejected"
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNDONE = "undone"

    @property
    def is_final(self) -> bool:
        """Whether the runner has nothing left to do for the task unless somebody asks."""
        return self not in {State.BLOCKED, State.QUEUED, State.RUNNING, State.REVIEW}


class Verdict(StrEnum):
    """How much is known about a proposal."""

    PROVEN = "proven"
    CHECKED = "checked"
    UNVERIFIED = "unverified"


class Approve(StrEnum):
    """Who decides about a proposal: see CONTRACT.md, section 2."""

    ASK = "ask"
    PROVEN = "proven"
    CHECKED = "checked"
    ALL = "all"
    NONE = "none"

    def permits(self, verdict: Verdict) -> bool:
        """Return whether a proposal with this verdict may be applied without anyone being asked."""
        match self:
            case Approve.PROVEN:
                return verdict is Verdict.PROVEN
            case Approve.CHECKED:
                return verdict in {Verdict.PROVEN, Verdict.CHECKED}
            case Approve.ALL:
                return True
            case _:
                return False


Key = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
KindName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
Text = Annotated[str, StringConstraints(max_length=100_000)]
Path = Annotated[str, StringConstraints(min_length=1, max_length=1_000)]


class TaskSpec(Value):
    """What a task file says. Every face produces this and nothing else."""

    kind: KindName = Field(
        "patch",
        description="a recipe: patch, docstrings, types, lint, tests, rename, …, or one of the repository's own",
    )
    task: Text = Field("", description="what to do, in words; required, except for kinds that need none")
    targets: tuple[Path, ...] = Field((), description="files that may change, as paths or globs")
    read: tuple[Path, ...] = Field((), description="context: PATH or PATH:FIRST-LAST")
    check: tuple[Text, ...] = Field((), description="commands that must pass on the changed tree; nanites.toml allows")
    for_each: Path | None = Field(None, description="a glob: one child task per file, {file} in `task` replaced")
    after: tuple[Key, ...] = Field((), description="IDs or keys that must be done first")
    key: Key | None = Field(None, description="a name that makes the task idempotent")
    priority: int = Field(0, ge=-1_000_000, le=1_000_000, description="larger runs first")
    rounds: int | None = Field(None, ge=1, le=20, description="most rounds of talk or of repair; default by recipe")
    model: Key | None = Field(None, description="a model by name; default by recipe and tier")
    tier: Literal["nanite", "mid"] | None = Field(None, description="a model by tier; default by recipe")
    approve: Approve | None = Field(None, description="who decides; default from nanites.toml, else ask")
    timeout: float = Field(600, gt=0, le=86_400, description="seconds for the whole task")
    budget_tokens: int | None = Field(None, ge=1, description="most tokens read and written; default from nanites.toml")
    budget_seconds: float | None = Field(None, gt=0, description="most seconds of models and checks; default likewise")
    review: bool = Field(False, description="a Reviewer looks at the change and may ask for one more")
    by: Key | None = Field(None, description="who asked")


class Solving(Value):
    """How hard a change is tried for, and what it may cost: in tries, in tokens, in seconds of models and checks."""

    samples: int = Field(SAMPLES, ge=1, le=9, description="answers to compare where nothing checks them")
    retries: int = Field(2, ge=0, le=9, description="fresh answers after those that were mended")
    branches: int = Field(5, ge=0, le=9, description="other ways on from where an answer hesitates, if checked")
    climb: bool = Field(True, description="ask models.mid, where it is set, after the nanite failed")
    tests: bool = Field(True, description="show tests that a check names, look for those that touch the change")
    compare: bool = Field(True, description="call a changed function as before and after, once its checks have passed")
    wrap: bool = Field(True, description="ask for what is new around the old function too, first where no check is")
    slips: bool = Field(True, description="set small slips right in answers that failed, and have them judged again")
    words: bool = Field(True, description="hold unchecked changes against what the task says plainly")
    neighbours: int = Field(NEIGHBOURS, ge=0, le=2_000, description="tokens for signatures of what shown code calls")
    tokens: int = Field(24_000, ge=500, description="most tokens a task may take, read and written")
    seconds: float = Field(300, gt=0, description="most seconds of models and checks a task may take")


class TestFile(Value):
    """A test of the repository that speaks of what a task is about.

    Attributes:
        path: where it lies.
        command: what would run it.
        is_allowed: whether nanites.toml allows exactly that command.
    """

    __test__ = False

    path: str
    command: str
    is_allowed: bool = False


class Task(Value):
    """A task the runner has taken: what was asked and where it came from.

    Attributes:
        granted: commands that somebody let run for this task alone.
        only_checks: whether its proposal stands, and only the commands are to be run, with whatever it changes of them.
    """

    id: str
    spec: TaskSpec
    created_at: float
    source: str = ""
    parent: str | None = None
    attempt: int = 1
    granted: tuple[Text, ...] = ()
    only_checks: bool = False


class Source(Value):
    """A text file of the repository as the task saw it: path relative to the root, bytes, permission bits."""

    path: str
    content: bytes
    mode: int = 0o644


class Excerpt(Value):
    """Lines of a file shown as context, `first` to `last` inclusive, counted from 1."""

    path: str
    first: int
    last: int
    text: str


class Voice(Value):
    """One of those who speak in a task.

    Attributes:
        name: the name of its pane.
        model: the model that speaks.
        words: what it is told of its part.
        fallback: whether `model` stands in for one of a tier that is not configured.
    """

    name: str
    model: str
    words: str = ""
    fallback: bool = False


class Brief(Value):
    """All that a crew needs to know of a task, taken once when it starts and kept for its whole life.

    Attributes:
        model: the model that speaks, by name.
        context: its window, in tokens.
        repairs: how often an answer that failed a check may be mended.
        docstring_style: how docstrings are written: google, numpy or plain.
        ladder: larger models to climb to, in order, where `model` does not get there.
        solving: how hard to try.
        tests: the files that the task's check commands name, as context.
        tests_near: where nothing checks the change, tests that speak of it.
        voices: who speaks, in turn, where a kind has several; for a change, who reviews it.
        rounds: how often they may take their turns.
        found: what a kind needs to know of the repository beside its targets, by name: its diff, say, or its linter.
        recipe: the recipe as JSON where it is the repository's own, as it was when the task started.
    """

    task: Task
    targets: tuple[Source, ...] = ()
    reads: tuple[Excerpt, ...] = ()
    model: str
    context: int = 8_192
    repairs: int = 1
    docstring_style: Literal["google", "numpy", "plain"] = "google"
    ladder: tuple[str, ...] = ()
    solving: Solving = Solving()
    tests: tuple[Excerpt, ...] = ()
    tests_near: tuple[TestFile, ...] = ()
    voices: tuple[Voice, ...] = ()
    rounds: int = 1
    found: dict[str, str] = Field(default_factory=dict)
    recipe: str = ""


class FileEdit(Value):
    """One file of a proposal, whole, before and after.

    Attributes:
        path: relative to the repository, with forward slashes.
        before: the bytes the proposal was made from; None where the file is created.
        after: the bytes it becomes; None where the file is deleted.
        mode: permission bits for the new file; None keeps what is there.
        fuzzy: whether some hunk matched only loosely (level 3 or more of the ladder).
    """

    path: str
    before: bytes | None
    after: bytes | None
    mode: int | None = None
    fuzzy: bool = False


class Check(Value):
    """One thing that was tried on a proposal.

    `ok` is None where the check could not be run; `output` is what a model or a person needs to see, shortened;
    `guard` says what held a command while it ran (see `workbench.checks.guard`), and is empty for other checks.
    """

    name: str
    ok: bool | None
    output: str = ""
    seconds: float = 0.0
    proof: bool = False
    guard: str = ""


class ResultUsage(Value):
    """What a task cost locally, in tokens and seconds of generation; `cached` prompt tokens cost nothing."""

    prompt: int = 0
    completion: int = 0
    cached: int = 0
    seconds: float = 0.0
    model: str = ""


class Usage(ResultUsage):
    """What a task cost locally, its energy with it, which an envelope does not tell.

    Attributes:
        energy: joules that this machine's GPUs used, by their own counters, while models answered the task or failed
            to; their idle draw is in it. None where it is not known, or not of every question: no counter, an engine
            elsewhere, a driver that was loaded anew.
    """

    energy: float | None = None

    def plus(self, other: Usage) -> Usage:
        """Return the sum; the model is that of the last one who spoke.

        The energy is unknown where either is: a part of it would pass for the whole. So a sum begins with
        `Usage(energy=0)`.
        """
        is_known = self.energy is not None and other.energy is not None
        return Usage(
            prompt=self.prompt + other.prompt,
            completion=self.completion + other.completion,
            cached=self.cached + other.cached,
            seconds=round(self.seconds + other.seconds, 3),
            model=other.model or self.model,
            energy=round((self.energy or 0) + (other.energy or 0), 3) if is_known else None,
        )


class Finding(Value):
    """A fault that one voice claims and another confirms, and the line that shows it, as it stands in the file."""

    file: str
    line: int
    severity: Literal["high", "medium", "low"]
    claim: str
    evidence: str

    def __str__(self) -> str:
        return f"{self.severity}: {self.claim} ({self.file}:{self.line})"


class Proposal(Value):
    """What a crew offers: edits with what was found out about them, or words alone for kinds that change nothing."""

    summary: str
    edits: tuple[FileEdit, ...] = ()
    checks: tuple[Check, ...] = ()
    verdict: Verdict | None = None
    usage: Usage = Usage()
    notes: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


class Decision(Value):
    """What somebody wants done with a task: the content of `decisions/ID.json`."""

    decision: Literal["approve", "reject", "cancel", "retry", "undo", "revise", "allow"]
    hunks: tuple[Annotated[int, Field(ge=1)], ...] | None = Field(
        None, description="hunks to keep, from 1; all if absent"
    )
    reason: Text | None = None
    by: Key | None = None
    files: dict[Path, str] | None = Field(
        None, description="for revise: whole texts by path, instead of those that the proposal has for its files"
    )
    scope: Literal["once", "repository", "never"] | None = Field(
        None, description="for allow: where the commands may run that the task asks about; once if absent"
    )


class ResultFile(Value):
    """One changed file in an envelope, with lines added and removed."""

    path: str
    added: int
    removed: int


class ResultCheck(Value):
    """One check in an envelope."""

    name: str
    ok: bool | None


class ErrorInfo(Value):
    """An error as every file and stdout carries it."""

    code: str
    message: str
    hint: str = ""


class Result(Value):
    """The result envelope (CONTRACT.md, section 4). `workbench.spool.envelope` keeps it under `ENVELOPE_LIMIT`."""

    id: str
    kind: str
    state: State
    verdict: Verdict | None = None
    summary: str = ""
    files: tuple[ResultFile, ...] = ()
    more_files: int | None = None
    checks: tuple[ResultCheck, ...] = ()
    patch: str | None = None
    transcript: str | None = None
    usage: ResultUsage = ResultUsage()
    saved: int | None = None
    error: ErrorInfo | None = None

    def as_fields(self) -> dict[str, Any]:
        """Return the envelope for JSON: what says nothing is left out, but a check that was not run keeps its null."""
        fields = {name: value for name, value in self.model_dump(mode="json").items() if value is not None}
        if not self.usage.cached:
            del fields["usage"]["cached"]
        return fields

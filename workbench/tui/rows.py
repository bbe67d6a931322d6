"""From what is known to what widgets show: rows of the task table, lines of the agents, readings of the machine."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from widgets.meters import NAME_CELLS, AgentRow, DeviceReading, LoadedModel, MachineReading
from widgets.task_table import Progress, TaskRow
from workbench.tui.scene import Scene, TaskView, VoiceView

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbench.tui.telemetry import Telemetry

_STATES = (
    "asks", "blocked", "queued", "running", "review",
    "applied", "done", "rejected", "failed", "cancelled", "undone",
)  # fmt: skip


def task_row(scene: Scene, task: TaskView) -> TaskRow:
    """Return a task as the table shows it."""
    progress = None
    done, total = scene.progress(task.id) if task.is_sweep or scene.children(task.id) else (0, 0)
    if total:
        left = scene.seconds_left(task.id)
        progress = Progress(done, total, "" if left is None else f"{_span(left)} left")
    return TaskRow(
        id=task.id,
        state="asks" if _asked(task) else task.state,
        kind=task.kind,
        target=task.target,
        verdict=task.verdict,
        since=task.updated_at or task.created_at,
        by=task.by,
        text=_asked(task) or task.error or task.summary or task.text,
        parent=task.parent or None,
        progress=progress,
    )


def _asked(task: TaskView) -> str:
    return f"may {'; '.join(task.asks)} run? m answers" if task.asks and task.state == "blocked" else ""


def agent_row(scene: Scene, voice: VoiceView, context: int) -> AgentRow:
    """Return a voice as the list of agents shows it; `context` is the window in tokens."""
    now = scene.clock()
    task = scene.tasks.get(voice.task)
    if voice.is_truncated:
        state = "truncated"
    elif voice.is_stuck(now):
        state = "stuck"
    elif voice.is_speaking:
        state = "working" if voice.tokens else "waiting"
    else:
        state = "idle"
    return AgentRow(
        id=f"{voice.task}/{voice.role}",
        role=voice.role,
        model=voice.model,
        task=task.target if task else "",
        state=state,  # type: ignore[arg-type]
        tokens_per_second=voice.rate or None,
        context_used=voice.prompt_tokens + voice.tokens,
        context_limit=context,
    )


def machine_reading(
    telemetry: Telemetry, histories: Mapping[str, tuple[float, ...]], rates: tuple[float, ...]
) -> MachineReading:
    """Return the readings as the machine's panel shows them; `histories` holds shares of use by device name."""
    reading = telemetry.machine
    models = tuple(
        LoadedModel(
            model.name, model.memory, model.slots_used, model.slots, expires_in=model.expires_in, engine=engine.name
        )
        for engine in telemetry.engines or ()
        for model in engine.loaded
    )
    if reading is None:
        return MachineReading(models=models, token_rates=rates)
    devices = tuple(
        DeviceReading(
            name=_short_name(device.name, f"GPU{number} " if len(reading.devices) > 1 else ""),
            use=None if device.utilisation is None else device.utilisation / 100,
            memory_used=device.memory_used,
            memory_total=device.memory_total,
            temperature=device.temperature,
            power=device.power,
            history=histories.get(f"gpu{number}", ()),
        )
        for number, device in enumerate(reading.devices)
    )
    processor = DeviceReading(
        "CPU", reading.cpu / 100, reading.memory_used, reading.memory_total, history=histories.get("cpu", ())
    )
    return MachineReading(devices, processor, models, rates)


def _short_name(name: str, number: str) -> str:
    """Return a GPU's name behind its number in the cells that a pane has for it.

    What tells one GPU from another stands last, so the maker's words go first, and then words at the end.
    """
    room = NAME_CELLS - len(number)
    for maker in ("NVIDIA ", "AMD ", "GeForce ", "Radeon "):
        if len(name) > room:
            name = name.removeprefix(maker)
    while len(name) > room and " " in name:
        name = name.rpartition(" ")[0]
    return number + name


def _span(seconds: float) -> str:
    for size, unit in ((3_600, "h"), (60, "m")):
        if seconds >= size:
            return f"{seconds / size:.0f}{unit}"
    return f"{seconds:.0f}s"


def thousands(tokens: int) -> str:
    """Return a number of tokens in a few characters, with its sign where it is below zero: `41.2k`."""
    return f"{tokens / 1000:.1f}k" if abs(tokens) >= 1000 else str(tokens)


def filter_of(text: str) -> Callable[[TaskRow], bool] | None:
    """Return what a filter's words let through: a state's name, `kind:NAME`, anything else anywhere in the row.

    All words must fit; an empty text filters nothing and returns None.
    """
    words = text.lower().split()
    if not words:
        return None
    states = {word for word in words if word in _STATES}
    kinds = {word.removeprefix("kind:") for word in words if word.startswith("kind:")}
    others = [word for word in words if word not in states and not word.startswith("kind:")]

    def fits(row: TaskRow) -> bool:
        where = f"{row.id} {row.kind} {row.target} {row.text} {row.verdict} {row.by}".lower()
        return (
            (not states or row.state in states)
            and (not kinds or row.kind in kinds)
            and all(word in where for word in others)
        )

    return fits

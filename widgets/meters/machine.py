"""MachinePanel: what the machine is doing, device by device, and which models it holds."""

from __future__ import annotations

from dataclasses import dataclass

from widgets.meters.gauges import bar_text, bytes_text, seconds_text, sparkline_text
from widgets.meters.panel import Panel, Part
from widgets.safe_text import safe_label

HOT = 83.0
"""Degrees Celsius from which a device is said to be hot: common GPUs slow down from here."""

NAME_CELLS = 16
"""How many cells of a device's name are shown."""

FULL = 0.95
"""Share of memory from which it is said to be full."""


@dataclass(frozen=True)
class DeviceReading:
    """A device. Shares go from 0 to 1, memory is in bytes, temperature in °C, power in W; None is not known.

    `history` holds shares of use, the newest last.
    """

    name: str
    use: float | None = None
    memory_used: int | None = None
    memory_total: int | None = None
    temperature: float | None = None
    power: float | None = None
    history: tuple[float, ...] = ()


@dataclass(frozen=True)
class LoadedModel:
    """A model in memory: `size` in bytes, `slots_used` of `slots`, and seconds until it is let go (None: stays)."""

    name: str
    size: int = 0
    slots_used: int = 0
    slots: int = 0
    expires_in: float | None = None
    engine: str = ""


@dataclass(frozen=True)
class MachineReading:
    """All of it at one moment; `token_rates` are tokens a second over time, the newest last."""

    devices: tuple[DeviceReading, ...] = ()
    cpu: DeviceReading | None = None
    models: tuple[LoadedModel, ...] = ()
    token_rates: tuple[float, ...] = ()


class MachinePanel(Panel):
    """The machine's readings, one line each."""

    def __init__(
        self,
        reading: MachineReading | None = None,
        *,
        empty_text: str = "The machine's readings will appear here.",
        id: str | None = None,  # noqa: A002 - Textual's own name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(empty_text=empty_text, id=id, classes=classes)
        self._reading = reading or MachineReading()

    @property
    def reading(self) -> MachineReading:
        """The reading that is shown."""
        return self._reading

    def show(self, reading: MachineReading) -> None:
        """Show another reading; only lines that changed are drawn."""
        if reading != self._reading:
            self._reading = reading
            self.renew()

    def lines(self, width: int) -> list[list[Part]]:
        """Return devices, processor, speed and models, in this order."""
        reading = self._reading
        devices = (*reading.devices, *((reading.cpu,) if reading.cpu else ()))
        name = min(NAME_CELLS, max((len(device.name) for device in devices), default=3))
        lines = [_device(device, name, width) for device in devices]
        if reading.token_rates:
            rate = f"{reading.token_rates[-1]:.0f} t/s"
            label = "tokens".ljust(name)
            picture = sparkline_text(reading.token_rates, max(4, min(24, width - len(label) - len(rate) - 2)))
            lines.append([Part(label), Part(rate, "primary"), Part(picture, "primary", 2)])
        return lines + [_model(model) for model in reading.models]


def _device(device: DeviceReading, name: int, width: int) -> list[Part]:
    parts = [Part(safe_label(device.name)[:name].ljust(name), flags="b")]
    if device.use is not None:
        parts += [Part(f"{device.use:4.0%}", "primary"), Part(bar_text(device.use, 8), "primary", 5)]
    if device.memory_used is not None:
        total = f"/{bytes_text(device.memory_total)}" if device.memory_total else ""
        full = bool(device.memory_total) and device.memory_used / (device.memory_total or 1) >= FULL
        parts.append(
            Part(
                f"{bytes_text(device.memory_used)}{total}{' full' if full else ''}",
                "error" if full else "foreground",
                1,
            )
        )
    if device.temperature is not None:
        hot = device.temperature >= HOT
        parts.append(Part(f"{device.temperature:.0f}°{' hot' if hot else ''}", "error" if hot else "foreground", 2))
    if device.power is not None:
        parts.append(Part(f"{device.power:.0f}W", "quiet", 4))
    if device.history:
        parts.append(Part(sparkline_text(device.history, 16 if width >= 70 else 8, 1.0), "primary", 3))
    return parts


def _model(model: LoadedModel) -> list[Part]:
    parts = [Part("◼", "success"), Part(safe_label(model.name))]
    if model.size:
        parts.append(Part(bytes_text(model.size), "foreground", 1))
    if model.slots:
        parts.append(Part(f"{model.slots_used}/{model.slots} slots", "primary" if model.slots_used else "quiet", 2))
    if model.engine:
        parts.append(Part(safe_label(model.engine), "quiet", 4))
    stays = "stays" if model.expires_in is None else f"{seconds_text(model.expires_in)} left"
    return [*parts, Part(stays, "quiet", 3)]

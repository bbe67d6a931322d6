"""GPUs that count their energy: NVIDIA's by a driver in `pynvml`'s place, others by the files a kernel writes."""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from types import ModuleType

import pytest


class CountingNvml(ModuleType):
    """A driver with a card for each number of joules; None is a card that does not count.

    Attributes:
        joules: what each card's counter shows.
        step: joules that the first card has used whenever it is read.
        readings: how often the first card was read.
        calls: `init` and `shutdown`, as they came.
        lets_read: clear it to hold readings up; `reading` is set when one begins.
    """

    class NVMLError(Exception):
        """What the real module raises."""

    def __init__(self, *joules: float | None, step: float = 0.0) -> None:
        super().__init__("pynvml")
        self.joules = list(joules)
        self.step = step
        self.readings = 0
        self.calls: list[str] = []
        self.reading, self.lets_read = threading.Event(), threading.Event()
        self.lets_read.set()

    def use(self, joules: float, card: int = 0) -> None:
        """Have a card use energy; it must count."""
        known = self.joules[card]
        assert known is not None
        self.joules[card] = known + joules

    def nvmlInit(self) -> None:  # noqa: N802
        self.calls.append("init")

    def nvmlShutdown(self) -> None:  # noqa: N802
        self.calls.append("shutdown")

    def nvmlDeviceGetCount(self) -> int:  # noqa: N802
        return len(self.joules)

    def nvmlDeviceGetHandleByIndex(self, number: int) -> int:  # noqa: N802
        return number

    def nvmlDeviceGetTotalEnergyConsumption(self, handle: int) -> int:  # noqa: N802
        self.readings += handle == 0
        self.reading.set()
        assert self.lets_read.wait(30)
        if handle == 0 and self.step:
            self.use(self.step)
        joules = self.joules[handle]
        if joules is None:
            raise self.NVMLError("not supported")
        return round(joules * 1_000)


def counter_file(drm: Path, card: str, hwmon: str, microjoules: int, *, name: str = "amdgpu") -> Path:
    """Write the counter of a card as a Linux driver does; return its file."""
    home = drm / card / "device" / "hwmon" / hwmon
    home.mkdir(parents=True)
    (home / "name").write_text(f"{name}\n")
    (home / "energy1_input").write_text(f"{microjoules}\n")
    return home / "energy1_input"


def without_gpus(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave this machine's own GPUs out."""
    monkeypatch.setitem(sys.modules, "pynvml", None)
    monkeypatch.setattr("workbench.machine.Machine.__init__.__kwdefaults__", {"drm": folder / "no-drm"})


def driver(monkeypatch: pytest.MonkeyPatch, *joules: float | None, step: float = 0.0) -> CountingNvml:
    """Put a counting driver in the place of NVIDIA's, with a device for each number."""
    nvml = CountingNvml(*joules, step=step)
    monkeypatch.setitem(sys.modules, "pynvml", nvml)
    return nvml

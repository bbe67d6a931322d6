"""What the machine is doing: GPUs, processors and memory, read on demand and as cheaply as the system allows.

NVIDIA devices by NVML (nvidia-ml-py), AMD devices by what the Linux driver writes under /sys; where neither is, the
processors and memory by psutil stand alone. Apple's GPU tells its use only to root, so it is not asked. Energy is what
a GPU's own counter says, and never reckoned from its power.
"""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

_SYS_DRM = Path("/sys/class/drm")


@dataclass(frozen=True, slots=True)
class Device:
    """One GPU. Memory in bytes, temperature in °C, power in watts, utilisation in percent; None where not known."""

    name: str
    utilisation: float | None = None
    memory_used: int | None = None
    memory_total: int | None = None
    temperature: float | None = None
    power: float | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """The machine at one moment. Memory in bytes, `cpu` in percent of all processors."""

    at: float
    cpu: float
    memory_used: int
    memory_total: int
    devices: tuple[Device, ...] = ()


class Machine:
    """Reads the machine; what cannot be read once is not asked again."""

    def __init__(self, *, drm: Path = _SYS_DRM) -> None:
        self._drm = drm
        self._nvml: Any = None
        self._handles: list[Any] | None = None
        self._counters: dict[str, Callable[[], float | None]] | None = None
        self._counting = threading.Lock()

    def read(self) -> Reading:
        """Return how the machine is now; `cpu` is the use since the last call."""
        import psutil

        memory = psutil.virtual_memory()
        return Reading(
            at=time.time(),
            cpu=float(psutil.cpu_percent(None)),
            memory_used=int(memory.total - memory.available),
            memory_total=int(memory.total),
            devices=(*self._nvidia(), *self._amd()),
        )

    def energy(self) -> dict[str, float]:
        """Return the joules that each GPU has used since its driver was loaded, by its own counter.

        Empty where no GPU counts, where one of NVIDIA's does not (a model may work on that one), and where one that did
        cannot be read now. A GPU of another make without a counter, often the processor's own, is left out. May be
        called from any thread; the first call opens the driver, which can take a second.
        """
        with self._counting:
            if self._counters is None:
                self._counters = self._find_counters()
            read = {name: ask() for name, ask in self._counters.items()}
        known = {name: joules for name, joules in read.items() if joules is not None}
        return known if len(known) == len(read) else {}

    def close(self) -> None:
        """Let go of the driver."""
        with self._counting:
            if self._nvml is not None:
                with contextlib.suppress(self._nvml.NVMLError):
                    self._nvml.nvmlShutdown()
            self._nvml, self._handles, self._counters = None, None, None

    def _find_counters(self) -> dict[str, Callable[[], float | None]]:
        found: dict[str, Callable[[], float | None]] = {}
        for number, handle in enumerate(self._nvidia_handles()):
            found[f"nvidia{number}"] = partial(self._nvidia_joules, handle)
        for counter in _counter_files(self._drm):
            found[str(counter)] = partial(_joules, counter)
        return found

    def _nvidia_joules(self, handle: Any) -> float | None:
        try:
            return float(self._nvml.nvmlDeviceGetTotalEnergyConsumption(handle)) / 1_000
        except self._nvml.NVMLError:
            return None

    def _nvidia(self) -> list[Device]:
        return [self._nvidia_device(handle) for handle in self._nvidia_handles()]

    def _nvidia_handles(self) -> list[Any]:
        if self._handles is None:
            self._handles = self._open_nvml()
        return self._handles

    def _open_nvml(self) -> list[Any]:
        if not _has_nvidia_driver():
            return []
        try:
            import pynvml
        except ImportError:
            return []
        try:
            pynvml.nvmlInit()
            self._nvml = pynvml
            return [pynvml.nvmlDeviceGetHandleByIndex(number) for number in range(pynvml.nvmlDeviceGetCount())]
        except pynvml.NVMLError:
            return []

    def _nvidia_device(self, handle: Any) -> Device:
        nvml = self._nvml

        def ask(question: Any, *more: Any) -> Any:
            try:
                return question(handle, *more)
            except nvml.NVMLError:
                return None

        name = ask(nvml.nvmlDeviceGetName)
        rates = ask(nvml.nvmlDeviceGetUtilizationRates)
        # The first version of this question, all that an old driver knows, counts what the driver keeps for itself as
        # used: 480 MiB of an idle H100, of which nvidia-smi says 0.
        memory = ask(nvml.nvmlDeviceGetMemoryInfo, nvml.nvmlMemory_v2) or ask(nvml.nvmlDeviceGetMemoryInfo)
        power = ask(nvml.nvmlDeviceGetPowerUsage)
        return Device(
            name=name.decode("utf-8", "replace") if isinstance(name, bytes) else str(name or "GPU"),
            utilisation=float(rates.gpu) if rates else None,
            memory_used=int(memory.used) if memory else None,
            memory_total=int(memory.total) if memory else None,
            temperature=ask(nvml.nvmlDeviceGetTemperature, nvml.NVML_TEMPERATURE_GPU),
            power=None if power is None else power / 1000,
        )

    def _amd(self) -> list[Device]:
        found = []
        for busy in sorted(self._drm.glob("card[0-9]*/device/gpu_busy_percent")):
            home = busy.parent
            sensors = next(iter(sorted(home.glob("hwmon/hwmon*"))), home)
            heat, power = _number(sensors / "temp1_input"), _number(sensors / "power1_average")
            used, total = _number(home / "mem_info_vram_used"), _number(home / "mem_info_vram_total")
            found.append(
                Device(
                    name=_word(home / "product_name") or f"AMD {home.parent.name}",
                    utilisation=_number(busy),
                    memory_used=None if used is None else int(used),
                    memory_total=None if total is None else int(total),
                    temperature=None if heat is None else heat / 1000,
                    power=None if power is None else power / 1_000_000,
                )
            )
        return found


def _has_nvidia_driver() -> bool:
    """Return whether NVIDIA's library may be there. Looking is quick; Python's side of it takes 30 ms and 6 MB."""
    if sys.platform != "linux" or "pynvml" in sys.modules:
        return True
    import ctypes

    try:
        ctypes.CDLL("libnvidia-ml.so.1")
    except OSError:
        return False
    return True


def _counter_files(drm: Path) -> list[Path]:
    """Return the file with the energy counter of each card that has one.

    A driver may count for the parts of a card too, under a name like `i915_gt0`; they are in the card's own count.
    """
    cards: dict[Path, Path] = {}
    for counter in sorted(drm.glob("card[0-9]*/device/hwmon/hwmon*/energy1_input")):
        if "_gt" not in _word(counter.with_name("name")):
            cards.setdefault(counter.parents[2], counter)
    return list(cards.values())


def _joules(counter: Path) -> float | None:
    microjoules = _number(counter)
    return None if microjoules is None else microjoules / 1_000_000


def _word(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


def _number(path: Path) -> float | None:
    try:
        return float(_word(path))
    except ValueError:
        return None

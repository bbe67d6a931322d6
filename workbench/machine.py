"""What the machine is doing: GPUs, processors and memory, read on demand and as cheaply as the system allows.

NVIDIA devices by NVML (nvidia-ml-py), AMD devices by what the Linux driver writes under /sys; where neither is, the
processors and memory by psutil stand alone. Apple's GPU tells its use only to root, so it is not asked.
"""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass
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

    def close(self) -> None:
        """Let go of the driver."""
        if self._nvml is not None:
            with contextlib.suppress(self._nvml.NVMLError):
                self._nvml.nvmlShutdown()
        self._nvml, self._handles = None, None

    def _nvidia(self) -> list[Device]:
        if self._handles is None:
            self._handles = self._open_nvml()
        return [self._nvidia_device(handle) for handle in self._handles]

    def _open_nvml(self) -> list[Any]:
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
        rates, memory = ask(nvml.nvmlDeviceGetUtilizationRates), ask(nvml.nvmlDeviceGetMemoryInfo)
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

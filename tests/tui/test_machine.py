"""What is read of GPUs: NVIDIA's through its library, AMD's from the files the kernel writes."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from workbench.machine import Device, Machine
from workbench.settings import Settings
from workbench.tui.telemetry import Probe


class Nvml(ModuleType):
    """A driver with two cards, one of which tells little; `NVMLError` is what it raises."""

    class NVMLError(Exception):
        """What the real module raises."""

    NVML_TEMPERATURE_GPU = 0
    nvmlMemory_v2 = 2  # noqa: N815

    def __init__(self, *, is_there: bool = True, is_old: bool = False) -> None:
        super().__init__("pynvml")
        self.is_there, self.is_old = is_there, is_old
        self.calls: list[str] = []

    def nvmlInit(self) -> None:  # noqa: N802
        self.calls.append("init")
        if not self.is_there:
            raise self.NVMLError("driver not loaded")

    def nvmlShutdown(self) -> None:  # noqa: N802
        self.calls.append("shutdown")

    def nvmlDeviceGetCount(self) -> int:  # noqa: N802
        return 2

    def nvmlDeviceGetHandleByIndex(self, number: int) -> int:  # noqa: N802
        return number

    def nvmlDeviceGetName(self, handle: int) -> str | bytes:  # noqa: N802
        return "NVIDIA H100" if handle == 0 else b"Old \xff card"

    def nvmlDeviceGetUtilizationRates(self, handle: int) -> Any:  # noqa: N802
        return self._only_first(handle, SimpleNamespace(gpu=61, memory=3))

    def nvmlDeviceGetMemoryInfo(self, handle: int, version: int | None = None) -> Any:  # noqa: N802
        if version and self.is_old:
            raise self.NVMLError("function not found")
        return self._only_first(handle, SimpleNamespace(used=9 if version else 11, total=24))

    def nvmlDeviceGetTemperature(self, handle: int, kind: int) -> Any:  # noqa: N802
        return self._only_first(handle, 71)

    def nvmlDeviceGetPowerUsage(self, handle: int) -> Any:  # noqa: N802
        return self._only_first(handle, 88_500)

    def _only_first(self, handle: int, value: Any) -> Any:
        if handle:
            raise self.NVMLError("not supported")
        return value


def test_nvidia_devices_are_read_and_what_one_does_not_tell_is_left_open(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    nvml = Nvml()
    monkeypatch.setitem(sys.modules, "pynvml", nvml)
    machine = Machine(drm=tmp_path)
    machine.read()
    reading = machine.read()
    assert reading.devices == (Device("NVIDIA H100", 61.0, 9, 24, 71, 88.5), Device("Old � card"))
    assert nvml.calls == ["init"], "the driver is opened once"
    assert reading.memory_total > reading.memory_used > 0
    machine.close()
    assert nvml.calls == ["init", "shutdown"]


def test_memory_that_the_driver_keeps_counts_as_used_only_where_it_is_too_old_to_say(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "pynvml", Nvml(is_old=True))
    assert Machine(drm=tmp_path).read().devices[0].memory_used == 11


def test_without_a_driver_it_is_not_asked_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    nvml = Nvml(is_there=False)
    monkeypatch.setitem(sys.modules, "pynvml", nvml)
    machine = Machine(drm=tmp_path)
    assert machine.read().devices == machine.read().devices == ()
    assert nvml.calls == ["init"]


def test_without_the_library_there_are_no_nvidia_devices(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "pynvml", None)
    assert Machine(drm=tmp_path).read().devices == ()


def amd(drm: Path, card: str, **files: str) -> None:
    home = drm / card / "device"
    for name, text in files.items():
        path = home / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def test_amd_devices_are_read_from_what_the_kernel_writes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "pynvml", None)
    amd(
        tmp_path,
        "card0",
        gpu_busy_percent="42\n",
        mem_info_vram_used="1000\n",
        mem_info_vram_total="4000\n",
        product_name="Radeon Pro\n",
        hwmon__hwmon3__temp1_input="55500\n",
        hwmon__hwmon3__power1_average="31000000\n",
    )
    amd(tmp_path, "card1", gpu_busy_percent="not a number", mem_info_vram_used="")
    (tmp_path / "renderD128").mkdir()
    assert Machine(drm=tmp_path).read().devices == (
        Device("Radeon Pro", 42.0, 1000, 4000, 55.5, 31.0),
        Device("AMD card1"),
    )


async def test_a_probe_asks_the_engines_now_and_then_and_the_machine_always(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "pynvml", None)
    settings = Settings.model_validate({"engine": {"order": ["scripted"], "script": str(tmp_path / "s.json")}})
    (tmp_path / "s.json").write_text('{"rules": [], "models": ["m"]}')
    probe = Probe(settings, Machine(drm=tmp_path))
    first = await probe.read()
    assert first.engines is not None
    assert [(engine.name, engine.is_up, engine.models) for engine in first.engines] == [("scripted", True, ("m",))]
    assert [model.name for model in first.engines[0].loaded] == ["m"]
    (tmp_path / "s.json").unlink()
    second = await probe.read()
    assert second.engines == first.engines
    assert second.machine is not first.machine
    await probe.close()

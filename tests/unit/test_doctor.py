"""The doctor: what it finds, and that it only looks."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from tests.house.counting_gpu import without_gpus
from tests.house.place import Place
from workbench import doctor
from workbench.checks import guard
from workbench.doctor import Finding
from workbench.machine import Device, Machine, Reading
from workbench.settings import Settings


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "repo")


def by_name(start: Path) -> dict[str, Finding]:
    return {finding.name: finding for finding in doctor.examine(start)}


def test_where_the_main_job_could_run_the_doctor_ends_with_0(place: Place) -> None:
    found = doctor.examine(place.root)
    assert doctor.exit_code(found) == 0, [finding for finding in found if finding.level == "bad"]
    assert {"python", "git", "repository", "folder", "runner", "settings", "model", "disk", "memory"} <= set(
        by_name(place.root)
    )


def test_a_missing_engine_is_4_and_says_what_to_do(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NANITES_ENGINE__ORDER", '["ollama"]')
    monkeypatch.setenv("NANITES_ENGINE__OLLAMA_URL", "http://127.0.0.1:9")
    found = doctor.examine(place.root)
    assert doctor.exit_code(found) == 4
    model = next(finding for finding in found if finding.name == "model")
    assert model.level == "bad"
    assert model.fix


def test_a_missing_model_names_the_command_that_gets_it(
    place: Place, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("NANITES_ENGINE__ORDER", '["embedded"]')
    monkeypatch.setenv("NANITES_HOME", str(tmp_path / "house"))
    monkeypatch.setenv("HOME", str(tmp_path))
    model = by_name(place.root)["model"]
    assert model.level == "bad"
    assert "nanites models pull qwen2.5-coder:1.5b" in model.fix
    assert not (tmp_path / "house").exists()


def test_broken_settings_are_named_with_their_line(place: Place) -> None:
    (place.root / "nanites.toml").write_text("[engine]\nordr = 1\n", encoding="utf-8")
    settings = by_name(place.root)["settings"]
    assert settings.level == "bad"
    assert "line 2" in settings.detail


def test_no_repository_is_2(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NANITES_ENGINE__ORDER", '["embedded"]')
    found = doctor.examine(tmp_path)
    assert next(finding for finding in found if finding.name == "repository").level == "bad"
    assert doctor.exit_code(found) == 2


def test_a_folder_that_others_can_read_is_noted(place: Place) -> None:
    place.folder.path.chmod(0o755)
    folder = by_name(place.root)["folder"]
    assert (folder.level, "chmod" in folder.fix) == ("note", True)


def test_a_folder_that_is_a_symlink_is_bad(place: Place, tmp_path: Path) -> None:
    place.folder.path.rename(tmp_path / "elsewhere")
    place.folder.path.symlink_to(tmp_path / "elsewhere")
    assert by_name(place.root)["folder"].level == "bad"


async def test_a_live_runner_is_seen(place: Place) -> None:
    assert "none is alive" in doctor._runner(place.root).detail
    async with place.at_work():
        assert "alive, process" in doctor._runner(place.root).detail


def test_findings_are_told_without_control_codes() -> None:
    told = doctor.told([Finding("x", "bad", "a\x1b[31mb", "do\nthis")], io.StringIO())
    assert told.splitlines() == ["bad   x           ab", " " * 18 + "do", " " * 18 + "this"]


def test_the_sandbox_is_tried_and_named(place: Place) -> None:
    sandbox = by_name(place.root)["sandbox"]
    assert sandbox.level in {"good", "note"}
    assert "all closed" in sandbox.detail or "none can be had" in sandbox.detail


def test_without_a_sandbox_the_doctor_says_so_and_how_to_get_one(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "probe", lambda name: "the kernel says no")
    guard.choose.cache_clear()
    try:
        sandbox = by_name(place.root)["sandbox"]
    finally:
        guard.choose.cache_clear()
    assert sandbox.level == "note"
    assert "none can be had" in sandbox.detail
    assert "install bubblewrap" in sandbox.fix
    assert "namespaces: the kernel says no" in sandbox.fix


def test_what_would_be_withheld_is_listed_by_place_and_kind_alone(place: Place) -> None:
    assert by_name(place.root)["secrets"].level == "good"
    secret = "Tr0ub4dor&3"
    (place.root / "settings.py").write_text(f"A = 1\npassword = '{secret}'\n", encoding="utf-8")
    (place.root / ".env").write_text("COLOUR=blue\n", encoding="utf-8")
    (place.root / ".gitignore").write_text("ignored.py\n", encoding="utf-8")
    (place.root / "ignored.py").write_text(f"password = '{secret}'\n", encoding="utf-8")
    found = by_name(place.root)["secrets"]
    assert found.level == "note"
    assert "2 lines in 2 files" in found.detail
    assert "settings.py:2 (password or key)" in found.fix
    assert ".env:1 (value of an environment file)" in found.fix
    assert "ignored.py" not in found.fix
    assert secret not in found.detail + found.fix


class Graphics(Machine):
    """A machine with a GPU that counts."""

    def read(self) -> Reading:
        return Reading(0.0, 0.0, 1, 2, (Device("H100", memory_total=80 << 30), Device("Other")))

    def energy(self) -> dict[str, float]:
        return {"nvidia0": 1.0}


@pytest.mark.parametrize(
    ("order", "llama", "level"),
    [
        (["embedded"], "raise ImportError", "good"),
        (["embedded"], "devices = ['cpu']", "note"),
        (["embedded"], "devices = ['cpu', 'gpu']", "good"),
        (["ollama"], "devices = ['cpu']", "good"),
    ],
)
def test_a_gpu_that_the_embedded_engine_leaves_idle_is_noted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, order: list[str], llama: str, level: str
) -> None:
    (tmp_path / "xllamacpp.py").write_text(
        f"from types import SimpleNamespace\n{llama}\n"
        "ggml_backend_dev_type = SimpleNamespace(GGML_BACKEND_DEVICE_TYPE_CPU='cpu')\n"
        "def get_device_info(): return [{'type': device} for device in devices]\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), *sys.path]))
    monkeypatch.setattr("workbench.machine.Machine", Graphics)
    (found,) = doctor._gpus(Settings.model_validate({"engine": {"order": order}}))
    assert (found.name, found.level, bool(found.fix)) == ("gpu", level, level == "note")
    assert found.detail.startswith("H100, 80 GiB; Other; counts the energy it takes")


@pytest.mark.parametrize(
    ("llama", "told"),
    [
        (
            "raise ImportError('libgomp.so.1: cannot open shared object file')",
            ("libgomp.so.1", "apt-get install libgomp1"),
        ),
        (
            "raise ImportError('libother.so.2: cannot open shared object file')",
            ("libother.so.2", "library libother.so.2"),
        ),
        ("raise ValueError('torn')", ("ValueError: torn", "--force-reinstall")),
        (
            "import sys\nsys.stderr.buffer.write(b'\\xff lost\\n')\nsys.stderr.flush()\nimport os\nos._exit(3)",
            ("\ufffd lost", "--force-reinstall"),
        ),
        ("pass", ("", "")),
    ],
)
def test_a_llama_cpp_that_cannot_be_loaded_is_a_fault(
    place: Place, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, llama: str, told: tuple[str, str]
) -> None:
    (tmp_path / "xllamacpp.py").write_text(f"{llama}\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("NANITES_ENGINE__ORDER", '["embedded"]')
    found = by_name(place.root)["embedded"]
    assert found.level == ("bad" if told[0] else "good")
    assert told[0] in found.detail
    assert told[1] in found.fix


def test_without_a_gpu_none_is_spoken_of(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    without_gpus(tmp_path, monkeypatch)
    assert doctor._gpus(Settings()) == []


def test_a_home_that_is_not_there_yet_ends_no_examination(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NANITES_HOME", str(tmp_path / "not" / "there"))
    assert "free" in doctor._disk().detail
    assert not (tmp_path / "not").exists()

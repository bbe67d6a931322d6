"""nanites.toml: what is accepted, and how a mistake is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.errors import SettingsError
from workbench.model import Approve
from workbench.settings import load


def write(folder: Path, text: str) -> Path:
    (folder / "nanites.toml").write_text(text, encoding="utf-8")
    return folder


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    settings = load(tmp_path)
    assert settings.engine.order == ("ollama", "embedded")
    assert settings.approve.default is Approve.ASK
    assert settings.tiers == {"nanite": "qwen2.5-coder:1.5b", "mid": "qwen2.5-coder:7b"}


def test_the_keys_of_the_contract_are_read(tmp_path: Path) -> None:
    text = """
[engine]
order = ["embedded"]
allow_hosts = ["gpu.local"]
[models]
nanite = "small"
mid = "large"
[checks]
allow = ["pytest -q tests/test_text.py"]
[approve]
default = "proven"
[keys]
approve = "a"
"""
    settings = load(write(tmp_path, text))
    assert settings.engine.allow_hosts == ("gpu.local",)
    assert settings.models.mid == "large"
    assert settings.checks.allow == ("pytest -q tests/test_text.py",)
    assert settings.approve.default is Approve.PROVEN
    assert settings.keys.model_extra == {"approve": "a"}


def test_broken_toml_names_the_line(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="line 3"):
        load(write(tmp_path, "[engine]\norder = [\n= 3"))


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ('[engine]\norder = ["ollama"]\nordr = 1\n', "line 3", "engine.ordr"),
        ("[engine]\n\nslots = 0\n", "line 3", "engine.slots"),
        ('[approve]\ndefault = "always"\n', "line 2", "approve.default"),
        ("[what]\nx = 1\n", "line 1", "what"),
        ('[checks]\nallow = ["  "]\n', "line 1", "checks"),
    ],
)
def test_a_wrong_key_or_value_names_line_and_key(tmp_path: Path, text: str, line: str, key: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load(write(tmp_path, text))
    assert line in caught.value.message
    assert key in caught.value.message
    assert caught.value.hint


def test_a_file_that_is_not_utf8_names_the_line(tmp_path: Path) -> None:
    (tmp_path / "nanites.toml").write_bytes(b"[engine]\n# caf\xe9\n")
    with pytest.raises(SettingsError, match="line 2: not UTF-8"):
        load(tmp_path)


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    folder = write(tmp_path, "[engine]\nslots = 3\n")
    settings = load(folder, {"NANITES_ENGINE__SLOTS": "5", "NANITES_MODELS__NANITE": "tiny:1b", "OTHER": "x"})
    assert settings.engine.slots == 5
    assert settings.models.nanite == "tiny:1b"


@pytest.mark.parametrize("names", [("A", "a"), ("Checks", "B"), ("A", "Moderator")])
def test_voices_have_names_of_their_own(tmp_path: Path, names: tuple[str, str]) -> None:
    voices = "".join(f'[[chat.voices]]\nname = "{name}"\n' for name in names)
    (tmp_path / "nanites.toml").write_text(voices, encoding="utf-8")
    with pytest.raises(SettingsError, match="chat"):
        load(tmp_path)

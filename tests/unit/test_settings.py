"""nanites.toml: what is accepted, and how a mistake is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.house.caller import Caller, Person
from tests.house.place import Place
from workbench.consent import Consent
from workbench.errors import SettingsError
from workbench.model import Approve
from workbench.settings import asked_for, load


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
    write(tmp_path, text)
    Consent.of(tmp_path).with_agreed(asked_for(tmp_path))
    settings = load(tmp_path)
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


# What a repository's file may not decide alone

STORE = '[runner]\nstore_url = "postgresql://db.example.org/q"\n'


def test_what_reaches_beyond_this_machine_waits_for_the_user_to_agree(tmp_path: Path) -> None:
    (tmp_path / "nanites.toml").write_text(STORE)
    with pytest.raises(SettingsError) as caught:
        load(tmp_path)
    assert (caught.value.code, "runner.store_url" in caught.value.message) == ("not-agreed", True)
    assert "example.org" in caught.value.message
    assert "nanites trust" in caught.value.hint
    Consent.of(tmp_path.resolve()).with_agreed(asked_for(tmp_path))
    assert load(tmp_path)


def test_another_value_asks_again_and_another_repository_too(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for place in (one, two):
        place.mkdir()
        (place / "nanites.toml").write_text(STORE)
    Consent.of(one).with_agreed(asked_for(one))
    assert load(one).runner.store_url == "postgresql://db.example.org/q"
    with pytest.raises(SettingsError):
        load(two)
    (one / "nanites.toml").write_text(STORE.replace("db.", "evil."))
    with pytest.raises(SettingsError, match="evil"):
        load(one)


def test_what_the_users_environment_says_is_the_users_word(tmp_path: Path) -> None:
    (tmp_path / "nanites.toml").write_text(STORE)
    settings = load(tmp_path, {"NANITES_RUNNER__STORE_URL": "postgresql://mine.example.org/q"})
    assert settings.runner.store_url == "postgresql://mine.example.org/q"


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ('[engine]\nallow_hosts = ["127.0.0.1", "localhost"]\n', False),
        ('[engine]\nallow_hosts = ["gpu.example.org"]\n', False),
        ('[runner]\nstore_url = "postgresql://q@127.0.0.1:5432/q"\n', False),
        ('[runner]\nstore_url = "postgresql://127.0.0.1@db.example.org/q"\n', True),
        ('[runner]\nstore_url = "sqlite:////tmp/elsewhere.sqlite"\n', True),
        ('[runner]\nstore_url = "postgresql://127.0.0.1/q?host=db.example.org"\n', True),
        ('[runner]\nstore_url = "postgresql:///q?host=/var/run/postgresql"\n', False),
        ('[runner]\nstore_url = "postgresql:///q?host=/var/run/postgresql&host=db.example.org"\n', True),
        ('[runner]\nstore_url = "postgresql:///q?hostaddr=198.51.100.7"\n', True),
        ('[runner]\nstore_url = ""\n', False),
    ],
)
def test_what_stays_on_this_machine_is_not_asked_about(tmp_path: Path, text: str, asks: bool) -> None:
    assert bool(asked_for(write(tmp_path, text))) is asks


def test_nothing_is_asked_where_nothing_is_reached_for(tmp_path: Path) -> None:
    (tmp_path / "nanites.toml").write_text('[engine]\nallow_hosts = []\n[checks]\nallow = ["make"]\n')
    assert load(tmp_path).checks.allow == ("make",)


def test_the_command_line_shows_and_agrees_and_takes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = Place(tmp_path / "repo", settings=STORE)
    monkeypatch.chdir(place.root)
    call = Caller(monkeypatch)
    assert call.json("run", "--drain", code=2)["error"]["code"] == "not-agreed"
    shown = call.json("trust")
    assert (shown["asks_for"], shown["agreed"]) == ({"runner.store_url": "postgresql://db.example.org/q"}, False)
    call.stdin = Person("n\n")
    assert "not agreed" in call("trust")[1]
    call.stdin = Person("y\n")
    assert "you agreed to" in call("trust")[1]
    assert call.json("trust")["agreed"]
    assert load(place.root).runner.store_url
    assert not call.json("trust", "--forget")["agreed"]
    with pytest.raises(SettingsError):
        load(place.root)


def test_agreeing_forgets_nothing_else_that_was_decided(tmp_path: Path) -> None:
    (tmp_path / "nanites.toml").write_text(STORE)
    Consent.of(tmp_path).with_never("make").with_agreed(asked_for(tmp_path))
    kept = Consent.of(tmp_path)
    assert kept.forbids("make")
    kept.with_unguarded("pytest")
    assert load(tmp_path)


def test_a_repository_cannot_have_everything_applied_unread(tmp_path: Path) -> None:
    (tmp_path / "nanites.toml").write_text('[runner]\nparallel = 2\n[approve]\ndefault = "all"\n')
    with pytest.raises(SettingsError, match=r"line 4: approve\.default") as caught:
        load(tmp_path, {"NANITES_APPROVE__DEFAULT": "ask"})
    assert caught.value.code == "planted-policy"


def test_whoever_works_there_can(tmp_path: Path) -> None:
    assert load(tmp_path, {"NANITES_APPROVE__DEFAULT": "all"}).approve.default is Approve.ALL


@pytest.mark.parametrize("names", [("A", "a"), ("Checks", "B"), ("A", "Moderator")])
def test_voices_have_names_of_their_own(tmp_path: Path, names: tuple[str, str]) -> None:
    voices = "".join(f'[[chat.voices]]\nname = "{name}"\n' for name in names)
    (tmp_path / "nanites.toml").write_text(voices, encoding="utf-8")
    with pytest.raises(SettingsError, match="chat"):
        load(tmp_path)

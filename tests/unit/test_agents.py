"""The section for agents, the hooks' words, and what is written down of what leaves the machine."""

from __future__ import annotations

import io
import json
import os
import socket
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.house.caller import Caller
from tests.house.place import Place
from workbench import notices, outgoing
from workbench.agents import BEGIN, END, SECTION, remove_section, write_section
from workbench.engines.hosts import note_prompt
from workbench.errors import NaniteError
from workbench.ledger import book
from workbench.runner_process import without_secrets

# --- init --agents


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    made = Place(tmp_path / "repo")
    monkeypatch.chdir(made.root)
    monkeypatch.setenv("NANITES_HOME", str(tmp_path / "nanites-home"))
    return made


def test_init_writes_the_section_once_and_takes_it_out_again(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    call = Caller(monkeypatch)
    path = place.root / "AGENTS.md"
    path.write_bytes(b"# Rules\n\nBe kind.")
    assert call.json("init", "--agents")["changed"] == ["AGENTS.md"]
    text = path.read_text(encoding="utf-8")
    assert text == f"# Rules\n\nBe kind.\n\n{SECTION}"
    assert call.json("init", "--agents")["changed"] == []
    path.write_text(text.replace("design, debugging", "nothing"), encoding="utf-8")
    assert call.json("init", "--agents")["changed"] == ["AGENTS.md"]
    assert path.read_text(encoding="utf-8") == text
    assert call.json("init", "--agents", "--remove")["changed"] == ["AGENTS.md"]
    assert path.read_text(encoding="utf-8") == "# Rules\n\nBe kind.\n"
    assert call.json("init", "--agents", "--remove")["changed"] == []
    assert call("init", "--remove")[0] == 2


def test_without_either_file_claudes_is_made_and_goes_again(place: Place) -> None:
    assert [path.name for path in write_section(place.root)] == ["CLAUDE.md"]
    assert (place.root / "CLAUDE.md").read_text(encoding="utf-8") == SECTION
    assert [path.name for path in remove_section(place.root)] == ["CLAUDE.md"]
    assert not (place.root / "CLAUDE.md").exists()


def test_both_files_get_it_and_a_link_to_the_other_gets_it_once(place: Place) -> None:
    (place.root / "AGENTS.md").write_text("A\n", encoding="utf-8")
    (place.root / "CLAUDE.md").write_text("C\n", encoding="utf-8")
    assert len(write_section(place.root)) == 2
    remove_section(place.root)
    (place.root / "CLAUDE.md").unlink()
    (place.root / "CLAUDE.md").symlink_to("AGENTS.md")
    assert len(write_section(place.root)) == 1
    assert (place.root / "AGENTS.md").read_text(encoding="utf-8").count(BEGIN) == 1
    assert (place.root / "CLAUDE.md").is_symlink()


def test_a_file_outside_or_of_bytes_is_left_alone(place: Place, tmp_path: Path) -> None:
    (tmp_path / "mine.md").write_text("mine", encoding="utf-8")
    (place.root / "CLAUDE.md").symlink_to(tmp_path / "mine.md")
    with pytest.raises(NaniteError, match="outside"):
        write_section(place.root)
    (place.root / "CLAUDE.md").unlink()
    (place.root / "CLAUDE.md").write_bytes(b"\xff\xfe")
    with pytest.raises(NaniteError, match="UTF-8"):
        write_section(place.root)


@given(st.text(alphabet="ab\n# ", max_size=60), st.text(alphabet="ab\n# ", max_size=60))
def test_a_persons_words_around_the_section_stay(before: str, after: str) -> None:
    from workbench.agents import _with

    written = _with(before, SECTION) + after
    assert _with(written, SECTION).count(BEGIN) == 1
    removed = _with(written, "")
    assert BEGIN not in removed
    assert END not in removed
    assert removed.split() == (before + " " + after).split() or removed.replace("\n", "") == (before + after).replace(
        "\n", ""
    )


def test_line_ends_of_windows_stay(place: Place) -> None:
    (place.root / "CLAUDE.md").write_bytes(b"# A\r\n")
    write_section(place.root)
    data = (place.root / "CLAUDE.md").read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n")


def test_the_section_is_short_and_every_option_it_names_is_there() -> None:
    from workbench.commands import drop

    assert len(SECTION) <= 1_400
    options = {option for parameter in drop.patch.params for option in parameter.opts}
    assert {"--target", "--check", "--approve", "--read", "--for-each"} <= options


# --- hooks


def hook(place: Place, monkeypatch: pytest.MonkeyPatch, name: str, **event: object) -> tuple[int, str, str]:
    call = Caller(monkeypatch)
    call.stdin = io.StringIO(json.dumps(event))
    return call("hook", name)


async def test_hooks_say_what_waits_and_remind_once(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    assert hook(place, monkeypatch, "session-start") == (0, "nanites: engine scripted is up\n", "")
    async with place.at_work():
        ours, other = place.drop(), place.drop()
        await place.rested(ours)
        await place.rested(other)
    book.note_call(place.folder, session="s1", tool="local_patch", action="", ids=[ours], asked=1, answered=1)
    assert "; 2 proposals to review" in hook(place, monkeypatch, "session-start")[1]
    assert hook(place, monkeypatch, "stop", session_id="s1", stop_hook_active=True) == (0, "", "")
    assert hook(place, monkeypatch, "stop", session_id="another") == (0, "", "")
    code, out, err = hook(place, monkeypatch, "stop", session_id="s1")
    assert (code, out) == (2, "")
    assert ours in err
    assert other not in err
    assert hook(place, monkeypatch, "stop", session_id="s1") == (0, "", "")


def test_a_hook_outside_a_repository_or_without_an_event_is_silent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    call = Caller(monkeypatch)
    assert call("hook", "session-start") == (0, "", "")
    call.stdin = io.StringIO("{not json")
    assert call("hook", "stop") == (0, "", "")


def test_an_engine_is_up_if_somebody_listens(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        (place.root / "nanites.toml").write_text(f'[engine]\norder = ["ollama"]\nollama_url = "{url}"\n')
        assert notices.engine_that_is_up(place.root) == "ollama"
    assert notices.engine_that_is_up(place.root) is None
    (place.root / "nanites.toml").write_text('[engine]\norder = ["embedded"]\n')
    assert notices.engine_that_is_up(place.root) is None
    assert "hand nothing over" in notices.at_start(place.root)
    (place.root / "nanites.toml").write_text("[engine\n")
    notices.at_start(place.root)


def test_the_hook_of_the_plugin_says_so_where_the_program_is_missing(tmp_path: Path) -> None:
    script = Path(__file__).parent.parent.parent / "workbench" / "plugin" / "hooks" / "hook.sh"
    environment = os.environ | {"NANITES_COMMAND": "/nowhere/nanites"}
    for name, words in (("session-start", "not on the PATH"), ("stop", "")):
        done = subprocess.run(["sh", script, name], env=environment, capture_output=True, text=True, check=True)
        assert words in done.stdout
        assert bool(words) == bool(done.stdout)


# --- secrets and what leaves


def test_secrets_go_and_what_programs_need_stays() -> None:
    secret = {
        "ANTHROPIC_API_KEY": "x", "CLAUDE_CODE_MESSAGING_TOKEN": "x", "GH_TOKEN": "x", "AWS_SECRET_ACCESS_KEY": "x",
        "MY_PASSWORD": "x", "SSH_AUTH_SOCK": "x", "DATABASE_URL": "postgres://me:secret@db/x",
        "npm_config__authToken": "x", "OPENAI_BASE_URL": "x", "SENTRY_DSN": "x", "Apikey": "x",
    }  # fmt: skip
    needed = {
        "PATH": "/bin", "HOME": "/h", "LANG": "C", "PWD": "/", "NANITES_OPENAI_KEY": "x", "CUDA_VISIBLE_DEVICES": "0",
        "KEYBOARD": "de", "MONKEY": "no" , "XDG_RUNTIME_DIR": "/run", "OLLAMA_HOST": "127.0.0.1",
        "HF_HUB_OFFLINE": "1", "AUTHOR": "me",
    }  # fmt: skip
    kept = without_secrets(secret | needed)
    assert set(secret) & set(kept) == set()
    assert set(needed) - set(kept) <= {"MONKEY"}


def test_what_leaves_is_written_down_and_told(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    call = Caller(monkeypatch)
    assert call.json("privacy") == {"left": [], "allowed_hosts": []}
    assert "nothing has left this machine" in call("privacy")[1]
    note_prompt("http://127.0.0.1:11434", "m", 10)
    note_prompt(None, "m", 10)
    assert call.json("privacy")["left"] == []
    note_prompt("http://gpu.example:11434", "m", 1_234)
    (entry,) = call.json("privacy")["left"]
    assert (entry["host"], entry["what"], entry["characters"]) == ("gpu.example", "prompt", 1_234)
    assert "gpu.example" in call("privacy")[1]


def test_what_cannot_be_written_down_does_not_leave(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("NANITES_HOME", str(tmp_path / "file"))
    with pytest.raises(NaniteError, match="written down"):
        outgoing.note("example.org", "prompt")

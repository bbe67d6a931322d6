"""What a command may see: tools, not what lies beside them, and nothing that the repository alone asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.checks.view import View, readable, view
from workbench.checks.worktree import Worktree


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "home"
    for name in (".ssh", ".tool/bin", ".tool/lib", ".local/bin", ".local/share/keyrings", ".local/share/uv/tools"):
        (home / name).mkdir(parents=True)
    (home / ".ssh/id_rsa").write_text("hush")
    (home / ".tool/credentials").write_text("hush")
    monkeypatch.setenv("HOME", str(home))
    return home


@pytest.fixture
def worktree(tmp_path: Path) -> Worktree:
    worktree = Worktree(tmp_path / "base", tmp_path / "repository", linked=(".venv",))
    for place in (worktree.tree, worktree.home, worktree.temporary, worktree.root / ".venv/bin"):
        place.mkdir(parents=True)
    return worktree


def shows(seen: View, place: Path) -> bool:
    return any(place.is_relative_to(one) for one in (*seen.read, *(source for source, _ in seen.bound)))


def test_a_tool_on_the_path_is_seen_and_its_secrets_are_not(home: Path, worktree: Worktree) -> None:
    seen = view(worktree, "/bin/true", {"PATH": f"{home}/.tool/bin:{home}/.local/bin:/usr/bin"})
    for name in (".tool/bin", ".tool/lib", ".local/bin", ".local/share/uv/tools"):
        assert shows(seen, home / name), name
    for name in (".tool/credentials", ".local/share/keyrings", ".ssh/id_rsa", ""):
        assert not shows(seen, home / name), name


@pytest.mark.parametrize("path", ["{home}", "{home}/.ssh/..", "/", "", "relative", "{root}", "{root}/.."])
def test_no_entry_of_the_path_shows_the_home_or_the_real_repository(home: Path, worktree: Worktree, path: str) -> None:
    seen = view(worktree, "/bin/true", {"PATH": path.format(home=home, root=worktree.root)})
    assert not shows(seen, home / ".ssh/id_rsa")
    assert not shows(seen, worktree.root / "code.py")


def test_a_script_of_the_repository_shows_nothing_by_what_it_names(home: Path, worktree: Worktree) -> None:
    (home / ".ssh/id_rsa").chmod(0o700)
    script = worktree.tree / "check.sh"
    script.write_text(f"#!{home}/.ssh/id_rsa\n")
    script.chmod(0o755)
    assert not shows(view(worktree, str(script), {"PATH": ""}), home / ".ssh/id_rsa")
    script.unlink()
    script.symlink_to(home / ".ssh/id_rsa")
    assert not shows(view(worktree, str(script), {"PATH": ""}), home / ".ssh/id_rsa")


def test_an_environment_that_came_with_an_archive_shows_nothing_but_programs(home: Path, worktree: Worktree) -> None:
    (worktree.root / ".venv/bin/python").symlink_to(home / ".ssh/id_rsa")
    assert not shows(view(worktree, "/bin/true", {"PATH": ""}), home / ".ssh/id_rsa")


def test_parts_that_are_hidden_are_left_out_of_rules_that_can_only_allow(tmp_path: Path) -> None:
    for name in ("etc/a", "etc/ssl/certs", "etc/ssl/private"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "etc/shadow").write_text("")
    hidden = (tmp_path / "etc/shadow", tmp_path / "etc/ssl/private")
    assert readable(tmp_path / "etc", hidden) == (tmp_path / "etc/a", tmp_path / "etc/ssl/certs")
    assert readable(tmp_path / "etc/shadow", hidden) == ()
    assert readable(tmp_path / "other", hidden) == (tmp_path / "other",)

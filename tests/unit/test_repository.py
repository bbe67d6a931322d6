"""The repository: which paths may be touched, which files are in play, and that asking git wakes nothing."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import NaniteError, TaskRefused
from workbench.repository import MAX_TARGET_BYTES, Repository, git_environment, glob_match, is_glob, safe_path


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    root = tmp_path / "repository"
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    (root / "pkg/inner").mkdir(parents=True)
    (root / "pkg/a.py").write_text("a = 1\n")
    (root / "pkg/inner/b.py").write_text("b = 1\n")
    (root / "top.md").write_text("# top\n")
    (root / ".gitignore").write_text("*.log\nbuild/\n")
    return Repository(root)


# --- words


@pytest.mark.parametrize("text", ["a.py", "pkg/a.py", "./a.py", "pkg//a.py", "a b/ç.py", "...", "..a", "-f", ":(top)a"])
def test_ordinary_paths_are_safe(text: str) -> None:
    assert safe_path(text) == str(Path(text))


@pytest.mark.parametrize(
    "text",
    [
        "/etc/passwd",
        "../a",
        "a/../../b",
        "a/..",
        "~/x",
        "C:/x",
        "c:x",
        "a\\..\\b",
        "a\0b",
        "a\nb",
        "a\x1bb",
        "",
        ".",
        "/",
    ],
)
def test_paths_that_leave_are_refused(text: str) -> None:
    with pytest.raises(TaskRefused) as caught:
        safe_path(text)
    assert caught.value.code in {"outside", "unsafe-path"}
    assert caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        ".git",
        ".git/config",
        "a/.git/hooks/x",
        ".GIT/config",
        ".git./x",
        ".git /x",
        ".nanites/x",
        ".Nanites",
        "GIT~1/x",
        ".g\u200cit/config",
        ".git\u200d/x",
        "\ufeff.git/x",
        ".git::$INDEX_ALLOCATION/x",
        ".git:x",
    ],
)
def test_gits_and_the_workbenchs_own_folders_are_refused_in_every_disguise(text: str) -> None:
    with pytest.raises(TaskRefused) as caught:
        safe_path(text)
    assert caught.value.code == "unsafe-path"


@pytest.mark.parametrize(
    "text", [".gitignore", ".github/workflows/x.yml", "git/a.py", ".gitattributes", "a.git/x", "nanites"]
)
def test_names_that_only_look_like_gits_are_safe(text: str) -> None:
    assert safe_path(text) == text


@given(st.text(max_size=40))
def test_no_words_lead_out_of_a_repository(text: str) -> None:
    root = Path("/somewhere/repository")
    try:
        safe = safe_path(text)
    except TaskRefused:
        return
    place = Path(os.path.normpath(root / safe))
    assert place.is_relative_to(root)
    assert place != root
    assert ".git" not in place.parts
    assert safe_path(safe) == safe


@pytest.mark.parametrize(
    ("path", "pattern", "fits"),
    [
        ("a.py", "*.py", True),
        ("pkg/a.py", "*.py", False),
        ("pkg/a.py", "**/*.py", True),
        ("a.py", "**/*.py", True),
        ("pkg/inner/b.py", "pkg/**", True),
        ("pkg", "pkg/**", True),
        ("pkg/inner/b.py", "pkg/*", False),
        ("pkg/inner/b.py", "**/inner/**/b.py", True),
        ("pkg/inner/b.py", "pkg/*/?.py", True),
        ("pkg/a.py", "pkg/[ab].py", True),
        ("pkg/A.py", "pkg/[ab].py", False),
        ("a/b/c", "**", True),
        ("a/b/c", "**/c/**/c", False),
    ],
)
def test_globs_mean_what_people_expect(path: str, pattern: str, fits: bool) -> None:
    assert glob_match(path, pattern) is fits
    assert is_glob(pattern)


def test_a_hostile_glob_takes_no_time() -> None:
    assert not glob_match("/".join("a" * 60), "/".join(["**", "a"] * 30) + "/b")
    assert not glob_match("a" * 200, "*a" * 60 + "b")


# --- disk


def test_the_top_is_found_from_anywhere_inside(repository: Repository) -> None:
    assert Repository.find(repository.root / "pkg" / "inner") == repository


def test_outside_of_a_repository_the_error_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    for start in (tmp_path, tmp_path / "missing"):
        with pytest.raises(NaniteError) as caught:
            Repository.find(start)
        assert caught.value.code == "not-a-repository"
        assert caught.value.hint


def test_a_bare_repository_and_the_inside_of_git_are_none(repository: Repository, tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", "--bare", str(tmp_path / "bare")], check=True)
    for start in (tmp_path / "bare", repository.root / ".git"):
        with pytest.raises(NaniteError) as caught:
            Repository.find(start)
        assert caught.value.code == "not-a-repository"


def test_a_top_folder_with_odd_characters_is_found(tmp_path: Path) -> None:
    root = tmp_path / "odd \n näme\n"
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    assert Repository.find(root).root == root.resolve()


def test_git_variables_of_the_caller_point_nowhere(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    assert "GIT_DIR" not in git_environment()
    assert "top.md" in repository.files()


def test_nothing_of_the_repository_runs_when_git_is_asked(repository: Repository, tmp_path: Path) -> None:
    witness = tmp_path / "ran"
    hook = repository.root / ".git/hooks/post-index-change"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch {witness}\n")
    hook.chmod(0o755)
    for key in ("core.fsmonitor", "core.pager", "core.sshCommand", "core.editor"):
        subprocess.run(["git", "config", key, f"touch {witness}"], cwd=repository.root, check=True)
    repository.files()
    repository.git("status")
    repository.git("log", check=False)
    repository.ignored(["a.log"])
    assert not witness.exists()


def test_a_failing_git_says_what_git_said(repository: Repository) -> None:
    with pytest.raises(NaniteError) as caught:
        repository.git("rev-parse", "--verify", "no-such-thing")
    assert caught.value.code == "git-failed"
    assert "rev-parse" in caught.value.message


def test_without_git_or_with_one_that_hangs_the_error_says_so(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NaniteError) as caught:
        repository.git("status")
    assert caught.value.code == "no-git"
    slow = tmp_path / "git"
    slow.write_text("#!/bin/sh\nexec /bin/sleep 60\n")
    slow.chmod(0o755)
    with pytest.raises(NaniteError) as caught:
        repository.git("status", timeout=0.1)
    assert caught.value.code == "git-failed"
    assert "git status took longer than 0.1 s" in caught.value.message


def test_files_are_what_git_knows_or_does_not_ignore(repository: Repository) -> None:
    root = repository.root
    (root / "x.log").write_text("")
    (root / "build").mkdir()
    (root / "build/out.py").write_text("")
    (root / "link.py").symlink_to("top.md")
    (root / "naïve\nname.py").write_text("")
    (root / "forced.log").write_text("")
    (root / "gone.py").write_text("")
    subprocess.run(["git", "add", "-f", "forced.log", "gone.py"], cwd=root, check=True)
    (root / "gone.py").unlink()
    assert repository.files() == (
        ".gitignore",
        "forced.log",
        "naïve\nname.py",
        "pkg/a.py",
        "pkg/inner/b.py",
        "top.md",
    )


def test_files_behind_a_folder_that_became_a_symlink_are_not_in_play(repository: Repository, tmp_path: Path) -> None:
    root = repository.root
    subprocess.run(["git", "add", "-A"], cwd=root, check=True)
    outside = tmp_path / "outside"
    (root / "pkg").rename(outside)
    (root / "pkg").symlink_to(outside)
    assert [name for name in repository.files() if name.startswith("pkg")] == []


def test_ignored_names_what_git_ignores_and_nothing_tracked(repository: Repository) -> None:
    root = repository.root
    (root / "forced.log").write_text("")
    subprocess.run(["git", "add", "-f", "forced.log"], cwd=root, check=True)
    asked = ["x.log", "forced.log", "top.md", "build/new/file.py", "pkg/näme.log", "missing.py"]
    assert repository.ignored(asked) == {"x.log", "build/new/file.py", "pkg/näme.log"}
    assert repository.ignored([]) == frozenset()


def test_ignored_outside_of_a_repository_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NaniteError):
        Repository(tmp_path).ignored(["a"])


def test_locate_finds_files_and_places_for_new_ones(repository: Repository) -> None:
    assert repository.locate("pkg/a.py") == repository.root / "pkg/a.py"
    assert repository.locate("new/deep/c.py") == repository.root / "new/deep/c.py"


@pytest.mark.parametrize("path", ["link.py", "folder/a.py", "dangling", "loop/x"])
def test_locate_passes_through_no_symlink(repository: Repository, path: str) -> None:
    root = repository.root
    (root / "link.py").symlink_to("top.md")
    (root / "folder").symlink_to("pkg")
    (root / "dangling").symlink_to("nowhere")
    (root / "loop").symlink_to("loop")
    with pytest.raises(TaskRefused) as caught:
        repository.locate(path, field="targets")
    assert (caught.value.code, caught.value.field) == ("symlink", "targets")


def test_locate_says_which_part_is_no_folder(repository: Repository) -> None:
    with pytest.raises(TaskRefused) as caught:
        repository.locate("top.md/x.py")
    assert "top.md is no folder" in caught.value.message


def test_locate_refuses_a_name_too_long_for_the_disk(repository: Repository) -> None:
    with pytest.raises(TaskRefused) as caught:
        repository.locate("a" * 300 + ".py")
    assert caught.value.code == "unreadable"
    assert caught.value.hint


def test_read_returns_bytes_and_mode(repository: Repository) -> None:
    (repository.root / "pkg/a.py").write_bytes(b"\xef\xbb\xbfa\r\n")
    (repository.root / "pkg/a.py").chmod(0o750)
    source = repository.read("./pkg/a.py")
    assert (source.path, source.content, source.mode) == ("pkg/a.py", b"\xef\xbb\xbfa\r\n", 0o750)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("missing.py", "no-such-file"),
        ("pkg", "is-a-folder"),
        ("binary.bin", "binary"),
        ("latin.py", "not-utf8"),
        ("large.py", "too-large"),
        ("pipe", "not-a-file"),
        ("link.py", "symlink"),
        ("../x", "outside"),
        ("missing/deep.py", "no-such-file"),
    ],
)
def test_read_refuses_what_is_no_text_file(repository: Repository, path: str, code: str) -> None:
    root = repository.root
    (root / "binary.bin").write_bytes(b"a\0b")
    (root / "latin.py").write_bytes(b"caf\xe9\n")
    (root / "large.py").write_bytes(b"#" * (MAX_TARGET_BYTES + 1))
    (root / "link.py").symlink_to("top.md")
    os.mkfifo(root / "pipe")
    with pytest.raises(TaskRefused) as caught:
        repository.read(path, field="targets")
    assert (caught.value.code, caught.value.field) == (code, "targets")
    assert caught.value.hint


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_read_refuses_what_it_may_not_read(repository: Repository) -> None:
    (repository.root / "top.md").chmod(0)
    with pytest.raises(TaskRefused) as caught:
        repository.read("top.md")
    assert caught.value.code == "unreadable"


def test_expand_keeps_order_and_names_each_file_once(repository: Repository) -> None:
    assert repository.expand(["top.md", "**/*.py", "./top.md", "pkg/a.py"]) == (
        "top.md",
        "pkg/a.py",
        "pkg/inner/b.py",
    )


def test_expand_takes_paths_of_files_that_are_not_there_yet(repository: Repository) -> None:
    assert repository.expand(["new/c.py"]) == ("new/c.py",)


def test_expand_takes_a_file_whose_name_looks_like_a_glob(repository: Repository) -> None:
    (repository.root / "pkg/[id].py").write_text("")
    assert repository.expand(["pkg/[id].py"]) == ("pkg/[id].py",)


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("*.rs", "no-such-file"),
        ("../*.py", "outside"),
        ("/etc/*", "outside"),
        (".git/*", "unsafe-path"),
        (".nanites/**", "unsafe-path"),
        ("x.log", "ignored"),
        ("build/new.py", "ignored"),
        ("link.py", "symlink"),
        ("a\0*", "unsafe-path"),
    ],
)
def test_expand_refuses_what_is_not_in_play(repository: Repository, pattern: str, code: str) -> None:
    (repository.root / "x.log").write_text("")
    (repository.root / "link.py").symlink_to("top.md")
    with pytest.raises(TaskRefused) as caught:
        repository.expand(["top.md", pattern])
    assert (caught.value.code, caught.value.field) == (code, "targets")
    assert caught.value.hint


def test_a_hidden_repository_inside_is_not_reached_by_a_glob(repository: Repository) -> None:
    inner = repository.root / "nested"
    subprocess.run(["git", "init", "-q", str(inner)], check=True)
    (inner / "n.py").write_text("")
    assert "nested/n.py" not in repository.expand(["**/*.py"])


def test_a_target_that_the_patterns_magic_of_git_would_change_stays_a_name(repository: Repository) -> None:
    (repository.root / ":(top)x.py").write_text("")
    assert repository.expand([":(top)x.py"]) == (":(top)x.py",)
    assert repository.ignored([":(exclude)a", ":!b", "-z"]) == frozenset()

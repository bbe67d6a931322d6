"""What `read` may name: real lines of real, visible files, and a clear word about everything else."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from workbench.context.reads import read_excerpts
from workbench.errors import TaskRefused
from workbench.repository import Repository


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / "a.py").write_text("one\ntwo\nthree\nfour\n", encoding="utf-8")
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "b.py").write_bytes(b"\xef\xbb\xbfx = 1\r\ny = 2")
    (tmp_path / ".gitignore").write_text("secret.txt\n", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("hidden\n", encoding="utf-8")
    return Repository(tmp_path.resolve())


def test_a_path_alone_stands_for_the_whole_file(repository: Repository) -> None:
    (excerpt,) = read_excerpts(repository, ["a.py"])
    assert (excerpt.path, excerpt.first, excerpt.last) == ("a.py", 1, 4)
    assert excerpt.text == "one\ntwo\nthree\nfour"


def test_a_range_stands_for_its_lines_inclusive(repository: Repository) -> None:
    first, second = read_excerpts(repository, ["a.py:2-3", "a.py:4"])
    assert (first.first, first.last, first.text) == (2, 3, "two\nthree")
    assert (second.first, second.last, second.text) == (4, 4, "four")


def test_a_glob_stands_for_each_of_its_files(repository: Repository) -> None:
    assert [excerpt.path for excerpt in read_excerpts(repository, ["**/*.py"])] == ["a.py", "src/b.py"]


def test_a_byte_order_mark_is_not_shown(repository: Repository) -> None:
    (excerpt,) = read_excerpts(repository, ["src/b.py"])
    assert excerpt.text.startswith("x = 1")
    assert excerpt.last == 2


def test_a_file_whose_name_looks_like_a_range_is_that_file(repository: Repository) -> None:
    (repository.root / "notes:3").write_text("kept\n", encoding="utf-8")
    (excerpt,) = read_excerpts(repository, ["notes:3"])
    assert excerpt.text == "kept"


@pytest.mark.parametrize(
    ("read", "code"),
    [
        ("a.py:0-2", "bad-range"),
        ("a.py:3-2", "bad-range"),
        ("a.py:2-9", "bad-range"),
        ("missing.py", "no-such-file"),
        ("missing.py:1-2", "no-such-file"),
        ("../a.py", "outside"),
        ("/etc/passwd:1-2", "outside"),
        (".git/config", "unsafe-path"),
        ("secret.txt", "ignored"),
        ("secret.txt:1-1", "ignored"),
        ("src", "is-a-folder"),
        ("link.py:1-1", "symlink"),
    ],
)
def test_what_cannot_be_read_is_refused_by_field(repository: Repository, read: str, code: str) -> None:
    (repository.root / "link.py").symlink_to("/etc/hostname")
    with pytest.raises(TaskRefused) as caught:
        read_excerpts(repository, [read])
    assert caught.value.code == code
    assert caught.value.field == "read"


def test_the_message_says_how_many_lines_there_are(repository: Repository) -> None:
    with pytest.raises(TaskRefused, match="has 4 lines, 2-9 was asked for"):
        read_excerpts(repository, ["a.py:2-9"])


def test_a_single_line_of_an_empty_file_does_not_exist(repository: Repository) -> None:
    (repository.root / "empty.py").write_text("", encoding="utf-8")
    (excerpt,) = read_excerpts(repository, ["empty.py"])
    assert excerpt.text == ""
    with pytest.raises(TaskRefused, match="has 0 lines"):
        read_excerpts(repository, ["empty.py:1-1"])


def test_a_folder_is_read_as_a_map_where_maps_will_do(repository: Repository, tmp_path: Path) -> None:
    (repository.root / "src" / "deep").mkdir()
    (repository.root / "src" / "deep" / "c.py").write_text("def cut(text, limit):\n    return text[:limit]\n")
    (repository.root / "src" / "secret.txt").write_text("hidden\n")
    (repository.root / "d.py").write_text("def elsewhere():\n    pass\n")
    cache = tmp_path / "kept" / "map"
    (excerpt,) = read_excerpts(repository, ["src/"], maps=True, task="What does cut do?", cache=cache)
    assert "src/deep/c.py" in excerpt.text
    assert "def cut(text, limit)" in excerpt.text
    assert "elsewhere" not in excerpt.text
    assert "hidden" not in excerpt.text
    assert cache.exists()


def test_a_folder_without_code_has_no_map(repository: Repository) -> None:
    (repository.root / "notes").mkdir()
    (repository.root / "notes" / "one.txt").write_text("words\n")
    with pytest.raises(TaskRefused) as caught:
        read_excerpts(repository, ["notes"], maps=True)
    assert caught.value.code == "is-a-folder"

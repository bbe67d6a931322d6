"""Keys: the same key and content is the same task, however often and by however many it is dropped."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from workbench.errors import TaskRefused
from workbench.model import TaskSpec
from workbench.spool import inbox
from workbench.spool.folder import Folder, new_id


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path).ensure()


def test_the_same_key_and_content_is_the_same_task(folder: Folder) -> None:
    spec = TaskSpec(task="x", key="nightly")
    first = inbox.drop(folder, spec)
    assert inbox.drop(folder, spec) == first
    assert inbox.drop(folder, spec.model_copy(update={"by": "somebody else"})) == first
    assert [path.stem for path in inbox.waiting(folder.inbox)] == [first]
    assert inbox.known_key(folder, spec) == first


def test_the_same_key_with_other_content_is_refused(folder: Folder) -> None:
    first = inbox.drop(folder, TaskSpec(task="x", key="nightly"))
    with pytest.raises(TaskRefused) as caught:
        inbox.drop(folder, TaskSpec(task="y", key="nightly"))
    assert (caught.value.code, caught.value.field) == ("key-conflict", "key")
    assert first in caught.value.message
    assert len(inbox.waiting(folder.inbox)) == 1


def test_without_a_key_every_drop_is_a_task_of_its_own(folder: Folder) -> None:
    spec = TaskSpec(task="x")
    assert inbox.drop(folder, spec) != inbox.drop(folder, spec)
    assert len(inbox.waiting(folder.inbox)) == 2


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"id": "../../x", "digest": "d"}', '{"id": 3}', "null"])
def test_a_damaged_key_file_stands_for_nothing_and_is_replaced(folder: Folder, content: str) -> None:
    spec = TaskSpec(task="x", key="k")
    first = inbox.drop(folder, spec)
    (key_file,) = folder.keys.iterdir()
    key_file.write_text(content)
    assert inbox.known_key(folder, spec) is None
    second = inbox.drop(folder, spec)
    assert second != first
    assert inbox.known_key(folder, spec) == second


def test_a_task_whose_dropper_died_between_key_and_file_is_dropped_by_the_next(folder: Folder) -> None:
    spec = TaskSpec(task="x", key="k")
    first = inbox.drop(folder, spec)
    (folder.inbox / f"{first}.json").unlink()
    assert inbox.drop(folder, spec) == first
    assert (folder.inbox / f"{first}.json").exists()


def test_a_forgotten_key_is_free_again(folder: Folder) -> None:
    spec = TaskSpec(task="x", key="k")
    first = inbox.drop(folder, spec)
    inbox.forget_key(folder, spec, new_id())
    assert inbox.known_key(folder, spec) == first
    inbox.forget_key(folder, spec, first)
    assert inbox.known_key(folder, spec) is None


def test_many_who_drop_the_same_task_at_once_get_one_id(folder: Folder) -> None:
    spec = TaskSpec(task="x", key="k")
    ids: list[str] = []
    start = threading.Barrier(8)

    def drop() -> None:
        start.wait()
        ids.append(inbox.drop(folder, spec))

    threads = [threading.Thread(target=drop) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(ids)) == 1
    assert len(ids) == 8
    assert [path.stem for path in inbox.waiting(folder.inbox)] == [ids[0]]
    assert [path.name for path in folder.keys.iterdir() if path.name.startswith(".")] == []

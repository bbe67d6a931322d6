"""Who is next: priority, then a warm prompt cache, and nobody waits for ever."""

from __future__ import annotations

from tests.unit.scripted_desk import a_brief
from workbench.model import State, Task
from workbench.runner.queue import PATIENCE, Likeness, ReadyQueue
from workbench.spool.records import Record


def a_record(name: str, at: float, *, file: str = "a.py", priority: int = 0) -> Record:
    task = a_brief("patch", "x", {file: ""}).task
    spec = task.spec.model_copy(update={"priority": priority})
    return Record(task=Task(id=name, spec=spec, created_at=at), state=State.QUEUED, updated_at=at)


def by_file(record: Record) -> Likeness:
    return ("model", record.task.spec.kind, *record.task.spec.targets)


def drained(queue: ReadyQueue) -> list[str]:
    order = []
    while (found := queue.take()) is not None:
        order.append(found)
    return order


def a_queue(*records: Record) -> ReadyQueue:
    queue = ReadyQueue(by_file)
    for record in records:
        queue.put(record)
    return queue


def test_tasks_of_one_file_follow_each_other() -> None:
    files = ("a.py", "b.py", "a.py", "b.py", "a.py")
    queue = a_queue(*(a_record(f"t{at}", at, file=file) for at, file in enumerate(files)))
    assert drained(queue) == ["t0", "t2", "t4", "t1", "t3"]


def test_priority_goes_before_the_cache() -> None:
    queue = a_queue(
        a_record("a1", 0, file="a.py"), a_record("a2", 1, file="a.py"), a_record("b", 2, file="b.py", priority=1)
    )
    assert drained(queue) == ["b", "a1", "a2"]


def test_of_equals_the_older_one_is_first() -> None:
    queue = a_queue(a_record("late", 5), a_record("early", 1), a_record("middle", 3))
    assert drained(queue) == ["early", "middle", "late"]


def test_the_oldest_is_passed_over_only_so_often() -> None:
    queue = a_queue(a_record("first", 0), a_record("other", 1, file="b.py"))
    assert queue.take() == "first"
    for at in range(3 * PATIENCE):
        queue.put(a_record(f"more{at}", 2 + at))
    order = drained(queue)
    assert order.index("other") == PATIENCE
    assert len(order) == 3 * PATIENCE + 1


def test_what_is_not_wanted_or_gone_is_left_out() -> None:
    queue = a_queue(*(a_record(f"t{at}", at) for at in range(4)))
    queue.remove("t1")
    assert queue.take(lambda task_id: task_id != "t0") == "t2"
    assert len(queue) == 2
    assert queue.any(lambda task_id: task_id == "t0")
    assert not queue.any(lambda task_id: task_id == "t1")
    assert drained(queue) == ["t0", "t3"]


def test_a_task_that_comes_back_is_taken_once() -> None:
    queue = a_queue(a_record("t0", 0), a_record("t1", 1))
    queue.remove("t0")
    queue.put(a_record("t0", 0))
    queue.put(a_record("t0", 0))
    assert drained(queue) == ["t0", "t1"]


def test_without_likeness_tasks_come_in_their_order() -> None:
    queue = ReadyQueue()
    for at, file in enumerate(("a.py", "b.py", "a.py")):
        queue.put(a_record(f"t{at}", at, file=file))
    assert drained(queue) == ["t0", "t1", "t2"]

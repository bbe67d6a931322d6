"""The scene: whatever lines come, nothing raises, and counts are those of the tasks."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.tui.day import NOW, Day
from workbench.events import kinds
from workbench.tui.rows import agent_row, task_row
from workbench.tui.scene import Scene, TaskView, VoiceView, from_record

NAMES = [kind.event for kind in kinds()]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=5,
)
FIELDS = sorted({name for kind in kinds() for name in kind.model_fields} | {"at", "seq", "v"})
LINES = st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=8).flatmap(
    lambda fields: st.builds(
        lambda event, task: fields | {"event": event} | ({} if task is None else {"task": task}),
        st.sampled_from(NAMES) | JSON,
        st.sampled_from(["a", "b", "c", "", None]) | JSON,
    )
)
WHOLE: dict[str, Any] = {"task": {"id": "a", "spec": {}}, "state": "x"}
STATES = ["queued", "running", "review", "applied", "failed", "done"]
GOOD = st.one_of(
    st.builds(
        lambda task, state, parent: (
            {"event": "task-ended", "task": task, "state": state, "at": 3.0} | ({"parent": parent} if parent else {})
        ),
        st.sampled_from("abc"),
        st.sampled_from(STATES),
        st.sampled_from(["", "a"]),
    ),
    st.builds(
        lambda task, parent: {
            "event": "task-queued",
            "task": task,
            "kind": "patch",
            "targets": ["x"],
            "parent": parent,
        },
        st.sampled_from("abc"),
        st.sampled_from(["", "a", "zz"]),
    ),
    st.builds(lambda task: {"event": "task-started", "task": task, "kind": "patch"}, st.sampled_from("abc")),
    st.builds(
        lambda task, text: {"event": "token-streamed", "task": task, "voice": "v", "text": text, "at": 4.0},
        st.sampled_from("abc"),
        st.text(max_size=5),
    ),
)


def a_scene() -> Scene:
    return Scene(lambda: 10.0)


def checked(scene: Scene) -> None:
    counted = Counter(task.state for task in scene.tasks.values())
    states = {*counted, *STATES}
    assert {state: scene.count(state) for state in states if scene.count(state)} == dict(counted)
    assert all(name == task.id for name, task in scene.tasks.items())
    for task in scene.tasks.values():
        task_row(scene, task)
    for voice in scene.voices.values():
        agent_row(scene, voice, 8_192)


@given(st.lists(st.lists(LINES | GOOD, max_size=8), max_size=4))
def test_no_line_raises_and_counts_are_always_those_of_the_tasks(batches: list[list[dict[str, Any]]]) -> None:
    scene = a_scene()
    for batch in batches:
        change = scene.apply(batch)
        checked(scene)
        assert all(isinstance(task, str) for task in change.tasks)
        scene.sample_rate()


@given(JSON | st.dictionaries(st.sampled_from(["task", "state", "error", "files", "updated_at"]), JSON))
def test_a_record_of_a_stranger_is_refused_by_a_known_error(record: Any) -> None:
    for whole in (record, {"task": {"id": "a", "spec": record}, "state": "x"}, WHOLE | {"error": record}):
        is_refused_or_taken(whole)


def is_refused_or_taken(record: Any) -> None:
    try:
        task = from_record(record)
    except (KeyError, TypeError, ValueError):
        return
    assert isinstance(task, TaskView)


def test_a_days_log_leads_to_what_its_records_say(kept_day: Day) -> None:
    scene = a_scene()
    scene.apply([json.loads(line) for line in kept_day.folder.events.read_text(encoding="utf-8").splitlines()])
    for name, task_id in kept_day.ids.items():
        record = from_record(kept_day.record(name))
        told = scene.tasks[task_id]
        assert (told.state, told.verdict, told.kind) == (record.state, record.verdict, record.kind), name
        assert (told.summary, told.error, told.hint) == (record.summary, record.error, record.hint), name
    assert scene.progress(kept_day.ids["sweep"]) == (3, 3)
    assert not scene.has_runner or kept_day.live


def test_older_records_do_not_take_back_what_events_told() -> None:
    scene = a_scene()
    scene.apply([{"event": "task-ended", "task": "a", "state": "done", "at": 9.0}])
    record: dict[str, Any] = {"task": {"id": "a", "spec": {}, "created_at": 1}, "state": "running", "updated_at": 8.0}
    scene.load(record)
    assert scene.tasks["a"].state == "done"
    scene.load(record | {"updated_at": 9.5})
    assert scene.tasks["a"].state == "running"
    checked(scene)


def test_a_task_first_heard_of_in_the_middle_is_what_its_record_says_and_what_came_later() -> None:
    scene = a_scene()
    spec = {"kind": "docstrings", "targets": ["a.py"], "task": "", "by": "ada"}
    record = {"task": {"id": "a", "spec": spec, "created_at": 1, "parent": "s"}, "state": "running", "updated_at": 2.0}
    scene.apply(
        [
            {"event": "task-started", "task": "a", "at": 1.5},
            {"event": "step-started", "task": "a", "step": "generate", "at": 3.0},
            {"event": "token-streamed", "task": "a", "voice": "v", "text": "x", "at": 3.5},
            {"event": "review-asked", "task": "a", "verdict": "proven", "hunks": 1, "at": 4.0},
        ]
    )
    scene.load(record)
    task = scene.tasks["a"]
    assert (task.kind, task.targets, task.by, task.parent, task.created_at) == ("docstrings", ("a.py",), "ada", "s", 1)
    assert (task.state, task.step, task.verdict, task.updated_at) == ("review", "generate", "proven", 4.0)
    assert scene.children("s") == {"a"}
    checked(scene)
    scene.load(record)
    assert scene.tasks["a"] == task


def test_a_voice_tells_how_fast_it_speaks_and_when_it_is_stuck_or_cut_off() -> None:
    scene = a_scene()
    asked = {"event": "prompt-sent", "task": "a", "voice": "v", "model": "m", "prompt": "p", "at": 0.1}
    scene.apply(
        [
            asked,
            *(
                {"event": "token-streamed", "task": "a", "voice": "v", "text": "x", "tokens": 4, "at": at / 10}
                for at in range(1, 21)
            ),
        ]
    )
    (voice,) = scene.at_work()
    assert 38 <= voice.rate <= 42
    # What an answer was begun with nobody spoke.
    scene.apply([{"event": "token-streamed", "task": "a", "voice": "v", "text": "def x", "tokens": 0, "at": 2.0}])
    assert (voice.tokens, voice.text[-1]) == (80, "def x")
    assert agent_row(scene, voice, 100).state == "working"
    assert not voice.is_stuck(31.9)
    assert voice.is_stuck(32.1)
    answer = {"event": "answer-received", "task": "a", "voice": "v", "finish": "length", "prompt_tokens": 60}
    scene.apply([answer | {"completion_tokens": 44, "text": ""}])
    row = agent_row(scene, voice, 100)
    assert (row.state, row.context_used, row.context_limit) == ("truncated", 104, 100)
    assert scene.at_work() == []
    assert voice.text == []


def test_the_rate_of_all_voices_counts_only_those_that_spoke_just_now() -> None:
    now = [2.0]
    scene = Scene(lambda: now[0])
    for task in "ab":
        scene.voices[task, "v"] = VoiceView(task, "v", heard_at=2.0, is_speaking=True, rate=40.0)
    assert scene.sample_rate() == 80.0
    now[0] = 10.0
    assert scene.sample_rate() == 0.0
    assert list(scene.rates) == [80.0, 0.0]


def test_a_sweep_tells_how_far_it_is_and_how_long_it_may_take() -> None:
    scene = Scene(lambda: 110.0)
    scene.put(TaskView("s", state="running", created_at=10.0, is_sweep=True, targets=("src/**",)))
    for number in range(4):
        scene.put(TaskView(f"c{number}", state="applied" if number == 0 else "queued", parent="s"))
    row = task_row(scene, scene.tasks["s"])
    assert row.progress is not None
    assert (row.progress.done, row.progress.total, row.progress.estimate) == (1, 4, "5m left")
    assert scene.children("s") == {"c0", "c1", "c2", "c3"}


def test_memory_of_voices_goes_with_the_task() -> None:
    scene = a_scene()
    for number in range(100):
        line = {"task": f"t{number}", "voice": "v", "at": NOW}
        scene.apply([line | {"event": "prompt-sent", "model": "m", "prompt": "p"}])
        scene.apply([line | {"event": "token-streamed", "text": "x"}])
        scene.apply([line | {"event": "task-ended", "state": "done"}])
    assert scene.voices == {}

"""Dropped files: a task is read as it was meant, what is none is refused with its reason, and nothing is lost."""

from __future__ import annotations

import json
import os
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import TaskRefused
from workbench.model import Decision, TaskSpec
from workbench.spool import inbox
from workbench.spool.folder import Folder, is_id, new_id

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=30)
KEYS = WORDS.filter(lambda text: not any(ord(mark) < 32 or ord(mark) == 127 for mark in text))
SPECS = st.builds(
    TaskSpec,
    kind=st.from_regex(r"\A[a-z][a-z0-9-]{0,10}\Z"),
    task=WORDS,
    targets=st.lists(WORDS, max_size=3).map(tuple),
    read=st.lists(WORDS, max_size=2).map(tuple),
    check=st.lists(WORDS, max_size=2).map(tuple),
    key=st.none() | KEYS,
    priority=st.integers(-1_000_000, 1_000_000),
    rounds=st.none() | st.integers(1, 20),
    tier=st.sampled_from([None, "nanite", "mid"]),
    approve=st.sampled_from([None, "ask", "proven", "checked", "all", "none"]),
    timeout=st.floats(0.001, 86_400),
)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path).ensure()


def refusal(name: str, data: bytes) -> TaskRefused:
    with pytest.raises(TaskRefused) as caught:
        inbox.parse_task(name, data)
    assert caught.value.message
    assert caught.value.hint
    assert "\n" not in caught.value.message
    json.dumps(caught.value.as_dict())
    return caught.value


# --- reading


@given(SPECS)
def test_a_task_is_read_from_json_as_it_was_written(spec: TaskSpec) -> None:
    fields = spec.model_dump(mode="json", exclude_none=True)
    for text in (json.dumps(fields), json.dumps(fields, ensure_ascii=False, indent=2)):
        for data in (text.encode(), b"\xef\xbb\xbf" + text.encode(), text.replace("\n", "\r\n").encode()):
            assert inbox.parse_task("a.json", data) == spec


@given(SPECS.filter(lambda spec: spec.task.strip() == spec.task and "\r" not in spec.task))
def test_a_task_is_read_from_markdown_as_it_was_written(spec: TaskSpec) -> None:
    fields = spec.model_dump(mode="json", exclude_none=True, exclude={"task"})
    matter = "".join(f"{name}: {json.dumps(value)}\n" for name, value in fields.items())
    for end in ("\n", "\r\n"):
        text = f"---\n{matter}---\n".replace("\n", end) + f"\n{spec.task}\n"
        assert inbox.parse_task("a.md", text.encode()) == spec


@given(st.binary(max_size=80), st.sampled_from(["a.json", "a.md", "a.txt"]))
def test_any_bytes_are_a_task_or_a_refusal(data: bytes, name: str) -> None:
    try:
        assert isinstance(inbox.parse_task(name, data), TaskSpec)
    except TaskRefused as error:
        json.dumps(error.as_dict()).encode()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
FIELDS = st.sampled_from([*TaskSpec.model_fields, "taks", ""])


@given(st.dictionaries(FIELDS, JSON, max_size=4))
def test_any_fields_are_a_task_or_a_refusal_that_names_one(fields: dict[str, Any]) -> None:
    named: str | None = None
    spec = None
    try:
        spec = inbox.task_from_fields(fields)
    except TaskRefused as error:
        named = error.field
    assert not named or named in fields
    if spec is not None:
        assert set(fields) <= set(TaskSpec.model_fields)
        assert spec == inbox.parse_task("a.json", spec.model_dump_json().encode())


@given(SPECS, st.data())
@settings(max_examples=60)
def test_half_a_json_file_is_waited_for_wherever_it_was_cut(spec: TaskSpec, data: st.DataObject) -> None:
    fields = spec.model_dump(mode="json", exclude_none=True)
    whole = json.dumps(fields, ensure_ascii=data.draw(st.booleans()), indent=data.draw(st.sampled_from([None, 1])))
    encoded = whole.encode()
    for end in range(len(encoded)):
        assert refusal("a.json", encoded[:end]).code == "unfinished", encoded[:end]


@given(SPECS)
@settings(max_examples=30)
def test_half_the_front_matter_is_waited_for_wherever_it_was_cut(spec: TaskSpec) -> None:
    fields = spec.model_dump(mode="json", exclude_none=True)
    whole = ("---\n" + "".join(f"{name}: {json.dumps(value)}\n" for name, value in fields.items()) + "---\n").encode()
    for end in range(len(whole) - 4):
        assert refusal("a.md", whole[:end]).code == "unfinished", whole[:end]
    assert inbox.parse_task("a.md", whole) == spec


@pytest.mark.parametrize(
    ("name", "data", "code", "field"),
    [
        ("a.json", b"", "unfinished", None),
        ("a.json", b" \n", "unfinished", None),
        ("a.json", b'{"task": 1} x', "not-json", None),
        ("a.json", b'{"task": blah, "kind": "chat"}', "not-json", None),
        ("a.json", b'{"task": "\\q"}', "not-json", None),
        ("a.json", b'["task"]', "not-an-object", None),
        ("a.json", b"12", "not-an-object", None),
        ("a.json", b'{"taks": "x"}', "unknown-field", "taks"),
        ("a.json", b'{"task": "x", "targets": [1]}', "wrong-value", "targets"),
        ("a.json", b'{"task": "x", "timeout": 0}', "wrong-value", "timeout"),
        ("a.json", b'{"task": "x", "timeout": NaN}', "wrong-value", "timeout"),
        ("a.json", b'{"task": "x", "timeout": Infinity}', "wrong-value", "timeout"),
        ("a.json", b'{"task": "x", "kind": "../x"}', "wrong-value", "kind"),
        ("a.json", b'{"task": "x", "approve": "yes"}', "wrong-value", "approve"),
        ("a.json", b'{"task": "x", "task": "y"}', "twice", "task"),
        ("a.json", b'{"task": "x", "priority": 1' + b"0" * 5_000 + b"}", "not-json", None),
        ("a.json", b'{"task": "\\ud800"}', "not-json", None),
        ("a.json", b'{"task": "x\0"}', "not-text", None),
        ("a.json", b"[" * 900_000, "too-deep", None),
        ("a.json", b'{"a":' * 100_000, "too-deep", None),
        ("a.json", '{"task": "x"}'.encode("utf-16"), "not-utf8", None),
        ("a.json", b'{"task": "caf\xe9"}', "not-utf8", None),
        ("a.json", b'{"task": "caf\xc3', "unfinished", None),
        ("a.md", b"", "unfinished", None),
        ("a.md", b"--", "unfinished", None),
        ("a.md", b"words\n---\nkind: chat\n---\n", "no-front-matter", None),
        ("a.md", b"---\nkind: [\n---\n", "not-yaml", None),
        ("a.md", b"---\nkind: a\x07b\n---\n", "not-yaml", None),
        ("a.md", b"---\n- kind\n---\n", "not-an-object", None),
        ("a.md", b"---\nwords\n---\n", "not-an-object", None),
        ("a.md", b"---\ntask: x\n---\ny\n", "twice", "task"),
        ("a.md", b"---\ntask: x\ntask: y\n---\n", "twice", "task"),
        ("a.md", b"---\na: &x [1]\nb: *x\n---\n", "too-deep", None),
        ("a.md", b"---\ntargets: *.py\n---\n", "not-yaml", None),
        ("a.md", b"---\na: " + b"[" * 100 + b"\n---\n", "too-deep", None),
        ("a.md", b"---\n" + b"- " * 5_000 + b"\n---\n", "not-yaml", None),
        ("a.md", b"---\nkind: !!python/object/apply:os.system [id]\n---\n", "not-yaml", None),
        ("a.md", b"---\nkey: !!binary aGk=\n---\n", "not-json", None),
        ("a.md", b"---\n" + b"a: b\n" * 10_000 + b"---\n", "too-large", None),
        ("a.txt", b"words", "unknown-form", None),
        ("a", b"words", "unknown-form", None),
        (os.fsdecode(b"a\xff.json"), b'{"task": "x"}', "not-utf8", None),
    ],
)
def test_what_is_no_task_is_refused_with_its_reason(name: str, data: bytes, code: str, field: str | None) -> None:
    error = refusal(name, data)
    assert (error.code, error.field) == (code, field)


def test_brackets_in_words_are_no_nesting() -> None:
    words = "[[[{{{" * 10 + ' \\" [[['
    assert inbox.parse_task("a.json", json.dumps({"task": words}).encode()).task == words


def test_a_date_in_front_matter_is_the_text_it_looks_like() -> None:
    assert inbox.parse_task("a.md", b"---\nkey: 2030-01-02\n---\nx\n").key == "2030-01-02"


def test_one_path_may_stand_without_its_list_and_a_schema_link_is_no_field() -> None:
    spec = inbox.parse_task("a.json", b'{"$schema": "x", "task": "t", "targets": "a.py", "check": "pytest"}')
    assert (spec.targets, spec.check) == (("a.py",), ("pytest",))


def test_a_hint_for_an_unquoted_glob_says_to_quote_it() -> None:
    assert '"*.py"' in refusal("a.md", b"---\ntargets: *.py\n---\n").hint


def test_a_yaml_error_names_its_line_in_the_file() -> None:
    assert "line 4" in refusal("a.md", b"---\nkind: chat\ntask: x\n  bad: y\n---\n").message


@pytest.mark.parametrize(
    "data", [b"---\n" + b"x: [" * 4_000 + b"\n---\n", b'"' * 900_000, b'{"a": "' + b"\\" * 900_000, b"-" * 900_000]
)
def test_hostile_text_takes_no_time(data: bytes) -> None:
    began = time.process_time()
    for name in ("a.json", "a.md"):
        refusal(name, data)
    assert time.process_time() - began < 2


# --- the drop folder


def test_files_still_being_written_and_folders_are_left_alone(folder: Folder) -> None:
    for name in (".a.json", "b.json.tmp", "c.json.part", "d.json", "e.md", "f"):
        (folder.inbox / name).write_text("")
    (folder.inbox / "folder.json").mkdir()
    (folder.inbox / "link.json").symlink_to("nowhere")
    assert [path.name for path in inbox.waiting(folder.inbox)] == ["d.json", "e.md", "f", "link.json"]
    assert inbox.waiting(folder.path / "missing") == []


def test_only_regular_files_of_bounded_size_are_read(folder: Folder) -> None:
    (folder.inbox / "ok").write_bytes(b"x" * 10)
    assert inbox.read_bounded(folder.inbox / "ok", 10) == b"x" * 10
    (folder.inbox / "link").symlink_to("ok")
    (folder.inbox / "dangling").symlink_to("nowhere")
    os.mkfifo(folder.inbox / "pipe")
    (folder.inbox / "large").write_bytes(b"x" * 11)
    for name, code in (
        ("link", "not-a-file"),
        ("dangling", "not-a-file"),
        ("pipe", "not-a-file"),
        ("large", "too-large"),
    ):
        with pytest.raises(TaskRefused) as caught:
            inbox.read_bounded(folder.inbox / name, 10)
        assert caught.value.code == code
    with pytest.raises(FileNotFoundError):
        inbox.read_bounded(folder.inbox / "missing")


NAMES = st.one_of(
    st.sampled_from(["a.json", "a-2.json", "a.json.error.json", "a.json.error-2.json", "b", "é" * 120 + ".json"]),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="/\x00"), min_size=1, max_size=30).filter(
        lambda name: name not in {".", ".."}
    ),
    st.binary(min_size=1, max_size=255)
    .filter(lambda name: not {0, 47} & set(name) and name not in {b".", b".."})
    .map(os.fsdecode),
)


@given(st.lists(st.tuples(NAMES, st.binary(max_size=10)), max_size=8))
@settings(max_examples=60, deadline=None)
def test_nothing_that_is_refused_is_ever_lost_or_changed(files: list[tuple[str, bytes]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Folder(Path(name)).ensure()
        went: dict[Path, bytes] = {}
        for file_name, content in files:
            path = folder.inbox / file_name
            if path.is_dir():
                continue
            try:
                path.write_bytes(content)
            except OSError:
                continue
            goal = inbox.refuse(folder, path, TaskRefused(f"no {file_name}", code="x", hint="y", field="z"))
            went[goal] = content
            error = json.loads(goal.with_name(f"{goal.name}.error.json").read_bytes())
            assert (error["code"], error["hint"], error["field"]) == ("x", "y", "z")
            assert not path.exists()
        for goal, content in went.items():
            assert goal.read_bytes() == content
        assert len(list(folder.refused.iterdir())) == 2 * len(went)


def test_a_refused_file_keeps_its_name_and_a_second_of_that_name_gets_a_number(folder: Folder) -> None:
    for number, expected in enumerate(["a.json", "a-2.json", "a-3.json"]):
        (folder.inbox / "a.json").write_text(str(number))
        goal = inbox.refuse(folder, folder.inbox / "a.json", TaskRefused("no"))
        assert (goal.name, goal.read_text()) == (expected, str(number))


def test_refusing_a_file_that_is_gone_leaves_no_error_behind(folder: Folder) -> None:
    with pytest.raises(FileNotFoundError):
        inbox.refuse(folder, folder.inbox / "gone.json", TaskRefused("no"))
    assert list(folder.refused.iterdir()) == []


def test_a_refused_symlink_is_moved_and_not_followed(folder: Folder, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("keep")
    (folder.inbox / "a.json").symlink_to(tmp_path / "secret")
    goal = inbox.refuse(folder, folder.inbox / "a.json", TaskRefused("no"))
    assert goal.is_symlink()
    assert (tmp_path / "secret").read_text() == "keep"


@given(SPECS)
@settings(max_examples=40, deadline=None)
def test_what_is_dropped_is_read_back_as_it_was(spec: TaskSpec) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Folder(Path(name)).ensure()
        task_id = inbox.drop(folder, spec)
        assert is_id(task_id)
        (path,) = inbox.waiting(folder.inbox)
        assert inbox.parse_task(path.name, inbox.read_bounded(path)) == spec


# --- decisions


def test_a_decision_is_read_as_it_was_dropped(folder: Folder) -> None:
    decision = Decision(decision="approve", hunks=(1, 3), reason="good", by="me")
    task_id = new_id()
    path = inbox.drop_decision(folder, task_id, decision)
    assert path == folder.decisions / f"{task_id}.json"
    assert inbox.parse_decision(inbox.read_bounded(path)) == decision


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "unfinished"),
        (b'{"decision": "appr', "unfinished"),
        (b'"approve"', "not-an-object"),
        (b'{"decision": "maybe"}', "wrong-value"),
        (b'{"decision": "approve", "hunks": [0]}', "wrong-value"),
        (b'{"decision": "approve", "hunk": [1]}', "unknown-field"),
        (b'{"reason": "why"}', "wrong-value"),
        (b'{"decision": "reject", "reason": "\\ud800"}', "not-json"),
        (b'{"decision": "approve", "hunks": [1' + b"0" * 5_000 + b"]}", "not-json"),
        (b"{", "unfinished"),
    ],
)
def test_what_is_no_decision_is_refused_with_its_reason(data: bytes, code: str) -> None:
    with pytest.raises(TaskRefused) as caught:
        inbox.parse_decision(data)
    assert caught.value.code == code
    assert caught.value.hint

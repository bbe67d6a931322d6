"""Commit messages, changelog entries and explanations: short, in the repository's own form, about what is there."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.house.command_desk import commit, make_repository
from tests.unit.scripted_desk import ScriptedDesk, a_brief
from workbench.context.changes import change, since_release, subjects
from workbench.context.short_diff import short_diff
from workbench.crew.commit_message import habit_of
from workbench.crew.dispatch import work
from workbench.crew.telling.changelog_form import changelog_path, with_entries
from workbench.errors import AnswerRejected, TaskRefused
from workbench.model import Excerpt, Proposal, Verdict

DIFF = """diff --git a/names.py b/names.py
--- a/names.py
+++ b/names.py
@@ -1,2 +1,4 @@ def check(name):
 def check(name):
+    if not name:
+        raise ValueError("empty name")
     return name
"""
FOUND = {"diff": DIFF, "files": "M names.py", "staged": "yes", "subjects": "Add names\nKeep names short"}


def said(subject: str, *body: str, kind: str | None = None) -> str:
    return json.dumps(({"type": kind} if kind else {}) | {"subject": subject, "body": list(body)})


async def message(*answers: str, task: str = "", **found: str) -> Proposal:
    return await work(a_brief("commit-message", task, found=FOUND | found), ScriptedDesk(*answers))


async def test_a_message_is_a_subject_and_a_body_and_changes_nothing() -> None:
    proposal = await message(said("refuse an empty name.", "A name that is empty raises ValueError."))
    assert proposal.summary == "Refuse an empty name\n\n- A name that is empty raises ValueError"
    assert proposal.notes[0] == proposal.summary
    assert proposal.edits == ()
    assert proposal.verdict is None


async def test_a_body_that_says_the_subject_again_is_left_out() -> None:
    proposal = await message(said("Refuse an empty name", "Refuse an empty name.", "", "Names"))
    assert proposal.summary == "Refuse an empty name"


async def test_subjects_are_conventional_where_the_last_ones_are() -> None:
    proposal = await message(
        said("Refuse an empty name", kind="fix"), subjects="feat: add names\nfix(core): trim names\nfix: x"
    )
    assert proposal.summary == "fix: refuse an empty name"
    proposal = await message(said("fix: refuse an empty name", kind="fix"), subjects="feat: add names\nfix: trim names")
    assert proposal.summary == "fix: refuse an empty name"


@pytest.mark.parametrize(
    ("files", "kind"), [("M tests/test_a.py", "test"), ("A docs/a.md", "docs"), ("M a.py\nM README.md", "feat")]
)
async def test_tests_and_docs_have_their_own_type(files: str, kind: str) -> None:
    desk = ScriptedDesk(said("Say what an empty name is", kind="feat" if kind == "feat" else kind))
    brief = a_brief("commit-message", found=FOUND | {"files": files, "subjects": "feat: add names"})
    proposal = await work(brief, desk)
    assert proposal.summary.startswith(f"{kind}: ")
    schema = desk.asked[0].response_schema
    assert schema is not None
    assert kind in schema["properties"]["type"]["enum"]
    assert len(schema["properties"]["type"]["enum"]) == (1 if kind != "feat" else 8)


async def test_subjects_fit_into_72_characters() -> None:
    proposal = await message(said("Refuse an empty name " + "and all the other names " * 5))
    assert len(proposal.summary) <= 72
    assert not proposal.summary.endswith(" ")
    long = await message(said("Refuse an empty name", *["word " * 28] * 3))
    assert all(len(line) <= 72 for line in long.notes[0].split("\n"))


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "no",
        said(""),
        said("Improve performance of database queries"),
        said("修复空名称的问题"),
        json.dumps({"subject": 3}),
    ],
)
async def test_messages_that_say_nothing_of_the_diff_are_refused(answer: str) -> None:
    with pytest.raises(AnswerRejected):
        await message(answer, answer)


async def test_what_is_not_staged_is_said() -> None:
    proposal = await message(said("Refuse an empty name"), staged="")
    assert any("nothing is staged" in note for note in proposal.notes)


def test_habits_are_those_of_most_subjects() -> None:
    assert habit_of([]).capital
    assert not habit_of(["add a", "keep b", "Fix c"]).capital
    assert habit_of(["fix(a): b", "feat: c", "Merge x"]).conventional
    assert not habit_of(["fix: a", "Add b", "Keep c"]).conventional


def test_git_is_read_and_nothing_of_the_repository_runs(tmp_path: Path) -> None:
    repository = make_repository(tmp_path, {"a.txt": "one\n", "b.txt": "one\n"}, "First")
    mark = tmp_path / "ran"
    for name, value in [
        ("filter.bad.clean", f"touch {mark}; cat"),
        ("diff.external", f"touch {mark}"),
        ("diff.bad.textconv", f"touch {mark}; cat"),
        ("diff.bad.command", f"touch {mark}"),
        ("core.fsmonitor", f"touch {mark}"),
        ("log.showSignature", "true"),
        ("gpg.program", f"touch {mark}"),
        ("core.pager", f"touch {mark}"),
    ]:
        subprocess.run(["git", "config", name, value], cwd=tmp_path, check=True)
    (tmp_path / ".git/info/attributes").write_text("* filter=bad diff=bad\n")
    (tmp_path / "a.txt").write_text("two\n")
    found = change(repository)
    assert "+two" in found.diff
    assert found.files == ("M a.txt",)
    assert not found.staged
    assert subjects(repository) == ("First",)
    assert since_release(repository) == ("", ("First",))
    assert not mark.exists()


def test_what_is_staged_comes_first_and_nothing_is_said(tmp_path: Path) -> None:
    repository = make_repository(tmp_path, {"a.txt": "one\n", "b.txt": "one\n"}, "First")
    with pytest.raises(TaskRefused) as caught:
        change(repository)
    assert caught.value.code == "nothing-to-do"
    (tmp_path / "a.txt").write_text("two\n")
    (tmp_path / "b.txt").write_text("three\n")
    subprocess.run(["git", "add", "b.txt"], cwd=tmp_path, check=True)
    found = change(repository)
    assert (found.files, found.staged) == (("M b.txt",), True)
    assert "two" not in found.diff
    commit(tmp_path, "Second")
    subprocess.run(["git", "tag", "v1"], cwd=tmp_path, check=True)
    (tmp_path / "c.txt").write_text("c\n")
    commit(tmp_path, "Third")
    assert since_release(repository) == ("v1", ("Third",))


def test_a_repository_without_a_commit_has_a_diff_too(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / "a.txt").write_text("one\n")
    subprocess.run(["git", "add", "a.txt"], cwd=tmp_path, check=True)
    from workbench.repository import Repository

    repository = Repository.find(tmp_path)
    assert change(repository).files == ("A a.txt",)
    assert subjects(repository) == ()
    assert since_release(repository) == ("", ())


def test_a_long_diff_is_cut_fairly() -> None:
    large = "diff --git a/large.py b/large.py\n--- a/large.py\n+++ b/large.py\n@@ -1 +1,900 @@\n" + "+row of it\n" * 900
    text = short_diff(large + DIFF, 400)
    assert "names.py:" in text
    assert 'raise ValueError("empty name")' in text
    assert "more lines" in text
    assert len(text) < 1_600


# The changelog

LOG = "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- Names.\n\n## [1.0.0]\n\n### Fixed\n\n- All.\n"


def entries(*pairs: tuple[str, str]) -> str:
    return json.dumps({"entries": [{"section": section, "entry": entry} for section, entry in pairs]})


async def changelog(text: str | None, *answers: str, **found: str) -> Proposal:
    known = {"path": "CHANGELOG.md", "commits": "Refuse an empty name\nAdd surnames"} | found
    return await work(
        a_brief("changelog", found=known | ({"text": text} if text is not None else {})), ScriptedDesk(*answers)
    )


async def test_entries_go_where_the_file_has_them() -> None:
    proposal = await changelog(LOG, entries(("Added", "Surnames can be given"), ("Fixed", "An empty name is refused.")))
    (edit,) = proposal.edits
    assert (edit.after or b"").decode() == LOG.replace(
        "- Names.\n", "- Names.\n- Surnames can be given.\n\n### Fixed\n\n- An empty name is refused.\n"
    )
    assert proposal.verdict is Verdict.UNVERIFIED
    assert [check.ok for check in proposal.checks] == [True]


async def test_what_is_there_or_is_about_something_else_is_left_out() -> None:
    proposal = await changelog(
        LOG, entries(("Added", "Names."), ("Added", "Database migrations"), ("Added", "Surnames come last"))
    )
    assert (proposal.edits[0].after or b"").decode() == LOG.replace("- Names.\n", "- Names.\n- Surnames come last.\n")
    answer = entries(("Added", "Names"))
    with pytest.raises(AnswerRejected) as caught:
        await changelog(LOG, answer, answer)
    assert caught.value.code == "ungrounded"


async def test_nothing_new_is_said() -> None:
    with pytest.raises(AnswerRejected) as caught:
        await changelog(LOG, commits="")
    assert caught.value.code == "nothing-to-do"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, "# Changelog\n\n## [Unreleased]\n\n### Fixed\n\n- New.\n"),
        ("# Changes\n\n## Unreleased\n\n* Old.\n", "# Changes\n\n## Unreleased\n\n* Old.\n* New.\n"),
        ("# Changes\n\n## 1.0\n\n- Old.\n", "# Changes\n\n## Unreleased\n\n- New.\n\n## 1.0\n\n- Old.\n"),
        (
            "# Changes\n\n## [1.0]\n\n### Added\n\n- Old.\n",
            "# Changes\n\n## [Unreleased]\n\n### Fixed\n\n- New.\n\n## [1.0]\n\n### Added\n\n- Old.\n",
        ),
        ("# Changes\n", "# Changes\n\n## Unreleased\n\n- New.\n"),
        (
            "# C\n\n## Unreleased\n\n### Added\n\n- A.\n\n### Removed\n\n- R.\n",
            "# C\n\n## Unreleased\n\n### Added\n\n- A.\n\n### Fixed\n\n- New.\n\n### Removed\n\n- R.\n",
        ),
        ("# C\r\n\r\n## Unreleased\r\n\r\n- A.\r\n", "# C\r\n\r\n## Unreleased\r\n\r\n- A.\r\n- New.\r\n"),
        (
            "# C\n\n## Unreleased\n\nWords first:\n\n- A\n  more.\n\n## 1\n",
            "# C\n\n## Unreleased\n\nWords first:\n\n- A\n  more.\n- New.\n\n## 1\n",
        ),
    ],
)
def test_the_form_of_the_file_is_kept(before: str | None, after: str) -> None:
    assert with_entries(before, [("Fixed", "New.")]) == after


def test_a_changelog_is_found_by_its_usual_names() -> None:
    assert changelog_path(["a.py", "changelog.md"]) == "changelog.md"
    assert changelog_path(["HISTORY.md"]) == "HISTORY.md"
    assert changelog_path([]) == "CHANGELOG.md"


# Explanations

KEEPS = "`clamp` keeps value between low and high."
CODE = """import os


def clamp(value, low, high):
    return max(low, min(value, high))


def other():
    return os
"""


async def test_an_explanation_shows_what_is_named_and_every_claim_has_its_line() -> None:
    claims = {
        "claims": [
            {"text": KEEPS, "line": 5},
            {"text": "It sorts a list.", "line": 5},
        ]
    }
    desk = ScriptedDesk(json.dumps(claims))
    proposal = await work(a_brief("explain", "Explain clamp.", {"a.py": CODE}), desk)
    assert proposal.summary == f"{KEEPS} (a.py:5)"
    assert "other" not in desk.question
    assert "4 def clamp" in desk.question
    assert any("sorts" in note for note in proposal.notes[1:])
    schema = desk.asked[0].response_schema
    assert schema is not None
    assert schema["properties"]["claims"]["maxItems"] == 6


async def test_an_explanation_of_what_is_not_there_is_refused() -> None:
    reads = [Excerpt(path="a.py", first=1, last=9, text=CODE.rstrip("\n"))]
    with pytest.raises(AnswerRejected) as caught:
        await work(a_brief("explain", "Explain `gone`.", reads=reads), ScriptedDesk())
    assert caught.value.code == "nothing-to-do"

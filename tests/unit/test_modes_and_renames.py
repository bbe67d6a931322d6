"""A git patch that renames a file or sets its mode: planned, applied and taken back whole, or refused with a reason."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.house.transactions import lay
from workbench.edits import EditRefused, plan
from workbench.edits.apply import apply, undo

BEFORE = b"#!/bin/sh\necho one\necho two\n"
RENAME = """\
diff --git a/run.sh b/bin/start.sh
similarity index 80%
rename from run.sh
rename to bin/start.sh
--- a/run.sh
+++ b/bin/start.sh
@@ -1,3 +1,3 @@
 #!/bin/sh
-echo one
+echo 1
 echo two
"""
MODE = """\
diff --git a/run.sh b/run.sh
old mode 100644
new mode 100755
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    root = tmp_path / "tree"
    lay(root, {"run.sh": BEFORE})
    return root


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_renamed_file_keeps_its_mode_and_comes_back(tree: Path, tmp_path: Path) -> None:
    (tree / "run.sh").chmod(0o750)
    planned = plan({"run.sh": BEFORE}, RENAME, targets=("*.sh", "bin/*.sh"))
    assert planned.renamed == {"bin/start.sh": "run.sh"}
    edits = planned.edits({"run.sh": BEFORE}, {"run.sh": 0o750})
    apply(tree, tmp_path / "task", edits)
    assert not (tree / "run.sh").exists()
    assert (tree / "bin/start.sh").read_bytes() == BEFORE.replace(b"one", b"1")
    assert mode_of(tree / "bin/start.sh") == 0o750
    undo(tree, tmp_path / "task")
    assert (tree / "run.sh").read_bytes() == BEFORE
    assert mode_of(tree / "run.sh") == 0o750
    assert not (tree / "bin").exists()


def test_a_mode_alone_is_a_change_that_comes_back(tree: Path, tmp_path: Path) -> None:
    (tree / "run.sh").chmod(0o644)
    edits = plan({"run.sh": BEFORE}, MODE, targets=("run.sh",)).edits({"run.sh": BEFORE})
    assert [(one.before, one.after, one.mode) for one in edits] == [(BEFORE, BEFORE, 0o755)]
    apply(tree, tmp_path / "task", edits)
    assert mode_of(tree / "run.sh") == 0o755
    undo(tree, tmp_path / "task")
    assert mode_of(tree / "run.sh") == 0o644


def test_a_new_file_gets_the_mode_that_the_patch_names(tree: Path, tmp_path: Path) -> None:
    patch = "diff --git a/new.sh b/new.sh\nnew file mode 100755\n--- /dev/null\n+++ b/new.sh\n@@ -0,0 +1 @@\n+echo\n"
    apply(tree, tmp_path / "task", plan({"run.sh": BEFORE}, patch, targets=("*.sh",)).edits({"run.sh": BEFORE}))
    assert mode_of(tree / "new.sh") == 0o755
    undo(tree, tmp_path / "task")
    assert not (tree / "new.sh").exists()


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (RENAME, "off-target"),
        (MODE.replace("100755", "120000"), "unsafe-path"),
        (MODE.replace("new mode 100755", "new mode 160000"), "unsafe-path"),
        (RENAME.replace("rename to bin/start.sh", "rename to ../start.sh"), "unsafe-path"),
    ],
)
def test_what_may_not_be_is_refused_with_a_reason(answer: str, code: str) -> None:
    with pytest.raises(EditRefused) as refused:
        plan({"run.sh": BEFORE}, answer, targets=("run.sh",))
    assert refused.value.code == code
    assert refused.value.hint

"""Checks by command: only what is allowed runs, and it ends, whole, with bounded output and no secrets in sight."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.checks import execute as execute_module
from workbench.checks.command import run_commands
from workbench.checks.environment import MARK
from workbench.checks.output import Kept, plain, shorten
from workbench.checks.stock import forget_all
from workbench.errors import CheckFailed
from workbench.model import Check, FileEdit
from workbench.repository import Repository
from workbench.settings import CheckSettings


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "repository"
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    (root / "code.py").write_text("value = 1\n")
    return root


async def run(root: Path, *commands: str, edits: tuple[FileEdit, ...] = (), **limits: float) -> tuple[Check, ...]:
    settings = CheckSettings.model_validate({"allow": commands, **limits})
    return await run_commands(Repository(root), edits, commands, settings)


def script(root: Path, text: str, name: str = "tool.sh") -> str:
    (root / name).write_text(f"#!/bin/sh\n{text}\n")
    (root / name).chmod(0o755)
    return f"./{name}"


async def test_a_command_sees_the_tree_with_the_edits_and_the_user_does_not(root: Path) -> None:
    edit = FileEdit(path="code.py", before=b"value = 1\n", after=b"value = 2\n")
    good = "python -c 'import code_ as c'"
    edits = (edit, FileEdit(path="code_.py", before=None, after=b"assert 'value = 2' in open('code.py').read()\n"))
    passed, failed = await run(root, good, "python -c 'assert 0, 42'", edits=edits)
    assert (passed.name, passed.ok, passed.output) == (good, True, "")
    assert not failed.ok
    assert "AssertionError: 42" in failed.output
    assert passed.seconds > 0
    assert (root / "code.py").read_text() == "value = 1\n"
    assert not (root / "code_.py").exists()


async def test_only_what_is_allowed_by_exact_text_runs(root: Path) -> None:
    settings = CheckSettings(allow=("true",))
    witness = root / "ran"
    for command in ("true ", " true", f"touch {witness}", "true; true"):
        with pytest.raises(CheckFailed) as caught:
            await run_commands(Repository(root), (), ("true", command), settings)
        assert caught.value.code == "command-not-allowed"
        assert f'"{command}"' in caught.value.hint
    assert not witness.exists()


async def test_no_shell_reads_the_command(root: Path) -> None:
    (check,) = await run(root, "echo $HOME `id` ; echo 'a b' && false | cat > out")
    assert check.ok
    assert check.output == "$HOME `id` ; echo a b && false | cat > out"


async def test_nothing_to_run_makes_no_copy(root: Path, temporary: Path) -> None:
    temporary.rmdir()
    assert await run(root) == ()


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("no-such-tool --flag", "no-such-tool: command not found"),
        ("./missing.sh", "./missing.sh: command not found"),
        ("./code.py", "./code.py: command not found"),
        ("./garbage", "Exec format error"),
        ("echo a\0b", "embedded null byte"),
        ("echo 'unclosed", "cannot be read: No closing quotation"),
        ("''", "command not found"),
        ("false", "exit code 1, no output"),
        ("sh -c 'kill -SEGV $$'", "ended by signal SIGSEGV"),
    ],
)
async def test_a_command_that_cannot_pass_says_why(root: Path, command: str, says: str) -> None:
    (root / "garbage").write_bytes(b"\x00\x01")
    (root / "garbage").chmod(0o755)
    (check,) = await run(root, command)
    assert check.ok is False
    assert says in check.output


async def test_secrets_of_the_environment_and_the_home_are_not_there(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_SECRET_ACCESS_KEY", "OPENAI_API_KEY", "GIT_DIR", "SSH_AUTH_SOCK", "PYTHONSTARTUP", "LC_SECRET"):
        monkeypatch.setenv(name, "hush")
    monkeypatch.setenv("LC_ALL", "C")
    code = "import os, pathlib; print(dict(os.environ)); print(list(pathlib.Path.home().iterdir()))"
    (check,) = await run(root, f'python -c "{code}"')
    assert check.ok
    assert check.output.count("hush") == 0
    assert check.output.endswith("[]")


async def test_standard_input_is_closed(root: Path) -> None:
    (check,) = await run(root, "cat")
    assert check.ok
    assert check.output == ""


async def test_the_repositorys_own_environment_comes_first(root: Path) -> None:
    (root / ".gitignore").write_text(".venv\n")
    (root / ".venv/bin").mkdir(parents=True)
    script(root, "echo own tool $VIRTUAL_ENV", ".venv/bin/pytest")
    (check,) = await run(root, "pytest -q")
    assert check.output.startswith("own tool ")
    assert check.output.endswith(".venv")


@pytest.mark.parametrize("folder", [".venv", "node_modules"])
async def test_a_program_in_the_repositorys_own_environment_may_be_named_by_its_path(root: Path, folder: str) -> None:
    (root / ".gitignore").write_text(f"{folder}\n")
    (root / folder / ".bin").mkdir(parents=True)
    script(root, "echo own tool", f"{folder}/.bin/tool")
    (check,) = await run(root, f"{folder}/.bin/tool")
    assert check.output == "own tool"
    (check,) = await run(root, f"{folder}/../{folder}/.bin/tool")
    assert not check.ok, "no detour: what is bound is named as it is"


async def test_without_any_python_on_the_path_the_workbenchs_own_is_used(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "git").symlink_to(shutil.which("git") or "")
    monkeypatch.setenv("PATH", f"{tools}:.:relative")
    script(root, "echo a trap", "python")
    (check,) = await run(root, "python -c 'import sys; print(sys.prefix)'")
    assert check.output == sys.prefix


async def test_an_editable_install_means_the_copy_not_the_users_tree(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = root / "src" / "thing"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("answer = 'old'\n")
    (root / ".gitignore").write_text(".venv\n")
    venv.create(root / ".venv")
    site = next((root / ".venv/lib").glob("python*/site-packages"))
    (site / "thing.pth").write_text(f"{root}/src\n")
    (site / "__editable___other_finder.py").write_text(
        f"import sys\nMAPPING = {{'other': '{root}/strange/place'}}\nNAMESPACES = {{}}\n"
        "from importlib.util import spec_from_file_location\n"
        "class Finder:\n"
        "    @classmethod\n"
        "    def find_spec(cls, name, path=None, target=None):\n"
        "        if name in MAPPING: return spec_from_file_location(name, MAPPING[name] + '/__init__.py')\n"
        "def install(): sys.meta_path.append(Finder)\n"
    )
    (site / "other.pth").write_text("import __editable___other_finder; __editable___other_finder.install()\n")
    # Not in the site's own folder: distributions have one that comes before it.
    (tmp_path / "elsewhere").mkdir()
    first = tmp_path / "elsewhere" / "sitecustomize.py"
    first.write_text("import builtins\nbuiltins.theirs = 'their sitecustomize ran'\n")
    monkeypatch.setenv("PYTHONPATH", str(first.parent))
    other = root / "strange/place/__init__.py"
    other.parent.mkdir(parents=True)
    other.write_text("answer = 'old'\n")
    edits = tuple(
        FileEdit(path=path, before=b"answer = 'old'\n", after=b"answer = 'new'\n")
        for path in ("src/thing/__init__.py", "strange/place/__init__.py")
    )
    (check,) = await run(
        root, "python -c 'import thing, other; print(thing.answer, other.answer, theirs)'", edits=edits
    )
    assert check.output == "new new their sitecustomize ran"


async def test_the_callers_python_path_means_the_copy_where_it_named_the_repository(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "lib").mkdir()
    (root / "lib/inside.py").write_text("where = __file__\n")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/outside.py").write_text("where = __file__\n")
    monkeypatch.setenv("PYTHONPATH", f"{root}/lib:{tmp_path}/elsewhere")
    (check,) = await run(root, "python -c 'import inside, outside; print(inside.where, outside.where)'")
    assert check.output == f"lib/inside.py {tmp_path}/elsewhere/outside.py"


async def test_paths_of_the_copy_are_shown_as_the_repositorys(root: Path) -> None:
    (check,) = await run(root, "sh -c 'echo $PWD/code.py:3'")
    assert check.output == "code.py:3"


async def test_control_codes_do_not_get_through(root: Path) -> None:
    (check,) = await run(root, r"printf '\033[31mred\033[0m\033]0;title\007 \b\000 one\rtwo\r\nthree\302\233'")
    assert check.output == "red  one\ntwo\nthree"


async def test_long_output_keeps_its_head_and_its_tail(root: Path) -> None:
    command = "python -c \"print('first'); print('x' * 300000); print('last')\""
    (check,) = await run(root, command, output_limit=300)
    assert check.ok
    assert len(check.output) <= 300
    assert check.output.startswith("first")
    assert check.output.endswith("last")
    assert "left out" in check.output


async def test_output_without_end_is_ended(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(execute_module, "MAX_PRINTED", 1_000_000)
    (check,) = await run(root, "yes")
    assert check.ok is False
    assert check.output.endswith("it printed without end")


def marked() -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        try:
            if MARK in process.environ() and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except psutil.Error:
            continue
    return found


async def assert_all_end() -> None:
    async with asyncio.timeout(5):
        while marked():  # noqa: ASYNC110 — the kernel tells nobody when a killed stranger is gone
            await asyncio.sleep(0.01)


STAY = "import os, sys, time; print('here', flush=True); time.sleep(600)"
DAEMON = (
    "import os, sys, time\n"
    "if os.fork() == 0:\n"
    "    os.setsid()\n"
    "    if os.fork() == 0:\n"
    "        time.sleep(600)\n"
    "    os._exit(0)\n"
    "print('started', flush=True)\n"
)


async def test_when_its_time_is_over_a_command_ends_with_all_its_children(root: Path, temporary: Path) -> None:
    command = script(root, "sleep 600 & (sleep 600 & sleep 600) & setsid sleep 600 & echo words; sleep 600")
    began = time.monotonic()
    (check,) = await run(root, command, timeout=0.4)
    assert time.monotonic() - began < 5
    assert check.ok is False
    assert check.output == "words\nended: it took longer than 0.4 s"
    await assert_all_end()
    forget_all()
    assert list(temporary.iterdir()) == []


async def test_what_a_command_leaves_running_does_not_hold_the_check(root: Path) -> None:
    (root / "daemon.py").write_text(DAEMON)
    began = time.monotonic()
    first, second = await run(root, script(root, "sleep 600 &\necho left"), "python daemon.py", timeout=60)
    assert time.monotonic() - began < 10
    assert (first.ok, first.output) == (True, "left")
    assert (second.ok, second.output) == (True, "started")
    await assert_all_end()


async def test_a_cancelled_check_ends_at_once_and_leaves_nothing(root: Path, temporary: Path) -> None:
    (root / "stay.py").write_text(STAY)
    task = asyncio.create_task(run(root, "python stay.py", timeout=600))
    async with asyncio.timeout(20):
        while not marked():  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    began = time.monotonic()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert time.monotonic() - began < 1
    await assert_all_end()
    forget_all()
    assert list(temporary.iterdir()) == []


async def test_two_checks_at_once_do_not_end_each_other(root: Path) -> None:
    quick = run(root, "sleep 0.1")
    slow = run(root, "sh -c 'sleep 0.5; echo done'")
    _, (check,) = await asyncio.gather(quick, slow)
    assert (check.ok, check.output) == (True, "done")


async def test_no_bytecode_and_no_temporary_file_is_left(root: Path, temporary: Path) -> None:
    (check,) = await run(root, "python -c 'import code_, tempfile; print(tempfile.mkdtemp())'")
    assert not check.ok
    (check,) = await run(root, "python -c 'import tempfile; print(tempfile.mkdtemp())'")
    assert str(temporary) in check.output
    forget_all()
    assert list(temporary.iterdir()) == []
    assert not (root / "__pycache__").exists()


@given(st.text())
def test_plain_text_has_no_control_codes(text: str) -> None:
    shown = plain(text)
    assert not [mark for mark in shown if mark not in "\n\t" and (ord(mark) < 32 or 127 <= ord(mark) < 160)]
    assert plain(shown) == shown


@given(st.text(max_size=500), st.integers(0, 300))
def test_shortened_text_is_never_longer_than_asked(text: str, limit: int) -> None:
    short = shorten(text, limit)
    assert len(short) <= limit or len(text) <= limit
    assert short == text or len(text) > limit


@given(st.lists(st.binary(min_size=1, max_size=50)), st.integers(1, 60))
def test_what_is_kept_of_a_stream_is_its_head_and_its_tail(pieces: list[bytes], room: int) -> None:
    kept = Kept(room)
    for piece in pieces:
        kept.add(piece)
    whole = b"".join(pieces)
    assert kept.total == len(whole)
    if len(whole) <= 2 * room:
        assert kept.text(10_000) == plain(whole.decode("utf-8", "replace"))
    else:
        assert len(kept.text(10_000)) <= 4 * room + 60


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("assert add(1, 2) == 4", ["add(1, 2) gave 3", "wanted: 4"]),
        ("assert add(1, 2) == add(2, 2)", ["add(1, 2) gave 3", "add(2, 2) gave 4"]),
        ("assert not add(0, 1)", ["add(0, 1) gave 1"]),
        ("assert add(1, 0) and add(0, 0)", ["add(0, 0) gave 0"]),
        ("assert add(1, 2) in [1, 2]", ["add(1, 2) gave 3", "wanted: in [1, 2]"]),
        ("assert add('a' * 500, 'b') == 'ab'", [f"gave '{'a' * 299}…"]),
        ("assert add(1, 2) == 4, 'add is wrong'", ["AssertionError: add is wrong"]),
        ("def test(given):\n    assert add(given, 2) == 4\n\ntest(1)", ["add(given, 2) gave 3", "wanted: 4"]),
        ("exec('assert add(1, 2) == 4')", ["AssertionError"]),
        ("assert next(iter(())) == 1", ["StopIteration"]),
        ("import sys\njobs = [1]\nassert (jobs.pop() if jobs else sys.exit(0)) == 2", ["AssertionError"]),
        ("import queue\nq = queue.Queue()\nq.put(2)\nassert q.get() == 1", ["AssertionError"]),
        ("import os\nassert (os.write(1, b'x' * 9) or os._exit(0)) == 1", ["AssertionError", "os._exit(0) gave 9"]),
        ("import sys\nsys.path.clear()\nassert add(1, 2) == 4", ["AssertionError"]),
        ("assert 1 > add(1, 2) > add('', 1)", ["AssertionError"]),
        (
            "import threading\nt = threading.Thread(target=lambda: exec('assert 0'))\nt.start()\nt.join()\n1 / 0",
            ["ZeroDiv"],
        ),
    ],
)
async def test_a_bare_assertion_that_failed_says_what_its_sides_were(root: Path, line: str, told: list[str]) -> None:
    (root / "check.py").write_text(f"def add(a, b):\n    return a + b\n\n{line}\n")
    (check,) = await run(root, "python check.py")
    assert check.ok is False
    assert [words for words in told if words not in check.output] == []
    assert check.output.count("gave") == sum("gave" in words for words in told)
    assert "nanites" not in check.output
    assert "Error in" not in check.output


async def test_what_explains_assertions_is_not_to_be_seen_by_a_program_nor_by_what_it_starts(root: Path) -> None:
    (root / "inner.py").write_text("v = 4\nassert v == 3\n")
    (root / "check.py").write_text(
        "import subprocess, sys\n"
        "assert sys.excepthook is sys.__excepthook__\n"
        "done = subprocess.run([sys.executable, 'inner.py'], capture_output=True, text=True)\n"
        "assert done.stderr.endswith('AssertionError\\n'), done.stderr\n"
    )
    (check,) = await run(root, "python check.py")
    assert check.ok, check.output

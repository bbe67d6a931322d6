"""What real test tools print, read from real runs in the guard: go test, jest, cargo test, unittest and pytest."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.conftest import absent
from tests.house.place import git
from workbench.checks import command as command_module
from workbench.checks.command import _QUICK_SECONDS, _run_all, run_commands
from workbench.checks.guard import choose
from workbench.model import FileEdit
from workbench.repository import Repository
from workbench.settings import CheckSettings

pytestmark = pytest.mark.e2e

JEST = Path.home() / ".cache/nanites-dev/jest/node_modules"

GO = {
    "go.mod": "module example.org/sums\n\ngo 1.20\n",
    "sums.go": "package sums\n\nfunc Add(a, b int) int { return a + b }\n\nfunc Sub(a, b int) int { return a - b }\n",
    "sums_test.go": (
        'package sums\n\nimport "testing"\n\n'
        "func TestAdd(t *testing.T) {\n"
        '\tt.Run("small", func(t *testing.T) { if Add(1, 2) != 3 { t.Fatal("add") } })\n}\n\n'
        'func TestSub(t *testing.T) { if Sub(3, 2) != 1 { t.Fatal("sub") } }\n\n'
        'func TestLater(t *testing.T) { t.Skip("later") }\n\n'
        'func TestOld(t *testing.T) { t.Fatal("always") }\n'
    ),
}
CARGO = {
    "Cargo.toml": '[package]\nname = "sums"\nversion = "0.1.0"\nedition = "2021"\n',
    "src/lib.rs": (
        "pub fn add(a: i32, b: i32) -> i32 { a + b }\n\npub fn sub(a: i32, b: i32) -> i32 { a - b }\n\n"
        "#[cfg(test)]\nmod tests {\n    use super::*;\n"
        "    #[test]\n    fn adds() { assert_eq!(add(1, 2), 3); }\n"
        "    #[test]\n    fn subs() { assert_eq!(sub(3, 2), 1); }\n"
        "    #[test]\n    #[ignore]\n    fn later() {}\n"
        '    #[test]\n    fn old() { panic!("always"); }\n}\n'
    ),
}
NODE = {
    "package.json": '{"private": true}\n',
    "sums.js": "exports.add = (a, b) => a + b;\nexports.sub = (a, b) => a - b;\n",
    "sums.test.js": (
        "const { add, sub } = require('./sums');\n"
        "describe('sums', () => {\n"
        "  test('adds', () => { expect(add(1, 2)).toBe(3); });\n"
        "  test('subs', () => { expect(sub(3, 2)).toBe(1); });\n"
        "  test.skip('later', () => {});\n"
        "  test('old', () => { throw new Error('always'); });\n"
        "});\n"
    ),
    "other.test.js": "test('beside', () => {});\n",
}
PYTHON = {
    "sums.py": "def add(a, b):\n    return a + b\n\n\ndef sub(a, b):\n    return a - b\n",
    "test_sums.py": (
        "import unittest\n\nimport sums\n\n\nclass Sums(unittest.TestCase):\n"
        "    def test_add(self): self.assertEqual(sums.add(1, 2), 3)\n"
        "    def test_sub(self): self.assertEqual(sums.sub(3, 2), 1)\n"
        "    @unittest.skip('later')\n    def test_later(self): pass\n"
        "    def test_old(self): raise RuntimeError('always')\n"
    ),
}


def need_go() -> None:
    if shutil.which("go") is None:
        absent("go", "apt-get install golang-go")


def need_cargo() -> None:
    if shutil.which("cargo") is None:
        absent("cargo", "apt-get install cargo")


def need_jest() -> None:
    if not (JEST / ".bin/jest").exists():
        absent("jest", "sh tests/e2e/make_jest.sh")


# What the files are, the command, the file with the mistake to make, and how each tool names its tests.
Tool = tuple[Callable[[], None], dict[str, str], str, str, dict[str, str]]
TOOLS: dict[str, Tool] = {
    "go": (need_go, GO, "go test -v ./...", "sums.go", {"sub": "TestSub", "old": "TestOld", "add": "TestAdd"}),
    "cargo": (
        need_cargo, CARGO, "cargo test --offline", "src/lib.rs",
        {"sub": "tests::subs", "old": "tests::old", "add": "tests::adds", "later": "tests::later"},
    ),
    "jest": (need_jest, NODE, "npx jest", "sums.js", {"sub": "sums › subs", "old": "sums › old"}),
    "jest-verbose": (
        need_jest, NODE, "node_modules/.bin/jest --verbose", "sums.js",
        {"sub": "subs", "old": "old", "add": "adds", "later": "later"},
    ),
    "unittest": (
        lambda: None, PYTHON, f"{sys.executable} -m unittest -v", "sums.py",
        {"sub": "test_sub (test_sums.Sums.test_sub)", "old": "test_old (test_sums.Sums.test_old)"},
    ),
    "pytest": (
        lambda: None, PYTHON, f"{sys.executable} -m pytest -q -p no:cacheprovider", "sums.py",
        {"sub": "test_sums.Sums::test_sub", "old": "test_sums.Sums::test_old", "add": "test_sums.Sums::test_add"},
    ),
}  # fmt: skip


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", TOOLS)
async def test_a_real_run_is_read_test_by_test_and_only_what_is_new_is_blamed(name: str, tmp_path: Path) -> None:
    need, files, command, source, names = TOOLS[name]
    need()
    command_module._known_bases.clear()
    root = tmp_path / "repository"
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    git(root, "init", "-q")
    (root / ".gitignore").write_text("node_modules\ntarget\n")
    if name.startswith("jest"):
        (root / "node_modules").symlink_to(JEST)
    settings = CheckSettings(allow=(command,), timeout=200)
    repository = Repository(root)
    (run,), _ = await _run_all(repository, (), [command], settings, choose())
    endings = {outcome.name: outcome.ending for outcome in run.outcomes}
    wanted = {"old": "failed", "add": "passed", "later": "skipped", "sub": None}
    for key, told in names.items():
        if wanted[key]:
            assert endings.get(told) == wanted[key], (endings, run.check.output)
    before = files[source]
    after = before.replace("a - b", "b - a")
    edit = FileEdit(path=source, before=before.encode(), after=after.encode())
    (check,) = await run_commands(repository, [edit], [command], settings)
    assert check.ok is False
    if check.seconds > _QUICK_SECONDS:
        return  # go builds all of its library for each copy: so slow a run is not made again to learn more of it
    assert f"broken by this change: {names['sub']}\n" in f"{check.output}\n", check.output
    assert f"failed before this change too: {names['old']}\n" in f"{check.output}\n", check.output

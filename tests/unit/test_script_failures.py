"""What Node prints of a failed check, as a model is told."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from workbench.crew.answers.script_failures import readable
from workbench.crew.failing import first_failure
from workbench.model import Check, Excerpt

TEST = "const assert = require('assert');\nconst f = (n) => [n];\nassert.deepStrictEqual(f(1), [2]);\n"
PRINTED = """\
node:assert:126
  throw new AssertionError(obj);
  ^

AssertionError [ERR_ASSERTION]: Expected values to be strictly deep-equal:
+ actual - expected

  [
+   1
-   2
  ]
    at Object.<anonymous> (test/check.cjs:3:8)
    at Module._compile (node:internal/modules/cjs/loader:1521:14)
    at Function.executeUserEntryPoint [as runMain] (node:internal/modules/run_main:164:12)
    at node:internal/main/run_main_module:28:49 {
  generatedMessage: true,
  code: 'ERR_ASSERTION',
  actual: [ 1 ],
  expected: [ 2 ],
  operator: 'deepStrictEqual'
}

Node.js v20.20.2
"""
TOLD = """\
AssertionError [ERR_ASSERTION]: Expected values to be strictly deep-equal:
+ actual - expected

  [
+   1
-   2
  ]
    at Object.<anonymous> (test/check.cjs:3:8)
      assert.deepStrictEqual(f(1), [2]);
  actual: [ 1 ],
  expected: [ 2 ],"""


def a_test(path: str = "test/check.cjs", first: int = 1) -> Excerpt:
    return Excerpt(path=path, first=first, last=first + 2, text=TEST)


def test_nodes_own_lines_go_and_the_tests_line_comes() -> None:
    assert readable(PRINTED, [a_test()]) == TOLD
    failed = Check(name="node test/check.cjs", ok=False, output=PRINTED)
    fault = first_failure([failed], "again", [a_test()])
    assert fault is not None
    assert fault.message == f"node test/check.cjs failed: {TOLD}"


@pytest.mark.parametrize("tests", [[], [a_test("check.mjs")], [a_test("other/check.cjs")], [a_test(first=9)]])
def test_a_line_that_is_not_known_is_not_shown(tests: list[Excerpt]) -> None:
    assert readable(PRINTED, tests) == TOLD.replace("\n      assert.deepStrictEqual(f(1), [2]);", "")


@pytest.mark.parametrize(
    "printed",
    [
        'Traceback (most recent call last):\n  File "a.py", line 1, in <module>\n    assert f() == [2]\nAssertionError',
        "--- FAIL: TestIt (0.00s)\n    a_test.go:12: got 1\n}\n^\n",
        "",
    ],
)
def test_what_others_print_stays(printed: str) -> None:
    assert readable(printed, [a_test()]) == printed


def test_a_throw_of_the_code_keeps_its_line() -> None:
    printed = (
        "lib/rota.js:17\n    throw new Error(`no day: ${text}`);\n    ^\n\nError: no day: Monday\n"
        "    at parseDay (lib/rota.js:17:11)\n    at Object.<anonymous> (test/check.cjs:3:6)\n"
        "    at node:internal/main/run_main_module:28:49\n\nNode.js v20.20.2\n"
    )
    told = readable(printed, [a_test()])
    assert told.startswith("lib/rota.js:17\n    throw new Error(`no day: ${text}`);\n")
    assert told.rstrip().endswith("check.cjs:3:6)\n      assert.deepStrictEqual(f(1), [2]);")


@pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed")
def test_the_real_node_is_read(tmp_path: Path) -> None:
    (tmp_path / "check.cjs").write_text(TEST, encoding="utf-8")
    ran = subprocess.run(["node", "check.cjs"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode != 0
    told = readable(ran.stderr, [a_test("check.cjs")])
    assert "assert.deepStrictEqual(f(1), [2]);" in told
    assert "node:" not in told
    assert "throw new" not in told

"""The syntax check: what parsed must still parse, and nothing is claimed of other languages."""

from __future__ import annotations

import warnings

import pytest

from workbench.checks.syntax import MAX_YAML_BYTES, check_syntax
from workbench.model import Check, FileEdit


def check(path: str, before: bytes | None, after: bytes | None) -> Check:
    (found,) = check_syntax([FileEdit(path=path, before=before, after=after)])
    return found


@pytest.mark.parametrize(
    ("path", "good", "bad", "says"),
    [
        ("a.py", b"x = 1\n", b"x = 1\ndef f(:\n", "line 2: "),
        ("a.py", b"x = 1\n", b"x = 1\nreturn 2\n", "line 2: 'return' outside function"),
        ("a.py", b"x = 1\n", b"def f(a, a): pass\n", "duplicate argument"),
        ("a.pyi", b"def f() -> int: ...\n", b"def f() -> : ...\n", "line 1: "),
        ("a.py", b"\xef\xbb\xbfx = 1\r\n", b"x = '\xff'\n", "utf-8"),
        ("a.py", b"x = 1\n", b"x = \0\n", "null bytes"),
        ("a.py", b"x = 1\n", b"(" * 3000 + b")" * 3000, "too many"),
        ("a.json", b"\xef\xbb\xbf[1]", b'{\n"a": }', "line 2: "),
        ("a.json", b"[]", b"[" * 100_000, "nested too deeply"),
        ("a.toml", b"a = 1\n", b"a = 1\na = 2\n", "overwrite"),
        ("a.yaml", b"a: 1\n", b"a: 1\nb: [1,\n", "line 3: "),
        ("a.yml", b"a: !Ref x\n", b"a: b: c\n", "line 1: "),
    ],
)
def test_a_file_that_no_longer_parses_fails_with_the_place(path: str, good: bytes, bad: bytes, says: str) -> None:
    assert check(path, None, good).ok is True
    assert check(path, bad, good).ok is True
    for before in (good, None):
        failed = check(path, before, bad)
        assert failed.ok is False
        assert says in failed.output


@pytest.mark.parametrize(
    ("path", "bad"), [("a.py", b"def f(:"), ("tsconfig.json", b"{ // why\n}"), ("a.yaml", b"{{ x }}: [")]
)
def test_what_did_not_parse_before_is_not_held_against_the_change(path: str, bad: bytes) -> None:
    found = check(path, bad, bad + b"\n")
    assert found.ok is None
    assert "before" in found.output


def test_languages_with_a_grammar_are_read_by_it() -> None:
    edits = [
        FileEdit(path="a.js", before=b"f()", after=b"f(1);\n"),
        FileEdit(path="a.go", before=b"", after=b"package a\n\nfunc {\n"),
        FileEdit(path="a.c", before=b"int f(;\n", after=b"int f(;\nint g;\n"),
    ]
    checks = check_syntax(edits)
    assert [(check.name, check.ok) for check in checks] == [
        ("a.js parses", True),
        ("a.go parses", False),
        ("a.c parses", None),
    ]
    assert checks[1].output == "line 3: does not parse"


def test_nothing_is_claimed_of_other_languages_deleted_files_or_huge_yaml() -> None:
    edits = [
        FileEdit(path="a.lua", before=b"x", after=b"(("),
        FileEdit(path="a.py", before=b"x", after=None),
        FileEdit(path="a.yaml", before=b"x", after=b"a: 1\n" * (MAX_YAML_BYTES // 4)),
    ]
    assert check_syntax(edits) == ()


def test_warnings_of_the_checked_code_stay_silent() -> None:
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        assert check("a.py", None, b"x = '\\d'\nassert (1, 'x')\n").ok is True
    assert seen == []


def test_yaml_is_read_without_building_anything() -> None:
    bomb = b"a: &a [x, x, x, x, x, x, x, x, x]\n" + b"".join(
        b"%c: &%c [*%c, *%c, *%c, *%c, *%c, *%c]\n" % (97 + n, 97 + n, *[96 + n] * 6) for n in range(1, 12)
    )
    assert check("a.yaml", None, bomb + b"z: !!python/object/apply:os.abort []\n").ok is True

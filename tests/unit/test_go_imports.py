"""What a changed Go file uses of the standard library is imported, and no more."""

from __future__ import annotations

import pytest

from workbench.edits.foreign.go_imports import imported_as_used

HEAD = 'package a\n\nimport (\n\t"fmt"\n\t"sort"\n\n\t"example.com/x"\n)\n\n'
OLD = "func F(text string) string {\n\treturn fmt.Sprint(sort.StringsAreSorted(nil), x.Y, text)\n}\n"
NEW = OLD.replace(", text)", ", strings.TrimSpace(text))")


def used(before: str, after: str, path: str = "a.go") -> str:
    return imported_as_used(path, before.encode(), after.encode()).decode()


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        (HEAD, HEAD.replace('"sort"\n', '"sort"\n\t"strings"\n')),
        (HEAD.replace("sort", "time"), HEAD.replace('"sort"', '"strings"\n\t"time"')),
        ('package a\n\nimport "fmt"\n\n', 'package a\n\nimport (\n\t"fmt"\n\t"strings"\n)\n\n'),
        ("package a\n\n", 'package a\n\nimport "strings"\n\n'),
        ('package a\n\nimport (\n\t"example.com/x"\n)\n', 'package a\n\nimport (\n\t"strings"\n\t"example.com/x"\n)\n'),
    ],
)
def test_what_is_newly_used_is_imported_in_its_order(head: str, wanted: str) -> None:
    old = "func F(text string) string {\n\treturn text\n}\n"
    new = old.replace("return text", "return strings.TrimSpace(text)")
    assert used(head + old, head + new) == wanted + new


def test_what_is_used_no_longer_is_not_imported() -> None:
    after = OLD.replace("sort.StringsAreSorted(nil)", "nil")
    assert used(HEAD + OLD, HEAD + after) == HEAD.replace('\t"sort"\n', "") + after
    one = 'package a\n\nimport "sort"\n\n'
    body = "func F(names []string) {\n\tsort.Strings(names)\n}\n"
    gone = body.replace("\tsort.Strings(names)\n", "")
    assert used(one + body, one + gone) == "package a\n\n\n" + gone


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # A variable, a parameter or a package of that name that is there.
        (OLD, OLD.replace("\treturn", "\tstrings := names{}\n\tstrings.Add(1)\n\treturn")),
        (
            OLD.replace("text string", "strings Names"),
            OLD.replace("text string", "strings Names").replace("text)", "strings.A)"),
        ),
        # What was used without an import before, and what is none of the standard library.
        (NEW, NEW.replace("TrimSpace", "ToLower")),
        (OLD, OLD.replace(", text)", ", elsewhere.Do(text))")),
        # What was not used before is not this change's.
        (OLD.replace("sort.StringsAreSorted(nil)", "nil"), OLD.replace("sort.StringsAreSorted(nil)", "1")),
    ],
)
def test_nothing_else_is_touched(before: str, after: str) -> None:
    assert used(HEAD + before, HEAD + after) == HEAD + after


SORTS = "func F(names []string) {\n\tsort.Strings(names)\n}\n"


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        ('import "sort"\n\n', 'import "slices"\n\n'),
        ('import (\n\t"sort"\n)\n\n', 'import (\n\t"slices"\n)\n\n'),
        ("import `sort`\n\n", 'import "slices"\n\n'),
        ('import _ "embed"\nimport "sort"\n\n', 'import (\n\t_ "embed"\n\t"slices"\n)\n\n'),
        ("import `os`\n\nvar _ = os.Args\n", 'import (\n\t`os`\n\t"slices"\n)\n\nvar _ = os.Args\n'),
    ],
)
def test_one_package_gives_way_to_another(head: str, wanted: str) -> None:
    after = SORTS.replace("sort.Strings", "slices.Sort")
    assert used(f"package a\n\n{head}{SORTS}", f"package a\n\n{head}{after}") == f"package a\n\n{wanted}{after}"


def test_the_code_above_the_import_of_cgo_stays_there() -> None:
    head = '// #include <stdlib.h>\nimport "C"\n\n'
    before = f"package a\n\n{head}func F() int {{\n\treturn int(C.abs(-1))\n}}\n"
    after = before.replace("int(C.abs(-1))", "len(os.Args)")
    assert used(before, after) == after.replace("package a\n", 'package a\n\nimport "os"\n')


@pytest.mark.parametrize(
    "code",
    [
        "\tswitch html := n.(type) {\n\tcase *HTML:\n\t\thtml.Render()\n\t}\n",
        "\tselect {\n\tcase log := <-n.logs:\n\t\tlog.Write()\n\t}\n",
        "\tfmt.Println(path.name)\n",
    ],
)
def test_a_variable_is_no_package(code: str) -> None:
    after = OLD.replace("\treturn", f"{code}\treturn")
    assert used(HEAD + OLD, HEAD + after) == HEAD + after


def test_a_package_that_is_named_otherwise_than_its_path_stays_where_a_variable_of_that_name_goes() -> None:
    before = 'package a\n\nimport "example.com/api-client"\n\nfunc F(client *api.C) {\n\tclient.Do()\n}\n'
    after = before.replace("client.Do()", "api.Do(client)")
    assert used(before, after) == after


@pytest.mark.parametrize(
    "head",
    [
        'package a\n\nimport ("fmt"; "sort")\n\n',
        'package a; import "sort"\n\n',
        'package a\n\nimport "sort" /* in\norder */\n\n',
        "",
    ],
)
def test_imports_on_one_line_and_mere_pieces_of_code_are_left(head: str) -> None:
    after = SORTS.replace("sort.Strings", "slices.Sort")
    assert used(head + SORTS, head + after) == head + after


def test_other_languages_and_what_cannot_be_read_stay() -> None:
    assert used(HEAD + OLD, HEAD + NEW, "a.js") == HEAD + NEW
    assert used(HEAD + OLD, HEAD + NEW[:-20]) == HEAD + NEW[:-20]
    assert used(HEAD + OLD, HEAD + NEW) == HEAD.replace('"sort"\n', '"sort"\n\t"strings"\n') + NEW

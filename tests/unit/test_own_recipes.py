"""A repository's own recipes: words and budgets, and nothing that a stranger's repository could do harm with."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.unit.scripted_desk import ScriptedDesk, a_brief, fenced
from workbench import cli, client
from workbench.crew.dispatch import work
from workbench.errors import TaskRefused
from workbench.recipes.load import load, shipped
from workbench.recipes.names import FOLDER, check_kind, kinds, own_kinds
from workbench.spool.folder import Folder

SIMPLE = """# Makes code simpler.
base = "patch"
task = "Make it simpler without changing what it does."
instruction = "You make code simpler. Answer with one ```python block that holds each changed function whole."
"""
EXAMPLE = '''
[[example]]
name = "a loop becomes a sum"
answers = ["""```python
def total(items):
    return sum(items)
```"""]
[example.files]
"a.py" = """
def total(items):
    result = 0
    for item in items:
        result += item
    return result
"""
[example.expect]
verdict = "unverified"
has = ["return sum(items)"]
'''


@pytest.fixture
def root(tmp_path: Path) -> Path:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / "a.py").write_text("def total(items):\n    return sum(items)\n")
    return tmp_path


def put(root: Path, kind: str, text: str) -> None:
    (root / FOLDER).mkdir(exist_ok=True)
    (root / FOLDER / f"{kind}.toml").write_text(text)


def test_a_repository_adds_a_kind_around_one_that_ships(root: Path) -> None:
    put(root, "simplify", SIMPLE)
    assert "simplify" in kinds(root)
    assert "simplify" not in kinds()
    recipe = load("simplify", root)
    assert (recipe.kind, recipe.work, recipe.edits) == ("simplify", "patch", True)
    assert not recipe.needs_task
    assert recipe.needs_targets
    assert recipe.texts == shipped("patch").texts
    assert recipe.origin == ".nanites-recipes/simplify.toml"


def test_a_repository_changes_the_words_of_a_kind_that_ships(root: Path) -> None:
    put(root, "docstrings", 'instruction = "You document code like a poet. Answer as JSON."\nmax_tokens = 99\n')
    recipe = load("docstrings", root)
    assert recipe.instruction.startswith("You document code like a poet")
    assert (recipe.max_tokens, recipe.proof) == (99, "docstrings")
    assert load("docstrings").max_tokens == shipped("docstrings").max_tokens


async def test_its_words_reach_the_model_and_the_person_is_told(root: Path) -> None:
    put(root, "simplify", SIMPLE)
    recipe = load("simplify", root)
    brief = a_brief(
        "simplify", "", {"a.py": "def total(items):\n    t = 0\n    for i in items:\n        t += i\n    return t\n"}
    )
    desk = ScriptedDesk(fenced("def total(items):\n    return sum(items)"))
    proposal = await work(brief.model_copy(update={"recipe": recipe.model_dump_json()}), desk)
    assert desk.asked[0].messages[0].content.startswith("You make code simpler.")
    assert "Make it simpler" in desk.question
    assert "by the repository's own recipe .nanites-recipes/simplify.toml" in proposal.notes


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("base = ?\n", "line 1"),
        ('base = "dance"', "no kind 'dance'"),
        ('instruction = "x"', "what kind of work"),
        ('base = "patch"\ninstruction = ""', "says nothing"),
        (f'base = "patch"\ninstruction = "{"word " * 120}"', "120 tokens"),
        ('base = "patch"\ninstruction = "a\\u001b[31m"', "control character"),
        ('base = "patch"\n[texts]\nstranger = "x"', "no text of that name"),
        ('base = "patch"\nmax_tokens = 100000', "max_tokens"),
        ('base = "patch"\ntemperature = 9', "temperature"),
        ('base = "patch"\nvoice = "<b>"', "voice"),
        ('base = "patch"\ntier = "cloud"', "tier"),
        # What a recipe of a repository may never say.
        ('base = "patch"\ncheck = ["rm -rf /"]', "check"),
        ('base = "patch"\nallow = ["make"]', "allow"),
        ('base = "patch"\ntargets = ["**"]', "targets"),
        ('base = "patch"\nneeds_targets = false', "needs_targets"),
        ('base = "chat"\nedits = true', "edits"),
        ('base = "patch"\nproof = "docstrings"', "proof"),
        ('base = "patch"\napprove = "all"', "approve"),
        ('base = "patch"\nwork = "chat"', "work"),
    ],
)
def test_what_is_no_recipe_is_refused_by_the_key(root: Path, text: str, said: str) -> None:
    put(root, "odd", text)
    with pytest.raises(TaskRefused) as caught:
        load("odd", root)
    assert caught.value.code == "recipe-invalid"
    assert caught.value.message.startswith(".nanites-recipes/odd.toml: ")
    assert said in caught.value.message
    assert caught.value.hint


def test_a_kind_that_ships_stays_the_work_it_is(root: Path) -> None:
    put(root, "chat", 'base = "patch"')
    with pytest.raises(TaskRefused) as caught:
        load("chat", root)
    assert "stays what it is" in caught.value.message


def test_links_and_large_files_are_not_read(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.toml").write_text(SIMPLE)
    (root / FOLDER).mkdir()
    (root / FOLDER / "secret.toml").symlink_to(outside / "secret.toml")
    put(root, "large", SIMPLE + "# " + "x" * 70_000)
    assert own_kinds(root) == ("large",)
    with pytest.raises(TaskRefused) as caught:
        load("large", root)
    assert "more than 64,000 bytes" in caught.value.message
    (root / FOLDER).rename(root / "away")
    (root / FOLDER).symlink_to(outside)
    assert own_kinds(root) == ()


@pytest.mark.parametrize("name", ["UPPER", "with space", "..", "-x", "a" * 41, "x.y"])
def test_a_file_whose_name_is_no_kind_is_no_recipe(root: Path, name: str) -> None:
    put(root, name, SIMPLE)
    assert own_kinds(root) == ()
    with pytest.raises(TaskRefused):
        check_kind(name, root)


def test_the_kind_is_known_to_whoever_drops_a_task(root: Path) -> None:
    put(root, "simplify", SIMPLE)
    folder = Folder(root).ensure()
    task_id = client.submit(folder, {"kind": "simplify", "targets": ["a.py"]})
    assert (folder.inbox / f"{task_id}.json").exists()
    task = root / "task.json"
    task.write_text(json.dumps({"kind": "simplify", "targets": ["a.py"]}))
    assert client.fields_of_file(task, root)["kind"] == "simplify"
    with pytest.raises(TaskRefused):
        client.fields_of_file(task)
    with pytest.raises(TaskRefused) as caught:
        client.submit(folder, {"kind": "dance", "targets": ["a.py"]})
    assert "simplify" in caught.value.hint


def run(root: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = cli.main([*words, "--repo", str(root)])
    out, err = capsys.readouterr()
    return code, out, err


def test_recipes_are_listed_with_where_they_come_from(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(root, "simplify", SIMPLE)
    put(root, "patch", "max_tokens = 100\n")
    code, out, _ = run(root, capsys, "recipes", "list", "--json")
    rows = {row["kind"]: row for row in json.loads(out)}
    assert code == 0
    assert rows["simplify"] == {
        "kind": "simplify",
        "from": ".nanites-recipes/simplify.toml",
        "about": "Makes code simpler.",
    }
    assert rows["patch"]["from"] == ".nanites-recipes/patch.toml"
    assert rows["types"]["from"] == "shipped"
    assert all(row["about"] for row in rows.values() if row["from"] == "shipped")


def test_a_recipe_is_shown_with_where_it_comes_from(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(root, "simplify", SIMPLE)
    code, out, _ = run(root, capsys, "recipes", "show", "simplify")
    assert code == 0
    assert out.startswith("# .nanites-recipes/simplify.toml\n# Makes code simpler.")
    code, out, _ = run(root, capsys, "recipes", "show", "types")
    assert out.startswith("# shipped")
    code, _, err = run(root, capsys, "recipes", "show", "dance")
    assert code == 2
    assert "dance" in err


def test_examples_are_tried_without_a_model(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(root, "simplify", SIMPLE + EXAMPLE)
    code, out, _ = run(root, capsys, "recipes", "test")
    assert code == 0
    assert "✓ simplify: " in out
    assert "1 example" in out
    put(root, "simplify", SIMPLE + EXAMPLE.replace('return sum(items)"]', 'return max(items)"]'))
    code, out, _ = run(root, capsys, "recipes", "test", "simplify")
    assert code == 1
    assert "it lacks 'return max(items)'" in out


def test_a_recipe_that_cannot_be_one_fails_the_test(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(root, "odd", 'base = "patch"\ncheck = ["make"]')
    put(root, "list", SIMPLE)
    put(root, "UPPER", SIMPLE)
    code, out, _ = run(root, capsys, "recipes", "test", "--json")
    value = json.loads(out)
    rows = {row["kind"]: row for row in value["recipes"]}
    assert code == 1
    assert not value["ok"]
    assert "check" in rows["odd"]["faults"][0]
    assert "is a command" in rows["list"]["faults"][0]
    assert "UPPER.toml" in value["not_read"][0]


def test_every_recipe_that_ships_passes_its_test_outside_of_a_repository(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code = cli.main(["recipes", "test", "--json"])
    value = json.loads(capsys.readouterr().out)
    assert code == 0
    assert {row["kind"] for row in value["recipes"]} == set(kinds())


def test_the_command_line_knows_the_repositorys_kinds(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(root, "simplify", SIMPLE)
    code, out, _ = run(root, capsys, "simplify", "--help")
    assert code == 0
    assert "A kind of this repository" in out
    code, out, _ = run(root, capsys, "submit", "--kind", "simplify", "--target", "a.py", "--json")
    assert code == 0
    assert len(json.loads(out)["ids"]) == 1
    code, out, _ = run(root, capsys, "--help")
    assert "Kinds of this repository" not in out or "simplify" in out
    code, _, err = run(root, capsys, "dance")
    assert code == 2
    assert "dance" in err

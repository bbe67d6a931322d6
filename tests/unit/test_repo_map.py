"""The map of a repository: what is on it, in which order, how much it may take, and what is read again."""

from __future__ import annotations

import ast
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

import workbench
from tests.unit.foreign_samples import SAMPLES
from workbench.context.budget import estimate
from workbench.context.repo_map import RepoMap, draw, repo_map
from workbench.context.repo_map_index import Index, load, pack, save, unpack
from workbench.context.repo_map_tags import MOST_BYTES, Definition, Tags, tags_of

FILES = {
    "shop/cart.py": """\
from shop.money import round_price, Currency
from shop.store import ItemStore


class Cart:
    def __init__(self, store: ItemStore):
        self.store = store

    def total_price(
        self,
        currency: Currency,
    ):
        return round_price(sum(self.store.all_items()), currency)
""",
    "shop/money.py": "class Currency:\n    pass\n\n\ndef round_price(value, currency):\n    return value\n\n\ndef unused_helper():\n    pass\n",
    "shop/store.py": "class ItemStore:\n    def all_items(self):\n        def inner():\n            pass\n        return inner\n\n    def clear(self):\n        pass\n",
    "shop/report.py": "from shop.cart import Cart\n\n\ndef monthly_report(cart: Cart):\n    return cart.total_price(None)\n",
    "shop/other.py": "def nothing_to_do_with_it():\n    return 1\n",
    "web/app.ts": "import { drawChart } from './chart';\nexport function showPage(): void {\n  drawChart(1);\n}\n",
    "web/chart.ts": "export function drawChart(n: number): void {\n  console.log(n);\n}\n",
    "notes.md": "# total_price\n",
}  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path, text in FILES.items():
        (tmp_path / "repo" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "repo" / path).write_text(text)
    return tmp_path / "repo"


def of(root: Path, mentioned: str = "", *, budget: int = 1_000, **more: tuple[str, ...]) -> RepoMap:
    return repo_map(root, list(FILES), mentioned=mentioned, budget=budget, **more)  # type: ignore[arg-type]


class TestWhatIsOnIt:
    def test_what_the_target_uses_comes_as_signatures(self, root: Path) -> None:
        made = of(root, targets=("shop/cart.py",), shown=("shop/cart.py",))
        assert "shop/money.py:\n  class Currency\n  def round_price(value, currency)" in made.text
        assert "shop/store.py:\n  class ItemStore\n    def all_items(self)" in made.text
        assert "shop/cart.py" not in made.text
        assert "nothing_to_do_with_it" not in made.text
        assert "inner" not in made.text
        assert made.files == made.text.count(":\n")
        assert made.definitions == sum(line.startswith(" ") for line in made.text.splitlines())

    def test_what_the_task_names_is_where_it_starts(self, root: Path) -> None:
        made = of(root, "Let total_price give cents")
        assert made.text.startswith("shop/cart.py:\n  class Cart\n")
        assert "    def total_price(self, currency: Currency)\n" in made.text
        assert made.text.index("total_price") < made.text.index("round_price")
        assert of(root, "Look at web/app.ts").text.startswith("web/chart.ts:\n  export function drawChart")

    def test_without_a_word_it_shows_what_is_used_most(self, root: Path) -> None:
        made = of(root)
        assert "class Cart" in made.text
        assert "def nothing_to_do_with_it" not in made.text

    def test_it_is_the_same_every_time(self, root: Path) -> None:
        assert of(root, "total_price").text == of(root, "total_price").text

    def test_it_never_takes_more_than_its_budget(self, root: Path) -> None:
        for budget in (0, 5, 12, 20, 40, 80):
            made = of(root, "total_price", budget=budget)
            assert estimate(made.text) <= budget + 1
        assert of(root, "total_price", budget=80).definitions > of(root, "total_price", budget=20).definitions > 0

    def test_nothing_but_the_named_files_is_read(self, root: Path) -> None:
        made = repo_map(root, ["shop/cart.py"], targets=["shop/cart.py"])
        assert made.known == 1
        assert "money" not in made.text

    def test_links_and_files_that_are_gone_are_passed_over(self, root: Path) -> None:
        (root / "link.py").symlink_to(root / "shop/money.py")
        (root / "shop/money.py").unlink()
        made = repo_map(root, [*FILES, "link.py", "never.py"], targets=["shop/cart.py"])
        assert "round_price" not in made.text

    @pytest.mark.parametrize("path", SAMPLES)
    def test_every_language_has_definitions(self, path: str, tmp_path: Path) -> None:
        found = tags_of(path, SAMPLES[path].encode())
        lines = SAMPLES[path].splitlines()
        assert len(found.defines) >= 3
        assert all(one.name in lines[one.line - 1] for one in found.defines)
        assert found.refers
        (tmp_path / path).write_text(SAMPLES[path])
        made = repo_map(tmp_path, [path], targets=[path])
        assert made.definitions >= 3

    def test_what_a_program_made_has_no_place_on_it(self) -> None:
        assert tags_of("a.js", b"function f() {}" + b";" * 3_000) == Tags()
        assert tags_of("a.js", b"function f() {}\n" * (MOST_BYTES // 10)) == Tags()
        assert tags_of("a.md", b"# f") == Tags()
        assert tags_of("a.py", b"def f(:\n\0") == Tags()


class TestWhatIsReadAgain:
    def test_only_what_changed(self, root: Path, tmp_path: Path) -> None:
        cache = tmp_path / "kept" / "map.jsonl"
        settle(root)
        first = repo_map(root, list(FILES), cache=cache)
        assert first.parsed == first.known == 7
        assert repo_map(root, list(FILES), cache=cache).parsed == 0
        (root / "shop/money.py").write_text("def fresh_money_name():\n    pass\n")
        again = repo_map(root, list(FILES), mentioned="fresh_money_name", cache=cache)
        assert again.parsed == 1
        assert "fresh_money_name" in again.text
        assert "round_price" not in again.text

    def test_a_file_that_was_only_touched_is_not_parsed(self, root: Path, tmp_path: Path) -> None:
        cache = tmp_path / "map.jsonl"
        repo_map(root, list(FILES), cache=cache)
        settle(root, 77)
        assert repo_map(root, list(FILES), cache=cache).parsed == 0

    def test_a_change_of_equal_size_in_the_same_moment_is_seen(self, root: Path, tmp_path: Path) -> None:
        cache, file = tmp_path / "map.jsonl", root / "shop/other.py"
        repo_map(root, list(FILES), cache=cache)
        status = file.stat()
        file.write_text(FILES["shop/other.py"].replace("nothing", "certain"))
        os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
        assert repo_map(root, list(FILES), cache=cache).parsed == 1

    def test_the_cache_stays_about_as_large_as_what_it_keeps(self, root: Path, tmp_path: Path) -> None:
        cache = tmp_path / "map.jsonl"
        for number in range(150):
            (root / "shop/other.py").write_text(f"def number_{number}():\n    pass\n")
            made = repo_map(root, list(FILES), mentioned=f"number_{number}", cache=cache)
            assert f"number_{number}(" in made.text
        assert len(cache.read_text().splitlines()) < 80

    @pytest.mark.parametrize("content", [b"", b"\xff\0", b'["repo-map", 0]\n', b'["repo-map", 1]\nnot json\n{}\n[1]\n'])
    def test_a_broken_cache_is_made_anew(self, content: bytes, root: Path, tmp_path: Path) -> None:
        cache = tmp_path / "map.jsonl"
        cache.write_bytes(content)
        assert repo_map(root, list(FILES), cache=cache).parsed == 7
        assert repo_map(root, list(FILES), cache=cache).known == 7

    def test_a_cache_cut_off_in_a_line_loses_that_line_alone(self, root: Path, tmp_path: Path) -> None:
        cache = tmp_path / "map.jsonl"
        settle(root)
        repo_map(root, list(FILES), cache=cache)
        cache.write_bytes(cache.read_bytes()[:-20])
        assert repo_map(root, list(FILES), cache=cache).parsed == 1
        assert repo_map(root, list(FILES), cache=cache).parsed == 0

    def test_an_index_in_memory_follows_its_files(self, root: Path) -> None:
        index = Index()
        index.refresh(root, FILES)
        assert "round_price" in draw(index, root, targets=["shop/cart.py"]).text
        index.refresh(root, [path for path in FILES if path != "shop/money.py"])
        assert "round_price" not in draw(index, root, targets=["shop/cart.py"]).text.replace("total", "")

    def test_many_files_are_read_by_several_processes(self, tmp_path: Path) -> None:
        names = [f"module_{number}.py" for number in range(230)]
        for number, name in enumerate(names):
            (tmp_path / name).write_text(f"def function_number_{number}():\n    return {number}\n")
        made = repo_map(tmp_path, names, mentioned="function_number_229")
        assert made.parsed == 230
        assert "def function_number_229()" in made.text


@pytest.mark.slow
def test_python_is_read_by_its_tokens_as_by_its_tree() -> None:
    files = [*Path(workbench.__file__).parent.rglob("*.py"), *Path(__file__).parent.rglob("*.py")]
    assert len(files) > 150
    for path in files:
        found = [(one.name, one.line, one.within) for one in tags_of("a.py", path.read_bytes()).defines]
        assert found == list(by_tree(ast.parse(path.read_bytes()).body)), path


def by_tree(body: list[ast.stmt], within: tuple[str, ...] = ()) -> Iterator[tuple[str, int, tuple[str, ...]]]:
    for one in body:
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield one.name, one.lineno, within
            if isinstance(one, ast.ClassDef):
                yield from by_tree(one.body, (*within, one.name))
        elif isinstance(one, ast.If | ast.Try):
            inner = [
                *one.body,
                *(part for handler in getattr(one, "handlers", []) for part in handler.body),
                *one.orelse,
            ]
            yield from (found for found in by_tree(inner, within) if not isinstance(one, ast.Assign))
        elif isinstance(one, ast.Assign | ast.AnnAssign) and not within:
            target = one.targets[0] if isinstance(one, ast.Assign) else one.target
            if isinstance(target, ast.Name) and one.col_offset == 0 and one.value is not None:
                yield target.id, one.lineno, ()


def test_what_strings_and_comments_say_is_neither_defined_nor_used() -> None:
    code = b'def f():\n    """\ndef g():\n    Thing(1)\n"""\n    return \'h(\' + k(1)  # Other(2)\n\nelse_ = 1\nelse: x = 2\n'
    found = tags_of("a.py", code)
    assert [(one.name, one.line) for one in found.defines] == [("f", 1), ("else_", 8)]
    assert found.refers == {"k": 1}


def test_tags_are_packed_without_loss() -> None:
    tags = Tags((Definition("f", 3), Definition("g", 9, ("A", "B"))))
    tags.refers.update({"x": 2, "operator==": 1})
    assert unpack(*pack(tags)) == tags
    assert unpack(*pack(Tags())) == Tags()


def test_what_is_kept_is_one_line_for_a_file(root: Path, tmp_path: Path) -> None:
    cache = tmp_path / "map.jsonl"
    index = Index()
    index.refresh(root, FILES)
    save(index, cache)
    rows = [json.loads(line) for line in cache.read_text().splitlines()]
    assert [row[0] for row in rows[1:]] == [path for path in FILES if not path.endswith(".md")]
    assert load(cache).entries == index.entries


def settle(root: Path, seconds: int = 100) -> None:
    """Make all files look as if they had been written a while ago."""
    for path in root.rglob("*"):
        then = path.stat().st_mtime_ns - seconds * 1_000_000_000
        os.utime(path, ns=(then, then))

"""Symbols spliced into files that are not Python: what is taken, where it goes, what is left alone, what is refused."""

from __future__ import annotations

import pytest

from tests.unit.foreign_samples import GO, JAVA, JAVASCRIPT, RUST, SAMPLES
from tests.unit.foreign_samples_more import CPP, RUBY, SHELL, C
from workbench.edits.foreign.symbols import splice
from workbench.errors import EditRefused


def spliced(path: str, text: str, code: str, in_play: set[str] | None = None) -> str:
    return splice(path, text, code, in_play).text


def refused(path: str, text: str, code: str, in_play: set[str] | None = None) -> EditRefused:
    with pytest.raises(EditRefused) as caught:
        splice(path, text, code, in_play)
    return caught.value


# Each case: the file, its text, the answer, what of the file is replaced by what.
REPLACED = [
    ("a.js", "function add(a, b) {\n  return b + a;\n}", "  // both are numbers\n  return a + b;", "  return b + a;"),
    ("a.js", "const twice = (x) => 2 * x", "x * 2", "2 * x"),
    ("a.js", 'onClick = () => {\n  this.sell("y");\n}', "sell('x')", "sell('y')"),
    ("a.js", "get size() {\n    return this.#stock.size + 1;\n}", "#stock.size;", "#stock.size + 1;"),
    ("a.js", "class Shop {\n  set size(v) {}\n  set size(v) {}\n}", "", ""),
    ("a.js", "const api = {\n  get(url) {\n    return ask(url);\n  },\n};", "fetch(url);\n  },\n\n", "ask(url);\n  },\n\n"),
    ("a.js", "get(url) {\n  return ask(url);\n},", "fetch(url);\n  },\n\n", "ask(url);\n  },\n\n"),
    ("a.js", "post: function (url, body) {\n  return ask(url, { body });\n}", "fetch(url, {", "ask(url, {"),
    ("a.js", "Shop.prototype.close = function () {\n  return false;\n};", "return true", "return false"),
    ("a.js", "module.exports.load = function load(path) {\n  return path;\n}", "fs.readFileSync(path)", "path"),
    ("a.ts", "@Memo()\npublic async find(id: Id): Promise<T | null> {\n    return null;\n}", "this.http.get(`/items/${id}`)", "null"),
    ("a.ts", "function pick(id: any): any {\n  return id ?? null;\n}", "return id;", "return id ?? null;"),
    ("a.ts", "enum Color { Red, Green, Blue }", "Red, Green", "Red, Green, Blue"),
    ("a.ts", "function dig(): number {\n  return 2;\n}", "return depth", "return 2"),
    ("a.ts", "export interface Options {\n  deep: boolean;\n  wide: boolean;\n}", "deep: boolean;", "deep: boolean;\n  wide: boolean;"),
    ("a.go", "func (s *Stack[T]) Push(v T) {\n    s.items = append(s.items, v, v)\n}", "items, v)", "items, v, v)"),
    ("a.go", "func (x *Stack[T]) Push(v T) {\n\tx.items = append(x.items, v)\n}", "(s *Stack[T]) Push(v T) {\n\ts.items = append(s.items", "(x *Stack[T]) Push(v T) {\n\tx.items = append(x.items"),
    ("a.go", "const (\n\tFirst = iota + 1\n\tSecond\n)", "iota", "iota + 1"),
    ("a.go", "type Key int64", "Key   string", "Key int64"),
    ("a.go", "package stack\n\nconst Max = 11", "Max = 10", "Max = 11"),
    ("a.rs", "#[inline]\npub fn area(&self) -> f64 {\n    self.side.powi(2)\n}", "self.side * self.side", "self.side.powi(2)"),
    ("a.rs", "impl Square {\n    pub fn new(side: f64) -> Self {\n        Self { side }\n    }\n}", "        Square { side }", "        Self { side }"),
    ("a.rs", "impl fmt::Display for Square {\n    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {\n        Ok(())\n    }\n}", 'write!(f, "square of {}", self.side)', "Ok(())"),
    ("a.rs", '#[cfg(windows)]\nfn sep() -> char {\n    \'|\'\n}', "'\\\\'", "'|'"),
    ("a.rs", "macro_rules! square {\n    ($x:expr) => {\n        $x.pow(2)\n    };\n}", "$x * $x", "$x.pow(2)"),
    ("a.rs", "#[test]\nfn area_of_two() {\n    assert!(true);\n}", "assert_eq!(Square::new(2.0).area(), 4.0);", "assert!(true);"),
    ("Shop.java", "public int sell(String item) {\n    return sell(item, 2);\n}", "sell(item, 1)", "sell(item, 2)"),
    ("Shop.java", "class Shop {\n    public Shop(String name) {\n        this.name = name.trim();\n    }\n}", "= name;", "= name.trim();"),
    ("Shop.java", "enum Kind {\n    SMALL, MIDDLE, LARGE;\n}", "SMALL, LARGE", "SMALL, MIDDLE, LARGE"),
    ("Shop.java", "boolean isLarge() {\n    return this != SMALL;\n}", "this == LARGE", "this != SMALL"),
    ("Shop.java", "private static final int MAX = 11;", "MAX = 10", "MAX = 11"),
    ("a.c", "static int compare(const void *a, const void *b)\n{\n    return 0;\n}", "*(const int *)a - *(const int *)b", "0"),
    ("a.c", "node_t *\nnode_new(int value)\n{\n    return NULL;\n}", "node_t *node = malloc(sizeof *node);\n    node->value = value;\n    node->next = NULL;\n    return node;", "return NULL;"),
    ("a.c", "#define MAX_ITEMS 20", "MAX_ITEMS 10", "MAX_ITEMS 20"),
    ("a.c", "int list_length(const node_t *head);", "int list_length(node_t *head);", "int list_length(const node_t *head);"),
    ("a.hpp", "double Till::total(int n) const {\n  return sum_ * n * 2;\n}", "sum_ * n", "sum_ * n * 2"),
    ("a.hpp", "int parse(int value) {\n  return -value;\n}", "return value;", "return -value;"),
    ("a.hpp", "void add(const T& item) {\n  items_.emplace_back(item);\n}", "push_back", "emplace_back"),
    ("a.hpp", "T& at(size_t n) noexcept;", "T& at(size_t n);\n\n  int", "T& at(size_t n) noexcept;\n\n  int"),
    ("a.rb", "def empty?\n  name.to_s.empty?\nend", "name.nil?", "name.to_s.empty?"),
    ("a.rb", "class Item\n  def to_s\n    name\n  end\nend", '"#{name}: #{price}"', "name"),
    ("a.rb", "def self.parse(text)\n  new(text)\nend", "new(*text.split(','))", "new(text)"),
    ("a.rb", "def build(options = {})\n  new\nend", "new(options[:name], options[:price])", "new"),
    ("a.rb", "attr_reader :name, :price, :kind", ":name, :price\n\n    def", ":name, :price, :kind\n\n    def"),
    ("a.sh", 'log() {\n    echo "$*" >&2\n}', 'echo "[$(date)] $*"', 'echo "$*" >&2'),
    ("a.sh", "function usage {\n  cat <<EOF\nusage: deploy TARGET\nEOF\n}", "usage: deploy\n  TARGET", "usage: deploy TARGET"),
    ("a.sh", "readonly RETRIES=5", "RETRIES=3", "RETRIES=5"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "code", "old", "new"), REPLACED)
def test_a_symbol_takes_the_place_of_the_files_and_nothing_else_moves(path: str, code: str, old: str, new: str) -> None:
    text = SAMPLES[path]
    if not old:
        assert refused(path, text, code).code in {"ambiguous", "placeholder"}
        return
    assert text.count(old) == 1, "a case must say where"
    assert spliced(path, text, code) == text.replace(old, new)
    crlf = text.replace("\n", "\r\n")
    assert spliced(path, crlf, code) == text.replace(old, new).replace("\n", "\r\n")
    assert spliced(path, "\ufeff" + text, code) == "\ufeff" + text.replace(old, new)


class TestWhatStays:
    def test_export_comments_and_quotes_are_the_files(self) -> None:
        code = '// Adds two.\nfunction add(a, b) {\n  return a + b + "";\n}'
        done = spliced("a.js", JAVASCRIPT.replace(" * Adds.\n */", " * Adds.\n */\n// eslint-disable-next-line"), code)
        assert "// eslint-disable-next-line\nexport function add(a, b) {\n  return a + b + '';\n}" in done
        assert "Adds two" not in done

    def test_indentation_becomes_the_files(self) -> None:
        code = (
            "class Shop {\n    async sell(item, n = 1) {\n        if (n) {\n            return 0;\n        }\n    }\n}"
        )
        done = spliced("a.js", JAVASCRIPT, code)
        assert "  async sell(item, n = 1) {\n    if (n) {\n      return 0;\n    }\n  }\n\n  onClick" in done
        done = spliced("a.go", GO, "func help() string {\n    if true {\n        return `\n  usage\n`\n    }\n}")
        assert "func help() string {\n\tif true {\n\t\treturn `\n  usage\n`\n\t}\n}" in done

    def test_a_string_of_several_lines_keeps_its_margin_when_its_method_moves(self) -> None:
        code = "async sell(item, n = 2) {\n  const text = `\n    sold ${item}\n  `;\n  return text;\n}"
        assert spliced("a.js", JAVASCRIPT, code) == JAVASCRIPT.replace("n = 1", "n = 2")
        code = "def help\n  <<~TEXT.strip\n    usage:\n      item\n  TEXT\nend"
        assert "      <<~TEXT.strip\n" in spliced("a.rb", RUBY, code)

    def test_symbols_repeated_unchanged_are_left_as_they_are(self) -> None:
        code = JAVASCRIPT.replace("  ", "    ").replace("x * 2", "x + x").replace("'", '"')
        assert spliced("a.js", JAVASCRIPT, code) == JAVASCRIPT.replace("x * 2", "x + x")
        assert refused("a.js", JAVASCRIPT, code, {"add"}).code == "no-change"

    @pytest.mark.parametrize("path", SAMPLES)
    def test_the_file_itself_is_no_change(self, path: str) -> None:
        assert refused(path, SAMPLES[path], SAMPLES[path]).code == "no-change"

    def test_what_is_not_in_play_is_left_out_and_named(self) -> None:
        code = 'func help() string {\n\treturn ""\n}\n\nfunc New[T any]() *Stack[T] {\n\treturn nil\n}\n\nvar x = 1\n'
        done = splice("a.go", GO, code, {"help"})
        assert done.changed == ("help",)
        assert set(done.left_out) == {"New", "x"}
        assert "return &Stack[T]{}" in done.text

    def test_comments_that_say_something_new_are_taken(self) -> None:
        code = "// Push puts v on top.\n// It never fails.\nfunc (s *Stack[T]) Push(v T) {\n\ts.items = append(s.items, v)\n}"
        done = spliced("a.go", GO, code)
        assert done == GO.replace("// Push adds v.", "// Push puts v on top.\n// It never fails.")

    def test_comments_that_are_taken_stand_at_the_margin_of_their_symbol(self) -> None:
        code = "/// Makes a new one.\n///\n/// # Panics\npub fn new(side: f64) -> Self {\n    Square { side }\n}"
        expected = "    /// Makes a new one.\n    ///\n    /// # Panics\n"
        assert spliced("a.rs", RUST, code, {"Square.new"}) == RUST.replace("    /// Makes one.\n", expected)
        code = (
            "/** Sells well.\n * Always.\n */\n@Override\npublic int sell(String item, int n) {\n    return n + 1;\n}"
        )
        done = spliced("Shop.java", JAVA, code)
        assert (
            "    /** Sells well.\n     * Always.\n     */\n    @Override\n    public int sell(String item, int n) {\n"
            in done
        )
        code = "# Shops.\nmodule Shop\n  LIMIT = 10\nend"
        assert spliced("a.rb", RUBY, code) == RUBY.replace("module Shop\n", "# Shops.\nmodule Shop\n")

    def test_attributes_may_be_the_change_but_are_not_lost_with_another(self) -> None:
        code = "pub fn area(&self) -> f64 {\n    self.side * self.side\n}"
        assert spliced("a.rs", RUST, code) == RUST.replace("    #[inline]\n", "")
        assert refused("a.rs", RUST, code.replace("*", "+")).code == "drops-decorators"
        assert refused("Shop.java", JAVA, "int sell(String item, int n) {\n    return 0;\n}").code == "drops-decorators"

    def test_quotes_may_be_the_change(self) -> None:
        code = 'onClick = () => {\n    this.sell("x");\n  };'
        assert spliced("a.js", JAVASCRIPT, code) == JAVASCRIPT.replace("'x'", '"x"')


class TestWhatIsNew:
    def test_a_new_method_stands_beside_its_neighbour_of_the_answer(self) -> None:
        code = "class Shop {\n  get size() {\n    return 0;\n  }\n\n  clear() {\n    this.size = 0;\n  }\n}"
        done = spliced("a.js", JAVASCRIPT, code)
        assert "    return 0;\n  }\n\n  clear() {\n    this.size = 0;\n  }\n\n  set size" in done

    def test_a_new_member_of_an_object_gets_its_comma(self) -> None:
        code = "const api = {\n  put(url) {\n    return 1;\n  },\n};"
        assert "  version: 3,\n\n  put(url) {\n    return 1;\n  },\n};" in spliced("a.js", JAVASCRIPT, code)
        last = JAVASCRIPT.replace("version: 3,", "version: 3")
        assert "  version: 3,\n\n  put(url) {\n    return 1;\n  }\n};" in spliced("a.js", last, code)

    def test_a_new_method_of_go_follows_those_of_its_type(self) -> None:
        done = spliced("a.go", GO, "// Len counts.\nfunc (s *Stack[T]) Len() int { return len(s.items) }")
        assert (
            "\treturn v, nil\n}\n\n// Len counts.\nfunc (s *Stack[T]) Len() int { return len(s.items) }\n\nfunc help"
            in done
        )

    def test_a_new_method_of_rust_goes_into_its_impl_block(self) -> None:
        code = "impl Square {\n    pub fn double(&self) -> Square {\n        Square::new(self.side * 2.0)\n    }\n}"
        done = spliced("a.rs", RUST, code)
        assert "self.side * self.side\n    }\n\n    pub fn double(&self)" in done
        done = spliced(
            "a.rs", RUST, "impl Default for Square {\n    fn default() -> Self {\n        Square::new(1.0)\n    }\n}"
        )
        assert "\nimpl Default for Square {\n" in done

    def test_a_bare_new_method_goes_where_the_task_says(self) -> None:
        done = spliced("a.rs", RUST, "pub fn half(&self) -> f64 {\n    self.side / 2.0\n}", {"Square.half"})
        assert "    pub fn half(&self) -> f64 {\n        self.side / 2.0\n    }\n}\n\nimpl Display" in done
        done = spliced("Shop.java", JAVA, "int count() {\n    return 0;\n}", {"Shop.count"})
        assert "    int count() {\n        return 0;\n    }\n" in done
        assert refused("a.js", JAVASCRIPT, "reset() {\n  return 1;\n}").code == "cannot-place"

    def test_a_helper_stands_before_its_user_where_order_matters(self) -> None:
        code = "int list_length(node_t *head)\n{\n    return walk(head);\n}\n\nstatic int walk(node_t *head)\n{\n    return 1;\n}"
        done = spliced("a.c", C, code, {"list_length"})
        assert done.index("static int walk") < done.index("int list_length(node_t *head)\n{")
        code = "deploy() {\n  check\n}\n\ncheck() {\n  true\n}"
        done = spliced("a.sh", SHELL, code, {"deploy"})
        assert done.index("check() {") < done.index("deploy() {") < done.index('deploy "$TARGET"')

    def test_a_new_member_goes_into_the_part_of_its_class(self) -> None:
        code = "class Till {\n public:\n  int count() const;\n};"
        done = spliced("a.hpp", CPP, code)
        assert "bool operator==(const Till& other) const;\n  int count() const;\n\n private:" in done
        code = "class Item\n  def cheap?\n    price < 1\n  end\nend"
        done = spliced("a.rb", RUBY.replace("class Shop::Item", "class Shop::Other"), code)
        assert done.index("cheap?") < done.index("private")

    def test_a_new_private_method_goes_to_the_private_ones(self) -> None:
        code = "class Item\n  def empty?\n    blank(name)\n  end\n\n  private\n\n  def blank(value)\n    value.nil?\n  end\nend"
        done = spliced("a.rb", RUBY, code)
        assert "      42\n    end\n\n    def blank(value)\n      value.nil?\n    end\n  end\nend\n\nclass" in done

    def test_an_overload_is_added_beside_the_one_it_is_answered_with(self) -> None:
        code = "int parse(int value) {\n  return value;\n}\n\nint parse(int a, int b) {\n  return a + b;\n}\n\n"
        code += "int parse(const std::string& text) {\n  return std::stoi(text);\n}\n"
        done = spliced("a.hpp", CPP, code)
        assert done.count("int parse(") == 3
        assert done.index("return value") < done.index("int a, int b")

    def test_what_nobody_asked_for_is_left_out(self) -> None:
        code = "function twice(x) {}\nconst thrice = (x) => x * 3;\nconst add = 1;"
        assert refused("a.js", JAVASCRIPT, code, {"Shop.sell"}).code == "off-target"
        done = splice("a.js", JAVASCRIPT, "const twice = (x) => x + x;\nconst thrice = (x) => x * 3;", {"twice"})
        assert done.left_out == ("thrice",)


class TestImports:
    def test_names_are_added_to_the_import_of_their_module(self) -> None:
        code = 'import { join, resolve } from "path";\nconst twice = (x) => resolve(x);'
        done = splice("a.js", JAVASCRIPT, code)
        assert "import { join, resolve } from 'path';\n" in done.text
        assert done.left_out == ()

    def test_a_new_import_follows_the_others_in_their_style(self) -> None:
        code = 'import os from "os"\nimport { unused } from "x"\nconst twice = (x) => os.cpus(x)'
        done = splice("a.js", JAVASCRIPT, code)
        assert "import { join } from 'path';\nimport os from 'os';\n" in done.text
        assert done.left_out == ("import { unused } from 'x';",)

    @pytest.mark.parametrize(
        ("path", "code", "expected"),
        [
            ("a.go", 'import "strings"\n\nfunc help() string {\n\treturn strings.ToUpper("")\n}', '\t"fmt"\n\t"strings"\n)'),
            ("a.rs", "use std::collections::{BTreeMap, HashMap};\nfn total(s: &[Square]) -> HashMap<u8, u8> {\n    todo!()\n}", "use std::fmt::{self, Display};\nuse std::collections::HashMap;\n"),
            ("Shop.java", "import java.util.Optional;\nimport java.util.List;\nclass Shop {\n    public String name() {\n        return Optional.of(name).get();\n    }\n}", "import java.util.Map;\nimport java.util.Optional;\n\n/**"),
            ("a.c", "#include <string.h>\n#include <stdlib.h>\nint list_length(node_t *head)\n{\n    return strlen(\"\");\n}", '#include "list.h"\n#include <string.h>\n\n#define'),
            ("a.hpp", "#include <algorithm>\nint parse(int value) {\n  return std::max(value, 0);\n}", "#include <vector>\n#include <algorithm>\n\nnamespace"),
            ("a.rb", "require 'set'\ndef empty?\n  Set.new.empty?\nend", "require 'json'\nrequire 'set'\n\nmodule"),
            ("a.sh", "source ./more.sh\nlog() {\n  more\n}", ". ./lib.sh\nsource ./more.sh\n\nTARGET"),
        ],
    )  # fmt: skip
    def test_each_language_takes_its_own(self, path: str, code: str, expected: str) -> None:
        text = SAMPLES[path]
        done = spliced(path, text, code)
        assert expected in done
        assert all(
            line in done for line in text.splitlines() if line.startswith(("import", "use", "#include", "require"))
        )

    @pytest.mark.parametrize(
        ("path", "text", "code", "expected"),
        [
            ("a.go", "// Package a.\npackage a\n\nfunc F() {}\n", 'import (\n\t"fmt"\n\t"os"\n)\nfunc F() { fmt.Print(os.Args) }', '// Package a.\npackage a\n\nimport (\n\t"fmt"\n\t"os"\n)\n\nfunc F() { fmt'),
            ("a.js", "'use strict';\n\nfunction f() {}\n", "const fs = require('fs');\nfunction f() { return fs; }", "'use strict';\n\nconst fs = require('fs');\n\nfunction f() { return"),
            ("A.java", "package a;\n\nclass A {\n    int f() { return 1; }\n}\n", "import java.util.List;\nclass A {\n    int f() { return List.of().size(); }\n}", "package a;\n\nimport java.util.List;\n\nclass A"),
            ("a.h", "#ifndef A_H\n#define A_H\nint f(void);\n#endif\n", "#include <stddef.h>\nint f(size_t n);", "#define A_H\n\n#include <stddef.h>\n\nint f(size_t n);\n#endif\n"),
        ],
    )  # fmt: skip
    def test_the_first_import_goes_below_the_head_of_the_file(
        self, path: str, text: str, code: str, expected: str
    ) -> None:
        done = spliced(path, text, code)
        assert expected in done.replace("\n\n\n", "\n\n")

    def test_a_name_that_the_file_imports_from_elsewhere_is_refused(self) -> None:
        code = "import { join } from 'lodash';\nconst twice = (x) => join(x);"
        assert refused("a.js", JAVASCRIPT, code).code == "import-conflict"


class TestRefusals:
    @pytest.mark.parametrize(
        ("path", "code", "reason"),
        [
            ("a.js", "function add(a, b) {\n  return a +;\n}", "does-not-parse"),
            ("a.js", "function add(a, b) {\n  return a;", "does-not-parse"),
            ("a.js", "function add(a, b) {\n  // ... existing code\n  return a;\n}", "placeholder"),
            ("a.js", "class Shop {\n  // rest of the class unchanged\n  get size() { return 1; }\n}", "placeholder"),
            ("a.go", "func help() string {\n\t/* ... */\n\treturn \"\"\n}", "placeholder"),
            ("a.rb", "def empty?\n  # ... rest of method\nend", "placeholder"),
            ("a.sh", "deploy() {\n  # existing code here\n  true\n}", "placeholder"),
            ("a.js", "function twice(x) {\n  return x;\n}", "kind-changed"),
            ("a.js", "function add(a, b) {\n}", "placeholder"),
            ("a.c", "int page_size(void) { return 1; }", "ambiguous"),
            ("a.hpp", "int parse(long value) {\n  return 1;\n}", "ambiguous"),
            ("Shop.java", "class Shop {\n    public int sell(int a) {\n        return 1;\n    }\n}", "ambiguous"),
            ("a.rs", "fn sep() -> char {\n    'x'\n}", "ambiguous"),
            ("a.hpp", "class Till {\n public:\n  double total(int n) const { return 2; }\n};", "kind-changed"),
            ("a.hpp", "void Store::add(const int& item) {\n}", "kind-changed"),
            ("a.ts", "function pick(id: Date): string;\nfunction pick(id: any): any {\n  return 1;\n}", "parts-changed"),
            ("a.c", "typedef struct node {\n    long value;\n} node_t;", "result"),
            ("a.js", "console.log(add(1, 2));", "off-target"),
            ("a.js", "x\n", "off-target"),
        ],
    )  # fmt: skip
    def test_what_is_not_clear_or_not_safe(self, path: str, code: str, reason: str) -> None:
        text = SAMPLES[path]
        if reason == "result":
            assert "long value" in spliced(path, text, code)
            return
        assert refused(path, text, code).code == reason

    def test_a_type_that_loses_most_of_its_fields(self) -> None:
        text = "type T struct {\n\tA int\n\tB int\n\tC int\n\tD int\n\tE int\n}\n"
        assert refused("a.go", text, "type T struct {\n\tZ int\n}").code == "drops-code"

    def test_a_file_with_a_fault_may_change_elsewhere(self) -> None:
        text = C.replace("#define MAX_ITEMS 10", "BROKEN(;\n#define MAX_ITEMS 10")
        code = "int list_length(node_t *head)\n{\n    return 0;\n}"
        assert "    return 0;\n" in spliced("a.c", text, code)

    def test_a_list_of_exports_loses_none(self) -> None:
        done = splice("a.js", JAVASCRIPT, "const twice = (x) => x + x;\n\nmodule.exports = { twice };")
        assert done.text == JAVASCRIPT.replace("x * 2", "x + x")
        assert done.left_out == ("module.exports",)
        assert "{ add, twice, more }" in spliced("a.js", JAVASCRIPT, "module.exports = { add, twice, more };")

    def test_a_declaration_gets_a_body_and_is_not_doubled(self) -> None:
        code = "pub trait Shape {\n    fn name(&self) -> String {\n        String::new()\n    }\n}"
        expected = "    fn name(&self) -> String {\n        String::new()\n    }\n\n    fn loud"
        assert expected in spliced("a.rs", RUST, code)
        text = "class A {\n public:\n  int f() const;\n  int g();\n};\n"
        done = spliced("a.hpp", text, "class A {\n public:\n  int f() const { return 1; }\n};")
        assert done == text.replace("int f() const;", "int f() const { return 1; }")
        assert spliced("a.hpp", done, "class A {\n public:\n  int f() const;\n};") == text

    def test_a_trait_that_is_used_without_being_named_is_imported(self) -> None:
        code = 'use std::fmt::Write;\nfn total(shapes: &[Square]) -> f64 {\n    write!(s, "").unwrap();\n    0.0\n}'
        assert "use std::fmt::{self, Display};\nuse std::fmt::Write;\n" in spliced("a.rs", RUST, code)

    def test_markup_is_indented_as_the_file_is(self) -> None:
        text = "export const A = ({ x }) => (\n  <div>\n    {x}\n  </div>\n);\n"
        code = "const A = ({ x }) => (\n    <div>\n        <b>{x}</b>\n    </div>\n);"
        assert spliced("a.jsx", text, code) == text.replace("{x}\n", "<b>{x}</b>\n")

    def test_a_placeholder_that_the_file_has_is_the_files(self) -> None:
        text = JAVASCRIPT.replace("// both are numbers", "// ...")
        code = "function add(a, b) {\n  // ...\n  return b + a;\n}"
        assert spliced("a.js", text, code) == text.replace("return a + b", "return b + a")

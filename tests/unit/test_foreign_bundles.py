"""JavaScript in the wrappers that bundlers and loaders put around a module: what is inside is as good a target."""

from __future__ import annotations

import pytest

from workbench.edits.foreign.symbols import symbols_of
from workbench.edits.planning import plan

BODY = """
  var limit = 3;

  function clamp(value) {
    return Math.min(value, limit);
  }

  exports.clamp = clamp;
"""
CALLS = "  typeof exports === 'object' ? module.exports = factory() : global.lib = factory();\n"
WRAPPERS = {
    "a function called where it stands": ("(function () {", "})();"),
    "a function called within the parentheses": ("(function () {", "}());"),
    "a universal module": (f"(function (global, factory) {{\n{CALLS}}})(this, function () {{", "});"),
    "a universal module, the factory in parentheses": (
        f"(function (global, factory) {{\n{CALLS}}}(this, (function () {{",
        "})));",
    ),
    "a loader's define": ("define(['a'], function (a) {", "});"),
    "a loader's define, in parentheses": ("define(['a'], (function (a) {", "}));"),
}


@pytest.mark.parametrize("name", WRAPPERS)
def test_a_function_in_a_bundle_is_changed_alone(name: str) -> None:
    begin, end = WRAPPERS[name]
    text = f"{begin}\n{BODY}\n{end}\n"
    assert {"limit", "clamp"} <= {symbol.name for symbol in symbols_of("a.js", text)}
    answer = "```javascript\nfunction clamp(value) {\n  return Math.max(0, Math.min(value, limit));\n}\n```\n"
    after = plan({"a.js": text.encode()}, answer, targets=("a.js",), in_play=("clamp",)).files["a.js"]
    assert after == text.replace("Math.min(value, limit)", "Math.max(0, Math.min(value, limit))").encode()

"""The small real tasks of `yield_first.py`: what is asked of a third-party file, and a program that tells whether it was done.

Behaviour changes over toolz and more-itertools. `oracle` is Python run in a copy of the package with the change applied;
it must fail on the untouched package and pass on a right change. Nothing here is shown to the model.
"""

from __future__ import annotations

from dataclasses import dataclass

TOOLZ, MORE = "toolz", "more-itertools"
ITER, DICT, FUNC = "toolz/itertoolz.py", "toolz/dicttoolz.py", "toolz/functoolz.py"
RECIPES, MORE_PY = "more_itertools/recipes.py", "more_itertools/more.py"


@dataclass(frozen=True)
class Case:
    """One task: `symbols` are those that must come out documented or annotated, for the kinds that need no oracle."""

    name: str
    kind: str
    package: str
    target: str
    task: str
    oracle: str = ""
    symbols: tuple[str, ...] = ()


def _raises(call: str, error: str = "ValueError") -> str:
    return f"try:\n    {call}\nexcept {error}:\n    pass\nelse:\n    raise AssertionError('{error} expected')\n"


PATCHES = (
    Case(
        "tail-zero",
        "patch",
        TOOLZ,
        ITER,
        "`tail(0, seq)` returns the whole sequence for lists. It must return an empty sequence when n is 0.",
        "from toolz import tail\nassert len(tail(0, [1, 2])) == 0\nassert tail(2, [1, 2, 3]) == [2, 3]\n"
        "assert tuple(tail(1, iter([1, 2]))) == (2,)\nassert len(tuple(tail(0, iter([1])))) == 0",
    ),
    Case(
        "isdistinct-key",
        "patch",
        TOOLZ,
        ITER,
        "Give isdistinct an optional parameter key=None; when given, compare key(item) instead of the item.",
        "from toolz import isdistinct\nassert isdistinct([1, 2])\nassert not isdistinct(['a', 'A'], key=str.lower)\n"
        "assert not isdistinct(iter(['a', 'A']), key=str.lower)\nassert isdistinct(['a', 'b'], key=str.lower)\n"
        "assert not isdistinct([1, 1])\nassert isdistinct(iter(['a', 'b']), key=str.lower)",
    ),
    Case(
        "frequencies-key",
        "patch",
        TOOLZ,
        ITER,
        "frequencies should take an optional `key` function and count key(item) where it is given.",
        "from toolz import frequencies\nassert frequencies('aab') == {'a': 2, 'b': 1}\n"
        "assert frequencies(['cat', 'ox', 'pig'], key=len) == {3: 2, 2: 1}",
    ),
    Case(
        "first-default",
        "patch",
        TOOLZ,
        ITER,
        "Let `first` take an optional second argument `default`, returned when seq is empty. "
        "Without it, StopIteration is raised as before.",
        "from toolz import first\nassert first('ABC') == 'A'\nassert first([], 7) == 7\nassert first([], None) is None\n"
        + _raises("first([])", "StopIteration"),
    ),
    Case(
        "nth-negative",
        "patch",
        TOOLZ,
        ITER,
        "nth must raise IndexError with the message 'index out of range' when seq is an iterator that has too few items.",
        "from toolz import nth\nassert nth(1, 'ABC') == 'B'\nassert nth(1, iter('ABC')) == 'B'\n"
        "try:\n    nth(5, iter('ABC'))\nexcept IndexError as error:\n    assert 'index out of range' in str(error)\n"
        "else:\n    raise AssertionError('IndexError expected')",
    ),
    Case(
        "valmap-none",
        "patch",
        TOOLZ,
        DICT,
        "valmap: values that are None stay None and are not passed to func.",
        "from toolz import valmap\nassert valmap(str, {'a': 1, 'b': None}) == {'a': '1', 'b': None}\n"
        "from collections import OrderedDict\nassert type(valmap(str, {'a': 1}, factory=OrderedDict)) is OrderedDict",
    ),
    Case(
        "merge-none",
        "patch",
        TOOLZ,
        DICT,
        "merge() should skip arguments that are None instead of failing.",
        "from toolz import merge\nassert merge({1: 2}, None, {3: 4}) == {1: 2, 3: 4}\nassert merge({1: 1}) == {1: 1}\n"
        "assert merge([{1: 1}, {2: 2}]) == {1: 1, 2: 2}",
    ),
    Case(
        "assoc-many",
        "patch",
        TOOLZ,
        DICT,
        "assoc: if the key is already in d with an equal value, return d itself instead of a copy.",
        "from toolz import assoc\nd = {'x': 1}\nassert assoc(d, 'x', 1) is d\nassert assoc(d, 'x', 2) == {'x': 2}\n"
        "assert assoc(d, 'y', 1) == {'x': 1, 'y': 1}\nassert d == {'x': 1}",
    ),
    Case(
        "get-in-message",
        "patch",
        TOOLZ,
        DICT,
        "In get_in, an empty list of keys must return `default` instead of the whole collection.",
        "from toolz import get_in\nassert get_in([], {1: 2}, 5) == 5\nassert get_in([1], {1: 2}) == 2\n"
        "assert get_in(['y'], {}) is None\n" + _raises("get_in(['y'], {}, no_default=True)", "KeyError"),
    ),
    Case(
        "compose-names",
        "patch",
        TOOLZ,
        FUNC,
        "Change `Compose.__name__` so that the names are joined with '_then_' instead of '_of_'.",
        "from toolz import compose\ndef f(x): return x\ndef g(x): return x\n"
        "assert '_then_' in compose(f, g).__name__\nassert '_of_' not in compose(f, g).__name__\nassert compose(f, g)(1) == 1",
    ),
    Case(
        "do-returns",
        "patch",
        TOOLZ,
        FUNC,
        "flip should raise TypeError if func is not callable.",
        "from toolz import flip\ndef sub(a, b): return a - b\nassert flip(sub, 1, 3) == 2\n"
        + _raises("flip(5, 1, 2)", "TypeError").replace("flip(5, 1, 2)", "flip(5, 1, 2)"),
    ),
    Case(
        "take-negative",
        "patch",
        MORE,
        RECIPES,
        "`take` should raise ValueError('n must be at least zero') when n is negative.",
        "from more_itertools import take\nassert take(2, [1, 2, 3]) == [1, 2]\n"
        "try:\n    take(-1, [1])\nexcept ValueError as error:\n    assert str(error) == 'n must be at least zero'\n"
        "else:\n    raise AssertionError('ValueError expected')",
    ),
    Case(
        "grouper-message",
        "patch",
        MORE,
        RECIPES,
        "The error message of `grouper` for a wrong `incomplete` should also show the value that was passed, with repr.",
        "from more_itertools import grouper\nassert list(grouper('ab', 2)) == [('a', 'b')]\n"
        "try:\n    grouper('ab', 2, 'bogus')\nexcept ValueError as error:\n    assert \"'bogus'\" in str(error)\n"
        "else:\n    raise AssertionError('ValueError expected')",
    ),
    Case(
        "ncycles-lazy",
        "patch",
        MORE,
        RECIPES,
        "ncycles: raise ValueError if n is negative; None for n means to repeat forever.",
        "from itertools import islice\nfrom more_itertools import ncycles\n"
        "assert list(ncycles('ab', 2)) == ['a', 'b', 'a', 'b']\nassert list(islice(ncycles('ab', None), 5)) == list('ababa')\n"
        + _raises("list(ncycles('ab', -1))"),
    ),
    Case(
        "nth-combination-message",
        "patch",
        MORE,
        RECIPES,
        "In nth_combination, the IndexError should carry the message 'index out of range'.",
        "from more_itertools import nth_combination\nassert nth_combination(range(5), 3, 5) == (0, 3, 4)\n"
        "try:\n    nth_combination(range(5), 3, 99)\nexcept IndexError as error:\n    assert 'index out of range' in str(error)\n"
        "else:\n    raise AssertionError('IndexError expected')",
    ),
    Case(
        "dotproduct-strict",
        "patch",
        MORE,
        RECIPES,
        "Add a keyword-only argument strict=False to dotproduct. With strict=True, vectors of different length are a ValueError.",
        "from more_itertools import dotproduct\nassert dotproduct([1, 2], [3, 4]) == 11\nassert dotproduct([1, 2], [3]) == 3\n"
        "assert dotproduct([1, 2], [3, 4], strict=True) == 11\n" + _raises("dotproduct([1, 2], [3], strict=True)"),
    ),
    Case(
        "peekable-len",
        "patch",
        MORE,
        MORE_PY,
        "peekable.prepend should return self so that calls can be chained.",
        "from more_itertools import peekable\np = peekable([3])\nassert p.prepend(1, 2) is p\nassert list(p) == [1, 2, 3]",
    ),
    Case(
        "sequence-view-repr",
        "patch",
        MORE,
        MORE_PY,
        "SequenceView.__repr__ should show at most the first 10 items of the target, followed by '...' when there are more.",
        "from more_itertools import SequenceView\nassert '...' in repr(SequenceView(list(range(100))))\n"
        "assert '99' not in repr(SequenceView(list(range(100))))\nassert '...' not in repr(SequenceView([1, 2]))\n"
        "assert '1, 2' in repr(SequenceView([1, 2]))",
    ),
    Case(
        "ilen-limit",
        "patch",
        MORE,
        MORE_PY,
        "Add an optional argument `limit=None` to `ilen`: counting stops at limit items and limit is returned.",
        "from itertools import count\nfrom more_itertools import ilen\nassert ilen(iter('abc')) == 3\n"
        "assert ilen(count(), 5) == 5\nassert ilen(iter('abc'), limit=10) == 3",
    ),
    Case(
        "all-equal-empty",
        "patch",
        MORE,
        RECIPES,
        "Add a function `all_distinct(iterable)` that returns True if no two items are equal; items are hashable.",
        "from more_itertools.recipes import all_distinct, take\nassert all_distinct([1, 2])\nassert not all_distinct('aa')\n"
        "assert all_distinct([])\nassert take(1, 'ab') == ['a']",
    ),
    Case(
        "seekable-rewind",
        "patch",
        MORE,
        MORE_PY,
        "Add a method `rewind(self)` to the class seekable that seeks back to index 0.",
        "from more_itertools import seekable\ns = seekable('abc')\nassert list(s) == ['a', 'b', 'c']\ns.rewind()\n"
        "assert list(s) == ['a', 'b', 'c']",
    ),
    Case(
        "python-version",
        "patch",
        MORE,
        "tox.ini",
        "Set minversion of tox to 4.2 in the [tox] section, keep everything else.",
        "import configparser, pathlib\np = configparser.ConfigParser()\np.read('tox.ini')\nassert p['tox']['minversion'] == '4.2'\n"
        "assert len(p.sections()) >= 2",
    ),
)

DOCSTRINGS = (
    Case("docs-is-scalar", "docstrings", TOOLZ, ITER, "", symbols=("getter",)),
    Case("docs-get-factory", "docstrings", TOOLZ, DICT, "Document _get_factory.", symbols=("_get_factory",)),
    Case("docs-compose", "docstrings", TOOLZ, FUNC, "Document `Compose.__call__`.", symbols=("Compose.__call__",)),
    Case(
        "docs-merge-binary",
        "docstrings",
        TOOLZ,
        ITER,
        "Write docstrings for _merge_sorted_binary and _get.",
        symbols=("_merge_sorted_binary", "_get"),
    ),
    Case(
        "docs-window",
        "docstrings",
        MORE,
        RECIPES,
        "Document _sliding_window_islice and _sliding_window_deque.",
        symbols=("_sliding_window_islice", "_sliding_window_deque"),
    ),
    Case(
        "docs-numeric-range",
        "docstrings",
        MORE,
        MORE_PY,
        "Document numeric_range.index, numeric_range.count and numeric_range._get_by_index.",
        symbols=("numeric_range.index", "numeric_range.count", "numeric_range._get_by_index"),
    ),
)

TYPES = (
    Case(
        "types-take",
        "types",
        MORE,
        RECIPES,
        "Annotate take, nth and dotproduct.",
        symbols=("take", "nth", "dotproduct"),
    ),
    Case(
        "types-dict",
        "types",
        TOOLZ,
        DICT,
        "Annotate valmap, keyfilter and assoc.",
        symbols=("valmap", "keyfilter", "assoc"),
    ),
    Case(
        "types-iter",
        "types",
        TOOLZ,
        ITER,
        "Annotate `isiterable`, `unique` and `frequencies`.",
        symbols=("isiterable", "unique", "frequencies"),
    ),
    Case(
        "types-method",
        "types",
        MORE,
        MORE_PY,
        "Annotate seekable.seek, seekable.peek and SequenceView.__getitem__.",
        symbols=("seekable.seek", "seekable.peek", "SequenceView.__getitem__"),
    ),
    Case(
        "types-file",
        "types",
        TOOLZ,
        DICT,
        "",
        symbols=("merge", "merge_with", "valmap", "keymap", "itemmap", "valfilter", "keyfilter", "itemfilter", "assoc"),
    ),
)

SUMMARIES = (
    Case(
        "summary-dict",
        "summary",
        TOOLZ,
        DICT,
        "What do assoc_in and update_in do, and how do they differ?",
        symbols=("update_in",),
    ),
    Case(
        "summary-window",
        "summary",
        MORE,
        RECIPES,
        "How does sliding_window choose its implementation?",
        symbols=("_sliding_window_deque",),
    ),
    Case("summary-file", "summary", TOOLZ, "toolz/recipes.py", "Summarise this file.", symbols=("countby",)),
)

CASES = PATCHES + DOCSTRINGS + TYPES + SUMMARIES

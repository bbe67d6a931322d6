"""Functions, wrappers around them as a model writes them, and what the two come to as one function."""

from __future__ import annotations

COUNT = """
    def count(seq):
        if hasattr(seq, "__len__"):
            return len(seq)
        return sum(1 for _ in seq)
"""

CASES = {
    "a parameter, and a way around": (
        COUNT,
        """
        def count(seq, predicate=None):
            if predicate is None:
                return old_count(seq)
            return sum(1 for item in seq if predicate(item))
        """,
        """
        def count(seq, predicate=None):
            if predicate is not None:
                return sum(1 for item in seq if predicate(item))
            if hasattr(seq, "__len__"):
                return len(seq)
            return sum(1 for _ in seq)
        """,
    ),
    "what goes by keyword only, handed on by place": (
        """
        def pad(text, width, fill=" ", *, strict=False):
            return text + fill * (width - len(text))
        """,
        """
        def pad(text, width, fill=" ", *, strict=False):
            if text is None:
                return ""
            return old_pad(text, width, fill, strict)
        """,
        """
        def pad(text, width, fill=" ", *, strict=False):
            if text is None:
                return ""
            return text + fill * (width - len(text))
        """,
    ),
    "what stands in it, without its header": (
        """
        def size(seq):
            return len(seq)
        """,
        """
        if seq is None:
            return 0
        return old_size(seq)
        """,
        """
        def size(seq):
            if seq is None:
                return 0
            return len(seq)
        """,
    ),
    "another argument for the old one": (
        COUNT,
        """
        def count(seq, key=None):
            if key is None:
                return old_count(seq)
            else:
                return old_count([key(item) for item in seq])
        """,
        """
        def count(seq, key=None):
            if key is not None:
                seq = [key(item) for item in seq]
            if hasattr(seq, "__len__"):
                return len(seq)
            return sum(1 for _ in seq)
        """,
    ),
    "its own names for the old parameters": (
        COUNT,
        """
        def count(items, limit: int | None = None):
            # Nothing is counted.
            if limit == 0:
                return 0
            return old_count(items[:limit])
        """,
        """
        def count(seq, limit: int | None = None):
            if limit == 0:
                return 0
            seq = seq[:limit]
            if hasattr(seq, "__len__"):
                return len(seq)
            return sum(1 for _ in seq)
        """,
    ),
    "a guard with its comment and its quotes": (
        COUNT,
        '''
        def count(seq):
            """Count."""
            # A word is no sequence here.
            if isinstance(seq, str):
                raise TypeError("no 'words', please")
            return old_count(seq)
        ''',
        """
        def count(seq):
            # A word is no sequence here.
            if isinstance(seq, str):
                raise TypeError("no 'words', please")
            if hasattr(seq, "__len__"):
                return len(seq)
            return sum(1 for _ in seq)
        """,
    ),
    "one or the other in a line": (
        COUNT,
        """
        def count(seq, empty=0):
            return old_count(seq) if seq else empty
        """,
        """
        def count(seq, empty=0):
            if not seq:
                return empty
            if hasattr(seq, "__len__"):
                return len(seq)
            return sum(1 for _ in seq)
        """,
    ),
    "yes or no before it": (
        """
        def odd(number):
            return number % 2 == 1
        """,
        """
        def odd(number):
            return number in (1, "one") or old_odd(number)
        """,
        """
        def odd(number):
            if number in (1, "one"):
                return True
            return number % 2 == 1
        """,
    ),
    "both must hold": (
        """
        def odd(number):
            return number % 2 == 1
        """,
        """
        def odd(number):
            return number is not None and not number == 5 and old_odd(number)
        """,
        """
        def odd(number):
            if not (number is not None and (not number == 5)):
                return False
            return number % 2 == 1
        """,
    ),
    "a choice that comes first": (
        COUNT,
        """
        def count(seq, how=None):
            if how is None:
                return old_count(seq)
            elif how == "one":
                return 1
            else:
                return 2
        """,
        """
        def count(seq, how=None):
            if how is not None:
                if how == "one":
                    return 1
                else:
                    return 2
            if hasattr(seq, "__len__"):
                return len(seq)
            return sum(1 for _ in seq)
        """,
    ),
    "another error": (
        COUNT,
        """
        def count(seq):
            try:
                return old_count(seq)
            except TypeError as error:
                raise ValueError("not countable") from error
        """,
        """
        def count(seq):
            try:
                if hasattr(seq, "__len__"):
                    return len(seq)
                return sum(1 for _ in seq)
            except TypeError as error:
                raise ValueError("not countable") from error
        """,
    ),
    "three ways": (
        COUNT,
        """
        def count(seq, how="all"):
            if how == "none":
                return 0
            elif how == "set":
                return old_count(set(seq))
            elif how == "all":
                return old_count(seq)
            raise ValueError(how)
        """,
        """
        def count(seq, how='all'):
            if how == "none":
                return 0
            elif how == "set":
                seq = set(seq)
            elif how != "all":
                raise ValueError(how)
            if hasattr(seq, "__len__"):
                return len(seq)
            return sum(1 for _ in seq)
        """,
    ),
    "keywords, a docstring and comments": (
        '''
        @logged
        def without(d, *keys, **more):
            """Return d without keys.

            For example.
            """
            # Copies are cheap.
            made = dict(d)
            for key in keys:
                made.pop(key, None)
            return made
        ''',
        """
        def without(mapping, *names, strict=False):
            if strict:
                for key in names:
                    if key not in mapping:
                        raise KeyError(key)
            return old_without(mapping, *names)
        """,
        '''
        @logged
        def without(d, *keys, strict=False, **more):
            """Return d without keys.

            For example.
            """
            if strict:
                for key in keys:
                    if key not in d:
                        raise KeyError(key)
            # Copies are cheap.
            made = dict(d)
            for key in keys:
                made.pop(key, None)
            return made
        ''',
    ),
    "a header of several lines": (
        """
        def pad(
            text: str,
            width: int = 8,
        ) -> str:
            return text.ljust(width)
        """,
        """
        def pad(text: str, width: int = 10, fill: str = " ", *, strip: bool = False) -> str:
            text = text.strip() if strip else text
            return old_pad(text, width)
        """,
        """
        def pad(
            text: str,
            width: int = 10,
            fill: str = ' ',
            *,
            strip: bool = False,
        ) -> str:
            text = text.strip() if strip else text
            return text.ljust(width)
        """,
    ),
    "no parameters before": (
        """
        def now():
            return 1
        """,
        """
        def now(offset=0, *, exact=True):
            if not exact:
                return 0
            return old_now()
        """,
        """
        def now(offset=0, *, exact=True):
            if not exact:
                return 0
            return 1
        """,
    ),
    "two that change places": (
        """
        def span(low, high):
            return high - low
        """,
        """
        def span(low, high):
            if low > high:
                return old_span(high, low)
            return old_span(low, high)
        """,
        """
        def span(low, high):
            if low > high:
                low, high = (high, low)
            return high - low
        """,
    ),
    "awaited": (
        """
        async def fetch(url):
            return await get(url)
        """,
        """
        async def fetch(url, base=""):
            return await old_fetch(base + url)
        """,
        """
        async def fetch(url, base=''):
            url = base + url
            return await get(url)
        """,
    ),
    "an import comes along": (
        """
        def root(x):
            return x ** 0.5
        """,
        """
        import math

        def root(x):
            if math.isnan(x):
                return x
            return old_root(x)
        """,
        """
        import math
        def root(x):
            if math.isnan(x):
                return x
            return x ** 0.5
        """,
    ),
}

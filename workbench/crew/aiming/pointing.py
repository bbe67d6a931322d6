"""Which symbols a task points at without naming them: by a text that it quotes, by words, or by how a check fails."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import takewhile
from pathlib import PurePosixPath

from workbench import python_ast
from workbench.crew.judging.stated import Function, functions, parameters, work_of
from workbench.crew.plain.places import set_at_the_top
from workbench.edits.symbols import Symbol

SHORTEST = 10
"""Characters of a quoted piece that are looked for: fewer stand in too many places."""

ENOUGH, CLEARLY = 4, 2
"""What the words of a task are worth, each of a function's name two and of its docstring one, and more than others'."""

LIKELY, LIKELY_SHARE = 1.1, 3
"""What the words that a function shares with a task must be worth, and what part of the best one's worth still counts.

A word of its name, its class's or its texts is worth two, one of its docstring one, in as many parts as have the word.
"""

SHORT = 3
"""Characters of a word that says something."""

_BUILT_IN = (str, bytes, list, dict, set)

_ARTICLES = frozenset("a an the of their its his her our my your".split())  # noqa: SIM905
_ASKS = frozenset(
    "is are was has have can may must should needs not no to as in from for at and or if when".split()  # noqa: SIM905
)
"""How a name begins that any sentence may have in it: "when the shop is open", "it is not found"."""

_SAID = re.compile(r"[A-Za-z]+|\d+|[.,;:!?()](?=\s|$)")
_COMPARES = frozenset({"lik", "unlik", "than"})
"""Words, without their endings, before what something is only like."""

_SORTED_BY = re.compile(r"\b(?:sort|order|rank|group|arrang)\w*\b[^.;]{0,80}\bby\b", re.IGNORECASE)

_HEADER = 14
_DOCSTRING = re.compile(r"^[ \t]+[rR]?(?:\"{3}|'{3})\s*(?P<words>[^.\"']{1,200})", re.MULTILINE)
_COMMENT = re.compile(r"\s*(?://|/\*|\*|#(?!\[|!))")
_ONLY_COMMENT = re.compile(r"\s*(?://|/\*|\*(?=[\s/*]|$)|#(?!\[|!|\s*define\b))")
"""How a line of a comment begins, and none that sets what a pointer points at, or a constant."""

_SIGNS = re.compile(r"^\s*(?:/[/*!]+|\*(?!/)|#+)|\*/\s*$")
_WORD = re.compile(r"[A-Za-z]+")
_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_GENERAL = frozenset(
    """a add all also an and any are argument because been bug but call called can come does each for from function get
    gets give given gives has have how if into its just list make method more must new none not number of one only
    or other our out parameter return returned returns set should some such text than that the their them then
    there they this true two use used value was way what when where which with without word would""".split()  # noqa: SIM905
)

_QUOTED = re.compile(r"'([^'\n]{10,200})'|\"([^\"\n]{10,200})\"|`([^`\n]{10,200})`|“([^”\n]{10,200})”")
_SHOWN = re.compile(r"(?<!\w)'([^'\n]{2,200})'|\"([^\"\n]{2,200})\"|`([^`\n]{2,200})`|“([^”\n]{2,200})”")
_FILLED_IN = re.compile(r"\d+|[{}%<>'\"]|\.\.\.|…")
"""What a quoted message has where the code has a placeholder."""

_FRAME = re.compile(
    r'File "(?P<path>[^"\n]{1,300})", line (?P<line>\d{1,7})|(?<![\w./-])(?P<other>[\w./-]{1,300}):(?P<row>\d{1,7})\b'
)


def quoted(task: str, text: str, symbols: Sequence[Symbol]) -> tuple[str, ...]:
    """Return the innermost symbols that hold a text which the task quotes, such as an error's message.

    A message is quoted as somebody saw it, with numbers and names where the code has placeholders: its longest piece
    between those is looked for, in code before comments and docstrings. What stands in several symbols points at the
    one that the task's words are about, if there is one.
    """
    lines = text.split("\n")
    found: dict[str, None] = {}
    for groups in _QUOTED.findall(task):
        pieces = [piece.strip() for piece in _FILLED_IN.split("".join(groups))]
        piece = max(pieces, key=len)
        if len(piece) < SHORTEST or " " not in piece:
            continue
        rows = [number for number, line in enumerate(lines, 1) if piece in line]
        if len(rows) > 1:
            prose = _rows_of_prose(text)
            rows = [row for row in rows if row not in prose] or rows
        holders = dict.fromkeys(name for row in rows if (name := holder(row, symbols)))
        among = [symbol for symbol in symbols if symbol.name in holders]
        if len(holders) == 1:
            found |= holders
        elif best := worded(task, text, among):
            found[best] = None
    return tuple(found)


def _rows_of_prose(text: str) -> set[int]:
    """Return the lines, from 1, of a file's docstrings and of comments that have lines to themselves."""
    rows = list(enumerate(text.split("\n"), 1))
    try:
        tree = python_ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return {row for row, line in rows if _ONLY_COMMENT.match(line)}
    nodes = list(ast.walk(tree))
    told = [node.value for node in nodes if isinstance(node, ast.Expr) and _is_text(node.value)]
    are_told = {id(node) for node in told}
    texts = [node for node in nodes if isinstance(node, ast.expr) and _is_text(node) and id(node) not in are_told]
    comments = {row for row, line in rows if line.lstrip().startswith("#")}
    return (comments - _rows_of(texts)) | _rows_of(told)


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _rows_of(nodes: Sequence[ast.expr]) -> set[int]:
    return {row for node in nodes for row in range(node.lineno, (node.end_lineno or node.lineno) + 1)}


def worded(task: str, text: str, symbols: Sequence[Symbol]) -> str | None:
    """Return the one function that a task's words are about: those of its name, and of how its docstring begins.

    None where too few words, or those of another one nearly as well, are said: of a constant, too, by its name.
    """
    scores = worth(task, text, symbols)
    best, *others = sorted(scores.values(), reverse=True) or [0]
    parts = [_PART.findall(symbol.name) for symbol in symbols if symbol.kind == "assignment" and "." not in symbol.name]
    said = _said(task)
    others += [2 * len({_stem(word) for word in words} & said) for words in parts]
    is_told = best >= ENOUGH and best >= max(others, default=0) + CLEARLY
    return max(scores, key=lambda name: scores[name]) if is_told else None


def phrased(task: str, symbols: Sequence[Symbol]) -> str | None:
    """Return the one function whose name of several words a task has in it, word by word.

    Who speaks of "the books by an author" means `by_author`, and of "the phone list" `phone_list`; not who wants
    something to be like that list, or sorted by author.
    """
    said = [_bare(word) for word in _SAID.findall(task) if word.lower() not in _ARTICLES]
    text, is_sorted = f" {' '.join(said)} ", _SORTED_BY.search(task) is not None
    found: dict[str, None] = {}
    for symbol in symbols:
        parts = _PART.findall(symbol.name.rpartition(".")[2]) if symbol.kind == "function" else []
        if len(parts) > 1 and parts[0].lower() not in _ASKS and not (is_sorted and parts[0].lower() == "by"):
            before = text.split(f" {' '.join(map(_bare, parts))} ")[:-1]
            if any(one.rpartition(" ")[2] not in _COMPARES for one in before):
                found[symbol.name] = None
    return next(iter(found)) if len(found) == 1 else None


def likely(task: str, text: str, symbols: Sequence[Symbol], most: int) -> tuple[str, ...]:
    """Return the at most `most` functions that a task's words may be about, in the order of the file.

    Nothing where the words fit none of them well enough, or too many. A word counts for less the more of the functions
    have it (its inverse document frequency). What the task quotes and a function's own texts have is of its words, too:
    who does not want 'Dear ,' means what writes "Dear". So is the name of its class.
    """
    said, shown, lines = _said(task), _of_texts(task), text.split("\n")
    worth: dict[str, list[tuple[int, set[str]]]] = {}
    common = Counter[str]()
    for symbol in symbols:
        if symbol.kind == "function":
            own, about = _named_and_told(lines, symbol)
            code = "\n".join(lines[symbol.first - 1 : symbol.last])
            of_owner, written = _stems(_PART, symbol.name.rpartition(".")[0]) & said, _of_texts(code) & shown
            worth[symbol.name] = [(2, own & said), (1, about & said), (2, of_owner), (2, written)]
            common.update((own | about | of_owner | written | _stems(_PART, code)) & said)
    scores = {
        name: sum(each / common[word] for each, words in parts for word in words) for name, parts in worth.items()
    }
    best = max(scores.values(), default=0)
    chosen = tuple(name for name, score in scores.items() if score >= best / LIKELY_SHARE)
    return chosen if best >= LIKELY and len(chosen) <= most else ()


def better_worded(task: str, text: str, symbols: Sequence[Symbol], names: Sequence[str]) -> str | None:
    """Return the function that a task's words are about where the one name that it has may be a plain word.

    Who says "they have to pay the full yearly fee" speaks of `yearlyFee` and not of `pay`. A word that is said twice is
    meant, and so is one in small letters with which a sentence begins: "pay adds the yearly fee twice".
    """
    words = _WORD.findall(task)
    last = names[0].rpartition(".")[2] if len(names) == 1 else ""
    if words.count(last) != 1 or (last[:1].islower() and re.search(rf"(?:^|[.!?]\s+){last}\b", task)):
        return None
    if phrase := phrased(task, symbols):
        return phrase if phrase not in names else None
    best = worded(task, text, symbols)
    said = {_stem(word) for word in words}
    parts = _PART.findall(best.rpartition(".")[2]) if best else []
    return best if best not in names and len(parts) > 1 and all(_stem(part) in said for part in parts) else None


def worth(task: str, text: str, symbols: Sequence[Symbol]) -> dict[str, int]:
    """Return what the words of a task are worth for each function of a file (see `ENOUGH`)."""
    said, lines = _said(task), text.split("\n")
    found: dict[str, int] = {}
    for symbol in symbols:
        if symbol.kind == "function":
            own, about = _named_and_told(lines, symbol)
            found[symbol.name] = 2 * len(own & said) + len(about & said)
    return found


def _named_and_told(lines: Sequence[str], symbol: Symbol) -> tuple[set[str], set[str]]:
    """Return the words of a function's name, and those that only its first sentence has."""
    own = _stems(_PART, symbol.name.rpartition(".")[2])
    return own, _stems(_WORD, _first_sentence(lines, symbol)) - own


def _of_texts(text: str) -> set[str]:
    """Return the words of what stands in quotes."""
    return _stems(_WORD, " ".join("".join(groups) for groups in _SHOWN.findall(text)))


def _said(task: str) -> set[str]:
    return _stems(_WORD, task)


def _stems(pattern: re.Pattern[str], text: str) -> set[str]:
    return {_stem(word) for word in pattern.findall(text)} - {""}


def _stem(word: str) -> str:
    """Return a word without what makes it a plural, or tells when: `hours` is `hour`; general words are nothing."""
    word = word.lower()
    return "" if word in _GENERAL or len(word) < SHORT else _bare(word)


def _bare(word: str) -> str:
    """Return a word in small letters and without its ending, if it is not too short to have one."""
    word = word.lower()
    return word if len(word) < SHORT else re.sub(r"(?:ies|es|(?<!s)s|ed|ing|y|e)$", "", word)


def _first_sentence(lines: Sequence[str], symbol: Symbol) -> str:
    """Return how the docstring of a function, or the comment above it, begins; nothing where there is none."""
    inside = lines[symbol.first - 1 : symbol.last]
    if found := _DOCSTRING.search("\n".join(inside[:_HEADER])):
        return found["words"]
    above = lines[max(symbol.first - 1 - _HEADER, 0) : symbol.first - 1]
    rows = list(takewhile(_COMMENT.match, reversed(above)))[::-1]
    said = " ".join(_SIGNS.sub("", row).strip() for row in rows).strip()
    return re.split(r"[.@]", said, maxsplit=1)[0]


def behind(name: str, content: bytes, symbols: Sequence[Symbol]) -> str | None:
    """Return the one method that does what a function of its name at a Python file's top only hands on to it.

    `def run_all(): default.run_all()` has nothing to be changed but its parameters.
    """
    node = functions(content).get(name)
    methods = [symbol.name for symbol in symbols if symbol.name.endswith(f".{name}") and symbol.kind == "function"]
    match work_of(node) if node and "." not in name else []:
        case [
            ast.Return(value=ast.Call(func=ast.Attribute(value=held, attr=attr)))
            | ast.Expr(value=ast.Call(func=ast.Attribute(value=held, attr=attr)))
        ] if node and attr == name and len(methods) == 1 and _may_be_of(methods[0], node, held, content):
            return methods[0]
    return None


def _may_be_of(method: str, node: Function, value: ast.expr, content: bytes) -> bool:
    """Return whether a value may be of the class of a method of its file: not what is imported, or is something else.

    Of a parameter that says no type nothing is known, but that it may be a text or a list.
    """
    owner, _, name = method.rpartition(".")
    tree = python_ast.parse(content.decode("utf-8", "replace").removeprefix("\ufeff"))
    imports = [one for one in ast.walk(tree) if isinstance(one, ast.Import | ast.ImportFrom)]
    others = {(alias.asname or alias.name).partition(".")[0] for one in imports for alias in one.names}
    others |= {one.name for one in tree.body if isinstance(one, ast.ClassDef) and one.name != owner}
    given = parameters(node)
    match value:
        case ast.Name(id=known) if known in given:
            kind = given[known].node.annotation
            return ast.unparse(kind).strip("'") == owner if kind else not any(hasattr(one, name) for one in _BUILT_IN)
        case ast.Name(id=known):
            set_to = [what for place, what in set_at_the_top(tree) if place == known]
            made = [ast.unparse(what.func) for what in set_to if isinstance(what, ast.Call)]
            return others.isdisjoint({known, *(one.partition(".")[0] for one in made)})
        case ast.Call(func=ast.Name(id=known)):
            return known == owner
    return False


def blamed(output: str, path: str, symbols: Sequence[Symbol]) -> tuple[str, ...]:
    """Return the innermost symbols of a file through which what a failed check printed goes, in that order.

    Args:
        output: tracebacks, or lines that begin with a file and a line's number; files from the repository's top.
        path: the file, from the repository's top.
        symbols: those of the file.
    """
    found: dict[str, None] = {}
    for name, row in frames(output):
        if PurePosixPath(name) == PurePosixPath(path):
            found |= dict.fromkeys(filter(None, [holder(row, symbols)]))
    return tuple(found)


def frames(output: str) -> Iterator[tuple[str, int]]:
    """Yield the files and lines, from 1, that what was printed names, in its order."""
    for frame in _FRAME.finditer(output):
        yield frame["path"] or frame["other"], int(frame["line"] or frame["row"])


def holder(row: int, symbols: Sequence[Symbol]) -> str | None:
    """Return the name of the smallest symbol that holds a line, counted from 1."""
    around = [symbol for symbol in symbols if symbol.first <= row <= symbol.last]
    return min(around, key=lambda symbol: symbol.last - symbol.first).name if around else None

"""What a task says in so many words and a change of Python does not do: a wrong default, an exception never raised.

Nothing runs for this, and it is no proof either way. It finds slips that small models make often: a new option that is
on where it should be off, an old default that was changed in passing, an exception that was left out.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from workbench.crew.judging.lost import moved
from workbench.crew.judging.shapes import cannot_come
from workbench.crew.judging.stated import Function, changed_names, functions, parameters, same_value, stated
from workbench.crew.wrapping.tail import stored
from workbench.edits.parses import tree_of
from workbench.model import FileEdit

_RAISES = re.compile(r"\b(?:raises?|raising)\s+(?:an?\s+|the\s+)?`?([A-Z]\w*(?:Error|Exception|Iteration))\b")
_SHOULD = r"should|must|shall|ought to|has to|is to"
_NOT_BUT = r"(?:(?!\b(?:but|yet|whereas|while|though|today|currently)\b)[^.;])*"
_IS_SAID = re.compile(rf"(?<!not )\b(?:{_SHOULD}|so that|such that|make|let|have|it to)\b{_NOT_BUT}$", re.IGNORECASE)
_NOT_WANTED = re.compile(
    r"(?:\b(?:not|never|without|rather than|instead of|stops?|avoid\w*|no longer|cannot|from|before)|n't)"
    r"\s+(?:(?:ever|be)\s+)?$",
    re.IGNORECASE,
)
_TODAY = re.compile(r"\b(?:bug|today|currently|at the moment)\b[^.;]*$", re.IGNORECASE)
_A_BUG = re.compile(r"^[^.;]*\b(?:bug|wrong|unwanted)\b", re.IGNORECASE)
_BUT_WANTS = re.compile(
    rf"^[^.;]*[.;]?[^.;]*\b(?:{_SHOULD}|instead|rather|return|give|leave|treat|take|ignore|skip"
    r"|want|would like|i'd like|prefer|make|let|have it|use|fall back|yield|accept|allow|handle|catch|fix|better"
    r"|expected)\b",
    re.IGNORECASE,
)
_OF_TODAY = re.compile(r"\b(?:is|are|keeps?|can|may|might|could|we|currently|today)\s+$", re.IGNORECASE)
"""What stands before `raise` and `raising` where that is told, and not wished for."""

_SENTENCE = 300
"""Characters before and after a word that may say how it is meant."""

_NO_SENTENCE = re.compile(r"(?<!\w)'[^'\n]*'(?!\w)|\"[^\"\n]*\"|(?<=\w)\.(?=\w)")
_USES = re.compile(
    r"\b(?:with|using|uses?|by)\s+`?(repr|isinstance|enumerate|abs)\b"
    r"|\b(?:with|using|uses?)\s+`?(sorted|callable|zip|round|reversed)(?=[`(]|[.,;:]?(?:\s*$|\s+(?:and|so|instead|rather)\b))"
)
"""How a task names a function of Python; most of them are words, too: `by zip code`, `with sorted lists`."""

_RAISED_TODAY = re.compile(
    r"(?<!should )(?<!must )\b(?:raises|fails|crashes|ends|breaks|dies|gives)\s+(?:with\s+)?(?:an?\s+|the\s+)?`?"
    r"([A-Z]\w*(?:Error|Exception))\b"
)
_BUT_GIVES = re.compile(
    rf"\b(?:{_SHOULD})\s+(?:just |simply |then |rather |instead )?(?:return|give|do nothing|be\b|ignore|skip|count"
    r"|treat|take|leave|fall back|come|stay)",
    re.IGNORECASE,
)
_SHOWN = re.compile(
    r"\b(?:(?<!that )(?<!which )(?<!who )say|(?:should|must|shall|to)\b[^.;\"']{0,30}? (?:read|write)|show|print"
    r"|look like|in (?:round |square )?brackets|in parentheses)\b[^.;\"']{0,60}?"
    r"(?P<quote>[\"'])(?P<text>[^\"'\n]{6,80})(?P=quote)(?! (?:as|like|too|correctly|and (?:give|return)s?)\b)",
    re.IGNORECASE,
)
"""A text that is what should come out; people write and read what comes in, too."""

_OF_VALUES = re.compile(
    r"\[[^\[\]]*\]|\{[^{}]*\}|\([^()]*,[^()]*\)|\b[A-Z]\w*\([^()]*\)"
    r"|(?<=\w)@(?=\w)|&#?\w+;|(?<=\w )&(?= [A-Z])|https?://\S+"
)
"""What Python writes itself for a list, a tuple or an object, and what stands in values: addresses, names, HTML."""

_CURRENCIES = "€$£"
_OF_MONEY = re.compile(r"currenc|symbol|sign|unit", re.IGNORECASE)

_SIGNS = re.compile(r"[()\[\]{}<>#*|&@€$£%]")
_OF_MESSAGES = re.compile(
    r"\b(?:messages?|says?|names?|tells?|mentions?|texts?|explains?|clear\w*|helpful)\b", re.IGNORECASE
)
_RAISED_BY: dict[str, set[str]] = {
    "FileExistsError": {"open", "mkdir", "makedirs", "touch", "rename", "symlink_to"},
    "FileNotFoundError": {"open", "read_text", "read_bytes", "stat", "unlink"},
    "IndexError": {"pop", "popleft"},
    "KeyError": {"pop", "popitem", "remove"},
    "StopIteration": {"next"},
    "UnicodeDecodeError": {"decode", "read_text"},
    "UnicodeEncodeError": {"encode"},
    "ValueError": {"int", "float", "index", "remove", "strptime", "fromisoformat", "fromhex", "relative_to", "zip"}
    | {"loads", "decode", "UUID", "ip_address"},
}
"""What raises an error by itself, by its name."""

_RAISED_IN: dict[type[ast.AST], str] = {
    ast.Assert: "AssertionError",
    ast.BinOp: "ZeroDivisionError",
    ast.Attribute: "AttributeError",
}

_MAY_BE_UNUSED = re.compile(
    r"\b(?:ignor|unused|compatib|signature|interface|protocol|not used|callbacks?\b|handlers?\b|hooks?\b|listeners?\b"
    r"|plug-?ins?\b|subclass|does nothing|for now\b|reserved\b"
    r"|(?:calls?|called|invoke[sd]?|passe[sd])\b(?: \w+)? with\b)",
    re.IGNORECASE,
)
_AS_BEFORE = re.compile(r"\b(?:as before|as now|no longer|instead of|like today)\b", re.IGNORECASE)


def unmet(task: str, edits: Sequence[FileEdit]) -> str:
    """Return what a task says plainly and edits do not do, for the model to read; nothing where nothing is missed."""
    for edit in edits:
        if edit.path.endswith((".py", ".pyi")) and edit.after is not None:
            for fault in _faults(task, edit, is_alone=len(edits) == 1):
                return fault
    return ""


def _faults(task: str, edit: FileEdit, *, is_alone: bool) -> Iterator[str]:
    before, after = functions(edit.before or b""), functions(edit.after or b"")
    changed = {name: after[name] for name in changed_names(edit.before or b"", edit.after or b"")}
    if not changed:
        return
    # What is shown may be of any function that changed.
    is_alone = is_alone and sum(name in before for name in changed) == 1
    for name, node in changed.items():
        if name in before:
            yield from moved(task, name, before[name], node)
            yield from _unused(task, name, before[name], node)
            shown = cannot_come(task, name, node) if is_alone else ""
            # It may stand beside the function, in a constant.
            if shown and shown.encode() not in (edit.after or b""):
                yield f"the task shows {shown!r} as what should come, and {name} can never give that"
    yield from _missing(task, changed, before, edit.after or b"")


def _unused(task: str, name: str, before: Function, after: Function) -> Iterator[str]:
    """Yield that a function got a parameter and never looks at it: a nanite likes to change the signature alone.

    Where somebody else says what is passed, nothing is said: methods' first, dunder methods, tests, decorated
    functions, names that begin with an underscore, and bodies that do nothing yet.
    """
    last = name.rpartition(".")[2]
    if _MAY_BE_UNUSED.search(task) or after.decorator_list or last.startswith(("__", "test")) or _does_nothing(after):
        return
    used = {node.id for line in after.body for node in ast.walk(line) if isinstance(node, ast.Name)}
    if used & {"locals", "vars", "super"}:
        return
    old, new = parameters(before), parameters(after)
    # A parameter that took another's place (a renamed one, say) is a matter of its own.
    if any(argument not in new for argument in old):
        return
    for place, argument in enumerate(new):
        is_given = argument in old or argument.startswith("_") or (place == 0 and argument in {"self", "cls"})
        if not is_given and argument not in used:
            yield f"{name} gets {argument} and does nothing with it"


def _does_nothing(node: Function) -> bool:
    return all(
        isinstance(line, ast.Pass | ast.Raise)
        or _is_words(line)
        or (isinstance(line, ast.Return) and (line.value is None or isinstance(line.value, ast.Constant)))
        for line in node.body
    )


def _is_words(line: ast.stmt) -> bool:
    return isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant)


def _missing(task: str, changed: dict[str, Function], before: Mapping[str, Function], content: bytes) -> Iterator[str]:
    new = {
        argument: parameter
        for name, node in changed.items()
        for argument, parameter in parameters(node).items()
        if name in before and argument not in parameters(before[name])
    }
    for argument, value in stated(task).items():
        if argument in new and not same_value(value, new[argument].written):
            yield f"the new parameter must be {argument}={value}, as the task says"
    text = "\n".join(ast.unparse(node) for node in changed.values())
    for error in _to_be_raised(task) if not _AS_BEFORE.search(task) else ():
        if hasattr(builtins, error) and not _comes(error, changed, before, content):
            yield f"the task asks to raise {error}, and the code never does"
    yield from _raised_anyway(task, changed, before)
    yield from _not_written(task, {**changed, **_looked_up(content, changed)}, before)
    for used in map("".join, _USES.findall(task)):
        if not re.search(rf"\b{used}\b", text) and not (used == "repr" and re.search(r"![r]\b|%r", text)):
            yield f"the task asks to use {used}, and the code does not"


def _comes(error: str, changed: dict[str, Function], before: Mapping[str, Function], content: bytes) -> bool:
    """Return whether an error may come: functions or those that they call name it, or what is new raises it by itself.

    So may one that they named before: it was raised there, or is no longer caught.
    """
    were = [before[name] for name in changed if name in before]
    said = re.compile(rf"\b(?:{'|'.join(_kinds(error, content))})\b")
    if any(said.search(ast.unparse(one)) for one in (*changed.values(), *were, *_looked_up(content, changed).values())):
        return True
    old = {ast.dump(part) for one in were for part in ast.walk(one)}
    for part in (part for one in changed.values() for row in one.body for part in ast.walk(row)):
        match part:
            case ast.Subscript(slice=key) if error in {"KeyError", "IndexError", "LookupError"}:
                is_it = not isinstance(key, ast.Slice)
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
                is_it = name in _RAISED_BY.get(error, ())
            case ast.Assert() | ast.BinOp(op=ast.Div() | ast.FloorDiv() | ast.Mod()) | ast.Attribute():
                is_it = error == _RAISED_IN[type(part)]
            case _:
                is_it = False
        if is_it and ast.dump(part) not in old:
            return True
    return False


def _kinds(error: str, content: bytes) -> list[str]:
    """Return an error and those that a file derives from it."""
    tree = tree_of(content.decode("utf-8", "replace").removeprefix("\ufeff"))
    kinds = [error]
    for one in tree.body if tree else ():
        if isinstance(one, ast.ClassDef) and any(ast.unparse(base) in kinds for base in one.bases):
            kinds.append(one.name)
    return kinds


def _raised_anyway(task: str, changed: dict[str, Function], before: Mapping[str, Function]) -> Iterator[str]:
    """Yield that new lines raise the error that a task complains of: `it fails with a KeyError; return None`."""
    if _OF_MESSAGES.search(task) or not _BUT_GIVES.search(task):
        return
    wanted = set(_to_be_raised(task))
    for error in dict.fromkeys(_RAISED_TODAY.findall(_NO_SENTENCE.sub("_", task))):
        for name, node in changed.items():
            old = before.get(name)
            made = stored([node]) - (stored([old]) if old else set())
            now, was = (_count_raised(error, one, made) for one in (node, old))
            if error not in wanted and now > was:
                yield f"the task says that {name} raises {error} today and should not; the new lines raise it"


def _count_raised(error: str, node: Function | None, known: Iterable[str]) -> int:
    """Return how often a function raises an error; not for all that is left over, nor by what it only now works out."""
    every = list(ast.walk(node)) if node else []
    left_over = [one for part in every if isinstance(part, ast.ExceptHandler) for one in ast.walk(part)]
    left_over += node.body[-1:] if node else []
    for part in every:
        if isinstance(part, ast.If) and any(
            isinstance(one, ast.Name) and one.id in known for one in ast.walk(part.test)
        ):
            left_over += part.body
    passed = {id(one) for one in left_over}
    raised = [one.exc for one in every if isinstance(one, ast.Raise) and one.exc and id(one) not in passed]
    return sum(ast.unparse(one.func if isinstance(one, ast.Call) else one) == error for one in raised)


def _looked_up(content: bytes, changed: dict[str, Function]) -> dict[str, ast.AST]:
    """Return the functions and the constants of a file that changed functions name."""
    every = [part for node in changed.values() for part in ast.walk(node)]
    names = {part.id for part in every if isinstance(part, ast.Name)} | {"__str__", "__repr__", "__format__"}
    names |= {part.attr for part in every if isinstance(part, ast.Attribute)}
    found: dict[str, ast.AST] = {
        name: node for name, node in functions(content).items() if name.rpartition(".")[2] in names
    }
    tree = tree_of(content.decode("utf-8", "replace").removeprefix("\ufeff"))
    set_there = [part for part in ast.walk(tree) if isinstance(part, ast.Assign | ast.AnnAssign)] if tree else []
    return found | {f"={number}": one for number, one in enumerate(set_there) if stored([one]) & names}


def _not_written(task: str, changed: Mapping[str, ast.AST], before: Mapping[str, ast.AST]) -> Iterator[str]:
    """Yield that a text which a task shows as what should come out has a sign in it that no text of the code has."""
    old = "".join(_texts(before.values()))
    texts = old + "".join(_texts(changed.values()))
    if any(_OF_MONEY.search(name) for one in changed.values() for name in _names(one)):
        texts += _CURRENCIES
    for shown in _SHOWN.finditer(task):
        quoted = shown["text"]
        rest = task[: shown.start("text")] + task[shown.end("text") :]
        for sign in _SIGNS.findall(_OF_VALUES.sub("", quoted)):
            if sign not in texts and f"'{sign}" not in rest and f"{sign}'" not in rest:
                yield f"the task shows {quoted!r}, with {sign!r} in it, and the code never writes that"


def _names(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        match part:
            case ast.Name(id=name) | ast.Attribute(attr=name):
                yield name


def _texts(nodes: Iterable[ast.AST]) -> Iterator[str]:
    for node in nodes:
        for part in ast.walk(node):
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                yield part.value


def _to_be_raised(task: str) -> Iterator[str]:
    """Yield the errors that a task wants raised; not one that is raised today, by its words, where it should not."""
    # What stands in quotes, and a dot within a word, ends no sentence.
    plain = _NO_SENTENCE.sub(lambda quoted: "_" * len(quoted[0]), task)
    for found in _RAISES.finditer(plain):
        before, after = plain[max(0, found.start() - _SENTENCE) : found.start()], plain[found.end() :][:_SENTENCE]
        is_told = found[0].startswith("raises") or bool(_OF_TODAY.search(before))
        is_told = is_told and not _IS_SAID.search(before)
        is_today = is_told and (_TODAY.search(before) or _A_BUG.search(after) or _BUT_WANTS.search(after))
        is_but = found[0].startswith("raises") and re.search(rf"\b(?:{_SHOULD})\b[^.;]*,? but\b[^.;]*$", before)
        if not (is_today or is_but or _NOT_WANTED.search(before)):
            yield found[1]

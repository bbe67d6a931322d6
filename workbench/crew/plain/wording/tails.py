"""What a task wants at the end of a text, in front of it or in a line of its own, where it is there: 'Anna (OV)'."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.crew.judging.stated import parameters
from workbench.crew.plain.places import Finder, Sure, class_around, declared_fields, parts, put, quoted, said_as, spot
from workbench.crew.slips.righted import Changed, Righted

_IF_THERE = re.compile(
    r"\b(?:if|when|where|whenever|unless|without|otherwise|as soon as|known|for (?:those|the ones)"
    r"|(?:who|that|which) (?:have|has|are|is))\b",
    re.IGNORECASE,
)
_PREPOSITIONS = r"by|with|for|from|at|in|on|to|via|see|near|called|alias|aka|since|until|c/o|of"
_BEHIND = re.compile(
    r"(?P<open>,? ?[(\[<{\"])(?P<held>[^()\[\]<>{}\"]+)(?P<close>[)\]>}\"])"
    r"|(?P<sign>(?: -| \u2013| \u2014|,|:| /|;| \|| \u00b7| \+) ?)(?P<plain>[^,:;/|()\[\]]+(?:: [^,:;/|()\[\]]+)?)"
    rf"|(?P<word> (?:{_PREPOSITIONS}) )(?P<said>[^,:;()\[\]]+)"
)
_FRONT = re.compile(r"(?P<held>[^\s:,]+)(?P<sign>: | - |, | )")
_OWN_LINE = re.compile(
    r"\b(?:(?:last|own|extra|another|more|additional|further|first|new) lines?|lines?)\b", re.IGNORECASE
)
_FIRST_LINE = re.compile(r"\b(?:first line|at the top|top line)\b", re.IGNORECASE)
_IN_FRONT = re.compile(
    r"\b(?:in front|before|at the (?:beginning|start|front)|first|begins?|starts?|prefix\w*)\b", re.IGNORECASE
)
_NAMES = ("text", "line", "result", "whole")
_NUMBERS = frozenset({"int", "float", "int | None", "float | None", "Optional[int]", "Optional[float]"})
_TEXTS = frozenset({"str", "str | None", "Optional[str]", ""})


@dataclass(frozen=True)
class Thing:
    """A value that may not be there.

    Attributes:
        code: how it is written.
        kind: its type as it is written; nothing where that is not said.
        value: what it is where nobody gives it; nothing where somebody must.
        name: what a task calls it.
    """

    code: str
    kind: str
    value: str
    name: str

    @property
    def may_miss(self) -> bool:
        """Whether a type or a default says that it may not be there."""
        return "None" in self.kind or "Optional" in self.kind or self.value in {"''", "None", "0", "False"}

    def asked(self, task: str) -> str:
        """Return the question whether it is there."""
        if self.kind == "bool":
            said = self.name.replace("_", "[_ -]")
            return f"not {self.code}" if re.search(rf"\b(?:not|n't|no) (?:\w+ )?{said}\b", task) else self.code
        is_number = self.kind in _NUMBERS and ("None" in self.kind or "Optional" in self.kind)
        return f"{self.code} is not None" if is_number or not self.kind else self.code

    def put_in(self, shown: str, spec: str) -> str:
        """Return what a formatted text has for it where a task shows it; nothing where that is not clear."""
        if self.kind == "bool":
            return shown if self.name.replace("_", " ").lower() in shown.lower() else ""
        if self.kind in _NUMBERS:
            numbers = re.findall(r"\d+(?:\.\d+)?", shown)
            return shown.replace(numbers[0], f"{{{self.code}{spec}}}") if len(numbers) == 1 else ""
        head = re.match(rf"[\w ]+: |(?:{_PREPOSITIONS}) ", shown)
        return f"{head[0] if head else ''}{{{self.code}}}" if self.kind in _TEXTS else ""


def added_at_the_end(changed: Changed) -> Iterator[Righted]:
    """Yield a text with what a task's example has behind it, or in front, where that is there."""
    things = things_named(changed)
    if len({thing.kind == "bool" for thing in things}) > 1:
        # One may only tell when the other is wanted.
        return
    for thing in things:
        if not thing.may_miss and thing.kind != "bool" and not _IF_THERE.search(changed.task):
            continue
        for part in parts(changed):
            match part:
                case ast.Return(value=ast.JoinedStr() as said):
                    yield from _returned(changed, part, said, thing)
                case ast.Return(value=ast.Name(id=name)) if built := _built(changed, name):
                    for new in _additions(changed, built, thing, name):
                        begin, margin = changed.lines.span(part)[0], changed.lines.indent(part.lineno)
                        if changed.have_their_lines(changed.lines.span(part)):
                            row = f"if {thing.asked(changed.task)}:\n{margin}    {new}\n{margin}"
                            yield from put(changed, f"`{new}`", (begin, begin, row))
                case ast.Return():
                    yield from _as_a_line(changed, part, thing)


def _returned(changed: Changed, part: ast.Return, said: ast.JoinedStr, thing: Thing) -> Iterator[Righted]:
    name = next((one for one in _NAMES if one not in changed.own and not changed.looks(one)), "")
    span, margin = changed.lines.span(part), changed.lines.indent(part.lineno)
    if not name or not changed.have_their_lines(span):
        return
    written = changed.lines.text[slice(*changed.lines.span(said))]
    for new in _additions(changed, said, thing, name):
        rows = (f"{name} = {written}", f"if {thing.asked(changed.task)}:", f"    {new}", f"return {name}")
        yield from put(changed, f"`{new}`", (*span, f"\n{margin}".join(rows)))


def _additions(changed: Changed, said: ast.JoinedStr, thing: Thing, name: str) -> Iterator[str]:
    """Yield the statements that put a thing to a text, as the examples of a task show it."""
    form = "".join(re.escape(str(one.value)) if isinstance(one, ast.Constant) else "(?:.+?)" for one in said.values)
    spec = _spec(said)
    for shown in quoted(changed.task):
        for at in range(1, len(shown)):
            if (found := _BEHIND.fullmatch(shown, at)) and re.fullmatch(form, shown[:at]):
                held = (
                    found["held"] or found["plain"] or f"{(found['word'] or '').strip()} {found['said'] or ''}".strip()
                )
                ahead = found["open"] or found["sign"] or " "
                new = _in_quotes(f"{ahead}{{}}{found['close'] or ''}", thing.put_in(held, spec))
                yield from [f"{name} += {new}"] if new else []
                break
        front = _FRONT.match(shown) if _IN_FRONT.search(changed.task) and thing.kind in _TEXTS else None
        if front and re.fullmatch(form, shown[front.end() :]):
            yield f'{name} = f"{{{thing.code}}}{front["sign"]}{{{name}}}"'


def _in_quotes(frame: str, held: str) -> str:
    """Return a text with something in it, as code; nothing where that is not clear."""
    text = frame.replace("{}", held)
    if not held or "\\" in text or ('"' in text and "'" in text):
        return ""
    quote = "'" if '"' in text else '"'
    return f"{'f' if '{' in held else ''}{quote}{text}{quote}"


def _spec(said: ast.JoinedStr) -> str:
    """Return how all the numbers of a text are written that are formatted."""
    specs = {
        ast.unparse(one.format_spec)[2:-1]
        for one in said.values
        if isinstance(one, ast.FormattedValue) and one.format_spec
    }
    return f":{specs.pop()}" if len(specs) == 1 else ""


def _built(changed: Changed, name: str) -> ast.JoinedStr | None:
    """Return the formatted text that a name is set to first, if all else only is put behind it."""
    found = [part for part in parts(changed) if isinstance(part, ast.Assign) and ast.unparse(part.targets[0]) == name]
    value = found[0].value if len(found) == 1 else None
    return value if isinstance(value, ast.JoinedStr) else None


def _as_a_line(changed: Changed, part: ast.Return, thing: Thing) -> Iterator[Righted]:
    """Yield lines that are joined with one more, where a task speaks of a line and shows it, or shows none."""
    span, margin, text = changed.lines.span(part), changed.lines.indent(part.lineno), changed.lines.text
    if not _OWN_LINE.search(changed.task) or not changed.have_their_lines(span) or thing.kind == "bool":
        return
    shown = [one for one in quoted(changed.task) if " " in one]
    held = thing.put_in(shown[0], "") if shown else f"{{{thing.code}}}"
    if len(shown) > 1 or not held:
        return
    new = thing.code if held == f"{{{thing.code}}}" and thing.kind in _TEXTS else f'f"{held}"'
    adds = "insert(0, {})" if _FIRST_LINE.search(changed.task) else "append({})"
    match part.value:
        case ast.Call(
            func=ast.Attribute(value=ast.Constant(value="\n"), attr="join"), args=[ast.Name(id=name)], keywords=[]
        ) if changed.sets(name):
            row = f"if {thing.asked(changed.task)}:\n{margin}    {name}.{adds.format(new)}\n{margin}"
            yield from put(changed, f"`{row}`", (span[0], span[0], row))
        case ast.Call(
            func=ast.Attribute(value=ast.Constant(value="\n"), attr="join"), args=[ast.List() as every], keywords=[]
        ) if "lines" not in changed.own and (inner := spot(changed, every)):
            rows = (
                f"lines = {text[slice(*inner)]}",
                f"if {thing.asked(changed.task)}:",
                f"    lines.{adds.format(new)}",
            )
            joined = f"{text[span[0] : inner[0]]}lines{text[inner[1] : span[1]]}"
            yield from put(changed, f"`{rows[-1]}`", (*span, f"\n{margin}".join((*rows, joined))))


def things_named(changed: Changed) -> list[Thing]:
    """Return the fields and parameters that a function does not look at, and that a task names."""
    looks = {part.attr for part in ast.walk(changed.node) if isinstance(part, ast.Attribute)}
    found = [
        Thing(name, ast.unparse(one.node.annotation) if one.node.annotation else "", one.written or "", name)
        for name, one in parameters(changed.node).items()
        if name not in {"self", "cls"} and not changed.looks(name)
    ]
    for owner, fields in owners(changed).items():
        values = _defaults(fields)
        kinds = declared_fields(fields)
        found += [
            Thing(f"{owner}.{name}", kind, values.get(name, ""), name)
            for name, kind in kinds.items()
            if name not in looks
        ]
    return [one for one in found if _is_named(changed.task, one.name)]


def owners(changed: Changed) -> dict[str, ast.ClassDef]:
    """Return the names that a function knows of whose class the file tells: a method's own, and of parameters."""
    own = class_around(changed)
    classes = {one.name: one for one in changed.tree.body if isinstance(one, ast.ClassDef)}
    found = {"self": own} if own and "self" in parameters(changed.node) else {}
    for name, one in parameters(changed.node).items():
        kind = ast.unparse(one.node.annotation).strip("'\"") if one.node.annotation else name.title().replace("_", "")
        if name not in {"self", "cls"} and kind in classes and not changed.sets(name):
            found[name] = classes[kind]
    return found


def _defaults(node: ast.ClassDef) -> dict[str, str]:
    every = [one for one in node.body if isinstance(one, ast.AnnAssign) and one.value is not None]
    return {one.target.id: ast.unparse(one.value) for one in every if isinstance(one.target, ast.Name) and one.value}


def _is_named(task: str, name: str) -> bool:
    words = re.sub(r"'[^'\n]*'|\"[^\"\n]*\"|\w+\.\w+", "", task)
    return re.search(rf"\b{name.replace('_', '[_ -]')}\b", words, re.IGNORECASE) is not None


def surely_at_the_end(changed: Changed) -> Iterator[Righted]:
    """Yield the same where no example has the name of another field, that nobody looks at yet, in it."""
    things = things_named(changed)
    shown = " ".join(quoted(changed.task))
    looks = {part.attr for part in ast.walk(changed.node) if isinstance(part, ast.Attribute)}
    known = {name for fields in owners(changed).values() for name in declared_fields(fields)} - looks
    others = known - {thing.name for thing in things}
    is_other = any(re.search(rf"\b{one.replace('_', '[_ -]')}\b", shown, re.IGNORECASE) for one in others)
    if not is_other:
        yield from added_at_the_end(changed)


FINDERS: tuple[Finder, ...] = (added_at_the_end,)

SURE: tuple[Sure, ...] = (
    (
        surely_at_the_end,
        said_as(
            r"^(?!.*n't|.*\b(?:missing|empty|unknown|nothing|none|no|remov\w*|drop\w*|wrong|"
            r"unless|except|instead|parameter|option\w*|argument|only (?:for|when|where)|also|rais\w*|not"
            r"|never|sort\w*|order|upper|lower|case|longer|shorter|today|now|already|default|over|(?:more|less) than"
            r"|at least|above|below|under|others?|those without)\b|.*\b(?:is|equals|and) (?:['\"]|\d))"
            r".*\b(?:if|when|where|without)\b"
        ),
        1,
    ),
)

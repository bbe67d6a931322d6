"""Splicing where the file is not Python: an answer's symbols put in the place of its own, and nothing else touched.

The promises are those of Python's splicing: a symbol that says the same stays byte for byte as it is; one that is not
in play is left out and named; members that an answered class does not repeat are kept. What is not clear is refused.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from workbench.edits.foreign.alike import head, is_empty, is_reduced, lost_lines, quotes_differ, same, says
from workbench.edits.foreign.grammars import Language
from workbench.edits.foreign.imports import insert_imports, wanted
from workbench.edits.foreign.layout import moved, unit_of, usual_unit
from workbench.edits.foreign.marks import drops_marks
from workbench.edits.foreign.nodes import shape, text, words
from workbench.edits.foreign.outline import Outline, Scope, Symbol, outline
from workbench.edits.foreign.placing import Fresh, Placing
from workbench.edits.foreign.reading import Answer, read_code, refuse_placeholders
from workbench.edits.foreign.style import in_the_files_style, with_the_files_lines
from workbench.edits.foreign.targets import Targets
from workbench.edits.foreign.verifying import Meant, verify
from workbench.edits.source import Replacement, numbered
from workbench.edits.splicing import Splice
from workbench.errors import EditRefused

_NOISE = re.compile(
    r"(?://+|#+|/\*+|\*)?\s*(?:(?:file(?:name)?|path)\s*:.*|[\w./\\-]+\.\w{1,4}:?"
    r"|(?:(?:the|here is the|this is the)\s+)?"
    r"(?:updated?|modified|new|fixed|changed|added|improved|refactored|corrected)\b.*)"
    r"\s*(?:\*/)?",
    re.IGNORECASE,
)
_PRAGMA = re.compile(
    r"eslint|prettier|istanbul|@ts-|jshint|jslint|go:\w|nolint|lint:|clippy|rustfmt|NOLINT|clang-|IWYU|rubocop|shellcheck"
    r"|noinspection|#region|#endregion|SPDX|export\s+\w+$"
)
_MOST_LOOSE = 100
_FORMS = ({"function_item", "function_signature_item"}, {"function_definition", "field_declaration"})
"""Ways in which a method is declared without a body, and with one."""

_EXPORTS = frozenset({"module.exports", "exports", "default"})
_SEMICOLONS = frozenset({"rust", "java", "c", "cpp"})


def splice_foreign(language: Language, source: str, code: str, in_play: Collection[str] | None = None) -> Splice:
    """Return `source` with the symbols of `code` in it.

    Args:
        language: what both are written in.
        source: the file.
        code: the model's code, without fences: whole functions, methods (bare or in their class), types, values.
        in_play: qualified names of symbols that may change, a container standing for all its members; None for all.

    Raises:
        EditRefused: the answer is not clear or not safe; the codes are those of Python's `splice`.
    """
    file = outline(language, source)
    bom = "\ufeff" if source.startswith("\ufeff") else ""
    try:
        answer = read_code(file, code)
        refuse_placeholders(answer.made, file)
        return _Splicer(file, answer, in_play).run(bom)
    except RecursionError as error:
        raise EditRefused("the answer is nested too deeply", code="too-deep", hint="answer with less") from error


@dataclass
class _Splicer:
    file: Outline
    answer: Answer
    in_play: Collection[str] | None
    changes: list[Replacement] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    written: list[tuple[Symbol, Symbol]] = field(default_factory=list)
    heads: list[tuple[Symbol, Symbol]] = field(default_factory=list)
    requoted: list[tuple[Symbol, Symbol]] = field(default_factory=list)
    fresh: list[Fresh] = field(default_factory=list)
    matched: dict[int, list[Symbol]] = field(default_factory=dict)
    pairs: list[tuple[Scope, Scope]] = field(default_factory=list)
    met: bool = False

    def run(self, bom: str) -> Splice:
        made = self.answer.made
        self.targets = Targets(made, self.file, self._plays, self.in_play is not None)
        self._merge(self.answer.scope, [self.file.module])
        placing = Placing(made, self.file, self.matched, self.in_play or (), self.answer.bare)
        said = [one for one, _ in (*self.written, *self.heads)]
        new, unwanted = placing.choose(self.fresh, said, self._plays)
        self.left_out += unwanted
        for fresh in new:
            self._refuse_taken(fresh)
            self.changes += placing.insert(fresh, self.written)
        self.changed += [fresh.name for fresh in new]
        if not self.changes:
            # Quotes are habit, unless they are all that the answer changes.
            for pair in self.requoted:
                self._replace(*pair)
        if not self.changes:
            raise self._nothing()
        self._take_imports([*said, *(fresh.said for fresh in new)])
        unplaced = tuple(self._loose())
        self.left_out += unplaced
        if sum(change.text.count("\n") for change in self.changes) > 2 * self.file.source.count(b"\n") + 200:
            raise EditRefused(
                "the answer makes the file far larger", code="too-large", hint="change only what is asked"
            )
        text_ = verify(self.file, made, self.changes, Meant(self.written, self.heads, new))
        changed, left_out = tuple(dict.fromkeys(self.changed)), tuple(dict.fromkeys(self.left_out))
        return Splice(text=bom + text_, changed=changed, left_out=left_out, unplaced=unplaced)

    def _plays(self, name: str) -> bool:
        """Return whether a symbol may change: it is in play, or what it lies in is."""
        if self.in_play is None or name in self.in_play:
            return True
        of_impl = re.fullmatch(r"(.*\.)?impl (?:.* for )?(\w+)", name)
        if of_impl:
            name = f"{of_impl[1] or ''}{of_impl[2]}"
        parts = name.split(".")
        return any(".".join(parts[:length]) in self.in_play for length in range(1, len(parts) + 1))

    def _merge(self, said: Scope, known: list[Scope]) -> None:
        self.pairs += [(said, scope) for scope in known]
        groups: dict[tuple[str, str], list[Symbol]] = {}
        for symbol in said.symbols:
            groups.setdefault((symbol.name.removeprefix(said.prefix), symbol.role), []).append(symbol)
        for (name, _), symbols in groups.items():
            full = f"{known[0].prefix}{name}"
            for symbol, found in self.targets.find(symbols, full):
                if found:
                    self.matched[id(symbol)] = found
                    self._pair(symbol, found)
                else:
                    self._new(symbol, full, known)

    def _new(self, symbol: Symbol, name: str, known: list[Scope]) -> None:
        other = self.targets.other_role(symbol, name) or self._of_class_or_instance(symbol, name)
        if other is None:
            self.fresh.append(Fresh(symbol, name, known))
        elif self._plays(other.name):
            raise self._refuse(other, f"{other.name} is a {other.role}, not a {symbol.role}", "kind-changed")
        else:
            self.left_out.append(name)

    def _of_class_or_instance(self, symbol: Symbol, name: str) -> Symbol | None:
        """Return a method in play of a new one's name, where one is of the class and the other of its instances."""
        plain = symbol.role.removeprefix("static ")
        there = [one for one in self.file.by_last_name.get(symbol.last_name, []) if one.name in (self.in_play or ())]
        return next(
            (
                one
                for one in there
                if f".{one.name}".endswith(f".{name}")
                and one.role != symbol.role
                and one.role.removeprefix("static ") == plain
            ),
            None,
        )

    def _pair(self, said: Symbol, found: list[Symbol]) -> None:
        known = found[0]
        plays = self._plays(known.name)
        made = self.answer.made
        self.met = self.met or plays
        if said.members is not None and known.members is not None and said.core.type == known.core.type:
            self._pair_containers(said, found, plays=plays)
        elif plays and quotes_differ(made, said, self.file, known):
            self.requoted.append((said, known))
        elif same(made, said, self.file, known) and not (plays and self._says_more_above(said, known)):
            return
        elif known.name in _EXPORTS and _drops_names(made, said, self.file, known):
            # A model lists what it was shown; what else is exported stays so.
            self.left_out.append(known.name)
        elif not plays or (said.conditional and not known.conditional):
            # The condition would be lost.
            self.left_out.append(known.name)
        else:
            self._check(said, known)
            self._replace(said, known)

    def _check(self, said: Symbol, known: Symbol) -> None:
        made = self.answer.made
        becomes_another = said.core.type != known.core.type and {said.core.type, known.core.type} not in _FORMS
        if becomes_another or (known.members is not None and said.members is None):
            raise self._refuse(known, f"{known.name} is written in another way than in the file", "kind-changed")
        if said.outside != known.outside:
            where = "outside of its class" if known.outside else "in its class"
            raise self._refuse(known, f"{known.name} is defined {where} in the file", "kind-changed")
        body_changes = says(made, said)[-40:] != says(self.file, known)[-40:] or said.parameters != known.parameters
        if body_changes and drops_marks(said.marks, known.marks):
            raise self._refuse(known, f"the answer drops what marks {known.name}: {known.marks[0]}", "drops-decorators")
        if is_empty(made, said) and not is_empty(self.file, known):
            raise self._refuse(known, f"the answer leaves {known.name} empty", "placeholder")
        lost, there = lost_lines(made, said, self.file, known)
        if known.kind == "class" and there > 3 and lost * 2 > there:
            raise self._refuse(known, f"the answer drops {lost} of the {there} lines of {known.name}", "drops-code")

    def _above(self, said: Symbol, base: str) -> str:
        """Return the answer's comments above a symbol as they stand at `base`, and the margin of what follows."""
        made = self.answer.made
        comments = made.said(said.lead, said.start)
        whole = moved(made, said.lead, said.lead + len(comments.rstrip().encode("utf-8", "surrogatepass")), base, None)
        return f"{whole}\n{base}" if "\n" in comments[len(comments.rstrip()) :] else f"{whole} "

    def _says_more_above(self, said: Symbol, known: Symbol) -> bool:
        return self._comments(said, known) is not None

    def _comments(self, said: Symbol, known: Symbol) -> str | None:
        """Return the answer's comments above a symbol where they say something new, else None: the file's are kept."""
        here = self.answer.made.said(said.lead, said.start)
        there = self.file.said(known.lead, known.start)
        if not here.strip() or _PRAGMA.search(there):
            return None
        lines = {line.strip() for line in there.splitlines()}
        new = [line.strip() for line in here.splitlines() if line.strip() and not _NOISE.fullmatch(line.strip())]
        return here if any(line not in lines and any(map(str.isalnum, line)) for line in new) else None

    def _replace(self, said: Symbol, known: Symbol) -> None:
        made, file = self.answer.made, self.file
        unit = unit_of(file, known.node) or usual_unit(file)
        base = file.indent(known.start)
        if file.language == "go" and known.inner is known.core and known.node.type != said.node.type:
            # One of a group takes the words of one that stands alone, and the other way round.
            self._take(
                known, known.core.start_byte, moved(made, said.core.start_byte, said.core.end_byte, base, unit), said
            )
            return
        start, at = known.start, said.start
        if self._comments(said, known) is not None:
            start, at = known.lead, said.lead
        piece = moved(made, said.start, said.end, base, unit, said=said, known=(file, known))
        if known.prefix and not said.prefix:
            piece = known.prefix + piece
        if at != said.start:
            piece = self._above(said, base) + piece
        piece = with_the_files_lines(file.said(start, known.end), piece)
        piece = in_the_files_style(file, made, said, known, piece)
        end = known.end
        if file.language in _SEMICOLONS and (made.said(said.end, said.tail) == ";") != (
            file.said(end, known.tail) == ";"
        ):
            # A body takes the place of the semicolon of a declaration, or the other way round.
            end, piece = known.tail, piece + made.said(said.end, said.tail)
        self._take(known, start, piece, said, end)

    def _take(self, known: Symbol, start: int, piece: str, said: Symbol, end: int | None = None) -> None:
        self._change(start, known.end if end is None else end, piece)
        self.changed.append(known.name)
        self.written.append((said, known))

    def _change(self, start: int, end: int, text_: str) -> None:
        line_end = self.file.line_end(start)
        ending = "\r\n" if self.file.source[line_end : line_end + 2] == b"\r\n" else "\n"
        if line_end >= len(self.file.source) and b"\r\n" in self.file.source:
            ending = "\r\n"
        self.changes.append(Replacement(start, end, text_.replace("\n", ending)))

    def _pair_containers(self, said: Symbol, found: list[Symbol], *, plays: bool) -> None:
        assert said.members is not None
        made = self.answer.made
        alike = [known for known in found if head(made, said) == head(self.file, known) and said.marks == known.marks]
        prefixed = not said.prefix or any(said.prefix == known.prefix for known in found)
        if not alike and any(is_reduced(made, said, self.file, known) for known in found):
            # Less than the file's head is a mere frame around the members, unless it is all that changes.
            before = len(self.changes) + len(self.fresh)
            self._pair_members(said, found, plays=plays)
            if plays and len(self.changes) + len(self.fresh) == before and len(found) == 1:
                self._replace_head(said, found[0])
            return
        if (not alike or not prefixed) and plays:
            if len(found) > 1:
                raise self._refuse(found[0], f"{found[0].name} is there more than once", "ambiguous")
            self._replace_head(said, found[0])
        elif not alike:
            self.left_out.append(found[0].name)
        elif plays and len(found) == 1 and self._says_more_above(said, alike[0]):
            base = self.file.indent(alike[0].start)
            self._change(alike[0].lead, alike[0].start, self._above(said, base))
            self.changed.append(alike[0].name)
        self._pair_members(said, found, plays=plays)

    def _pair_members(self, said: Symbol, found: list[Symbol], *, plays: bool) -> None:
        assert said.members is not None
        made = self.answer.made
        scopes = [known.members for known in found if known.members is not None]
        there = [shape(self.file.source, one) for scope in scopes for one in scope.loose]
        for node in said.members.loose[:_MOST_LOOSE]:
            if shape(made.source, node) in there:
                continue
            if plays:
                what = f"the answer adds a statement to {found[0].name} that has no name"
                raise self._refuse(found[0], what, "cannot-place")
            self.left_out.append(f"{found[0].name}: {text(made.source, node).partition(chr(10))[0][:60]}")
        self._merge(said.members, scopes)

    def _replace_head(self, said: Symbol, known: Symbol) -> None:
        """Take over what a container says before its members."""
        assert said.members is not None
        assert known.members is not None
        made, file = self.answer.made, self.file
        if drops_marks(said.marks, known.marks):
            raise self._refuse(known, f"the answer drops what marks {known.name}: {known.marks[0]}", "drops-decorators")
        end, at = known.members.node.start_byte, said.members.node.start_byte
        if file.language == "ruby":
            end, at = _ruby_head_end(known), _ruby_head_end(said)
        end -= len(file.source[known.start : end]) - len(file.source[known.start : end].rstrip())
        at -= len(made.source[said.start : at]) - len(made.source[said.start : at].rstrip())
        piece = moved(made, said.start, at, file.indent(known.start), usual_unit(file))
        if known.prefix and not said.prefix:
            piece = known.prefix + piece
        self._change(known.start, end, piece)
        self.changed.append(known.name)
        self.heads.append((said, known))

    def _refuse_taken(self, fresh: Fresh) -> None:
        there = self.file.by_key.get((fresh.name, fresh.said.role), [])
        overloaded = self.file.language in {"java", "cpp"} and fresh.said.kind == "function"
        if there and not overloaded and not fresh.said.role.endswith("signature"):
            raise self._refuse(there[0], f"{fresh.name} is new, but the file has that name", "name-taken")

    def _take_imports(self, said: list[Symbol]) -> None:
        made = self.answer.made
        used = set().union(*(words(made.source, symbol.node) for symbol in said))
        if any("jsx" in kind for symbol in said for kind, _ in shape(made.source, symbol.node)):
            used.add("React")
        if self.answer.scope is not made.module:
            self.pairs.append((made.module, self.file.module))
        for scope, known in self.pairs:
            if scope.imports:
                found = wanted(made, scope, self.file, known, used)
                self.changes += insert_imports(made, self.file, known, found.items)
                self.left_out += found.left_out

    def _loose(self) -> list[str]:
        """Return what the answer has at its top level beside symbols and imports, and the file has not."""
        made = self.answer.made
        there = [shape(self.file.source, node) for node in self.file.module.loose]
        return [
            f"line {node.start_point.row + 1}: {text(made.source, node).partition(chr(10))[0].strip()[:60]}"
            for node in self.answer.scope.loose[:_MOST_LOOSE]
            if shape(made.source, node) not in there
        ]

    def _refuse(self, known: Symbol, message: str, code: str) -> EditRefused:
        hint = f"answer with {known.name} whole, as it stands in the file, with only what must change changed"
        shown = numbered(
            self.file.source.decode("utf-8", "replace"), self.file.line(known.start), self.file.line(known.end)
        )
        return EditRefused(message, code=code, hint=hint, nearest=shown)

    def _nothing(self) -> EditRefused:
        if self.met:
            return EditRefused("the answer changes nothing", code="no-change", hint="change what the task asks for")
        names = [symbol.name.removeprefix("_.") for symbol in self.answer.made.every() if symbol.name != "_"]
        wished = sorted(self.in_play or ())
        shown = [symbol for name in wished for symbol in self.file.by_name.get(name, [])][:1]
        return EditRefused(
            f"the answer has none of the symbols in play, only {', '.join(names[:8]) or 'other code'}",
            code="off-target",
            hint=f"answer with {', '.join(wished[:8]) or 'a symbol of the file'}",
            nearest=self.targets.places(shown),
        )


def _drops_names(made: Outline, said: Symbol, file: Outline, known: Symbol) -> bool:
    """Return whether an answered list of exports lacks some that the file has."""
    if known.core.type != "object" or said.core.type != "object":
        return False
    return not words(file.source, known.core) <= words(made.source, said.core)


def _ruby_head_end(symbol: Symbol) -> int:
    node = symbol.core.child_by_field_name("superclass") or symbol.core.child_by_field_name("name")
    return node.end_byte if node is not None else symbol.core.start_byte

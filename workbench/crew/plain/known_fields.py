"""What the things are that a function goes through, and which of their fields some words of a task mean."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable

from workbench.crew.judging.stated import Function, parameters
from workbench.crew.plain.places import class_around, declared_fields, set_at_the_top
from workbench.crew.slips.righted import Changed

NUMBERS = frozenset({"int", "float", "Decimal", "Fraction"})
_OF_THEM = re.compile(
    r"(?:\w+\.)?(?:list|List|[Ss]equence|Iterable|Iterator|Collection|set|Set|frozenset|tuple|Tuple|deque)"
    r"\[[\"']?(?P<kind>\w+)[\"']?(?:, \.\.\.)?\]"
)
_VALUES = re.compile(r"(?:\w+\.)?(?:dict|Dict|Mapping|MutableMapping|OrderedDict)\[.+, [\"']?(?P<kind>\w+)[\"']?\]")
_OF_ONE = re.compile(r"\b(?P<name>[a-z]+) of (?:the |their |its |an? )?(?P<owner>[a-z]+)$")
_SAME: tuple[frozenset[str], ...] = tuple(
    frozenset(one.split())
    for one in (
        "begin start starts_at begins beginning",
        "end finish ends_at until",
        "price cost",
        "name title label",
        "surname last_name family_name lastname last",
        "first_name forename given_name firstname first",
        "number no",
        "date day",
        "time hour",
        "birthday born birth date_of_birth",
    )
)
_SPOKEN = {"last name": "surname", "family name": "surname", "given name": "first_name", "first name": "first_name"}


def kind_of(changed: Changed, name: str, values: ast.expr | None) -> ast.ClassDef | None:
    """Return the file's class of which a list is, or what goes by a name; None where that is not known.

    What is annotated says it, or else the fields that are looked at, or the name: a `booking` is a `Booking`.
    """
    classes = {one.name: one for one in changed.tree.body if isinstance(one, ast.ClassDef)}
    if values is not None and (said := classes.get(annotated(changed, values))):
        return said
    used = _used([changed.node], name)
    having = [one for one in classes.values() if used and used <= {look.strip(".()") for look in looks_of(one)}]
    if len(having) == 1:
        return having[0]
    named = [one for key, one in classes.items() if key.lower() == name.replace("_", "").lower()]
    is_it = named and used <= {look.strip(".()") for look in looks_of(named[0])}
    return named[0] if is_it else None


def annotated(changed: Changed, values: ast.expr) -> str:
    """Return the name of the class of which a list is by its annotation; nothing where none says it."""
    owner = class_around(changed)
    match values:
        case ast.Call(func=ast.Name(id="list" | "sorted" | "reversed" | "set" | "tuple"), args=[inner, *_]):
            return annotated(changed, inner)
        case ast.Call(func=ast.Attribute(value=inner, attr="values"), args=[]):
            found = _VALUES.fullmatch(_annotation(changed, owner, inner))
        case ast.ListComp(elt=ast.Name(id=one), generators=[ast.comprehension(target=ast.Name(id=name), iter=inner)]):
            return annotated(changed, inner) if one == name else ""
        case ast.Call(func=ast.Attribute(value=ast.Name(id="self"), attr=name)) if owner:
            methods = [one for one in owner.body if isinstance(one, Function) and one.name == name]
            found = _OF_THEM.fullmatch(ast.unparse(methods[0].returns)) if methods and methods[0].returns else None
        case _:
            found = _OF_THEM.fullmatch(_annotation(changed, owner, values))
    return found["kind"] if found else ""


def _annotation(changed: Changed, owner: ast.ClassDef | None, values: ast.expr) -> str:
    match values:
        case ast.Name(id=name):
            given = parameters(changed.node).get(name)
            if given and given.node.annotation and not changed.sets(name):
                return ast.unparse(given.node.annotation)
            every = [one for one in ast.walk(changed.node) if isinstance(one, ast.Assign | ast.AnnAssign)]
            for one in every:
                match one:
                    case ast.AnnAssign(target=ast.Name(id=target), annotation=kind) if target == name:
                        return ast.unparse(kind)
                    case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name:
                        inner = annotated(changed, value) if not isinstance(value, ast.Name) else ""
                        return f"list[{inner}]" if inner else ""
        case ast.Attribute(value=ast.Name(id="self"), attr=name) if owner:
            return fields_of(owner).get(name, "")
    return ""


def fields_of(node: ast.ClassDef) -> dict[str, str]:
    """Return the fields that a class declares or sets when it is made, each with its type; empty where not known."""
    found: dict[str, str] = {}
    for method in node.body:
        if not isinstance(method, ast.FunctionDef) or method.name != "__init__":
            continue
        given = {name: one.node.annotation for name, one in parameters(method).items()}
        for part in ast.walk(method):
            match part:
                case ast.AnnAssign(target=ast.Attribute(value=ast.Name(id="self"), attr=name), annotation=kind):
                    found[name] = ast.unparse(kind)
                case ast.Assign(targets=[ast.Attribute(value=ast.Name(id="self"), attr=name)], value=value):
                    kind_given = given.get(value.id) if isinstance(value, ast.Name) else None
                    found.setdefault(name, ast.unparse(kind_given) if kind_given else "")
    return found | declared_fields(node)


def looks_of(node: ast.ClassDef) -> dict[str, str]:
    """Return how fields, properties and methods without arguments of a class are looked at, each with its type.

    `.start` is a field, `.free()` a method, and `["title"]` what a TypedDict has.
    """
    if any(ast.unparse(base).endswith("TypedDict") for base in node.bases):
        return {f'["{name}"]': kind for name, kind in declared_fields(node).items()}
    found = {f".{name}": kind for name, kind in fields_of(node).items()}
    for one in node.body:
        if isinstance(one, ast.FunctionDef) and len(parameters(one)) == 1 and not one.name.startswith("__"):
            decorators = {ast.unparse(each) for each in one.decorator_list}
            if decorators <= {"property", "cached_property", "functools.cached_property"}:
                look = f".{one.name}" if decorators else f".{one.name}()"
                found[look] = ast.unparse(one.returns) if one.returns else ""
    return found


def looks_known(changed: Changed, name: str, values: ast.expr | None) -> dict[str, str]:
    """Return how the fields of what goes by a name are looked at: of its class, or as the file does it elsewhere."""
    kind = kind_of(changed, name, values)
    if kind is not None:
        return looks_of(kind)
    return dict.fromkeys((f".{one}" for one in sorted(_used([changed.tree], name, calls=False))), "") | dict.fromkeys(
        (f'["{one}"]' for one in sorted(_keys(changed, name))), ""
    )


def _used(trees: Iterable[ast.AST], name: str, *, calls: bool = True) -> set[str]:
    """Return the fields that are looked at, of what goes by a name, and its methods."""
    every = [part for tree in trees for part in ast.walk(tree)]
    called = {id(part.func) for part in every if isinstance(part, ast.Call)}
    return {
        part.attr
        for part in every
        if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name) and part.value.id == name
        if calls or id(part) not in called
    }


def _keys(changed: Changed, name: str) -> set[str]:
    found: set[str] = set()
    for part in ast.walk(changed.tree):
        match part:
            case ast.Subscript(value=ast.Name(id=one), slice=ast.Constant(value=str() as key)) if one == name:
                found.add(key)
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id=one), attr="get"), args=[ast.Constant(value=str() as key), *_]
            ) if one == name:
                found.add(key)
    return found


def stems(text: str) -> list[str]:
    """Return the words of a text without what they end in: `names`, `name's` and `name` are one."""
    return [_stem(word) for word in re.findall(r"[a-z]+", re.sub(r"['\u2019]s\b|s['\u2019]", "", text.lower()))]


def _stem(word: str) -> str:
    if len(word) > 3 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def meant(phrase: str, looks: Iterable[str]) -> str:
    """Return the field that some words mean, as it is looked at; nothing where none is, or it is not clear which.

    Of "the owner's name" and "the name of the owner" it is the owner, if there is a field of that name.
    """
    said = phrase.strip().lower()
    of_one = _OF_ONE.search(said)
    owner = of_one["owner"] if of_one else said.partition("'s ")[0].split(" ")[-1] if "'s " in said else ""
    known = list(looks)
    if owner and (found := _best([_stem(owner)], known)):
        return found
    words = stems(said)
    for spoken, field in _SPOKEN.items():
        if spoken in " ".join(words) and (found := _alike(field, known)):
            return found
    return _best(words, known) or next((found for one in words if (found := _alike(one, known))), "")


def _best(words: list[str], looks: list[str]) -> str:
    """Return the field of whose name most words are said one after another."""
    scored: dict[str, int] = {}
    for look in looks:
        own = stems(look.replace("_", " "))
        places = [at for at in range(len(words)) if own and words[at : at + len(own)] == own]
        if places:
            scored[look] = len(own)
    best = [look for look, score in scored.items() if score == max(scored.values())]
    return best[0] if len(best) == 1 else ""


def _alike(word: str, looks: list[str]) -> str:
    groups = [group for group in _SAME if word in group]
    found = [look for look in looks if any(look.strip(".()[]\"'") in group for group in groups)]
    return found[0] if len(found) == 1 else ""


def words_of_fields(tree: ast.Module) -> dict[str, dict[str, str]]:
    """Return the words that a file compares its fields with, or sets them to, by field, each as it is written."""
    tops = {name: value.value for name, value in set_at_the_top(tree) if isinstance(value, ast.Constant)}
    known: dict[str, dict[str, str]] = {}
    for part in ast.walk(tree):
        match part:
            case ast.Compare(left=ast.Attribute(attr=name), comparators=[value]):
                pass
            case ast.Assign(targets=[ast.Attribute(attr=name)], value=value):
                pass
            case ast.AnnAssign(
                target=ast.Name(id=name), annotation=ast.Subscript(value=ast.Name(id="Literal"), slice=of)
            ):
                words = [one.value for one in ast.walk(of) if isinstance(one, ast.Constant)]
                known.setdefault(name, {}).update({one: f'"{one}"' for one in words if isinstance(one, str)})
                continue
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                pass
            case _:
                continue
        match value:
            case ast.Constant(value=str() as word):
                known.setdefault(name, {})[word] = f'"{word}"'
            case ast.Name(id=constant) if isinstance(tops.get(constant), str):
                known.setdefault(name, {})[str(tops[constant])] = constant
    for _, value in set_at_the_top(tree):
        held = value.elts if isinstance(value, ast.Tuple | ast.List | ast.Set) else []
        together = {str(one.value) for one in held if isinstance(one, ast.Constant) and isinstance(one.value, str)}
        for said in known.values():
            # Where one of several words of the file is a field's, so are the others.
            said |= {one: f'"{one}"' for one in sorted(together) if not together.isdisjoint(said) and one not in said}
    return known

"""Which symbols of a file a task speaks of, found in its words alone.

Names in backticks, with a dot, with brackets, or that no English word looks like are taken as meant. A plain word such
as `first` or `count` is taken only where its place says so, or where nothing better is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_NAME = r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*"
_MARKED = re.compile(r"`++([^`\n]+)`++|\b([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+)|(?<![\w.])([A-Za-z_]\w*)\(")
_WORD = re.compile(_NAME)
_WORD_PART = re.compile(r"[A-Za-z_]\w*")
_PLACED = re.compile(
    rf"\b(?:functions?|methods?|class|def|constant|variable|[Dd]ocument|[Aa]nnotate)\s+({_NAME})"
    rf"|(?<![\w.])({_NAME})\s+(?:functions?|methods?|class|should|must|takes|returns|raises|does|ignores|accepts|has)\b"
    rf"|(?<![\w.])({_NAME})\s*:\s"
    # A sentence that begins with a small letter begins with a name: "ranking is upside down".
    r"|\A\s*([a-z_]\w*)\s+(?:is|was|does|can|cannot|can't|never|still|gives|keeps|forgets|loses|fails|crashes|leaves|puts"
    r"|says|lets|gets|goes|needs|makes|adds|drops)\b"
    # No sentence says of a thing that it panics, so a function's name stands before that: "Pick panics with ...".
    r"|\A\s*([A-Z]\w*)\s+panics\b"
    rf"|\b(?:[Ii]n|[Gg]ive|[Ll]et|[Mm]ake|[Cc]hange)\s+({_NAME})"
    # "Add a method label(number) to Paginator", but not "return a list of Item".
    r"|\b[Aa]dd\b(?:(?!\bto\b)[^.;\n]){1,120}\bto\s+([A-Z]\w*)"
    r"|(?<=[`)] )(?:of|on)\s+([A-Z]\w*)"
)
_BEGINS = re.compile(r"\A\s*([a-z_]\w*)\s+(?:[a-z]+s|only|also)\b")
"""How a task begins with a name or with what is to be done: "count sums up", "count words in report"."""

_LIST = re.compile(rf"(?<![\w.])`?{_NAME}`?(?:(?:\s*,\s*(?:and\s+|or\s+)?|\s+and\s+|\s+or\s+)`?{_NAME}`?)+")
_ADDING = r"\b(?:[Aa]dd|[Ww]rite|[Cc]reate|[Ii]ntroduce|[Ii]mplement|[Dd]efine|[Pp]rovide)\s+(?:an?\s+|the\s+)?"
_WANTING = r"\b(?:[Nn]eeds?|[Ww]ants?)\s+(?:an?|another)\s+(?:new\s+)?"
_KIND = r"(?:func|functions?|methods?|class|helper|property|getter|predicate|constant)\b"
_CODE_NAME = r"`?((?-i:[A-Za-z_]\w*_\w*|[A-Za-z]\w*[a-z][A-Z]\w*)|(?<=`)[A-Za-z_]\w*(?=`)|[A-Za-z_]\w*(?=\())"
"""A name that looks like one, stands in backticks, or has a bracket behind it."""
_NEW = (
    re.compile(rf"{_ADDING}(?:[\w-]+\s+){{0,3}}?{_KIND}(?:\s+(?:called|named))?\s+`?([A-Za-z_]\w*)"),
    re.compile(rf"{_ADDING}(?:\w+\s+){{0,2}}?`?([A-Za-z_]\w*)(?:\([^)\n]*\))?`?\s+{_KIND}"),
    re.compile(rf"{_ADDING}(?:\w+\s+){{0,3}}?{_KIND}[^.`\n]{{0,60}}`([A-Za-z_]\w*)"),
    re.compile(rf"{_WANTING}(?:\w+\s+){{0,2}}?{_KIND}(?:\s+(?:called|named))?\s+{_CODE_NAME}"),
    re.compile(
        rf"\b(?:[Gg]ive|[Ll]et)\b[^.`\n]{{0,40}}?\b(?:an?|another)\s+(?:[\w-]+\s+){{0,2}}?"
        rf"(?:method|classmethod|staticmethod|property|getter)(?:\s+(?:called|named))?\s+{_CODE_NAME}"
    ),
    # A call, or a header, says it without a word for what it is: "Add clamp(value, low, high)".
    re.compile(r"\b(?:[Aa]dd|[Ii]ntroduce|[Ii]mplement)\s+(?:an?\s+)?(?:new\s+)?`?([A-Za-z_]\w*)\("),
    re.compile(
        r"\b(?:[Aa]dd|[Ww]rite|[Cc]reate|[Ii]ntroduce|[Ii]mplement)\b[^.\n]{0,40}?"
        r"\b(?:async def|def|func|fn|function)\s+([A-Za-z_]\w*)\s*\("
    ),
)
_CALLED = re.compile(r"\b(?:called|named)\s+$")
_DEFINED = re.compile(
    r"(?m)^[ \t]*(?:(?:export|default|async|pub|public|private|static|abstract|final)[ \t]+)*"
    r"(?:def|class|function|func|fn|struct|interface)[ \t]+(\w+)"
)
_IMPORTED = re.compile(r"(?m)^[ \t]*(?:from|import)\b.*")
_GENERAL = frozenset("a all an any each every it its new no other same some that the their this which".split())  # noqa: SIM905
_NO_NAME = frozenset("as called for from in it named of so that the to which with".split())  # noqa: SIM905
_STOPS = frozenset(
    # Words of requests that may well be names too.
    """
    a add all an and annotate any annotation annotations as at be by call calls case change check class code comment
    constant default do docs docstring docstrings document each error every file fix for from function functions get
    has have if in index is it item items its key let list make method methods missing module must name new no none
    not of on one only or other out raise raises read remove rename result return returns run self set should so sort
    string test tests text that the them then this to true false type types update use used value values when where
    which with without write
    """.split()  # noqa: SIM905 — a paragraph of words reads better than a list
)

_OF_ANYTHING = frozenset({"be", "do", "get", "has", "have", "is", "make", "set"})
"""Verbs that any sentence may have, whatever it is about."""

_BEFORE_A_VERB = (
    r"\b(?:(?:[Aa]nd|[Oo]r|[Tt]hen|[Tt]o|[Pp]lease|[Ww]e|I|[Yy]ou|[Tt]hey|[Pp]eople|[Ww]ho|can|cannot|could|not"
    r"|[a-z]+n't|just|only)[ \n]|[,;:.] ?)"
)
_BEHIND_A_VERB = (
    r"(?=\s+(?:the|an?|it|them|everything|all|our|my|their|its|his|her|nothing|something|some(?:body|one)|anything|this|that"
    r"|these|those|one|out|alone)\b)"
)
_BEFORE_ITS_VERB = (
    r"\b(?:(?<!\bsure )(?<!\bcheck )(?<!\bsee )(?<!\bso )(?<!\bwant )(?<!\bsay )(?<!\bsays )(?<!\bmeans )that"
    r"|which|who|it|he|she|everybody|somebody|nobody)[ \n]"
)
_BEHIND_ITS_VERB = r"(?<=s)(?=\s+(?:about|after|at|before|by|during|from|in|on|until|with|within)\b)"
"""What stands around a verb of somebody: "one that ends at 19:30"."""

_BEFORE_A_NOUN = r"\b(?:[Aa]n?|[Aa]ny|[Nn]o|[Ee]ach|[Ee]very|[Aa]nother|two|three)[ \n]"
_IN_FRONT_OF_A_NOUN = (
    r"(?=\s+(?!(?:and|as|at|but|by|calls?|fails?|for|from|function|in|is|it|method|of|on|or|than|that|then|to|was|when"
    r"|where|which|who|with)\b)[a-z]{3,}\b)"
)
_IS_THE_SAME = r"\b(?:[Ss]ame|[Ee]qual|[Ii]dentical)[ \n]"
"""What stands before that by which things are compared: "two archers with the same total"."""

_EXPLAINED = r"(?<![`\w]){name} is (?:the|an?) [^.;:\n]{{1,80}}, (?:and )?so (?:an?|the) "
"""How a task says what something is, and what follows for something else."""

_ERROR = re.compile(r"(?:Error|Exception|Warning)$")
_RAISES = r"\b(?:rais\w+|throw\w*|catch\w*|instead of|rather than|fails? with|gives?|becomes?)\s+"

_MOST_LISTED = 60
"""Names of a task beyond which nobody lists them."""


def _written(task: str) -> set[str]:
    """Return the words that a task marks as names, or that look like one."""
    marked = {word for groups in _MARKED.findall(task) for text in groups for word in _WORD.findall(text)}
    return marked | {word for word in set(_WORD.findall(task)) if _looks_like_code(word)}


def _spelt(task: str) -> set[str]:
    """Return the words that a task has for names: written as such, or placed as one."""
    placed = {word for groups in _PLACED.findall(task) for word in groups if word and word.lower() not in _GENERAL}
    return _written(task) | placed


def _begun_with(task: str) -> set[str]:
    """Return the word that a task begins with, where that is a name if no other is spelt."""
    found = _BEGINS.match(task)
    return {found[1]} - _STOPS - _GENERAL if found else set()


def are_written(task: str, names: Sequence[str]) -> bool:
    """Return whether a task writes some of `names` as names: in backticks, with a point, as no English word looks."""
    return bool(_matching(_written(task), names))


def are_spelt(task: str, names: Sequence[str]) -> bool:
    """Return whether a task has words for names, and not only plain words that may be none, for some of `names`."""
    return bool(_matching(_spelt(task) | _begun_with(task), names))


def named(task: str, names: Sequence[str]) -> tuple[str, ...]:
    """Return those of `names` (qualified, `Class.method`) that `task` speaks of, in the order of `names`.

    A class is left out where one of its members is named too: it is there to say where, unless it is one of a list
    ("Shelf and its add").
    """
    words, meant = set(_WORD.findall(task)), _spelt(task)
    found = _matching(_with_lists(task, meant, names), names)
    found |= _listed_members(task, found, names)
    if not found:
        found = _of_modules(meant, names)
    if not found:
        found = _matching(_begun_with(task), names)
    if not found:
        found = _matching({word for word in words if word.lower() not in _STOPS and not _is_no_name(task, word)}, names)
    found = {name for name in found if not _is_only_maker(task, name)} or found
    found = {name for name in found if not _is_only_explained(task, name)}
    found = {name for name in found if not _is_of_another(task, name, names)}
    found = {_of_its_owner(task, name, names) for name in found}
    return tuple(name for name in names if name in found and not _is_only_where(task, name, found))


def is_told_when(task: str, name: str) -> bool:
    """Return whether a task says when its change is to come by a method's verb: "when a customer is added", `add`."""
    first, *rest = re.findall(r"[A-Z]?[a-z]+|[A-Z]+", name.rpartition(".")[2]) or [""]
    if not first or first.lower() in _OF_ANYTHING:
        return False
    stem, last = re.escape(first[:-1]), re.escape(first[-1:])
    ends = (
        "ies|ied|ying" if last == "y" else f"{last}(?:e?s|e?d|ing|{last}ed|{last}ing)" + ("|ing" if last == "e" else "")
    )
    # As it is, it may be a noun: "an add button".
    verb = rf"(?:\b{stem}(?:{ends})|\b(?:we|I|you|they|people|to) {stem}{last})"
    said = r"\W+".join([verb, *map(re.escape, rest)])
    parts = re.split(r"\b(?<!even )(?:when(?:ever)?|if|once|as soon as|while)\b", task, flags=re.IGNORECASE)[1:]
    return any(re.match(rf"[^.,;:\n]*{said}\b", part, re.IGNORECASE) for part in parts)


def _is_only_maker(task: str, name: str) -> bool:
    """Return whether a task only says of something that a function made it: "a Crew that wasn't made by NewCrew"."""
    last = re.escape(name.rpartition(".")[2])
    made = rf"\b(?:made|created|built|constructed) (?:by|with|through) `?{last}\b"
    return 0 < len(re.findall(made, task)) == len(re.findall(rf"\b{last}\b", task))


def _is_of_another(task: str, name: str, names: Sequence[str]) -> bool:
    """Return whether a plain word is said of what another class is: "when a kiln adds up its hours", `Firing.hours`."""
    owner, _, last = name.rpartition(".")
    said = re.search(rf"\b(?:an?|the|each|every) ([a-z]+)\b[^.,;:\n]{{0,40}}\bits {re.escape(last)}\b", task)
    return bool(owner and said and said[1].lower() != owner.lower() and said[1].title() in names)


def _is_only_explained(task: str, name: str) -> bool:
    """Return whether a task only says what something is: "paid_until is the last day, so a card is valid then"."""
    last = re.escape(name.rpartition(".")[2])
    return 0 < len(re.findall(_EXPLAINED.format(name=last), task)) == len(re.findall(rf"\b{last}\b", task))


def _is_no_name(task: str, word: str) -> bool:
    """Return whether a plain word only says what is done to something, or how it is.

    "We can't find the guest", "and leave it", "one that ends at noon", "a free berth", "with the same total".
    """
    own = re.escape(word)
    of_somebody = rf"{_BEFORE_ITS_VERB}{own}{_BEHIND_ITS_VERB}"
    of_a_thing = rf"{_BEFORE_A_NOUN}{own}{_IN_FRONT_OF_A_NOUN}|{_IS_THE_SAME}{own}\b"
    no_name = rf"{_BEFORE_A_VERB}{own}{_BEHIND_A_VERB}|{of_somebody}|{of_a_thing}"
    return word.islower() and len(re.findall(no_name, task)) == len(re.findall(rf"\b{own}\b", task))


def _of_its_owner(task: str, name: str, names: Sequence[str]) -> str:
    """Return the method that is meant where a function has its name too: `Order's total`, `total of an Order`.

    Who says the function's name first, and the method's then, means the function.
    """
    first = re.search(rf"\b{re.escape(name)}\b", task) if "." not in name else None
    if first is None:
        return name
    ahead = re.search(r"\b([A-Z]\w*)`?'s\s+`?$", task[: first.start()])
    behind = re.match(r"`?(?:\(\))?`? (?:of|in) (?:the |an? )?(?:class )?`?([A-Z]\w*)", task[first.end() :])
    members = [f"{found[1]}.{name}" for found in (ahead, behind) if found]
    return next((member for member in members if member in names), name)


def tasks_for(task: str, names: Sequence[str]) -> dict[str, str]:
    """Return a task about several symbols as it reads for each of them, on one line.

    Where it lists them, each list that has one's name is that name alone: a small model that is asked for `b` and reads
    "Document a and b" describes `a`. What else it says stays.

    Args:
        task: what was asked.
        names: the symbols that it is about.
    """
    text = " ".join(task.split())
    words = {word for name in names for word in (name, name.rpartition(".")[2]) if word in text}
    if len(names) < 2 or len(words) < 2 or len(words) > _MOST_LISTED:
        return dict.fromkeys(names, text)
    one = rf"`?(?:{'|'.join(re.escape(word) for word in sorted(words, key=len, reverse=True))})(?:\(\))?`?"
    apart = r"(?:, ?(?:and |or |plus )?|; | (?:and|or|plus) )(?:its |the |also )?"
    lists = re.compile(
        rf"(?<![\w./$`]){one}(?:{apart}{one})+(?![\w/!?=]|\.\w| (?:takes?|returns?|is|are|gives?|raises?)\b)"
    )

    def reads(name: str) -> str:
        own = {name, name.rpartition(".")[2]}
        owners = {name[: found.start()] for found in re.finditer(r"\.", name)}

        def alone(found: re.Match[str]) -> str:
            listed = {word.strip("`()") for word in re.findall(one, found[0])}
            return name if listed & own and not listed & owners else found[0]

        return lists.sub(alone, text)

    return {name: reads(name) for name in names}


def _of_modules(words: Iterable[str], names: Sequence[str]) -> set[str]:
    """Return the names that stand behind a module's: `bytes.parse` is the `parse` of a file that is no `bytes`."""
    dotted = [word.rpartition(".") for word in words if "." in word]
    known = {part for name in names for part in name.split(".")}
    return {last for owner, _, last in dotted if last in names and known.isdisjoint(owner.split("."))}


def new_name(task: str, names: Iterable[str], text: str = "") -> str | None:
    """Return the name of a function, method or class that the task wants added, if it names one that is not there.

    Args:
        task: what is asked.
        names: the symbols that are there.
        text: the files; what they define anywhere, or import, is there too.
    """
    known = {name.rpartition(".")[2] for name in names}
    for pattern in _NEW:
        for match in pattern.finditer(task):
            word = match[1]
            # "A method get(key)", "a method called get": a word of requests is a name where it is written as one.
            is_written = task[match.end(1) :][:1] in ("(", "`") or bool(_CALLED.search(task[: match.start(1)]))
            no_names = _GENERAL | _NO_NAME if is_written else _GENERAL | _NO_NAME | _STOPS
            if word not in known and word.lower() not in no_names and not _has(text, word):
                return word
    return None


def _has(text: str, name: str) -> bool:
    """Return whether a text defines a name, at any depth, or imports it; what its prose says does not count."""
    word = re.compile(rf"\b{re.escape(name)}\b")
    return any(word.fullmatch(found) for found in _DEFINED.findall(text)) or any(
        word.search(line) for line in _IMPORTED.findall(text)
    )


def is_raised(name: str, task: str) -> bool:
    """Return whether a task speaks of an error only as of what is raised or caught."""
    if not _ERROR.search(name):
        return False
    mentions = re.findall(rf"\b{re.escape(name)}\b", task)
    raised = re.findall(rf"{_RAISES}(?:(?:an?|the|its|own)\s+)*[`'\"]?{re.escape(name)}\b", task, re.IGNORECASE)
    return bool(mentions) and len(mentions) == len(raised)


def unknown_names(task: str, text: str) -> tuple[str, ...]:
    """Return the names that `task` marks as code and that stand nowhere in a file's text: an answer may define them."""
    known = set(_WORD_PART.findall(text))
    called = {call for _, _, call in _MARKED.findall(task) if call}
    said = dict.fromkeys(word for word in _WORD.findall(task) if "." not in word and word not in known)
    return tuple(word for word in said if word in called or _looks_like_code(word))


def _with_lists(task: str, meant: set[str], names: Sequence[str]) -> set[str]:
    """Return the words that are meant and those enumerated with one of them: `take, nth and first`."""
    known = {word for word in meant if _matching({word}, names)}
    for listed in _LIST.findall(task):
        words = set(_WORD.findall(listed)) - {"and", "or"}
        if words & known:
            meant = meant | words
    return meant


def _listed_members(task: str, found: set[str], names: Sequence[str]) -> set[str]:
    """Return members that are listed by plain names right behind their class: `Codec: encode, decode`, `Codec's …`."""
    listed: set[str] = set()
    for match in _LIST.finditer(task):
        words = set(_WORD.findall(match[0])) - {"and", "or"}
        before = task[max(0, match.start() - 80) : match.start()]
        for owner in found:
            last = re.escape(owner.rpartition(".")[2])
            meant = {name for name in names if name.rpartition(".")[0] == owner and name.rpartition(".")[2] in words}
            is_behind = re.search(rf"\b{last}`?(?:'s|\s*:|(?:,|\s+and)?\s+its)(?:\s+methods?)?\s*:?\s*$", before)
            if is_behind and len(meant) == len(words):
                listed |= meant
    return listed


def _looks_like_code(word: str) -> bool:
    return (
        "_" in word.strip(".") or any(character.isdigit() for character in word) or bool(re.search("[a-z][A-Z]", word))
    )


def _matching(words: Iterable[str], names: Sequence[str]) -> set[str]:
    found: set[str] = set()
    plain: set[str] = set()
    for word in words:
        if "." in word:
            exact = {name for name in names if name == word or name.endswith(f".{word}")}
            found |= exact or _of_a_thing(word, names)
        else:
            plain |= {name for name in names if name.rpartition(".")[2] == word}
    owners = {name for name in plain | found if any(other.startswith(f"{name}.") for other in names)}
    # "The method get of Cache": other classes' `get`, and a function of that name, are not meant.
    members = {name for name in plain if any(name.startswith(f"{owner}.") for owner in owners)}
    taken = {name.rpartition(".")[2] for name in members}
    outermost = {name for name in plain if "." not in name and name not in owners}
    outer_names = outermost | owners
    for name in plain:
        last = name.rpartition(".")[2]
        if last in taken:
            found |= {name} & members
        elif name in outer_names or last not in outer_names:
            found.add(name)
    return found


def _of_a_thing(word: str, names: Sequence[str]) -> set[str]:
    """Return the methods that a call of some thing may mean: `box.take` is `DepositBox.take`, and `os.remove` none."""
    thing, _, last = word.rpartition(".")
    owners = {name: name.rpartition(".")[0] for name in names if name.endswith(f".{last}")}
    if thing in {"self", "this"}:
        return set(owners)
    kind = "".join(part[:1].upper() + part[1:] for part in thing.split("_"))
    of_it = {name for name, owner in owners.items() if owner == kind}
    return of_it or {name for name, owner in owners.items() if len(kind) > 1 and owner.endswith(kind)}


def _is_only_where(task: str, name: str, found: set[str]) -> bool:
    own = re.escape(name.rpartition(".")[2])
    is_listed = re.search(rf"(?<![\w.]){own}`?,?\s+(?:and|plus|as well as)\s+(?:(?:all\s+)?its\b|`?{own}\.)", task)
    return not is_listed and any(other.startswith(f"{name}.") for other in found)

"""By what a task wants things in order: the words for it, and which way."""

from __future__ import annotations

import re
from dataclasses import dataclass

from workbench.crew.plain.known_fields import meant

_QUOTED = re.compile(r"(?<!\w)'[^'\n]*'(?!\w)|\"[^\"\n]*\"|\[[^\]\n]*\]|\{[^}\n]*\}")
_NOT_SO = re.compile(
    r"(?:,? ?\b(?:and |but )?(?:not|instead of|rather than|no longer|regardless of|whichever|whatever|however)\b"
    r"|n't\b)(?! (?:only|just)\b)[^,.;:()!?\n]*",
    re.IGNORECASE,
)
_AS_IT_IS = re.compile(
    r"\b(?:still|stays?|remains?|keeps?|kept|as (?:before|now|they are|it is)|unchanged|(?:have|has|had) been"
    r"|at the moment|at present|currently|so far|until now|today)\b",
    re.IGNORECASE,
)
_WANTS = re.compile(
    r"\b(?:should|must|shall|wants?|would|like|needs?|please|let|can|could|has to|have to|make|expect\w*)\b|'d\b"
    r"|^(?:\W|\w+:)*(?:sort|order|list|put|rank|arrange|return|give|show)\b",
    re.IGNORECASE,
)
_HEAD = r"(?:when |how (?:many|much|long|often|old) )?"
_STOP = (
    r"(?:and|then|with|so|but|if|unless|please|in|as|because|that|now|again|(?:first|last)(?! name)|even|only|to"
    r"|should|must|are|is|have|has|for|on top|at the|rather|from|ascending|descending|upwards|downwards|ignoring|within"
    r"|comes?|goes?|too|also|when|where|while|who|which|before|after)\b"
)
_WHAT = rf"{_HEAD}(?:the |their |its |his |her |our )?(?!{_STOP})[a-z][\w'\u2019-]*(?: (?!{_STOP})[\w'\u2019-]+){{0,4}}"
_SORTED_BY = re.compile(
    rf"\b(?:sort\w*|order(?:ed|s|ing)?|rank\w*|arrang\w*|list\w*|come|go|group\w*|then|and|first|appear|ties?|put)\b"
    rf"(?: \w+){{0,4}}?(?: first)?,? by (?P<what>{_WHAT})",
    re.IGNORECASE,
)
_AND_BY = re.compile(rf"\b(?:and|then|within)\b[^.;]{{0,25}}?\bby (?P<what>{_WHAT})", re.IGNORECASE)
_AND_MORE = re.compile(rf"^,? (?:and )?(?:then )?(?P<what>{_WHAT})", re.IGNORECASE)
_IN_ORDER = re.compile(
    rf"\b(?:in|into) (?:(?:the|an?) )?(?:right |correct |natural |ascending |(?P<down>descending |reverse ))?order"
    rf" (?:of|by) (?P<what>{_WHAT})"
    rf"|\bin the order in which (?:\w+ ){{1,2}}(?P<verb>[a-z]+)\b|\bby when (?:\w+ ){{1,3}}?(?P<when>[a-z]+s)\b",
    re.IGNORECASE,
)
_BY_LETTERS = re.compile(
    rf"\b(?:(?P<down>reverse )?alphabetic\w*(?! \w*list\b)(?: order)?(?: (?:of|by) (?P<what>{_WHAT}))?|\ba to z\b)",
    re.IGNORECASE,
)
_DOWN = (
    "highest|higher|largest|larger|greatest|greater|biggest|bigger|most|more|longest|longer|latest|later|newest|newer"
    "|heaviest|best|dearest|oldest|older"
)
_UP = "lowest|lower|smallest|smaller|fewest|fewer|least|less|earliest|earlier|shortest|shorter|youngest|younger"
_COMES = (
    r"(?:(?!\b(?:not|never|then)\b|n't)[^.;\n]){0,45}?"
    r"\b(?:first|on top|at the top|at the beginning|before|ahead|wins?|winner|preferred|chosen|taken|given"
    r"|goes up|leads?)\b"
)
_WITH_MORE = re.compile(
    rf"\b(?:(?P<down>{_DOWN})|(?P<up>{_UP})) (?P<what>(?!expensive|recent|urgent|important)[a-z]+(?: (?!{_STOP})[a-z]+)"
    rf"{{0,2}})\b(?= |,){_COMES}",
    re.IGNORECASE,
)
_IN_TAIL = re.compile(
    r"\b(?:desc\w*|decreasing|backwards|downwards|reversed?|from (?:the )?(?:high|most|larg|new|late|z)\w*"
    rf"|(?:{_DOWN}|most \w+)(?: (?:one|ones|\w+))? (?:first|on top|at the top))\b",
    re.IGNORECASE,
)
_TIMES = "start begin starts_at day date time due created since added at received arrival year hour month begins"
_COSTS = "price cost cents pence amount total fee rate euros price_cents"
_SIZES = "length size litres capacity area width height places volume"
_KINDS: tuple[tuple[str, str, str], ...] = (
    ("cheap", "expensive|dear|costl", _COSTS),
    ("narrow", "wide|broad|wid", "width breadth"),
    ("light", "heav", "weight weight_kg kilos kg grams mass weight_g draw_weight"),
    ("short|brief", "long", "length minutes duration hours seconds size days"),
    ("small|tini", "large|larg|big|bigg", _SIZES),
    ("low|small", "tall|high", "height level score points rank priority price"),
    ("earl|soon", "late|lat", _TIMES),
    ("old", "new|recent", f"{_TIMES} born made bought opened sent written"),
    ("young", "old", "age"),
    ("old", "young", "born birthday birth"),
    ("slow", "fast|quick", "speed pace"),
    ("fast|quick", "slow", "seconds minutes time duration"),
)
"""Words for little and for much of something, and the fields that it may be of."""

_ADJECTIVES = "|".join(dict.fromkeys(f"{little}|{much}" for little, much, _ in _KINDS))
_COMPARED = re.compile(
    rf"\b(?:(?P<more>more|most|less|least) (?P<far>{_ADJECTIVES})|(?P<near>{_ADJECTIVES})(?:i?e?r|i?e?st))"
    rf"\b(?:,? (?!{_STOP})[a-z]+){{0,3}}?(?: |, ?){_COMES}",
    re.IGNORECASE,
)
ANY_CASE = re.compile(
    r"\b(?:ignor\w*|regardless of|whatever)\b[^.;]{0,20}\bcase\b|\bcase[- ]?insensitiv\w*"
    r"|\bupper(?: case)? (?:and|or) lower\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class By:
    """One thing by which something is sorted.

    Attributes:
        what: the words for it; empty of an alphabetical order without more.
        is_down: whether the largest comes first.
        fields: the fields that it may be, where an adjective says it: `price` of "the cheaper one".
        is_told: whether the way is said; "by points" may mean the most first.
    """

    what: str
    is_down: bool = False
    fields: tuple[str, ...] = ()
    is_told: bool = True

    def look(self, looks: dict[str, str]) -> str:
        """Return the field that is meant, as it is looked at; nothing where it is not clear which."""
        bare = {look.strip(".()[]\"'"): look for look in looks}
        if self.fields:
            found = [bare[one] for one in self.fields if one in bare]
            return found[0] if found else ""
        if not self.what:
            return next((bare[one] for one in ("name", "title", "label") if one in bare), "")
        return meant(self.what, looks)


def said_of_order(task: str) -> str:
    """Return the sentences of a task that want an order, without what they do not want, and what is so today."""
    plain = _NOT_SO.sub("", _QUOTED.sub("", " ".join(task.split())))
    sentences = [one for one in re.split(r"(?<=[.;!?])\s", plain) if not _AS_IT_IS.search(one) or _WANTS.search(one)]
    return " ".join(one for one in sentences if not re.search(r"\b(?:still|stays?|remains?)\b", one, re.IGNORECASE))


def orders(task: str) -> list[tuple[By, ...]]:
    """Return by what a task may want something sorted, the likeliest first; each by one thing or by several."""
    said = said_of_order(task)
    found: list[tuple[By, ...]] = []
    for one in _SORTED_BY.finditer(said):
        rest = said[one.end() :]
        sentence = re.split(r"[.;!?]", rest, maxsplit=1)[0]
        is_down = _IN_TAIL.search(sentence) is not None
        more = [By(one["what"], is_told=False) for one in _AND_BY.finditer(sentence)]
        plain = _AND_MORE.match(rest)
        if more:
            found.append((By(one["what"], is_down, is_told=is_down), *more))
        elif plain and re.match(r",? (?:and|then)", rest):
            found.append((By(one["what"], is_down, is_told=is_down), By(plain["what"], is_told=False)))
        found.append((By(one["what"], is_down, is_told=is_down),))
    for one in _IN_ORDER.finditer(said):
        end = re.split(r"[.;!?]", said[one.end() :], maxsplit=1)[0]
        is_down = bool(one["down"]) or _IN_TAIL.search(end) is not None
        found.append((By(one["what"] or one["verb"] or one["when"], is_down),))
    for one in _BY_LETTERS.finditer(said):
        found += [(By(one["what"], bool(one["down"])),)] if one["what"] else []
        found.append((By("", bool(one["down"])),))
    for one in _WITH_MORE.finditer(said):
        found.append((By(one["what"], bool(one["down"])),))
    for one in _COMPARED.finditer(said):
        found += [(by,) for by in _compared(one)]
    return list(dict.fromkeys(found))


def _compared(one: re.Match[str]) -> list[By]:
    word, found = (one["far"] or one["near"]).lower(), []
    is_less = (one["more"] or "").lower() in {"less", "least"}
    for little, much, fields in _KINDS:
        for words, is_down in ((little, False), (much, True)):
            if word in words.split("|") or f"{word}e" in words.split("|"):
                found.append(By(one[0], is_down != is_less, tuple(fields.split())))
    return found

"""How a documentation comment looks in a language: the host lays out what a model said in words.

JavaScript, TypeScript and Java have blocks with tags, Go begins with the name, others have lines or what the file has.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.crew.documenting.docstring_form import Described, phrase, sentence
from workbench.crew.documenting.signatures import Facts
from workbench.edits.docwords import usual_width
from workbench.edits.foreign.documented import comment_lines
from workbench.edits.foreign.grammars import Language
from workbench.edits.foreign.outline import Outline

_BLOCKS = frozenset({"javascript", "typescript", "tsx", "java"})
_TAGS = re.compile(r"([@\\])(?:param|returns?)\b")
_WORDS_FOR_TYPES = "class|struct|structure|type|interface|enum|trait|record|function|method|module"
_NARROWEST = 40
_TAB = 4
_S_ENDINGS = ("s", "x", "z", "ch", "sh", "o")
_ARTICLES = frozenset({"a", "an", "the"})
_NO_VERBS = frozenset({"this", "it", "its", "is", "class", "always", "as"})
_MODALS = frozenset({"can", "could", "may", "must", "should", "will"})
_VERBS_IN_LY = frozenset({"apply", "comply", "imply", "multiply", "rely", "reply", "supply"})
_NOUNS = frozenset({"constructor", "function", "getter", "helper", "method", "setter", "utility", "wrapper"})


@dataclass(frozen=True)
class Form:
    """How comments of a file are written.

    Attributes:
        language: the file's.
        mark: what begins each line; nothing for a block.
        tag: what begins `param` and `returns`; nothing where arguments are not listed.
        is_flat: whether a block of one sentence stands on one line.
        returns: the tag of a result.
        width: how long lines are at most.
    """

    language: Language
    mark: str
    tag: str
    is_flat: bool
    returns: str
    width: int


def form_of(file: Outline) -> Form:
    """Return the form of a file's documentation comments: its language's, and where that has several, its own."""
    language = file.language
    comments = comment_lines(file)
    mark = _mark(language, comments)
    blocks = [one for one in comments if one.startswith("/**")]
    flat = sum("\n" not in one for one in blocks)
    tags = _TAGS.search("\n".join(comments))
    tag = "@" if language in _BLOCKS else tags[1] if tags and not (mark == "//" or language == "go") else ""
    return Form(
        language=language,
        mark=mark,
        tag="" if language == "rust" else tag,
        is_flat=flat > 0 if blocks or language == "java" else True,
        returns="returns" if language in {"javascript", "typescript", "tsx"} else "return",
        width=usual_width(file.source.decode("utf-8", "replace")),
    )


def _mark(language: Language, comments: Sequence[str]) -> str:
    if language in {"ruby", "shell"}:
        return "#"
    if language == "rust":
        return "///"
    if language == "go":
        return "//"
    if language in _BLOCKS:
        return ""
    if any(one.startswith("///") for one in comments):
        return "///"
    lines = sum(one.startswith("//") for one in comments)
    return "//" if lines > sum(one.startswith("/*") for one in comments) else ""


def write_comment(
    described: Described, known: Facts, form: Form, *, indent: str, is_type: bool, sections: bool
) -> list[str]:
    """Return the lines of a comment with its marks, at the margin; none where nothing was said.

    Args:
        described: the words.
        known: what the tree says of the symbol.
        form: the form of the file's comments.
        indent: the white space that will stand before each line.
        is_type: whether it is a type that is described.
        sections: whether arguments and the result are listed.
    """
    summary = _clean(sentence(_straight(described.summary, known.name)), form)
    if not any(character.isalpha() for character in summary):
        return []
    if form.language == "go":
        summary = with_name(summary, known.name, is_type=is_type)
    tags = _tags(described, known, form) if sections and form.tag else []
    room = max(_NARROWEST, form.width - len(indent.expandtabs(_TAB)) - 3)
    rows = _wrapped(summary, room, "")
    if form.mark:
        rows += [""] if tags else []
        rows += [row for tag in tags for row in _wrapped(tag, room, "  ")]
        return [f"{form.mark} {row}".rstrip() for row in rows]
    if form.is_flat and not tags and len(rows) == 1 and len(summary) + 7 <= room + 3:
        return [f"/** {summary} */"]
    rows += [""] if tags else []
    rows += [row for tag in tags for row in _wrapped(tag, room, "  ")]
    return ["/**", *(f" * {row}".rstrip() for row in rows), " */"]


def _straight(summary: str, name: str) -> str:
    """Return a summary without the roundabout way that small models like: "The Purse class represents"."""
    about = rf"(?:The|This)\s+`?{re.escape(name)}`?\s+(?:{_WORDS_FOR_TYPES})\s+(?=[a-z]+s\b)"
    return re.sub(about, "", summary.strip(), count=1)


def with_name(summary: str, name: str, *, is_type: bool) -> str:
    """Return a summary that begins with the name, as Go's do: "Returns the sum" becomes "Sum returns the sum"."""
    first, _, rest = summary.partition(" ")
    bare = first.strip("`*'\"").removesuffix("()")
    if bare == name:
        return f"{name} {rest}"
    word = first.lower() if len(first) == 1 or first[1:].islower() else first
    if word in _ARTICLES:
        return f"{name} {'is' if is_type else 'gives'} {word} {rest}"
    if word in _NO_VERBS or not word.isalpha() or not word.islower() or word.endswith("ing"):
        # What does not begin with a verb is kept as a sentence of its own.
        return f"{name}: {summary}"
    if word in _NOUNS or (is_type and not _is_third_person(word) and not word.endswith(("ed", "ly"))):
        return f"{name} is {'an' if word[0] in 'aeiou' else 'a'} {word} {rest}"
    if word.endswith("ed") and word != "need":
        return f"{name} is {word} {rest}"
    is_adverb = word.endswith("ly") and word not in _VERBS_IN_LY
    said = word if is_adverb or word in _MODALS else _third_person(word)
    return f"{name} {said} {rest}".rstrip()


def _is_third_person(word: str) -> bool:
    return word.endswith("s") and not word.endswith("ss")


def _third_person(word: str) -> str:
    if _is_third_person(word):
        return word
    if word.endswith("y") and word[-2:-1] not in set("aeiou"):
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(_S_ENDINGS) else f"{word}s"


def _tags(described: Described, known: Facts, form: Form) -> list[str]:
    dash = "- " if form.returns == "returns" else ""
    found = [
        f"{form.tag}param {name} {dash}{words}"
        for name in known.arguments
        if (words := _clean(phrase(described.args.get(name, ""), name), form))
    ]
    if known.returns or known.yields:
        words = _clean(phrase(described.returns, ""), form)
        tag = "yields" if known.yields else form.returns
        found += [f"{form.tag}{tag} {words}"] if words else []
    return found


def _clean(words: str, form: Form) -> str:
    """Return words that end no comment and say nothing to a tool."""
    said = "".join(character for character in " ".join(words.split()) if character.isprintable())
    said = said.replace("```", "").replace("*/", "* /").replace("/*", "/ *")
    # Java reads `\\u` in comments too, and a backslash at the end of a line joins it to the next in C.
    said = re.sub(r"\\+(?=u)", "", said) if form.language == "java" else said
    said = re.sub(r"\\+(?=\s|$)", "", said)
    if form.tag:
        said = re.sub(r"(?<!\S)@[\w-]+", lambda found: f"`{found.group()}`", said)
    return said.strip()


def _wrapped(words: str, room: int, hanging: str) -> list[str]:
    return textwrap.wrap(words, room, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False) or [
        words
    ]

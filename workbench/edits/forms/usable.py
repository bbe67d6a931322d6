"""The code of an answer that can become a file or symbols: without prose, numbers before its lines, and entities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from workbench.edits.answer import Answer, Block
from workbench.edits.forms.bodies import without_numbers
from workbench.edits.forms.escapes import ENTITY, unescape
from workbench.edits.forms.fences import FENCE, code_blocks, parses
from workbench.edits.ladder.page import Page, fold, indent_of
from workbench.edits.source import PYTHON_SUFFIXES
from workbench.errors import EditRefused

_MOST, _FEW = 0.6, 0.05
_NOT_CODE = {"bash", "sh", "shell", "zsh", "console", "text", "txt", "output", "plaintext", "pycon", "powershell"}
_DIFF = {"diff", "patch", "udiff"}


def usable_blocks(files: Mapping[str, bytes], said: Answer) -> list[Block]:
    """Return the blocks of an answer that are code for the files.

    Raises:
        EditRefused: there are none (code `no-code`), one is a diff without a hunk (code `malformed`), or it cannot be
            told whether one went through HTML (code `escaped`).
    """
    whole = _unfenced_file(files, said.text) if not said.changes else None
    found = [block for block in ((whole,) if whole else said.blocks) if block.code.strip()]
    kept = [block for block in found if block.language not in _NOT_CODE or block.path]
    if not kept and any(not path.endswith(PYTHON_SUFFIXES) for path in files):
        kept = found
    if any(block.language in _DIFF for block in kept):
        raise EditRefused(
            "the answer's diff has no hunk", code="malformed", hint="answer with whole symbols in a fence"
        )
    if not kept:
        raise EditRefused("the answer has no code", code="no-code", hint="answer with the code in a fence")
    kept = [_unwrapped(block, files) for block in kept]
    return [_without_numbers(_unescaped(block, files) if said.is_escaped else block) for block in kept]


def _unfenced_file(files: Mapping[str, bytes], text: str) -> Block | None:
    """Return an answer without fences as a file, where it has the first and the last line of one of them."""
    lines = text.rstrip().split("\n")
    if FENCE.match(lines[-1]) and not lines[-1].strip().strip("`~"):
        # The opening fence was part of the prompt.
        lines.pop()
    if any(map(FENCE.match, lines)):
        return None
    found = []
    for path, content in files.items():
        page = Page(content.decode("utf-8", "replace"))
        ends = [page.lines[number] for number in page.solid[:: max(1, len(page.solid) - 1)]]
        if len(page.solid) > 1 and ends[0] in lines and ends[-1] in lines:
            first, last = lines.index(ends[0]), len(lines) - 1 - lines[::-1].index(ends[-1])
            if first < last:
                found.append(Block(language="", path=path, code="\n".join(lines[first : last + 1]) + "\n"))
    return found[0] if len(found) == 1 else None


def _unwrapped(block: Block, files: Mapping[str, bytes]) -> Block:
    """Return the block inside a block that has nothing else in it, unless a file has such a fence itself."""
    lines = block.code.strip("\n").split("\n")
    if len(lines) < 3 or not FENCE.match(lines[0]) or lines[-1].strip().strip("`~"):
        return block
    if any(lines[0].encode("utf-8", "replace") in content for content in files.values()):
        return block
    inner = code_blocks(block.code)
    return inner[0].model_copy(update={"path": inner[0].path or block.path}) if len(inner) == 1 else block


def without_drift(code: str, texts: Iterable[str]) -> str:
    """Return code without what an answer did to every line: space at the ends, tabs or another step of indentation.

    Only where the files with these texts have nothing of the kind. What lies in strings moves too, so this is for files
    whose strings cannot be told apart.
    """
    lines = code.split("\n")
    solid = [line for line in lines if line.strip()]
    pages = [Page(text) for text in texts]
    spaced = sum(line != line.rstrip() for line in solid)
    if len(solid) > 2 and spaced > _MOST * len(solid) and not any(_is_spaced(page) for page in pages):
        lines = [line.rstrip() for line in lines]
    units = {page.space_unit for page in pages}
    unit = units.pop() if len(units) == 1 else ""
    indents = {indent_of(line) for line in solid} - {""}
    if unit and indents and all(not indent.strip("\t") for indent in indents):
        lines = [indent_of(line).replace("\t", unit) + line[len(indent_of(line)) :] for line in lines]
    elif unit == "    " and "  " in indents and all(len(indent) % 2 == 0 and indent.isspace() for indent in indents):
        lines = [indent_of(line) + line if line.strip() else line for line in lines]
    return "\n".join(lines)


def _is_spaced(page: Page) -> bool:
    return bool(sum(line != line.rstrip() for line in page.lines) > _FEW * len(page))


def _without_numbers(block: Block) -> Block:
    """Return a block without the numbers before its lines, where every line has one."""
    lines = block.code.removesuffix("\n").split("\n")
    plain = without_numbers(lines) if len(lines) > 2 else None
    return block if plain is None else block.model_copy(update={"code": "\n".join(plain) + "\n"})


def _unescaped(block: Block, files: Mapping[str, bytes]) -> Block:
    """Return a block that looks like HTML without its entities, if the files bear out that they are none of their own.

    Raises:
        EditRefused: nothing in the files says which it is (code `escaped`).
    """
    text = block.code
    if not ENTITY.search(text):
        return block
    known = {fold(line) for content in files.values() for line in Page(content.decode("utf-8", "replace")).lines}
    lines = [line for line in text.split("\n") if ENTITY.search(line)]
    plain = block.model_copy(update={"code": unescape(text)})
    if any(fold(line) in known for line in lines):
        return block
    if any(fold(unescape(line)) in known for line in lines):
        return plain
    if not parses(text.split("\n")) and parses(plain.code.split("\n")):
        return plain
    raise EditRefused("the answer may have gone through HTML", code="escaped", hint="answer with plain text")

"""`nanites recipes`: which kinds of task there are, what each tells a nanite, and whether its examples hold."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workbench.commands.face import FAILED, Group, face
from workbench.terminal import one_line, plain

if TYPE_CHECKING:
    from workbench.crew.examples import Tried
    from workbench.recipes.load import Recipe
    from workbench.settings import Settings

MOST_TOKENS = 120
"""Tokens of anything that a nanite is told first."""


@click.group(cls=Group, invoke_without_command=True)
@click.pass_context
def recipes(context: click.Context) -> int:
    """Show the kinds of task there are, the repository's own among them; without a command: list."""
    return list_recipes() if context.invoked_subcommand is None else 0


@recipes.command("list")
def recipes_list() -> int:
    """List every kind: where its recipe comes from, and what it is for."""
    return list_recipes()


def list_recipes() -> int:
    """Print every kind with its origin and its first line."""
    from workbench.recipes.load import about
    from workbench.recipes.names import kinds

    root = _root()
    rows = [
        {"kind": kind, "from": origin or "shipped", "about": about(text)}
        for kind in kinds(root)
        for text, origin in [_text(root, kind)]
    ]
    width = max(len(row["kind"]) for row in rows)
    lines = [
        f"{row['kind']:<{width}}  {one_line(row['about'], 110)}"
        + (f"  ({row['from']})" if row["from"] != "shipped" else "")
        for row in rows
    ]
    face().answer(rows, plain("\n".join(lines)))
    return 0


@recipes.command("show")
@click.argument("name")
def recipes_show(name: str) -> int:
    """Print the recipe of one kind, and where it comes from."""
    from workbench.recipes.names import check_kind

    root = _root()
    check_kind(name, root)
    text, origin = _text(root, name)
    where = origin or f"shipped: workbench/recipes/{name}.toml"
    face().answer({"kind": name, "from": origin or "shipped", "text": text}, plain(f"# {where}\n{text.rstrip()}"))
    return 0


@recipes.command("test")
@click.argument("name", required=False)
@click.option("--model", is_flag=True, help="Let the configured model answer the examples too.")
def recipes_test(name: str | None, model: bool) -> int:
    """Check the repository's recipes (or one kind, or where it has none all that ship) and try their examples."""
    from workbench.recipes.names import check_kind, kinds, own_kinds

    root = _root()
    if name is not None:
        check_kind(name, root)
    names = (name,) if name else (own_kinds(root) if root else ()) or kinds()
    settings = face().settings() if model else None
    rows = [asyncio.run(_tested(root, kind, settings)) for kind in names]
    stray = _strays(root) if name is None and root is not None else []
    good = all(row["ok"] for row in rows) and not stray
    lines = [line for row in rows for line in _lines(row)] + [f"✗ {text}" for text in stray]
    face().answer({"ok": good, "recipes": rows, "not_read": stray}, plain("\n".join(lines)))
    return 0 if good else FAILED


def _lines(row: dict[str, Any]) -> list[str]:
    mark = "✓" if row["ok"] else "✗"
    count = len(row["examples"])
    told = f"{count} example{'' if count == 1 else 's'}" if count else "no examples"
    lines = [f"{mark} {row['kind']}: {row['tokens']} of {MOST_TOKENS} tokens, {told}"]
    lines += [f"    {fault}" for fault in row["faults"]]
    for example in row["examples"]:
        lines += [f"    {example['name']}: {fault}" for fault in example["faults"]]
        lines += [f"    {example['name']}: not tried: {example['skipped']}"] if example["skipped"] else []
    return lines


async def _tested(root: Path | None, kind: str, settings: Settings | None) -> dict[str, Any]:
    from workbench.errors import NaniteError
    from workbench.recipes.load import load

    row: dict[str, Any] = {"kind": kind, "ok": False, "tokens": 0, "faults": [], "examples": []}
    try:
        recipe = load(kind, root)
    except NaniteError as error:
        row["faults"] = [str(error)]
        return row
    row["tokens"] = most_tokens(recipe.instruction)
    row["faults"] = _too_long(recipe) + _shadowed(recipe)
    for tried in await _tries(recipe, settings):
        row["examples"].append({"name": tried.name, "faults": list(tried.faults), "skipped": tried.skipped})
    row["ok"] = not row["faults"] and not any(example["faults"] for example in row["examples"])
    return row


def most_tokens(text: str) -> int:
    """Return a number of tokens that usual tokenizers stay under for a text."""
    from workbench.engines.counting import MESSAGE_TOKENS, TEMPLATE_TOKENS, bounds

    return bounds([text.strip()]).high - TEMPLATE_TOKENS - MESSAGE_TOKENS


def _too_long(recipe: Recipe) -> list[str]:
    texts = {"instruction": recipe.instruction} | {f"texts.{name}": text for name, text in recipe.texts.items()}
    return [
        f"{name} may take {most_tokens(text)} tokens, more than {MOST_TOKENS}: say it shorter"
        for name, text in texts.items()
        if most_tokens(text) > MOST_TOKENS
    ]


def _shadowed(recipe: Recipe) -> list[str]:
    """Say where a repository's kind has the name of a command, which then comes first."""
    from workbench.recipes.names import kinds

    known = click.get_current_context().find_root().command
    commands = known.list_commands(click.get_current_context()) if isinstance(known, click.Group) else []
    if recipe.origin and recipe.kind in commands and recipe.kind not in kinds():
        return [f"nanites {recipe.kind} is a command: give the recipe another name"]
    return []


async def _tries(recipe: Recipe, settings: Settings | None) -> list[Tried]:
    from workbench.crew.examples import try_example

    if settings is None:
        return [await try_example(recipe, example) for example in recipe.example]
    from workbench.commands.recipe_desk import PoolDesk
    from workbench.engines.pool import Pool

    pool = Pool(settings)
    model = settings.tiers[recipe.tier]
    tried = []
    try:
        for example in recipe.example:
            if example.expect.refused is None:
                desk = PoolDesk(pool)
                face().note(f"{recipe.kind}: {example.name} …") if sys.stderr.isatty() else None
                tried.append(await try_example(recipe, example, model, desk, settings.engine.context))
    finally:
        await pool.close()
    return tried


def _text(root: Path | None, kind: str) -> tuple[str, str]:
    """Return the file of a kind's recipe and where in the repository it is; no place where it ships."""
    from workbench.errors import NaniteError
    from workbench.recipes.load import shipped_text
    from workbench.recipes.names import own_kinds
    from workbench.recipes.own import path_of, text_of_own

    if root is not None and kind in own_kinds(root):
        try:
            return text_of_own(root, kind), path_of(kind)
        except NaniteError as error:
            return f"# {error.message}", path_of(kind)
    return shipped_text(kind), ""


def _strays(root: Path) -> list[str]:
    """Return files among the repository's recipes that are not read, with the reason."""
    from workbench.recipes.names import FOLDER, own_kinds

    place = root / FOLDER
    if place.is_symlink():
        return [f"{FOLDER} is a link, and is not followed"]
    known = {f"{kind}.toml" for kind in own_kinds(root)}
    entries = sorted(path.name for path in place.iterdir()) if place.is_dir() else []
    return [
        f"{FOLDER}/{one_line(entry, 60)}: not read: a recipe is a plain file, its name small letters, digits and dashes"
        for entry in entries
        if entry.endswith(".toml") and entry not in known
    ]


def _root() -> Path | None:
    """Return the repository, or None outside of one: what ships can be looked at anywhere."""
    from workbench.errors import NaniteError

    try:
        return face().root()
    except NaniteError:
        return None

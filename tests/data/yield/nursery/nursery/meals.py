"""The menu of the week and what the kitchen has to cook."""

from __future__ import annotations

from collections import Counter

ALLERGENS = {
    "pasta": {"gluten"},
    "omelette": {"egg"},
    "fish fingers": {"fish", "gluten"},
    "pancakes": {"egg", "gluten", "milk"},
    "rice pudding": {"milk"},
}


def parse_menu(text: str) -> dict[str, list[str]]:
    """Read the menu, one line for each day: 'Monday: pasta, rice pudding'."""
    menu = {}
    for line in text.splitlines():
        day, dishes = line.split(":", 1)
        menu[day.strip()] = [dish.strip() for dish in dishes.split(",")]
    return menu


def menu_line(day: str, dishes: list[str]) -> str:
    """Return the line for the notice board: 'Monday: pasta, rice pudding'."""
    return f"{day}: {', '.join(dishes)}"


def allergens_of(dishes: list[str]) -> set[str]:
    """Return everything in some dishes that a child may be allergic to."""
    found: set[str] = set()
    for dish in dishes:
        found |= ALLERGENS[dish]
    return found


def safe_dishes(dishes: list[str], allergies: list[str]) -> list[str]:
    """Return the dishes that a child with some allergies may eat."""
    return [dish for dish in dishes if not allergens_of([dish]) & set(allergies)]


def count_portions(choices: dict[str, str]) -> dict[str, int]:
    """Return how many portions of each dish are wanted, given what each child has chosen."""
    return dict(Counter(choices.values()))


def kitchen_order(portions: dict[str, int]) -> list[str]:
    """Return the lines of the order for the kitchen, by dish: '12 x pasta'."""
    return [f"{count} x {dish}" for dish, count in sorted(portions.items())]


def fruit_needed(children: int, pieces: int = 2) -> int:
    """Return how many pieces of fruit have to be bought for a day."""
    return children * pieces

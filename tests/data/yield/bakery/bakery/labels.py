"""Labels for bread and cake: names, dates, allergens and the price per kilo."""

from __future__ import annotations

from datetime import date, timedelta

NAME_WIDTH = 24

# What an ingredient brings along that must be declared.
ALLERGENS = {
    "wheat flour": "gluten",
    "rye flour": "gluten",
    "spelt flour": "gluten",
    "milk": "milk",
    "butter": "milk",
    "egg": "egg",
    "almonds": "nuts",
    "hazelnuts": "nuts",
    "sesame": "sesame",
}


def shorten(name: str, width: int = NAME_WIDTH) -> str:
    """Return a name that fits on the label; one that was cut ends with '...'."""
    if len(name) <= width:
        return name
    return name[:width].rstrip() + "..."


def find_allergens(ingredients: list[str]) -> list[str]:
    """Return the allergens of some ingredients, sorted, each once."""
    found = set()
    for ingredient in ingredients:
        allergen = ALLERGENS.get(ingredient)
        if allergen is not None:
            found.add(allergen)
    return sorted(found)


def allergen_line(allergens: list[str]) -> str:
    """Return the line that names the allergens: 'Contains: gluten, milk'."""
    return "Contains: " + ", ".join(allergens)


def best_before(baked: date, days: int) -> date:
    """Return until when something is good that was baked on a day."""
    if days < 0:
        raise ValueError(f"negative days: {days}")
    return baked + timedelta(days=days)


def format_date(day: date) -> str:
    """Return a date as it stands on a label: '01.03.24'."""
    return day.strftime("%d.%m.%y")


def price_per_kilo(cents: int, grams: int) -> int:
    """Return the cents that a kilo costs."""
    return round(cents * 1000 / grams)


def check_digit(code: str) -> int:
    """Return the last digit of a bar code of which the first twelve are known."""
    if len(code) != 12 or not code.isdigit():
        raise ValueError(f"not twelve digits: {code}")
    weighted = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(code))
    return -weighted % 10


def label(name: str, grams: int, cents: int, ingredients: list[str], baked: date, days: int = 3) -> str:
    """Return the whole label as text."""
    lines = [
        shorten(name),
        f"{grams} g, {price_per_kilo(cents, grams) / 100:.2f} per kg",
        "Best before " + format_date(best_before(baked, days)),
        allergen_line(find_allergens(ingredients)),
    ]
    return "\n".join(lines)

"""What a night costs, by season, and what comes off or on top."""

from datetime import date, timedelta

LOW, MIDDLE, HIGH = "low", "middle", "high"

# first day of each season as (month, day)
SEASONS = [
    ((1, 1), LOW),
    ((4, 15), MIDDLE),
    ((6, 20), HIGH),
    ((9, 1), MIDDLE),
    ((10, 10), LOW),
]

PITCH = {LOW: 12.0, MIDDLE: 16.0, HIGH: 22.5}
PERSON = {LOW: 5.0, MIDDLE: 6.0, HIGH: 8.0}
CHILD_AGE = 12
DEPOSIT = 0.2


def season_of(day: date) -> str:
    """Return the season that a day is in."""
    found = LOW
    for first, season in SEASONS:
        if (day.month, day.day) >= first:
            found = season
    return found


def night_price(day: date, persons: int = 2, children: int = 0) -> float:
    """Return the price of one night; children pay half."""
    season = season_of(day)
    price = PITCH[season]
    price += persons * PERSON[season]
    price += children * PERSON[season] / 2
    return price


def discount_percent(nights: int) -> int:
    """Return the discount for a long stay: 5 % from a week on, 10 % from two weeks on."""
    if nights > 14:
        return 10
    if nights > 7:
        return 5
    return 0


def stay_price(arrival: date, departure: date, persons: int = 2, children: int = 0) -> float:
    """Return the price of a whole stay, with the discount taken off."""
    nights = (departure - arrival).days
    total = 0.0
    for number in range(nights):
        total += night_price(arrival + timedelta(days=number), persons, children)
    return round(total * (100 - discount_percent(nights)) / 100, 2)


def deposit(price: float) -> float:
    """Return what is to be paid with the booking."""
    return round(price * DEPOSIT, 2)


def is_child(age):
    return age < CHILD_AGE


def tourist_tax(nights, adults, rate=1.5):
    """Return the tax that the village takes for each adult and night."""
    return nights * adults * rate


def price_list() -> str:
    """Return the price list as it hangs at the reception."""
    lines = []
    for season in (LOW, MIDDLE, HIGH):
        lines.append(f"{season:<8}{PITCH[season]:>8.2f}{PERSON[season]:>8.2f}")
    return "\n".join(lines)

"""What a ticket costs. All amounts are in cents."""

from datetime import datetime

BASE = {"adult": 1100, "child": 700, "student": 850, "senior": 900}
CHEAP_DAY = 1  # Tuesday
CHEAP_DAY_OFF = 200
LONG_FILM_MINUTES = 150
LONG_FILM_EXTRA = 100
BOOKING_FEE = 50


def group_of(age: int, student: bool = False) -> str:
    """Return the price group of a visitor."""
    if age < 14:
        return "child"
    if student:
        return "student"
    if age > 65:
        return "senior"
    return "adult"


def ticket_price(group: str, start: datetime, runtime: int = 0) -> int:
    """Return the price of one ticket."""
    price = BASE[group]
    if start.weekday() == CHEAP_DAY:
        price -= CHEAP_DAY_OFF
    if runtime >= LONG_FILM_MINUTES:
        price += LONG_FILM_EXTRA
    return price


def order_price(tickets: dict[str, int], start: datetime, online: bool = False) -> int:
    """Return the price of an order such as {'adult': 2, 'child': 1}."""
    total = 0
    for group, count in tickets.items():
        total += ticket_price(group, start) * count
    if online:
        total += BOOKING_FEE
    return total


def discount(amount: int, percent: float) -> int:
    """Return an amount with some per cent off, in whole cents."""
    return int(amount * (100 - percent) / 100)


def format_price(cents: int) -> str:
    """Return an amount as it stands on the ticket: 'EUR 11.00'."""
    return f"EUR {cents / 100:.2f}"


def parse_price(text: str) -> int:
    """Return the cents of an amount that somebody typed: parse_price('8.50') is 850."""
    return round(float(text.strip()) * 100)


def change(paid: int, price: int) -> int:
    """Return how much the visitor gets back."""
    return paid - price


def split_bill(total: int, people: int) -> list[int]:
    """Return what each of some people pays, so that it adds up to the total."""
    share, rest = divmod(total, people)
    return [share + 1 if index < rest else share for index in range(people)]


def voucher_value(code: str) -> int:
    """Return the cents that a voucher such as 'LANTERN-1500' is worth, 0 if it is none of ours."""
    prefix, _, value = code.partition("-")
    if prefix != "LANTERN" or not value.isdigit():
        return 0
    return int(value)

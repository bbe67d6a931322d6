"""Bookings of the workshop's lifts."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

OPENS = 8
CLOSES = 17


@dataclass(frozen=True)
class Booking:
    lift: int
    start: datetime
    end: datetime
    customer: str = ""


def overlaps(a: Booking, b: Booking) -> bool:
    """Tell whether two bookings of one lift get into each other's way."""
    if a.lift != b.lift:
        return False
    return a.start <= b.end and b.start <= a.end


def duration_minutes(booking: Booking) -> int:
    return int((booking.end - booking.start).total_seconds() // 60)


def format_duration(minutes: int) -> str:
    """Return a duration such as '1 h 30 min'."""
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min"


def bookings_on(bookings, day: date):
    """Return the bookings that begin on a day."""
    return [booking for booking in bookings if booking.start.date() == day]


def free_hours(bookings: list[Booking], lift: int, day: date) -> list[int]:
    """Return the full hours of a day at which a lift is free."""
    taken = set()
    for booking in bookings:
        if booking.lift == lift and booking.start.date() == day:
            taken.update(range(booking.start.hour, booking.end.hour))
    return [hour for hour in range(OPENS, CLOSES) if hour not in taken]


def is_workday(day):
    """The workshop is open from Monday to Friday."""
    return day.weekday() < 5


def next_workday(day: date) -> date:
    """Return the first workday after a day."""
    day += timedelta(days=1)
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def parse_day(text: str) -> date:
    """Read a day as the booking form sends it: '2026-03-02'."""
    return datetime.strptime(text, "%Y-%m-%d").date()


def repair_price(minutes: int, hourly: float = 80.0) -> float:
    """Return the price of a repair, by the started quarter of an hour."""
    quarters = -(-minutes // 15)
    return quarters * hourly / 4


def summary(booking: Booking) -> str:
    """One line for the list on the wall."""
    when = booking.start.strftime("%d.%m. %H:%M")
    return f"{when} lift {booking.lift}: {booking.customer}"


def days_until(day: date, today: date) -> int:
    return (day - today).days


def reminder_text(days: int) -> str:
    """'in 3 days', for the reminder mail"""
    return f"in {days} days"

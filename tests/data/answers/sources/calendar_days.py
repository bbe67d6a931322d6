from datetime import date, timedelta


HOLIDAYS = {(1, 1), (12, 25), (12, 26)}


def is_workday(day):
    if day.weekday() >= 5:
        return False
    return (day.month, day.day) not in HOLIDAYS


def next_workday(day):
    day = day + timedelta(days=1)
    while not is_workday(day):
        day = day + timedelta(days=1)
    return day


def workdays(first, last):
    """
    Count the workdays from first to last, both included.
    """
    count = 0
    day = first
    while day <= last:
        if is_workday(day):
            count += 1
        day += timedelta(days=1)
    return count


def parse(text):
    year, month, day = text.split('-')
    return date(int(year), int(month), int(day))


def describe(day, today=None):
    today = today or date.today()
    delta = (day - today).days
    if delta == 0:
        return 'today'
    if delta == 1:
        return 'tomorrow'
    if delta == -1:
        return 'yesterday'
    return day.isoformat()

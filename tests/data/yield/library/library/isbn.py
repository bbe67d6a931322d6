"""ISBNs, and the labels on our copies."""

LABEL_PREFIX = "LIB"


def clean(text):
    """Return an ISBN without hyphens and spaces."""
    return text.replace("-", "").replace(" ", "").upper()


def check_digit_10(digits):
    """Return the last character of an ISBN-10, from its first nine."""
    total = sum(place * int(digit) for place, digit in enumerate(digits, 1))
    rest = total % 11
    return "X" if rest == 10 else str(rest)


def check_digit_13(digits):
    """Return the last digit of an ISBN-13, from its first twelve."""
    total = 0
    for place, digit in enumerate(digits):
        total += int(digit) * (3 if place % 2 else 1)
    return str(-total % 10)


def is_valid(text):
    """Tell whether a text is an ISBN with the right check digit."""
    isbn = clean(text)
    if len(isbn) == 13:
        return check_digit_13(isbn[:12]) == isbn[12]
    if len(isbn) == 10:
        return check_digit_10(isbn[:9]) == isbn[9]
    return False


def to_13(text):
    """Return the ISBN-13 of a book that has an ISBN-10."""
    isbn = clean(text)
    digits = "978" + isbn[:9]
    return digits + check_digit_13(digits)


def copy_label(number, copy=1, prefix=LABEL_PREFIX):
    """Return what is printed on a copy of a book: 'LIB-123-2'."""
    if number < 1 or copy < 1:
        raise ValueError("number and copy must be positive")
    return f"{prefix}-{number}-{copy}"


def parse_label(label):
    """Return the number of the book and of the copy that a label says."""
    _, number, copy = label.rsplit("-", 2)
    return int(number), int(copy)

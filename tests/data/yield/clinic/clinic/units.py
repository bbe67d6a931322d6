"""Units of measurement, and what is made of measurements."""

import re

POUND = 0.45359237
INCH = 2.54

FACTORS = {
    ("kg", "lb"): 1 / POUND,
    ("lb", "kg"): POUND,
    ("cm", "in"): 1 / INCH,
    ("in", "cm"): INCH,
    ("g", "mg"): 1000,
    ("mg", "g"): 0.001,
}

FEET = re.compile(r"(\d+)\s*'\s*(\d+)\s*\"?")
CENTIMETRES = re.compile(r"(\d+(?:\.\d+)?)\s*cm")


def convert(value, unit, wanted):
    """Return a value in another unit."""
    return value * FACTORS[unit, wanted]


def to_fahrenheit(celsius):
    """Return a temperature in degrees Fahrenheit."""
    return celsius * 9 / 5 + 32


def to_celsius(fahrenheit):
    """Return a temperature in degrees Celsius."""
    return (fahrenheit - 32) * 5 / 9


def has_fever(celsius):
    """Tell whether a temperature is a fever, which it is from 38 degrees on."""
    return celsius >= 38


def parse_height(text):
    """Return a height in centimetres, from a text such as '180 cm' or 5'11".

    Raises:
        ValueError: it is neither.
    """
    text = text.strip()
    if found := CENTIMETRES.fullmatch(text):
        return float(found[1])
    if found := FEET.fullmatch(text):
        return round((int(found[1]) * 12 + int(found[2])) * INCH, 1)
    raise ValueError(f"not a height: {text!r}")


def bmi(kilograms, centimetres):
    """Return the body mass index."""
    return kilograms / (centimetres / 100) ** 2


def bmi_class(index):
    """Return what a body mass index means for an adult."""
    if index < 18.5:
        return "underweight"
    if index < 25:
        return "normal"
    if index < 30:
        return "overweight"
    return "obese"


def blood_pressure(text):
    """Return both values of a blood pressure such as '120/80'."""
    upper, lower = text.split("/")
    return int(upper), int(lower)

"""Prices, discounts and VAT. Amounts are in cents, as integers, unless a name says otherwise."""

VAT_RATES = {"normal": 19, "reduced": 7, "none": 0}

# from this order value on (in cents) we ship for free
FREE_SHIPPING_FROM = 10000
SHIPPING = 590


def to_cents(text):
    """'12.50' -> 1250"""
    return round(float(text.strip()) * 100)


def format_price(cents: int) -> str:
    """Return a price as it stands in the shop, such as '12.50 EUR'."""
    sign = "-" if cents < 0 else ""
    euros, rest = divmod(abs(cents), 100)
    return f"{sign}{euros}.{rest:02d} EUR"


def add_vat(net: int, rate: str = "normal") -> int:
    percent = VAT_RATES[rate]
    return net + round(net * percent / 100)


def net_of(gross: int, rate: str = "normal") -> int:
    """Return the net price that is in a gross price."""
    return round(gross * 100 / (100 + VAT_RATES[rate]))


def apply_discount(price: int, percent: float) -> int:
    """Return the price with a discount taken off.

    The discount is in percent, so 10 means that the customer pays 90 % of the price.
    """
    return price - round(price * percent / 100)


def quantity_discount(quantity):
    """Percentage that a customer gets for buying many of one part."""
    if quantity >= 50:
        return 15
    if quantity >= 20:
        return 10
    if quantity >= 10:
        return 5
    return 0


def line_total(price: int, quantity: int) -> int:
    return apply_discount(price * quantity, quantity_discount(quantity))


def shipping_cost(total: int) -> int:
    """Return what shipping an order of this value costs."""
    if total > FREE_SHIPPING_FROM:
        return 0
    return SHIPPING


def average_price(prices):
    """Return the mean of some prices, rounded to whole cents."""
    return round(sum(prices) / len(prices))


def cheapest(offers: dict[str, int]) -> str:
    """Return the name of the supplier with the lowest price."""
    best = None
    for supplier, price in offers.items():
        if best is None or price < offers[best]:
            best = supplier
    return best


def price_range(prices: list[int]) -> str:
    """Text for the category page: '9.90 EUR - 24.00 EUR'."""
    low, high = min(prices), max(prices)
    return f"{format_price(low)} - {format_price(high)}"

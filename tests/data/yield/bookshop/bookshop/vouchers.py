"""Gift vouchers. All amounts are in pence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

PREFIX = "BK"


@dataclass
class Voucher:
    """A voucher and what it is still worth."""

    code: str
    pence: int
    expires: date

    def is_valid(self, today: date) -> bool:
        """Return whether somebody can still pay with the voucher."""
        return self.pence > 0 and today < self.expires

    def redeem(self, price: int) -> int:
        """Pay with the voucher and return what the customer still has to pay."""
        rest = price - self.pence
        self.pence = 0
        return rest


def make_code(number: int) -> str:
    """Return the code that is printed on a voucher."""
    return f"{PREFIX}{number}"


class VoucherBook:
    """All vouchers that were sold."""

    def __init__(self) -> None:
        self._vouchers: dict[str, Voucher] = {}

    def __len__(self) -> int:
        return len(self._vouchers)

    def sell(self, code: str, pence: int, expires: date) -> Voucher:
        """Note a voucher that somebody bought."""
        voucher = Voucher(code, pence, expires)
        self._vouchers[code] = voucher
        return voucher

    def get(self, code: str) -> Voucher | None:
        """Return the voucher with a code, None if there is none."""
        return self._vouchers.get(code.strip().upper())

    def cancel(self, code: str):
        """Take a voucher out of the book."""
        del self._vouchers[code]

    def outstanding(self, today: date) -> int:
        """Return what all valid vouchers are worth together."""
        return sum(voucher.pence for voucher in self._vouchers.values() if voucher.is_valid(today))

"""Splits long lists into pages."""

import math


class Paginator:
    """A list in pages, which are counted from 1."""

    def __init__(self, items, per_page=10):
        self.items = list(items)
        self.per_page = per_page

    def __len__(self):
        return len(self.items)

    @property
    def pages(self):
        """How many pages there are."""
        return math.ceil(len(self.items) / self.per_page)

    def page(self, number):
        """Return the items of a page."""
        start = (number - 1) * self.per_page
        return self.items[start : start + self.per_page]

    def has_next(self, number):
        return number < self.pages

    def has_previous(self, number):
        return number > 1

    def page_of(self, item):
        """Return the number of the page that an item is on."""
        return self.items.index(item) // self.per_page + 1


def page_links(current, pages, around=2):
    """Return the page numbers to link to, with None where some are left out."""
    shown = {1, pages}
    shown.update(range(current - around, current + around + 1))
    links = []
    last = 0
    for number in sorted(shown):
        if not 1 <= number <= pages:
            continue
        if number > last + 1:
            links.append(None)
        links.append(number)
        last = number
    return links

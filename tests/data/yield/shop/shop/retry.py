"""Calls something again if it fails, waiting longer each time."""

import functools
import logging
import time

log = logging.getLogger(__name__)


def delays(count, base=0.5, factor=2):
    """Return how long to wait before each further attempt, in seconds."""
    waits = []
    wait = base
    for _ in range(count):
        waits.append(wait)
        wait *= factor
    return waits


def retry(call, attempts=3, base=0.5, exceptions=(Exception,), sleep=time.sleep):
    """Call something until it works, and return what it returns.

    The last failure is raised once all attempts are used up.
    """
    waits = delays(attempts - 1, base)
    for number in range(1, attempts + 1):
        try:
            return call()
        except exceptions as error:
            log.warning("attempt %d of %d failed: %s", number, attempts, error)
            if number == attempts:
                raise
            sleep(waits[number - 1])


def retrying(attempts=3, base=0.5, exceptions=(Exception,)):
    """Decorate a function so that it is called again if it fails."""

    def decorate(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            return retry(lambda: function(*args, **kwargs), attempts, base, exceptions)

        return wrapper

    return decorate

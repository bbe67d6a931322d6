"""Chess clocks. All times are in seconds."""

from __future__ import annotations

from dataclasses import dataclass

WHITE = 0
BLACK = 1


@dataclass(frozen=True)
class TimeControl:
    """How much time each player has, and what is added for each move."""

    base: int
    increment: int = 0

    def is_blitz(self) -> bool:
        """Return whether this is a blitz game, reckoned over 60 moves."""
        return self.base + 60 * self.increment <= 600


class ChessClock:
    """A clock with two sides, of which one is running."""

    def __init__(self, control: TimeControl) -> None:
        self.control = control
        self.left = [control.base, control.base]
        self.turn = WHITE
        self.moves = 0

    def flag_fallen(self) -> bool:
        """Return whether one of the players has no time left."""
        return min(self.left) <= 0

    def press(self, used: int) -> None:
        """Note that the player to move has moved, and how long it took."""
        left = self.left[self.turn] - used
        if left > 0:
            left += self.control.increment
        self.left[self.turn] = max(left, 0)
        self.moves += 1
        self.turn = BLACK if self.turn == WHITE else WHITE

    def display(self) -> str:
        """Return what the clock shows: '4:05 | 3:59'."""
        return " | ".join(format_clock(seconds) for seconds in self.left)


def parse_control(text: str) -> TimeControl:
    """Read a time control: '90+30' is 90 minutes and 30 seconds for each move."""
    minutes, increment = text.split("+")
    return TimeControl(int(minutes) * 60, int(increment))


def format_clock(seconds: int) -> str:
    """Return a time as the clock shows it: '4:05'."""
    return f"{seconds // 60}:{seconds % 60:02d}"


def is_time_trouble(seconds_left: int) -> bool:
    """Return whether a player has to hurry."""
    return seconds_left < 60


def longest_game(control: TimeControl, moves: int = 60) -> int:
    """Return how long a game with so many moves can last at most."""
    return 2 * (control.base + moves * control.increment)

"""Tournaments of the club: who plays, who meets whom, and who leads."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Game:
    """A game that has been played."""

    white: str
    black: str
    result: str


class Tournament:
    """A tournament with its players and their games."""

    def __init__(self, title: str, rounds: int = 5) -> None:
        self.title = title
        self.rounds = rounds
        self.players: list[str] = []
        self.points: dict[str, float] = {}
        self.games: list[Game] = []

    def register(self, player: str) -> None:
        """Put a player on the list."""
        self.players.append(player)
        self.points[player] = 0.0

    def withdraw(self, player: str) -> None:
        """Take a player off the list again."""
        self.players.remove(player)
        del self.points[player]

    def record(self, white: str, black: str, result: str) -> None:
        """Enter the result of a game: '1-0', '0-1' or '1/2'."""
        if result == "1-0":
            self.points[white] += 1
        elif result == "0-1":
            self.points[black] += 1
        else:
            self.points[white] += 0.5
            self.points[black] += 0.5
        self.games.append(Game(white, black, result))

    def standings(self) -> list[tuple[str, float]]:
        """Return names and points, the leader first."""
        return sorted(self.points.items(), key=lambda entry: entry[1], reverse=True)

    def games_of(self, player: str) -> list[Game]:
        """Return the games of a player."""
        return [game for game in self.games if player in (game.white, game.black)]

    def winner(self) -> str | None:
        """Return who leads, or None if nobody plays."""
        table = self.standings()
        return table[0][0] if table else None


def pair_up(players: list[str]) -> list[tuple[str, str]]:
    """Return the pairs of a round: the first against the second, and so on."""
    pairs = []
    for index in range(0, len(players) - 1, 2):
        pairs.append((players[index], players[index + 1]))
    return pairs


def format_points(points: float) -> str:
    """Return points as they stand in the table: '3', '2½'."""
    whole = int(points)
    if points == whole:
        return str(whole)
    return f"{whole or ''}½"


def table(standings: list[tuple[str, float]]) -> str:
    """Return the standings as text, a line for each player."""
    lines = []
    for place, (name, points) in enumerate(standings, 1):
        lines.append(f"{place:2}. {name:20} {format_points(points)}")
    return "\n".join(lines)

"""Ratings of the players, reckoned after each tournament. A rating of 0 means that somebody has none yet."""

from dataclasses import dataclass

DEFAULT_K = 20
MASTER_K = 10
MASTER_RATING = 2400


@dataclass
class Player:
    """A player with a rating."""

    name: str
    rating: int = 0

    def is_rated(self) -> bool:
        """Return whether the player has a rating at all."""
        return self.rating > 0


def expected_score(rating: int, opponent: int) -> float:
    """Return how many points can be expected from a game, from 0 to 1."""
    return 1 / (1 + 10 ** ((opponent - rating) / 400))


def k_factor(rating: int) -> int:
    """Return how strongly a game changes a rating."""
    return MASTER_K if rating >= MASTER_RATING else DEFAULT_K


def new_rating(rating: int, opponent: int, score: float) -> int:
    """Return the rating after a game; the score is 1, 0.5 or 0."""
    change = k_factor(rating) * (score - expected_score(rating, opponent))
    return round(rating + change)


def parse_rating(text: str) -> int:
    """Return a rating from the export of the federation: ' 1850 ' is 1850."""
    return int(text.strip())


def parse_player(line: str) -> Player:
    """Read a line of the export: 'Anna Berg;1850'."""
    name, rating = line.split(";")
    return Player(name.strip(), parse_rating(rating))


def team_average(ratings: list[int]) -> int:
    """Return the average rating of a team, 0 for a team without players."""
    if not ratings:
        return 0
    return round(sum(ratings) / len(ratings))


def rating_line(name: str, old: int, new: int) -> str:
    """Return the line of the report on a player: 'Anna Berg 1512 (12)'."""
    change = new - old
    return f"{name} {new} ({change})"


def top(players: list[Player], count: int = 10) -> list[Player]:
    """Return the strongest players."""
    rated = [player for player in players if player.is_rated()]
    return sorted(rated, key=lambda player: player.rating, reverse=True)[:count]

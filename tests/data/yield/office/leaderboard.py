"""Scores of the weekly quiz."""


class Leaderboard:
    """Keeps the best result of each player."""

    def __init__(self):
        self._best = {}
        self._games = {}

    def __len__(self):
        return len(self._best)

    def __contains__(self, player):
        return player in self._best

    def submit(self, player, points):
        """Record a finished game; only a player's best result counts."""
        if points < 0:
            raise ValueError("points must not be negative")
        self._games[player] = self._games.get(player, 0) + 1
        if player not in self._best or points > self._best[player]:
            self._best[player] = points

    def best(self, player):
        """Return the best result of a player, None if there is none."""
        return self._best.get(player)

    def games(self, player):
        """Return how many games a player has finished."""
        return self._games.get(player, 0)

    def top(self, count=10):
        """Return the best players and their points, best first."""
        entries = sorted(self._best.items(), key=lambda entry: entry[1], reverse=True)
        return entries[:count]

    def rank(self, player):
        """Return the place of a player, 1 for the best."""
        if player not in self._best:
            raise KeyError(player)
        ordered = sorted(self._best, key=self._best.get, reverse=True)
        return ordered.index(player) + 1

    def remove(self, player):
        """Forget a player."""
        self._best.pop(player, None)
        self._games.pop(player, None)

    def render(self, count=10):
        """Return the board as text, one line for each player."""
        lines = []
        for place, (player, points) in enumerate(self.top(count), start=1):
            lines.append(f"{place:>2}. {player:<20} {points:>6}")
        return "\n".join(lines)

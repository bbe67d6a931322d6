"""The track log: what was played and when, for the website and the collecting society."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

JINGLES = ("Radio Hafen", "Jingle")


@dataclass(frozen=True)
class Track:
    """One track that was played; `at` is a time like '21:04'."""

    at: str
    artist: str
    title: str
    seconds: int = 0

    @property
    def is_jingle(self) -> bool:
        """Whether it is one of our own, which nobody has to be paid for."""
        return self.artist in JINGLES


def length(seconds: int) -> str:
    """Return how long a track is, like '3:07'."""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes}:{rest:02}"


def parse_track(line: str) -> Track:
    """Read a line that the player writes, like '21:04 Nina Simone - Sinnerman'."""
    at, name = line.strip().split(" ", 1)
    artist, title = name.split(" - ")
    return Track(at, artist.strip(), title.strip())


def parse_log(text: str) -> list[Track]:
    """Read the player's log; empty lines and comments are left out."""
    tracks = []
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            tracks.append(parse_track(line))
    return tracks


def playing_time(tracks: Iterable[Track]) -> int:
    """Return the seconds of all tracks but jingles."""
    return sum(track.seconds for track in tracks if not track.is_jingle)


class TrackLog:
    """The tracks of a day in the order in which they were played."""

    def __init__(self, tracks: Iterable[Track] = ()) -> None:
        self.tracks = list(tracks)

    def __len__(self) -> int:
        return len(self.tracks)

    def add(self, track: Track) -> None:
        """Note a track that starts now."""
        self.tracks.append(track)

    def latest(self, count: int = 5) -> list[Track]:
        """Return the last tracks, the newest first."""
        return self.tracks[::-1][:count]

    def search(self, word: str) -> list[Track]:
        """Return the tracks that a listener may have meant."""
        word = word.lower()
        return [track for track in self.tracks if word in track.artist.lower()]

    def artists(self, count: int = 3) -> list[tuple[str, int]]:
        """Return who was played most often, and how often."""
        played = Counter(track.artist for track in self.tracks if not track.is_jingle)
        return played.most_common(count)

    def report(self) -> str:
        """Return what the collecting society wants to know."""
        lines = [f"{track.artist};{track.title};{track.seconds}" for track in self.tracks if not track.is_jingle]
        return "\n".join(lines)

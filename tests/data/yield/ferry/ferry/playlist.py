"""The music that is played on board."""

from __future__ import annotations

import random


class Song:
    def __init__(self, title, artist, seconds, tags=()):
        self.title = title
        self.artist = artist
        self.seconds = seconds
        self.tags = list(tags)

    def __repr__(self):
        return f"Song({self.title!r}, {self.artist!r}, {self.seconds})"


class Playlist:
    """Songs in the order in which they are played."""

    def __init__(self, name: str, songs: list[Song] | None = None):
        self.name = name
        self.songs = list(songs or [])

    def __len__(self) -> int:
        return len(self.songs)

    def add(self, song: Song) -> None:
        """Put a song at the end of the list."""
        self.songs.append(song)

    def remove(self, title: str) -> None:
        """Remove the songs that have this title."""
        self.songs = [song for song in self.songs if song.title != title]

    def duration(self) -> int:
        """Return how many seconds the list takes."""
        return sum(song.seconds for song in self.songs)

    def by_artist(self, artist: str) -> list[Song]:
        """Return the songs of an artist."""
        return [song for song in self.songs if song.artist == artist]

    def tagged(self, tag: str) -> list[Song]:
        return [song for song in self.songs if tag in song.tags]

    def shuffled(self, seed=None) -> Playlist:
        """Return a new list with the same songs in another order."""
        songs = list(self.songs)
        random.Random(seed).shuffle(songs)
        return Playlist(self.name, songs)

    def fill(self, limit: int) -> list[Song]:
        """Return the first songs that together take no more than `limit` seconds."""
        taken = []
        total = 0
        for song in self.songs:
            if total + song.seconds > limit:
                break
            taken.append(song)
            total += song.seconds
        return taken


def format_seconds(seconds: int) -> str:
    """Return a duration like '3:07'."""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes}:{rest:02d}"


def song_line(song: Song) -> str:
    """Return a line for the printed programme."""
    return f"{song.artist} - {song.title} ({format_seconds(song.seconds)})"


def parse_song(line: str) -> Song:
    """Read a song from a line 'artist | title | 3:07'."""
    artist, title, length = [part.strip() for part in line.split("|")]
    minutes, seconds = length.split(":")
    return Song(title, artist, int(minutes) * 60 + int(seconds))


def programme(playlist: Playlist) -> str:
    """Return the printed programme of a list, its songs numbered."""
    lines = [playlist.name]
    for number, song in enumerate(playlist.songs, 1):
        lines.append(f"{number}. {song_line(song)}")
    return "\n".join(lines)

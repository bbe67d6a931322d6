"""Telling: claims and citations held against the files, and the form of a changelog."""

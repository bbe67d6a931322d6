"""A program that tries to get out of a check's guard: `python -m breakouts`, copied into the repository it is tried in.

It is run as a check's command; nothing of ours is imported.
"""

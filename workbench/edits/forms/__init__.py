"""The forms in which models answer, read one by one: fences, blocks, diffs and patches, and whole code."""

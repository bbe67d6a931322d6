"""Judging: what an answer loses, misses or breaks, by the task's own words and by calls of what was changed."""

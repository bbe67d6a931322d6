"""Solving: in which order and in which ways a task is asked, and which of several answers to trust."""

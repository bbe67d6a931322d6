"""What is left out: things of a kind, entries of nothing, lines, and the pieces of a text without a value."""

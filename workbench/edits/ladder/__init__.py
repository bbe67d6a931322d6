"""Where a piece of an answer belongs in a file, from exact down to alike, and what the file says then."""

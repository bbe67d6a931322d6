"""What the chess club runs on: members, tournaments, ratings, clocks, the library and the newsletter."""

"""Software of the cycling club: members, rides, routes, results, the workshop and the newsletter."""

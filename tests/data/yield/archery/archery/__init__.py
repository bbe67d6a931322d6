"""The archery club's own programs: archers, bows, scores, lanes, fees and courses."""

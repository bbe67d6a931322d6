"""Numbers, lengths and days: rounded, written with digits, held at bounds, over midnight and at their boundaries."""

"""Tools of the Sundby ferry line: timetable, tickets, the log, and the radio on board."""

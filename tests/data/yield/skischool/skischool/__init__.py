"""Tools of the Larch Hill ski school: courses, pupils, rental, lifts and the snow report."""

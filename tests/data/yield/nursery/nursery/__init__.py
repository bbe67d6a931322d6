"""Software of the nursery school: children, groups, meals, fees, pickups and absences."""

"""Software of the marina: berths, boats, tides, fees, fuel and the logbook."""

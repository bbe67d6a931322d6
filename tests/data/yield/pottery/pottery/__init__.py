"""Software of the pottery studio: pots, glazes, kilns, classes, orders and members."""

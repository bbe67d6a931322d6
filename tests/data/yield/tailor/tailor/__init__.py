"""Software of the tailor shop: customers, their measures, fabrics, orders, fittings and bills."""

"""Software of the flower shop: bouquets, orders, deliveries, stock, greeting cards and accounts."""

"""Software of a fruit orchard with a farm shop: trees, the harvest, the shop, the cold store, pickers and boxes."""

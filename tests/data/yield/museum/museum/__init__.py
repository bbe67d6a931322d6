"""Software of the town museum: tickets, the collection, loans, guides, the shop and the friends of the museum."""

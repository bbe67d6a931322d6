"""Tools of the Blue Hall, a small public aquarium: tanks, feeding, tickets, water, suppliers and settings."""

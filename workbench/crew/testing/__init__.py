"""Testing: where a test belongs, what of an answer is taken, and whether it would notice a fault."""

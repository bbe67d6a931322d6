"""What the beekeepers' association keeps its books with."""

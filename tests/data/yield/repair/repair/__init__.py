"""Programs of the repair café in the old fire station: appointments, tickets, volunteers, parts, donations, opening."""

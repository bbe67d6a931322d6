"""What a task wants refused with an error: numbers, amounts, states, choices, and what is there already."""

"""Texts: their letters, blanks and signs, what stands at their end, where they are cut, and what is looked for."""

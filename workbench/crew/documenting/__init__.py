"""Documenting: what a symbol is, what is asked of it, and how its comment looks in each language."""

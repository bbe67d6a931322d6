"""Palettes and style sheets of the terminal workbench."""

"""Textual widgets that would serve any program: plain data in, messages out."""

"""Wrapping: a change written as a wrapper around the old function, put into that function."""

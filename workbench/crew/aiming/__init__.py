"""Aiming: which symbols of which files a change is about."""

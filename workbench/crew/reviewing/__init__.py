"""Reviewing: code cut into pieces that can be looked at, and findings held against it."""

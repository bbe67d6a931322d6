"""Helpers for running the choir: members, rehearsals, fees, sheet music."""

"""Engines: whatever turns a prompt into words. One small protocol, several ways to fulfil it."""

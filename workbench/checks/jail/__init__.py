"""The inside of the guard: a program of its own that gives up its rights and then becomes the command.

It is started as a fresh Python for each command and imports nothing but a little of the standard library.
"""

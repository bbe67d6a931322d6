"""The inside of the guard: a program of its own that gives up its rights and then becomes the command.

It is started as a fresh Python for each command, so it imports as little of the standard library as can be: `typing`,
`json`, `signal` and `pathlib` would take longer than all that it does.
"""

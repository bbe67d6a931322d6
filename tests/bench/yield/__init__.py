"""The yield bench: small real tasks for the crew and its peers, each judged by an oracle that nobody at work can see.

The package is called `yield`, so its modules are imported relatively; `python -m tests.bench.yield --help` runs it.
"""

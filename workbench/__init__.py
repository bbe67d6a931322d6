"""The Nanite Workbench: small local models do small jobs, machines prove them, a person presses a key."""

__version__ = "0.1.0"

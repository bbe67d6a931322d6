"""Renaming: what a name is bound to, which modules it reaches, and what the task's words ask for."""

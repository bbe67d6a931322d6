"""Linting: a linter's own fixes, other names for variables, and whether a change of form is one."""

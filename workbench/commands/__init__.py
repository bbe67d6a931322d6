"""The commands of `nanites`, a module for each group of them; `workbench.cli` has the table."""

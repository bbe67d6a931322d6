"""The terminal workbench, driven by keys and mouse over folders that the real runner filled."""

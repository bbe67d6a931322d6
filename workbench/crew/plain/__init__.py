"""Plain changes: changes of one place that a task names so clearly that no model is needed."""

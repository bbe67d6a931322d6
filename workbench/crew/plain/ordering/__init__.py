"""In which order things come, and which comes first of two that are the same."""

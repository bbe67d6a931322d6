"""From a model's words to bytes on disk, and back."""

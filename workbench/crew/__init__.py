"""The crew: who does a task, and how a small model's words are made trustworthy before anybody sees them."""

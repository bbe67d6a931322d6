"""What a nanite is shown."""

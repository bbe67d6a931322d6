"""The wardrobe and the tours of a ballet theatre."""

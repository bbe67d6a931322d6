"""Small tools of the garage's web shop."""

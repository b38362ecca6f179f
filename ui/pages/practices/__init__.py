"""The maturity models and their practices."""

"""Searching everything: entities and actions from one line."""

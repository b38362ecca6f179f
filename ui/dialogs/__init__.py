"""Dialogs, all of them opened without blocking."""

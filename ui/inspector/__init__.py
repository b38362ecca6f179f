"""The inspector: what is selected, in full, and everything that belongs to it."""

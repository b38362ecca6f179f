"""The plan: the table of initiatives and the painted timeline."""

"""The organization: its units and teams, and how they work together."""

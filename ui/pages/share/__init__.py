"""Everything that leaves the engagement: exports with their preview."""

"""Long trials run by hand; the suite runs short ones of the same."""

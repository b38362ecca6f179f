"""What comes first: initiatives scored on criteria and ranked by a formula."""

"""The order in which people can absorb a plan: what starts when, within capacity, change limits and every link."""

"""What holds for the whole engagement: calendars, formulas, colours, currency."""

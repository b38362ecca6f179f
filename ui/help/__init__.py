"""Help inside the application: the guide, the tour and what offers them."""

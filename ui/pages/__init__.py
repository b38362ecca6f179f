"""The pages of the window, one a stage of the work."""

"""The pane beside a page: what is selected there, in full."""

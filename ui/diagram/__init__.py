"""Pictures of nodes and edges: shown, moved and connected on screen, exported as files."""

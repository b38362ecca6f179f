"""Pictures of every page and dialog, in each theme, language and size."""

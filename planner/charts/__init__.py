"""Pictures as values: what goes where on a timeline, for any painter. No toolkit, no file, no screen in here."""

"""Item models over an engagement."""

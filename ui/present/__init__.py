"""How the domain is worded and shown: states, columns, cells."""

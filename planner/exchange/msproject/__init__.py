"""Microsoft Project's XML (MSPDI): plans of others read in, and our plan written so that Project opens it."""

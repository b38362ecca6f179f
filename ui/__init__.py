"""The desktop application: pages, timeline and models over the document; no rule of the domain lives here."""

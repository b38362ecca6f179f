"""The painted timeline: what is seen, where it stands, how it is moved through."""

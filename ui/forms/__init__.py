"""Forms made from what the fields of the entities mean."""

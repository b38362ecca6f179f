"""Forms made from the declaration of the entities themselves: one editor a field, one form a kind."""

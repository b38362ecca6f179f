"""What a transformation is: the entities of an engagement as immutable values, on the standard library alone."""

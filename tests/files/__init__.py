"""One published file of every format ever released, opened by tests for ever."""

"""Everything there is to see: each page in each of its states, each dialog, by name; drawn by one command, walked by one test."""

"""How fast Roadbook is beside what it could at best be: each row against a limit or a peer measured in the same run.

`python -m tests.bench` prints the table and exits 0 only when every goal is met. Machines differ and neighbours make
noise, so a row is a ratio of medians over interleaved rounds, never a bare time.
"""

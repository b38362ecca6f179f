"""How sure the plan's dates are: its schedule drawn thousands of times, with durations and risks as they may turn out.

`outlook` holds what comes out and how it is asked for, `simulation` draws, `passes` schedules all draws at once by the
rules of `planner.analysis.schedule`, `working_days` does its calendar arithmetic, `chance` draws durations and risks.
"""

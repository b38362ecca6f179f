"""Every answer computed from an engagement: pure functions, no input or output, nothing stored."""

"""Where the teams stand: assessments, answers, targets."""

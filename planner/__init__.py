"""Everything Roadbook knows and does without a screen: the engagement, its file, its answers, its exports."""

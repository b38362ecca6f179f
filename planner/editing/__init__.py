"""Every intent a person can have: pure functions from an engagement and an intent to changes, or a `UserError`."""

"""Other formats: one module a format and direction, each taking or giving an `Engagement`, none touching the document."""

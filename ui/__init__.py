"""The desktop application: windows, pages and pictures over an engagement; what is true of it is in `planner`."""

"""Maturity models others wrote: one module a source, each giving entities and a report that accounts for everything."""

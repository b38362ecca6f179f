"""The sheets of the Excel plan, one module a sheet; `planner.exchange.workbook_out` puts them together."""

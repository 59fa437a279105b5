"""Spreadsheets and delimited text as tables: header found, rows numbered, oddities named."""

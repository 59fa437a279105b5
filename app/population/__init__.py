"""Inhabitants and households of areas, from lists of the civil registry."""

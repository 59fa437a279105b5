"""Places, areas and tiles as pure geometry: no web framework, no database, no user's language."""

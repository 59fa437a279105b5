"""Finding a place by its name: an area, or a feature of the reference map."""

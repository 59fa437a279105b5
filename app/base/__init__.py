"""The reference map: roads, rivers, rail and places, from files and for search."""

"""Seals over the histories of a city, and whether histories and seals are whole."""

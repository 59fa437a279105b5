"""Usulan: what residents propose, and how each one got where it stands."""

"""Vector tiles of usulan, areas and the reference map."""

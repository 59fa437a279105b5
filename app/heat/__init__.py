"""Heat maps of usulan: where the need is dense, per square kilometre on the ground."""

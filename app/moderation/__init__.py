"""What officers see of usulan and do to them, each in his area and field."""

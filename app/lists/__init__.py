"""Lists of usulan from files: read, judged row by row, placed and stored."""

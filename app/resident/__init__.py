"""Indexes of usulan kept in memory, which follow what is committed."""

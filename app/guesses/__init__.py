"""Which column of a list is what, and which of its words is which category: guesses to check."""

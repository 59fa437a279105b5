"""Places in words: what a text mentions, and which areas that can only be."""

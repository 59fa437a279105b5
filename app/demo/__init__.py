"""The fictional demo city: usulan as residents would write them, and what became of them."""

"""Editions of boundaries side by side: compared, activated, and what is placed in each."""

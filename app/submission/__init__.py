"""Sending an usulan, once however often it is sent, and finding it by its tracking code."""

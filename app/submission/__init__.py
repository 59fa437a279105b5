"""Sending an usulan, once however often it is sent, and following it by its tracking code."""

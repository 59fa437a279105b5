"""Measure how long answers take; figures for people, never a test."""

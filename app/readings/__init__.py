"""Cells of lists as offices really fill them, understood: each answer says how sure it is."""

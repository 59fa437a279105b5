"""Lists as offices really send them: cells, columns and sheets, each answer with how sure it is.

Nothing here knows a database. What a cell means is a `Reading`; what a sheet is, a `Table`;
which column is what, a `Mapping`.
"""

"""Every usulan of a city in sorted columns, answering maps and totals without the database.

Nothing here reads or writes anything: rows come in as arrays, answers go out as arrays.
"""

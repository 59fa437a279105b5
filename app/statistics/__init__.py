"""Numbers per area: counts, money, people, support, and rates per 1,000 inhabitants."""

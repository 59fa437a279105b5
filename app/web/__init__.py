"""What every answer passes through, and the addresses that belong to no domain."""

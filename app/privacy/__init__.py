"""Personal data: kept for a time, told to whom it is of, erased when asked or when time is up."""

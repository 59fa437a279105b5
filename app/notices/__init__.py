"""Word that is sent to people: written with the act it tells of, sent by e-mail afterwards."""

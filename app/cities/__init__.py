"""The cities of this installation: the key that everything else hangs on."""

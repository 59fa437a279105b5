"""The command `peta`: one file per noun."""

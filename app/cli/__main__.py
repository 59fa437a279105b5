"""`python -m app.cli` is `peta`."""

from app.cli.main import main

main()

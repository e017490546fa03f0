"""The commands by subject; `cli.py` hangs them up."""

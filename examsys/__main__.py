"""python -m examsys = the command line."""

from .cli import main

main()

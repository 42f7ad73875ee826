"""`python -m firstframe` is the command line."""

from firstframe.cli import main

if __name__ == "__main__":
    main()

"""`python -m kg` works as `kg` does."""

from kg.cli import main

if __name__ == "__main__":
    main()

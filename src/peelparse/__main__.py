"""`python -m peelparse`: the command line where no script is on the path."""

from peelparse.cli import main

if __name__ == "__main__":
    main(prog_name="peelparse")

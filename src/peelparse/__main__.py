"""The process of the command: `peelparse`, or `python -m peelparse`."""

import atexit
import gc
from typing import Final

GARBAGE: Final = 100_000
"""Objects more than before after which Python looks for cycles among them. Its own 700
had it look 150 times while modules are loaded, and find nothing: 5 % of the time of
`peelparse parse page.html`. A page makes some thousand objects and few cycles."""


def run() -> None:
    """Run the command line."""
    gc.set_threshold(GARBAGE)
    # the memory is given back whole: to look through it at the end took 6 %
    atexit.register(gc.freeze)
    from peelparse.cli import main  # noqa: PLC0415  after that

    main(prog_name="peelparse")


if __name__ == "__main__":
    run()

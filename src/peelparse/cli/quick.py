"""Loading msgspec for one page: less than half of what it loads is of use."""

import sys
from importlib import import_module


def load_msgspec() -> None:
    """Load msgspec without typing_extensions, in the command's own process.

    msgspec takes four names from it if it is there, and else from `typing`, which has
    them all since Python 3.11. It is there for bs4, and takes 3 of the 80 ms of
    `peelparse parse page.html` to load. `None` says that a module is missing.
    """
    if "msgspec" in sys.modules or "typing_extensions" in sys.modules:
        return
    sys.modules["typing_extensions"] = None  # type: ignore[assignment]
    try:
        import_module("msgspec")
    finally:
        del sys.modules["typing_extensions"]

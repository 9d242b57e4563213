"""The watch over a worker: it ends a process that one page holds for too long.

A page may hang in C, where no signal and no other thread of Python gets a turn; the
watch of `faulthandler` is a thread of its own that needs none.
"""

import faulthandler
import os

_state: dict[str, float] = {}
_nowhere: list[int] = []


def arm(seconds: float) -> None:
    """End this process unless `beat` or `disarm` is called within some seconds.

    Args:
        seconds: the limit; 0 sets none.
    """
    _state["seconds"] = seconds
    beat()


def beat() -> None:
    """Say that a page is done, and that the next one has its full time."""
    if seconds := _state.get("seconds"):
        if not _nowhere:
            _nowhere.append(os.open(os.devnull, os.O_WRONLY))
        faulthandler.dump_traceback_later(seconds, exit=True, file=_nowhere[0])


def disarm() -> None:
    """Stop watching."""
    if _state.pop("seconds", 0):
        faulthandler.cancel_dump_traceback_later()

"""The data files that come with peelparse: words, forces, editions, topics."""

import os
from typing import Final

_HERE: Final = os.path.dirname(__file__)  # noqa: PTH120  see below


def read_data(path: str | os.PathLike[str]) -> bytes:
    """Read a data file.

    Args:
        path: where it is in the package, such as `reference/topics.json`; an absolute
            path stands for itself.
    """
    # no Path: pathlib and the urllib behind it take 4 of the 50 ms of the start that
    # are not click's and lxml's
    with open(os.path.join(_HERE, path), "rb") as file:  # noqa: PTH118, PTH123
        return file.read()

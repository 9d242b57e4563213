"""What parses: the release, its code and the options, in one digest."""

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

import msgspec

from peelparse import __version__
from peelparse.pipeline import DEFAULT, Limits
from peelparse.recognise import Options

_SCHEMA: Final = "peelparse.report/1"


@cache
def digest_code() -> str:
    """Digest of everything that decides what comes out of a page.

    The release alone would not do: whoever changes a word list, or works from a
    checkout, must get pages parsed anew.
    """
    digest = sha256(f"{__version__} {_SCHEMA}".encode())
    _add(files("peelparse"), digest.update)
    return digest.hexdigest()


def identify_parser(options: Options, limits: Limits = DEFAULT) -> str:
    """Digest of the code and the options that a page is parsed with.

    Args:
        options: what the user sets.
        limits: what an input may cost.
    """
    settings = msgspec.json.encode((options, limits))
    return sha256(digest_code().encode() + settings).hexdigest()


def _add(folder: Traversable, update: Callable[[bytes], object]) -> None:
    """Add every source and data file of a folder, by name."""
    for each in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if each.is_dir() and each.name not in {"__pycache__", "cli"}:
            _add(each, update)
        elif each.name.endswith((".py", ".json")):
            update(each.name.encode() + b"\0" + each.read_bytes())

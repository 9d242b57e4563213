"""Digests of a page's bytes, and the half of one that ids are made from."""

import sys

# hashlib gives the same, and loads OpenSSL
from _blake2 import blake2b
from importlib import import_module
from itertools import count
from typing import Final

__all__ = ["blake2b", "sha256"]

PAGES: Final = count()  # digests made by this process


def sha256(data: bytes) -> str:
    """The SHA-256 of bytes, in hexadecimal.

    hashlib's loads OpenSSL, which takes 4 ms, and then 0.05 ms for 100 KB; Python's
    own takes 0.4 ms. So the first page of a process is done without hashlib, unless
    something has loaded it already, and all others with it.
    """
    if "hashlib" not in sys.modules and not next(PAGES):
        for own in ("_sha2", "_sha256"):  # of Python from 3.12 on, and of 3.11
            try:
                found: str = import_module(own).sha256(data).hexdigest()
            except ImportError:
                continue
            return found
    from hashlib import sha256 as fast  # noqa: PLC0415  see above

    return fast(data).hexdigest()

"""Digests of a page's bytes, and the half of one that ids are made from."""

import sys

# hashlib gives the same; by itself it does not load OpenSSL
from _blake2 import blake2b
from importlib import import_module

__all__ = ["blake2b", "sha256"]


def sha256(data: bytes) -> str:
    """The SHA-256 of bytes, in hexadecimal.

    hashlib's loads OpenSSL, which takes 4 ms, and then 0.05 ms for 100 KB; Python's
    own takes 0.4 ms. One page is done before the first is loaded, so hashlib is used
    where something has loaded it already, as `peelparse batch` does.
    """
    if "hashlib" not in sys.modules:
        for own in ("_sha2", "_sha256"):  # of Python from 3.12 on, and of 3.11
            try:
                found: str = import_module(own).sha256(data).hexdigest()
            except ImportError:
                continue
            return found
    from hashlib import sha256 as fast  # noqa: PLC0415  see above

    return fast(data).hexdigest()

"""gzip, bzip2 and xz: one stream in, what it holds out, never more than allowed."""

import zlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final, Protocol

from peelparse.blocks import Problem
from peelparse.errors import LimitError, ReadError
from peelparse.read.containers.member import Member, Members
from peelparse.read.limits import CHUNK, Budget

GZIP: Final = 31  # zlib's number for "with a gzip header"
XZ_MEMORY: Final = 100_000_000  # bytes that a dictionary may take; xz -9 takes 65 MB


class Stream(Protocol):
    """What bz2's and lzma's decompressors have in common."""

    @property
    def eof(self) -> bool:
        """Whether the end of the stream was met."""

    @property
    def needs_input(self) -> bool:
        """Whether it has given all it can for what it was given."""

    @property
    def unused_data(self) -> bytes:
        """What follows the end of the stream."""

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        """Unpack no more than so many bytes."""


def read_gzip(data: bytes, budget: Budget) -> Members:
    """Read gzip, of one member or of many, as WARC writers make it."""
    return _read("gzip", inflate(data, GZIP), data, budget)


def read_bz2(data: bytes, budget: Budget) -> Members:
    """Read bzip2, of one stream or of many."""
    import bz2  # noqa: PLC0415  rare

    return _read("bz2", _expand(data, bz2.BZ2Decompressor), data, budget)


def read_xz(data: bytes, budget: Budget) -> Members:
    """Read xz, of one stream or of many."""
    import lzma  # noqa: PLC0415  rare

    make = partial(lzma.LZMADecompressor, memlimit=XZ_MEMORY)
    return _read("xz", _expand(data, make, lzma.LZMAError), data, budget)


def inflate(data: bytes, bits: int) -> Iterator[bytes]:
    """Inflate zlib, raw deflate or gzip streams that follow each other.

    Args:
        data: the packed bytes.
        bits: zlib's `wbits`, which name the wrapping.

    Yields:
        Unpacked bytes, at most `CHUNK` at a time.

    Raises:
        EOFError: the bytes end before a stream does.
        zlib.error: the bytes are damaged.
    """
    while data:
        stream = zlib.decompressobj(bits)
        while not stream.eof:
            piece = stream.decompress(data, CHUNK)
            if not piece and not stream.unconsumed_tail and not stream.eof:
                raise EOFError
            data = stream.unconsumed_tail
            yield piece
        data = stream.unused_data.lstrip(b"\0")
        if bits == GZIP and not data.startswith(b"\x1f\x8b"):
            return  # padding or rubbish, as gzip itself passes over


def _expand(
    data: bytes, make: Callable[[], Stream], damage: type[Exception] = OSError
) -> Iterator[bytes]:
    """Unpack bzip2 or xz streams; rubbish after the first is passed over."""
    is_first = True
    while data:
        stream = make()
        try:
            while not stream.eof:
                yield stream.decompress(data if stream.needs_input else b"", CHUNK)
                if stream.needs_input and not stream.eof:
                    raise EOFError
        except damage:
            if is_first:
                raise
            return
        data, is_first = stream.unused_data, False


def gather(
    chunks: Iterator[bytes], packed: int, budget: Budget
) -> tuple[bytes, str | LimitError | None]:
    """Put unpacked chunks together, watching the limits between two of them.

    Args:
        chunks: what a decompressor gives; what it raises ends the stream.
        packed: size of the packed bytes.
        budget: what may still be unpacked.

    Returns:
        What was unpacked (nothing where a limit ended it), and what ended it early: a
        limit, or damage in words.
    """
    parts: list[bytes] = []
    size = 0
    try:
        for chunk in chunks:
            parts.append(chunk)
            size += len(chunk)
            budget.unpack(len(chunk))
            budget.check_ratio(size, packed)
    except LimitError as error:
        return b"", error  # joined, they would take as much memory again
    except EOFError:
        return b"".join(parts), "the packed bytes end too early"
    except Exception as error:  # noqa: BLE001  zlib, bz2 and lzma share no class
        return b"".join(parts), f"the packed bytes are damaged ({error})"
    return b"".join(parts), None


def _read(name: str, chunks: Iterator[bytes], data: bytes, budget: Budget) -> Members:
    unpacked, fault = gather(chunks, len(data), budget)
    if isinstance(fault, LimitError):
        raise fault
    if not unpacked:
        raise ReadError(
            "unpacking the file",
            f"{name} that holds nothing" if fault is None else f"{name}: {fault}",
            "a page",
            "copy the file again from where it came from",
        )
    problems = (Problem("PP104", fault),) if fault else ()
    yield Member(data=unpacked, format=name, problems=problems)

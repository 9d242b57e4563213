"""Whatever a caller has a page in, to bytes or an element with a name and an address.

Nothing is imported to recognise it: lxml and bs4 by the module of its class, files
and responses by the attributes that they have.
"""

import os
import re
from typing import TYPE_CHECKING, BinaryIO, Final, TypeGuard

import msgspec

from peelparse.errors import LimitError, ReadError, UnreadableError
from peelparse.read.containers import find_format
from peelparse.read.limits import DEFAULT, Limits, advise_raising

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_HEAD: Final = 65_536
"""Bytes that show whether a file holds pages, and so may be larger than one."""

_LONGEST_NAME: Final = 250
"""Characters; a longer text is no file's name that was given by mistake."""

_CHARSET: Final = r"(?i)\A\s*(?:text/|\S*xhtml).*?charset=[\"']?([\w.:-]+)"
"""The encoding in a Content-Type, if it is of a page."""


class Loaded(msgspec.Struct, frozen=True):
    """A source, opened."""

    data: "bytes | Element"
    """The page's bytes, or the root of its tree."""
    name: str = "<memory>"
    """What messages and the report call it."""
    address: str | None = None
    """The page's address, where the source knows it."""
    encoding: str | None = None
    """The encoding that a response's header names, or that a text was put in."""


def load(source: object) -> Loaded:
    """Open whatever a caller has a page in.

    Args:
        source: as for `peelparse.parse`.

    Raises:
        ReadError: a file cannot be read, a text is the name of a file, or there is
            more of it than a page can have.
        TypeError: it is nothing that can hold a page.
    """
    if isinstance(source, (bytes, bytearray, memoryview)):
        return Loaded(bytes(source))
    if isinstance(source, str):
        _refuse_name(source)
        return _load_text(source)
    if isinstance(source, os.PathLike):
        path = os.fsdecode(source)
        return Loaded(read_file(path), make_printable(path))
    return _load_tree(source) or _load_response(source) or _load_file(source)


def read_file(path: str, limits: Limits = DEFAULT) -> bytes:
    """Read a file that holds a page.

    Args:
        path: the file's path.
        limits: what it may cost.

    Raises:
        UnreadableError: it is missing, a folder, or may not be read.
        LimitError: it is larger than a page can be.
    """
    try:
        # no Path: see peelparse.data
        with open(path, "rb") as file:  # noqa: PTH123
            return read_limited(file, os.fstat(file.fileno()).st_size, limits)
    except (OSError, ValueError) as error:
        raise explain_failure(path, error) from error


def read_limited(file: BinaryIO, size: int = 0, limits: Limits = DEFAULT) -> bytes:
    """Read an open file to its end, but never more than it may hold.

    Args:
        file: an open file, or a pipe, which is as long as it is.
        size: its size, if known; what is too large is then not read at all.
        limits: what it may cost.

    Raises:
        LimitError: there is too much of it.
        OSError: it cannot be read.
    """
    head = file.read(_HEAD)
    # a container holds many pages
    name = "page_bytes" if find_format(head) is None else "unpacked_bytes"
    limit: int = getattr(limits, name)
    _check_size(size, limit, name)
    data = head + file.read(max(0, limit + 1 - len(head)))
    _check_size(len(data), limit, name)
    return data


def _check_size(size: int, limit: int, name: str) -> None:
    if size > limit:
        raise LimitError(
            "reading the file",
            f"{size:,} bytes" if size > limit + 1 else f"more than {limit:,} bytes",
            f"at most {limit:,}",
            f"save the page without images, or as text, or {advise_raising(name)}",
        )


def make_printable(text: str) -> str:
    r"""Write what cannot be printed (or be UTF-8) as an escape, as in a file's name.

    Example:
        >>> print(make_printable("caf\udce9\x1b[31m.html"))
        caf\udce9\x1b[31m.html
    """
    if text.isprintable():
        return text
    return "".join(
        letter
        if letter.isprintable()
        else letter.encode("unicode_escape").decode("ascii")
        for letter in text
    )


def explain_failure(path: str, error: OSError | ValueError) -> UnreadableError:
    """Make the error of a file that cannot be opened or read."""
    hint = "check the name, and whether the file was moved meanwhile"
    found = "no such file"
    if os.path.isdir(path):  # noqa: PTH112  a Path raises for some names
        found, hint = "a folder", "name the files that are in it, as in folder/*.html"
    elif isinstance(error, PermissionError):
        found, hint = "no permission to read it", "ask its owner for a copy"
    elif not isinstance(error, FileNotFoundError):
        # ValueError: a NUL in the name
        found = (isinstance(error, OSError) and error.strerror) or str(error)
    return UnreadableError("reading the file", found, "a saved page", hint)


def _refuse_name(text: str) -> None:
    """A text is a page, never a name; whoever gives a name is told so."""
    if (
        len(text) <= _LONGEST_NAME
        and not {"\n", "<"} & set(text)
        and os.path.exists(text)  # noqa: PTH110  a Path raises for some texts
    ):
        raise UnreadableError(
            "reading a text",
            f"{text!r}, the name of a file",
            "the text of a page",
            f"to read the file, write peelparse.parse(pathlib.Path({text!r}))",
        )


def _load_text(text: str) -> Loaded:
    """A page as text; halves of characters are joined, or replaced."""
    data = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    # the encoding that HTML declares was the one before it became a text
    encoding = "utf-8" if data.lstrip().startswith("<") else None
    return Loaded(data.encode(), encoding=encoding)


def _is_of(source: object, library: str) -> bool:
    """Whether a class of the object is one of a library's."""
    homes = (base.__module__ for base in type(source).__mro__)
    return any(home.partition(".")[0] == library for home in homes)


def _load_tree(source: object) -> Loaded | None:
    """A tree of lxml or bs4; None if it is none."""
    if _is_of(source, "bs4"):
        # without a document's start, a part of a page might pass for text
        return _load_text(f"<!doctype html>{source}")
    if not _is_of(source, "lxml"):
        return None
    find_root = getattr(source, "getroot", None)
    root = find_root() if callable(find_root) else source
    if not _is_element(root):
        raise _refuse(source)
    return Loaded(root)


def _is_element(source: object) -> "TypeGuard[Element]":
    return hasattr(source, "iterchildren")


def _load_response(source: object) -> Loaded | None:
    """The response of an HTTP client; None if it is none."""
    if not getattr(source, "url", None):
        return None
    for attribute in ("content", "body", "text"):
        content = getattr(source, attribute, None)
        if isinstance(content, (bytes, str)):
            return _describe(source, content)
    return None


def _load_file(source: object) -> Loaded:
    """What is left to read of an open file."""
    read = getattr(source, "read", None)
    if not callable(read):
        raise _refuse(source)
    try:
        content = read()
    except UnicodeDecodeError as error:
        raise ReadError(
            "reading an open file",
            f"bytes that are not {error.encoding}",
            "text in that encoding",
            "open the file in binary mode; peelparse finds the encoding",
        ) from error
    if not isinstance(content, (bytes, str)):
        raise _refuse(source)
    return _describe(source, content)


def _describe(source: object, content: bytes | str) -> Loaded:
    """Content, with what its source says of it."""
    loaded = Loaded(content) if isinstance(content, bytes) else _load_text(content)
    name, address = (getattr(source, key, None) for key in ("name", "url"))
    return msgspec.structs.replace(
        loaded,
        name=make_printable(name) if isinstance(name, str) else loaded.name,
        address=str(address) if address else None,
        encoding=loaded.encoding or _find_charset(source),
    )


def _find_charset(source: object) -> str | None:
    """The encoding that a response's header names for a page."""
    find = getattr(getattr(source, "headers", None), "get", None)
    if not callable(find):
        return None
    kind = find("Content-Type") or find("content-type")
    # Scrapy keeps headers as bytes
    kind = kind.decode("latin-1") if isinstance(kind, bytes) else str(kind)
    found = re.match(_CHARSET, kind)
    return found[1] if found else None


def _refuse(source: object) -> TypeError:
    kind = type(source)
    return TypeError(
        f"cannot read a page from {kind.__module__}.{kind.__qualname__}; give bytes, "
        "a str that is the page, a pathlib.Path, an open file, an lxml element, a "
        "BeautifulSoup, or a response that has .url and .content"
    )

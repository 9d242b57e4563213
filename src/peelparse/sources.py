"""Whatever a caller has a page in, to bytes or an element with a name and an address.

Nothing is imported to recognise it: lxml and bs4 by the module of its class, files
and responses by the attributes they have.
"""

import io
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol, runtime_checkable

from peelparse.errors import LimitError, ReadError, UnreadableError
from peelparse.read import MAX_BYTES

if TYPE_CHECKING:
    from peelparse.read.collect import Element

_LONGEST_NAME: Final = 400
"""Characters of a text that may be a file's name given by mistake."""


@runtime_checkable
class _Readable(Protocol):
    """An open file, binary or text."""

    def read(self, size: int, /) -> object: ...


class Loaded(NamedTuple):
    """A source, opened."""

    data: "bytes | Element"
    """The page's bytes, or the root of its tree."""
    name: str
    """What messages and the report call it."""
    address: str | None = None
    """The page's address, where the source knows it."""
    encoding: str | None = None
    """The encoding that a response's header names, or that a text was put in."""


def load(source: object, name: str | None = None) -> Loaded:
    """Open whatever a caller has a page in.

    Args:
        source: see `peelparse.parse`.
        name: what to call it; without one, the name that the source has.

    Raises:
        UnreadableError: a file cannot be read, or a text is a file's name.
        LimitError: there is more of it than a page can have.
        TypeError: it is nothing that can hold a page.
    """
    loaded = _load(source)
    return loaded._replace(name=name) if name else loaded


def _load(source: object) -> Loaded:
    if isinstance(source, (bytes, bytearray, memoryview)):
        return Loaded(bytes(source), "<memory>")
    if isinstance(source, str):
        return _load_text(source)
    if isinstance(source, os.PathLike):
        path = os.fspath(source)
        return Loaded(read_file(path), make_printable(os.fsdecode(path)))
    if _is_of(source, "lxml"):
        return _load_tree(source)
    if _is_of(source, "bs4"):
        return _load_text(str(source))
    return _load_stream(source)


def read_file(path: str | bytes | os.PathLike[str]) -> bytes:
    """Read a file that holds a page.

    Raises:
        UnreadableError: it is missing, a folder, or may not be read.
        LimitError: it is larger than a page can be.
    """
    try:
        if os.path.isdir(path):  # noqa: PTH112  a name may be bytes, which no Path is
            raise UnreadableError(
                "reading the file",
                "a folder",
                "a file",
                "name the files that are in it, as in folder/*.html",
            )
        with open(path, "rb") as file:  # noqa: PTH123  as above
            check_size(os.fstat(file.fileno()).st_size)
            # what grows, and what has no size (a pipe, a device), is stopped too
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise _explain_failure(error) from error
    check_size(len(data))
    return data


def check_size(size: int) -> None:
    """Refuse more bytes than a page can have.

    Raises:
        LimitError: it is too many.
    """
    if size > MAX_BYTES:
        raise LimitError(
            "reading the file",
            f"more than {MAX_BYTES:,} bytes",
            "the few megabytes of a saved page",
            "save the page without images, or as text",
        )


def make_printable(text: str) -> str:
    r"""Write what cannot be printed (or be UTF-8) as an escape, as in a file's name.

    Example:
        >>> print(make_printable("caf\udce9 \x1b[31m.html"))
        caf\udce9 \x1b[31m.html
    """
    if text.isprintable():
        return text
    return "".join(
        character
        if character.isprintable()
        else character.encode("unicode_escape").decode("ascii")
        for character in text
    )


def _explain_failure(error: OSError | ValueError) -> UnreadableError:
    """The error of a file that could not be opened or read."""
    if isinstance(error, FileNotFoundError):
        found, hint = "no such file", "check the name, and whether it was moved since"
    elif isinstance(error, PermissionError):
        found, hint = "no permission to read it", "ask its owner, or copy it first"
    else:
        # ValueError: a NUL in the name
        found = (isinstance(error, OSError) and error.strerror) or str(error)
        hint = "check the name, or copy the file to another place first"
    return UnreadableError("reading the file", found, "a saved page", hint)


def _load_text(text: str) -> Loaded:
    """A text is a page, never a name."""
    if (
        len(text) < _LONGEST_NAME
        and not any(mark in text for mark in "\n<")
        and os.path.exists(text)  # noqa: PTH110  a Path cannot be made of every text
    ):
        raise UnreadableError(
            "reading a text",
            f"{text!r}, which is the name of a file",
            "the text of a page",
            f"write peelparse.parse(pathlib.Path({text!r})) to read the file",
        )
    # halves of characters that belong together are joined, and others replaced
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    # what HTML declares was true before it became a text
    encoding = "utf-8" if whole.lstrip()[:1] == "<" else None
    return Loaded(whole.encode(), "<memory>", encoding=encoding)


def _is_of(source: object, library: str) -> bool:
    """Whether a class of the object is one of a library's."""
    return any(
        base.__module__.partition(".")[0] == library for base in type(source).__mro__
    )


def _load_tree(source: object) -> Loaded:
    """An element of lxml, or a document of which it is the root."""
    root = source
    if callable(getroot := getattr(source, "getroot", None)):
        root = getroot()
    if not hasattr(root, "iterchildren"):
        raise _refuse(source)
    return Loaded(root, "<memory>")


def _load_stream(source: object) -> Loaded:
    """An open file, or the response of an HTTP client."""
    address = getattr(source, "url", None)
    address = str(address) if address else None
    if isinstance(source, _Readable) and not _has_content(source):
        loaded = _load_file(source)
    elif address is not None and _has_content(source):
        loaded = _load_content(_find_content(source))
    else:
        raise _refuse(source)
    charset = _find_charset(getattr(source, "headers", None))
    return loaded._replace(address=address, encoding=loaded.encoding or charset)


def _load_file(source: _Readable) -> Loaded:
    """What is left to read of an open file."""
    name = getattr(source, "name", None)
    name = make_printable(name) if isinstance(name, str) else "<memory>"
    try:
        data = source.read(MAX_BYTES + 1)
    except UnicodeDecodeError as error:
        raise ReadError(
            "reading an open file",
            f"bytes that are not {error.encoding}",
            "text in that encoding",
            'open it in binary mode, open(…, "rb"): its encoding is found by itself',
        ) from error
    if not isinstance(data, (bytes, str)):
        raise _refuse(source)
    check_size(len(data))
    return _load_content(data)._replace(name=name)


def _load_content(content: bytes | str) -> Loaded:
    if isinstance(content, str):
        return _load_text(content)
    return Loaded(content, "<memory>")


def _has_content(source: object) -> bool:
    return _find_content(source) != ""


def _find_content(source: object) -> bytes | str:
    """The body of a response: its bytes, or if it has none, its text."""
    for attribute in ("content", "body", "text"):
        content = getattr(source, attribute, None)
        if isinstance(content, (bytes, str)):
            return content
    return ""


def _find_charset(headers: object) -> str | None:
    """The encoding that a response's header names; keys and values may be bytes."""
    if not isinstance(headers, Mapping):
        return None
    return None


def _refuse(source: object) -> TypeError:
    kind = type(source)
    return TypeError(
        f"cannot read a page from {kind.__module__}.{kind.__qualname__}: give bytes, "
        "a str that holds the page, a pathlib.Path, an open file, an lxml element, a "
        "BeautifulSoup, or a response with .url and .content"
    )


__all__ = ["Loaded", "check_size", "load", "make_printable", "read_file"]
_ = io

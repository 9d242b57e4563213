"""Remote storage by address, through fsspec (the extra `remote`).

Only an input that holds `://` comes here; parsing itself never opens a connection.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from types import ModuleType
from typing import BinaryIO, Final, Protocol

from peelparse.errors import OptionError, ReadError, UnreadableError
from peelparse.pipeline import DEFAULT, Limits
from peelparse.sources import make_printable, read_limited

_WILD: Final = frozenset("*?[")


class _FileSystem(Protocol):
    """What is needed of a file system of fsspec."""

    def glob(self, path: str, *, detail: bool) -> Mapping[str, Mapping[str, object]]:
        """Find by pattern."""

    def find(self, path: str, *, detail: bool) -> Mapping[str, Mapping[str, object]]:
        """Find everything below a folder."""

    def isdir(self, path: str) -> bool:
        """Whether it is a folder."""

    def unstrip_protocol(self, name: str) -> str:
        """Make an address of a path."""


class _OpenFile(Protocol):
    """What is needed of an open file of fsspec."""

    def __enter__(self) -> BinaryIO: ...

    def __exit__(self, *args: object) -> None: ...


class _Opener(Protocol):
    def __call__(self, address: str, mode: str) -> _OpenFile: ...


class _Finder(Protocol):
    def __call__(self, address: str) -> tuple[_FileSystem, str]: ...


def iter_remote(address: str) -> Iterator[tuple[str, int]]:
    """Find the files at an address: one, those of a folder, or those of a pattern.

    Args:
        address: such as `s3://bucket/folder` or `zip://*.html::https://…/pages.zip`.

    Yields:
        The address of each file and its size, 0 where unknown.

    Raises:
        OptionError: fsspec is not installed.
        ReadError: nothing is there, the storage cannot be reached, or what fsspec
            needs for it is not installed.
    """
    _, sep, rest = address.partition("::")
    try:
        files, path = _find_system(address)
        if _WILD & set(path):
            details = files.glob(path, detail=True)
        elif files.isdir(path):
            details = files.find(path, detail=True)
        else:
            yield address, 0
            return
    except OptionError:
        raise
    except Exception as error:
        raise _explain(address, error) from error
    if not details:
        raise _explain(address, FileNotFoundError())
    for name, detail in details.items():
        if detail.get("type") != "directory":
            size = detail.get("size")
            found = files.unstrip_protocol(name) + sep + rest
            yield found, size if isinstance(size, int) else 0


def read_remote(address: str, limits: Limits = DEFAULT) -> bytes:
    """Read a file at an address.

    Args:
        address: where it is.
        limits: what it may cost.

    Raises:
        ReadError: it cannot be read, or is too large.
    """
    try:
        opener: _Opener = _import_fsspec().open
        with opener(address, "rb") as file:
            return read_limited(file, limits=limits)
    except ReadError:
        raise
    except Exception as error:
        raise _explain(address, error) from error


def _find_system(address: str) -> tuple[_FileSystem, str]:
    _import_fsspec()
    finder: _Finder = import_module("fsspec.core").url_to_fs
    return finder(address)


def _import_fsspec() -> ModuleType:
    try:
        return import_module("fsspec")
    except ImportError as error:
        raise OptionError(
            "opening remote storage",
            "no fsspec in this Python",
            "the extra remote",
            "install it with: pip install 'peelparse[remote]'",
        ) from error


def _explain(address: str, error: Exception) -> UnreadableError:
    """The error of an address that cannot be listed or read."""
    found = "nothing there" if isinstance(error, FileNotFoundError) else str(error)
    fault = UnreadableError(
        "reading from remote storage",
        make_printable(found or type(error).__name__),
        "an address that can be read",
        "check the address and your rights; some storage needs a package of its own, "
        "such as s3fs or gcsfs",
    )
    fault.name = make_printable(address)
    return fault

"""A temporary sibling takes the place of a file or folder, in one step.

A folder cannot be replaced by a plain rename. Linux can exchange two names in one
step; elsewhere the old folder steps aside first, and if the machine stops in that
moment, the next run puts it back.
"""

import ctypes
import json
import os
import shutil
import stat
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Final

from peelparse.errors import WriteError
from peelparse.write.datasets.licence import SCHEMA

PACKAGE: Final = "datapackage.json"
"""Describes a folder, and marks it as ours."""

_DROPPINGS: Final = frozenset((".DS_Store", "Thumbs.db", "desktop.ini"))
"""What file managers leave in folders, unasked."""

_JOURNALS: Final = ("-wal", "-journal")
"""What SQLite keeps beside a file that is in use, and would add to the new one."""


class Place:
    """A target, and the temporary sibling that is to become it.

    Attributes:
        target: where the finished thing is to be, links followed.
        temporary: where it is made; a folder is there already, a file is not.
    """

    def __init__(self, path: Path, *, is_folder: bool) -> None:
        """Args: is_folder: whether the finished thing is a folder.

        Raises:
            OSError: nothing can be written there.
            WriteError: something is there that is not to be replaced.
        """
        self.target = path.resolve()
        self.is_folder = is_folder
        _put_back(self.target)
        self._mode = _check(self.target, is_folder=is_folder)
        prefix = _make_prefix(self.target)
        self.temporary = self.target.with_name(f"{prefix}-{os.urandom(8).hex()}.tmp")
        if is_folder:
            self.temporary.mkdir()
        else:
            # what replaces a private file is private from its first byte on
            access = 0o666 if self._mode is None else 0o600
            os.close(os.open(self.temporary, os.O_CREAT | os.O_EXCL, access))

    def commit(self) -> None:
        """Put the finished thing in its place.

        Raises:
            OSError: it cannot be; what was there is as it was.
        """
        if self._mode is not None:
            self.temporary.chmod(self._mode)
        _flush(self.temporary)
        if self.is_folder and self.target.exists():
            _swap(self.temporary, self.target)
        else:
            self.temporary.replace(self.target)
        _flush(self.target.parent, is_deep=False)

    def drop(self) -> None:
        """Remove what is temporary; after `commit` that is the old folder."""
        with suppress(OSError):
            _remove(self.temporary)


def sweep(path: str | os.PathLike[str]) -> None:
    """Remove what runs that were killed left beside a target, and put back the old.

    Only for a caller who knows that no other run is writing there.

    Args:
        path: a target, as given to `open_sink`.
    """
    target = Path(path).resolve()
    _put_back(target)
    for left in target.parent.glob(f"{_make_prefix(target)}-*.tmp"):
        with suppress(OSError):
            _remove(left)


def _make_prefix(target: Path) -> str:
    """Beginning of the names beside a target; short, as the target's may not be."""
    return f".peelparse-{blake2b(os.fsencode(target.name), digest_size=6).hexdigest()}"


def _put_back(target: Path) -> None:
    """Undo or end a swap in two steps that was stopped between them."""
    aside = target.with_name(f"{_make_prefix(target)}.old")
    if not aside.exists():
        return
    if target.exists():
        _remove(aside)
    else:
        aside.rename(target)


def _check(target: Path, *, is_folder: bool) -> int | None:
    """Refuse what is not to be replaced; the permissions of what is, or None."""
    try:
        old = target.stat()
    except FileNotFoundError:
        return None
    if is_folder:
        _check_folder(target, old.st_mode)
    else:
        _check_file(target, old.st_mode)
    if not os.access(target, os.W_OK):
        raise PermissionError(13, "that it is protected")
    return stat.S_IMODE(old.st_mode)


def _check_folder(target: Path, mode: int) -> None:
    """Refuse what is no folder, and a folder that holds what is not ours."""
    if not stat.S_ISDIR(mode):
        raise _refuse("a file", "a folder, or nothing")
    if strangers := _list_strangers(target):
        found = f"files that are of no data set ({', '.join(strangers[:3])})"
        raise _refuse(found, "an old data set, an empty folder, or nothing")


def _check_file(target: Path, mode: int) -> None:
    """Refuse what is no file, and a database that is in use."""
    if not stat.S_ISREG(mode):
        raise _refuse("something else than a file", "a file, or nothing")
    if any(target.with_name(target.name + end).exists() for end in _JOURNALS):
        raise _refuse("that another program is using it", "a file at rest")


def _refuse(found: str, expected: str) -> WriteError:
    return WriteError(
        "looking where the data set is to be",
        found,
        expected,
        "name another place; nothing was changed",
    )


def _list_strangers(folder: Path) -> list[str]:
    """Names in a folder that no data set of ours has put there."""
    names = {path.name for path in folder.iterdir()} - _DROPPINGS
    own = {PACKAGE}
    with suppress(OSError, ValueError, KeyError, TypeError):
        package = json.loads((folder / PACKAGE).read_bytes())
        if package["peelparse"] != SCHEMA:
            found = f"a data set of {package['peelparse']}, which is newer or other"
            raise _refuse(found, f"one of {SCHEMA}, an empty folder, or nothing")
        return sorted(names - own - {each["path"] for each in package["resources"]})
    return sorted(names)


def _swap(new: Path, old: Path) -> None:
    """Exchange two folders."""
    if _exchange(new, old):
        return
    aside = old.with_name(f"{_make_prefix(old)}.old")
    old.rename(aside)
    try:
        new.rename(old)
    except OSError:
        aside.rename(old)
        raise
    aside.rename(new)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two names in one step, where the system can."""
    here, exchange = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux
    try:
        rename = ctypes.CDLL(None).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    done: int = rename(here, os.fsencode(one), here, os.fsencode(other), exchange)
    return done == 0


def _flush(path: Path, *, is_deep: bool = True) -> None:
    """Have the disk hold what was written, before anything relies on it."""
    if is_deep and path.is_dir():
        for each in path.iterdir():
            _flush(each)
    flags = os.O_RDONLY if path.is_dir() else os.O_RDWR
    try:
        handle = os.open(path, flags)
    except PermissionError:
        if path.is_dir():
            return  # Windows opens no folders
        raise
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)

"""What a run is given, down to single files: folders, patterns, lists, addresses.

Names are relative to the deepest folder that holds everything given, so that they
are the same on every machine. Nothing here is sorted or kept: the manifest does that.
"""

import glob
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from peelparse.batch.work import stamp_file
from peelparse.errors import OptionError
from peelparse.sources import explain_failure, make_printable

_PAGE_SUFFIXES: Final = (".html", ".htm", ".xhtml", ".mht", ".mhtml", ".php", ".aspx")
_BESIDE: Final = ("_files", ".files", "_data", "-Dateien", "_fichiers", "_archivos")
"""What browsers put after a page's name for the folder of its images and styles."""

_FURNITURE: Final = {
    "image": "png jpg jpeg jfif gif svg svgz webp avif ico bmp tif tiff",
    "style": "css scss less",
    "script": "js mjs map wasm",
    "font": "woff woff2 ttf otf eot",
    "sound or film": "mp3 mp4 m4a webm ogg wav mov avi",
}
_REASONS: Final = {
    f".{suffix}": reason
    for reason, suffixes in _FURNITURE.items()
    for suffix in suffixes.split()
}


class Found(NamedTuple):
    """One input, or something in its place that is none."""

    key: bytes
    """Sorts inputs; unique."""
    name: str
    """Relative to the folder that holds everything given, or an address."""
    path: str
    """Where to read it."""
    size: int = 0
    """Bytes, as far as is known."""
    stamp: str | None = None
    """What shows that a file is as it was; None for what must be read again."""
    fault: str | None = None
    """Why it is not read, though it should be; None if it is to be read."""
    is_skipped: bool = False
    """Whether it is passed over for this reason without being a failure."""


class Skip(NamedTuple):
    """Something in a folder that is no page, to be counted."""

    reason: str
    """What it is, in words that go before `skipped`."""


class Inputs:
    """The inputs of a run."""

    def __init__(
        self,
        given: Sequence[str],
        listed: Iterable[str] = (),
        without: Iterable[Path] = (),
    ) -> None:
        """Args: given: folders, files, patterns, addresses, all of which must be;
        listed: paths of a list, which may be gone; without: files and folders that
        are the run's own, such as its output.

        Raises:
            OptionError: what is given is not there, or a pattern matches nothing.
        """
        self.given = [*given]
        self.addresses: list[str] = []
        self.paths: list[str] = []
        self._without = {os.path.realpath(path) for path in without}
        bases = [base for each in given for base in self._add(each)]
        bases += [base for each in listed for base in self._add_listed(each)]
        self._base = os.path.commonpath(bases) if bases else os.curdir

    def __iter__(self) -> Iterator[Found | Skip]:
        """Find every file; in no order, and one that is given twice comes twice."""
        for path in self.paths:
            yield from self._visit(path)
        if self.addresses:
            from peelparse.batch.remote import iter_remote  # noqa: PLC0415  an extra

            for address in self.addresses:
                for found, size in iter_remote(address):
                    name = make_printable(found)
                    yield Found(os.fsencode(found), name, found, size)

    def _add(self, given: str) -> list[str]:
        """Take what must be there; gives the folder that it is in."""
        if "://" in given:
            self.addresses.append(given)
            return []
        if os.path.lexists(given):
            return self._add_listed(given)
        matches = glob.glob(given, recursive=True)  # noqa: PTH207  keeps the spelling
        if not matches:
            raise OptionError(
                "looking for the inputs",
                f"nothing at {make_printable(given)}",
                "a folder, a file, a pattern such as 'saved/**/*.html' or an address",
                "check the name",
            )
        self.paths += matches
        return [os.path.abspath(_find_fixed(given))]  # noqa: PTH100  links stay

    def _add_listed(self, given: str) -> list[str]:
        if "://" in given:
            self.addresses.append(given)
            return []
        self.paths.append(given)
        path = os.path.abspath(given)  # noqa: PTH100  links stay
        return [path if Path(path).is_dir() else str(Path(path).parent)]

    def _visit(self, given: str) -> Iterator[Found | Skip]:
        """One path, which may be a folder."""
        path = os.path.abspath(given)  # noqa: PTH100  links stay
        try:
            found = os.stat(path)  # noqa: PTH116  as os.scandir gives it
        except (OSError, ValueError) as error:
            yield self._fail(path, error)
            return
        if stat.S_ISDIR(found.st_mode):
            yield from self._walk(path)
        else:
            yield self._take(path, found)

    def _walk(self, top: str) -> Iterator[Found | Skip]:
        """Everything in a folder and in its folders; never one inside itself."""
        folders: list[tuple[str, tuple[str, ...]]] = [(top, ())]
        while folders:
            folder, above = folders.pop()
            inside = os.path.realpath(folder)
            if inside in above:
                fault = "a symbolic link that leads back to a folder it is in"
                yield self._name(folder)._replace(fault=fault, is_skipped=True)
                continue
            try:
                with os.scandir(folder) as entries:
                    for entry in entries:
                        found = self._look(entry)
                        if isinstance(found, str):
                            folders.append((found, (*above, inside)))
                        else:
                            yield found
            except OSError as error:
                yield self._fail(folder, error)

    def _look(self, entry: "os.DirEntry[str]") -> Found | Skip | str:
        """One entry of a folder; a folder as its path."""
        if entry.name.startswith("."):
            return Skip("hidden")
        try:
            if entry.is_dir():
                return self._look_folder(entry)
            found = entry.stat()
        except OSError as error:
            return self._fail(entry.path, error)
        return self._take(entry.path, found)

    def _look_folder(self, entry: "os.DirEntry[str]") -> Skip | str:
        if self._is_own(entry.path):
            return Skip("output of this run")
        for ending in _BESIDE:
            stem = entry.path.removesuffix(ending)
            if stem != entry.path and _has_page(stem):
                return Skip("folder of files beside a saved page")
        return entry.path

    def _take(self, path: str, found: os.stat_result) -> Found | Skip:
        """A file, unless it is none that could hold a page."""
        if not stat.S_ISREG(found.st_mode):
            return Skip("device, pipe or socket")
        if reason := _REASONS.get(os.path.splitext(path)[1].lower()):  # noqa: PTH122
            return Skip(reason)
        if self._is_own(path):
            return Skip("output of this run")
        return self._name(path)._replace(size=found.st_size, stamp=stamp_file(found))

    def _is_own(self, path: str) -> bool:
        return bool(self._without) and os.path.realpath(path) in self._without

    def _fail(self, path: str, error: OSError | ValueError) -> Found:
        fault = f"{explain_failure(path, error).found}"
        if os.path.islink(path):  # noqa: PTH114
            fault = "a symbolic link that leads nowhere"
        elif isinstance(error, PermissionError):
            fault = "no permission to read it"
        return self._name(path)._replace(fault=fault)

    def _name(self, path: str) -> Found:
        """A path with its name and its place among the inputs."""
        name = os.path.relpath(path, self._base).replace(os.sep, "/")
        key = os.fsencode(name).replace(b"/", b"\0")
        return Found(key, make_printable(name), path)


def read_list(data: bytes, *, is_nul: bool = False) -> list[str]:
    r"""Read a list of paths: one a line, or one before each NUL.

    Example:
        >>> read_list(b"a.html\r\n\nb c.html\n")
        ['a.html', 'b c.html']
        >>> read_list(b"a\nb.html\0", is_nul=True)
        ['a\nb.html']
    """
    parts = data.split(b"\0") if is_nul else data.splitlines()
    return [os.fsdecode(part) for part in parts if part]


def _find_fixed(pattern: str) -> str:
    """The folder of a pattern that has no wildcard in it."""
    parts = Path(pattern).parts
    fixed = []
    for part in parts[:-1]:
        if glob.has_magic(part):
            break
        fixed.append(part)
    return str(Path(*fixed))


def _has_page(stem: str) -> bool:
    return any(os.path.exists(stem + ending) for ending in _PAGE_SUFFIXES)  # noqa: PTH110

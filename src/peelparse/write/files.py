"""Bytes to a file that is either the old one or the new one, never half of each."""

import contextlib
import os
import stat
from functools import partial
from pathlib import Path

from peelparse.errors import WriteError


def write_file(path: str | os.PathLike[str], data: bytes) -> None:
    """Put bytes in a file, all of them or none.

    They go to a temporary file in the same folder, which then takes the place of
    the old file in one step. The new file keeps the permissions of the old one (or
    gets those that the umask allows), but not its owner. The target of a symbolic
    link is replaced, not the link. What is no file (`/dev/stdout`, a named pipe) is
    written to directly.

    Args:
        path: where to; its folder must exist.
        data: everything that the file is to hold.

    Raises:
        WriteError: it could not be done; the old file, if any, is as it was, and
            no temporary file is left. `name` is the path.
    """
    try:
        _write(Path(path), data)
    except (OSError, ValueError) as error:
        # ValueError: a NUL or half a character in the path.
        reason = error.strerror if isinstance(error, OSError) else None
        failure = WriteError(
            "writing a file",
            reason or str(error),
            "a place that can be written to",
            "check the folder, its permissions and the space left; "
            "what was there is as it was",
        )
        failure.name = os.fspath(path)
        raise failure from error


def _write(path: Path, data: bytes) -> None:
    """Write to whatever the path leads to."""
    try:
        old = path.stat()
    except FileNotFoundError:
        _replace(path.resolve(), data, None)
        return
    if stat.S_ISREG(old.st_mode) and os.access(path, os.W_OK):
        _replace(path.resolve(), data, stat.S_IMODE(old.st_mode))
    else:
        # A device has nothing to keep; for a folder, and for a file that is
        # protected, this raises the right error and touches nothing.
        path.write_bytes(data)


def _replace(target: Path, data: bytes, mode: int | None) -> None:
    """Write beside the target, then take its place."""
    # Not tempfile: it makes files for the owner only, whatever the umask says.
    # The name is short and its own, as the target's may be of the longest allowed.
    temporary = target.with_name(f".peelparse-{os.urandom(8).hex()}.tmp")
    # What replaces a private file is private before the first byte is in it.
    access = 0o666 if mode is None else 0o600
    try:
        with open(temporary, "xb", opener=partial(os.open, mode=access)) as output:
            if mode is not None:
                temporary.chmod(mode)
            output.write(data)
            output.flush()
            os.fsync(output.fileno())
        temporary.replace(target)
    finally:
        # After success there is none; after a failure its error must be seen.
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)

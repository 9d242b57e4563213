"""Reports to standard output as they come, or to a file when all is done."""

from peelparse.cli.terminal import write_stdout
from peelparse.report import Report
from peelparse.write import write_json

STDOUT = "-"


class Target:
    """Where data goes: standard output at once, or a file, whole or not at all."""

    def __init__(self, path: str = STDOUT) -> None:
        """Args: path: a file, or `-` for standard output."""
        self.path = path
        self.parts: list[bytes] = []

    def write(self, data: bytes) -> None:
        """Write bytes, whatever encoding the terminal has."""
        if self.path == STDOUT:
            write_stdout(data)
        else:
            self.parts.append(data)

    def finish(self) -> None:
        """Put the file in its place.

        Raises:
            WriteError: it cannot be; the old file, if any, is as it was.
        """
        if self.path != STDOUT:
            from peelparse.write import write_file  # noqa: PLC0415  pathlib behind it

            write_file(self.path, b"".join(self.parts))


class JsonWriter:
    """Writes one report as an object, and several as lines or as an array."""

    def __init__(
        self, target: Target, *, pretty: bool, is_array: bool, is_alone: bool
    ) -> None:
        """Args: is_array: whether several are an array; is_alone: whether one may be
        an object, which holds it back until the next is known.
        """
        self.target = target
        self.pretty = pretty
        self.is_array = is_array
        self.is_alone = is_alone
        self.held: Report | None = None
        self.count = 0

    def add(self, report: Report) -> None:
        """Write one more report."""
        if self.is_alone and self.held is None:
            self.held = report
            return
        self.is_alone = False
        self._release()
        self._put(report)

    def finish(self) -> None:
        """Write the report that was held back, or close the array."""
        if self.is_alone and self.held is not None:
            self.target.write(write_json(self.held, pretty=self.pretty) + b"\n")
        elif self.is_array and not self.is_alone:
            self.target.write(b"\n]\n" if self.count else b"[]\n")

    def _release(self) -> None:
        if self.held is not None:
            self._put(self.held)
            self.held = None

    def _put(self, report: Report) -> None:
        self.count += 1
        if not self.is_array:
            self.target.write(write_json(report) + b"\n")
            return
        data = write_json(report, pretty=self.pretty)
        if self.pretty:
            # strings of JSON hold no line break of their own
            data = b"  " + data.replace(b"\n", b"\n  ")
        self.target.write((b"[\n" if self.count == 1 else b",\n") + data)

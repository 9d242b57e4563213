"""One run: list the inputs, work on what is new, write everything in order.

Nothing is written before something has changed, and the old output stays until the
new one is whole. What a run has found stays in the manifest however it ends.
"""

import json
import os
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final

import msgspec

from peelparse.batch.columns import TABLES
from peelparse.batch.crew import Job
from peelparse.batch.emit import Emitter
from peelparse.batch.identity import digest_code, identify_parser
from peelparse.batch.inputs import Found, Inputs, Skip
from peelparse.batch.joined import JOIN, iter_joined, iter_stale, keep, make_groups
from peelparse.batch.manifest import Manifest
from peelparse.batch.outcome import Item, Outcome, PageOutcome
from peelparse.batch.schema import Listed
from peelparse.batch.settings import Hire, Listener, Settings
from peelparse.batch.summary import Summary, summarise
from peelparse.batch.work import lose, read_still, refuse, stamp_file, work
from peelparse.errors import ReadError, WriteError
from peelparse.write.datasets import open_sink, sweep

_WORK: Final[Job[Item, Outcome]] = Job(work, lose)
_COMMIT: Final = 32
"""Outcomes that a run that is killed may have to find again."""


def gather(
    manifest: Manifest,
    inputs: Inputs,
    hire: Hire,
    settings: Settings,
    listener: Listener,
) -> Summary:
    """Make the data set of some inputs, or leave it if nothing has changed.

    Args:
        manifest: of the output, open.
        inputs: what is given.
        hire: gives workers.
        settings: what to do.
        listener: is told of every step.

    Returns:
        What was found.

    Raises:
        WriteError: the output cannot be written; it is as it was.
    """
    run = _Run(manifest, hire, settings, listener)
    with manifest.explain():
        try:
            run.list_inputs(inputs)
            run.work()
            run.finish()
        finally:
            run.abort()
    return run.summary


class _Run:
    """The state of one run."""

    def __init__(
        self, manifest: Manifest, hire: Hire, settings: Settings, listener: Listener
    ) -> None:
        self.manifest = manifest
        self.hire = hire
        self.settings = settings
        self.listener = listener
        self.summary = Summary()
        self.parser = identify_parser(settings.options, settings.limits)
        self.stale = 0
        self.emitter = Emitter(
            manifest, lambda: open_sink(settings.output, TABLES, settings.form)
        )

    def abort(self) -> None:
        """Forget the new output, unless it is in place; keep what was found."""
        # after a clean end there is nothing left of either
        if self.emitter.sink:
            self.emitter.sink.abort()
        with suppress(sqlite3.Error):  # no room even for that; closing drops it
            self.manifest.db.commit()

    def list_inputs(self, inputs: Inputs) -> None:
        """Take note of what is given, and see whether anything is gone."""
        skipped: Counter[str] = Counter()
        self.listener.start("looking for files", 0)
        self.manifest.list_inputs(_iter_found(inputs, skipped))
        self.summary.skipped = dict(sorted(skipped.items()))
        self.summary.inputs, self.stale = self.manifest.count(self.parser)
        if self.summary.inputs:
            self._check_output()
            sweep(self.settings.output)

    def _check_output(self) -> None:
        """Refuse to replace a file that may be anybody's."""
        output = self.settings.output
        if self.manifest.is_new and output.is_file() and not self.settings.fresh:
            fault = WriteError(
                "looking where the data set is to be",
                "a file that has no manifest beside it",
                "a data set that this command has made, or nothing",
                "name another output, or give --fresh to replace the file",
            )
            fault.name = str(output)
            raise fault

    def work(self) -> None:
        """Work on every input that is not known as it is."""
        self.summary.vanished = self.manifest.forget_vanished()
        if not self._is_written():
            self.emitter.open()
        self.listener.start("pages", self.stale)
        ask = self.manifest.db.execute
        ask("BEGIN")
        crew = self.hire(self.stale)
        results = crew.run(_WORK, self._iter_items(), self.stale)
        for place, outcome in enumerate(results, 1):
            self._take(outcome)
            if place % _COMMIT == 0:
                self.manifest.commit()
                self.emitter.advance(outcome.key)
            if self.summary.stopped:
                break
        ask("COMMIT")

    def finish(self) -> None:
        """Write what is left, join, and put the new output in place."""
        summarise(self.manifest, self.summary)
        if self.summary.stopped or not self.summary.reports:
            return
        ask = self.manifest.db.execute
        ask("BEGIN")
        self.emitter.advance()
        if self.emitter.sink:
            self._join()
            self.emitter.write_sources()
            self.emitter.sink.close()
            self.manifest.put("output", self._describe_output())
            self.summary.written = True
        ask("COMMIT")

    def _join(self) -> None:
        make_groups(self.manifest)
        groups = iter_stale(self.manifest, self.parser)
        (count,) = self.manifest.db.execute(
            "SELECT count(DISTINCT key) FROM grouped"
        ).fetchone()
        self.listener.start("joining", count)
        crew = self.hire(self.summary.worked)
        for place, joined in enumerate(crew.run(JOIN, groups, count), 1):
            keep(self.manifest, joined)
            self.listener.step()
            if place % _COMMIT == 0:
                self.manifest.commit()
        self.emitter.write_joined(iter_joined(self.manifest))

    def _iter_items(self) -> Iterator[Item]:
        """Tasks for the crew; inputs that are not read are settled in passing."""
        for each in self.manifest.iter_listed():
            if each.fault is not None:
                skips = bool(each.is_skipped)
                self._take(refuse(each.key, each.name, each.fault, is_skipped=skips))
            elif not each.is_done(self.parser):
                item = self._make_item(each)
                if self.settings.sends_bytes and "://" not in each.path:
                    yield from self._load(item)
                else:
                    yield item

    def _make_item(self, each: Listed) -> Item:
        return Item(
            key=each.key,
            name=each.name,
            path=each.path,
            size=each.size,
            known=each.known if each.parser == self.parser else None,
            options=self.settings.options,
            limits=self.settings.limits,
        )

    def _load(self, item: Item) -> Iterator[Item]:
        """A task with its bytes; none if there are none, which is settled here."""
        try:
            data, stamp = read_still(item.path or item.name, item.limits)
        except (OSError, ValueError, ReadError):
            self._take(work(item))
        else:
            yield msgspec.structs.replace(item, data=data, stamp=stamp)

    def _take(self, outcome: Outcome) -> None:
        """Keep an outcome, and see whether it changes the output."""
        digest = _digest(outcome)
        if self.manifest.store(outcome, self.parser, digest):
            self.emitter.open()
        self.summary.worked += 1
        self.listener.step(outcome)
        if self.settings.fail_fast and any(map(self._falls_short, outcome.pages)):
            self.summary.stopped = True

    def _falls_short(self, page: PageOutcome) -> bool:
        return page.worst == "error" or (
            self.settings.strict and page.worst == "warning"
        )

    def _is_written(self) -> bool:
        """Whether the output is the one that the last run wrote."""
        written = self.manifest.get("output")
        return written is not None and json.loads(written) == self._describe_output()

    def _describe_output(self) -> dict[str, str]:
        """What shows that the output is as it was written."""
        settings = self.settings
        return {
            "form": settings.form,
            "parser": self.parser,
            "code": digest_code(),
            "stamp": _stamp_output(settings.output),
        }


def _iter_found(
    inputs: Iterable[Found | Skip], skipped: Counter[str]
) -> Iterator[Found]:
    """Inputs; what is passed over is counted."""
    for each in inputs:
        if isinstance(each, Skip):
            skipped[each.reason] += 1
        else:
            if each.fault and each.is_skipped:
                skipped[each.fault] += 1
            yield each


def _digest(outcome: Outcome) -> str:
    """Digest of all that an outcome shows."""
    digest = sha256()
    for page in outcome.pages:
        digest.update(msgspec.msgpack.encode(page))
    return digest.hexdigest()


def _stamp_output(output: Path) -> str:
    """What changes whenever somebody changes the output."""
    try:
        if not output.is_dir():
            return stamp_file(output.stat())
        files = sorted(os.scandir(output), key=lambda entry: entry.name)
        return " ".join(f"{each.name} {stamp_file(each.stat())}" for each in files)
    except FileNotFoundError:
        return "nothing"

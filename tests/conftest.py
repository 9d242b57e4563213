"""Options of the test run: `--golden` writes what the cases expect."""

import os
from collections.abc import Generator
from typing import Final

import pytest
from hypothesis import settings

from cases import FIXTURES, show_changes

GOLDEN: Final = pytest.StashKey[list[str]]()

# the same examples every time, so that a green run stays green; `just explore`
settings.register_profile("fixed", derandomize=True, deadline=None, max_examples=60)
settings.register_profile("explore", deadline=None, max_examples=500)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--golden",
        action="store_true",
        help="rewrite expectations that differ, fail their tests, show the diff",
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--golden") and os.environ.get("CI"):
        raise pytest.UsageError("--golden is refused where CI is set")
    config.stash[GOLDEN] = []


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> list[str] | None:
    """Where a test notes that it rewrote its expectation; None if it may not."""
    if not request.config.getoption("--golden"):
        return None
    return request.config.stash[GOLDEN]


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    if config.stash[GOLDEN]:
        terminalreporter.section("rewritten expectations")
        terminalreporter.write_line(show_changes(FIXTURES))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where tools are demanded, a test skipped for want of one has failed."""
    report = yield
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
    demanded = os.environ.get("PEELPARSE_DEMAND_TOOLS")
    if demanded and report.skipped and reason.endswith("is not installed"):
        report.outcome, report.longrepr = "failed", f"{item.name}: {reason}"
    return report

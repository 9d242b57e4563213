"""Options of the test run: `--golden` writes what the cases expect."""

import os
from typing import Final

import pytest
from hypothesis import settings

from cases import FIXTURES, show_changes

GOLDEN: Final = pytest.StashKey[list[str]]()

# the same examples every time, so that a green run stays green; `just explore`
settings.register_profile("fixed", derandomize=True, deadline=None, max_examples=60)
settings.register_profile("explore", deadline=None, max_examples=2000)
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

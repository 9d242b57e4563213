# the words that people and .ci/run use; `just` comes with pip install -e '.[dev]'

python := env("PYTHON", ".venv/bin/python")

# format, lint, types, tests and coverage
check:
    {{python}} -m ruff format --check .
    {{python}} -m ruff check .
    {{python}} -m mypy
    {{python}} -m coverage run -m pytest
    {{python}} -m coverage report

# all tests, or those named
test *names:
    {{python}} -m pytest {{names}}

# rewrite the expected reports that differ; each fails once, then the diff is shown
golden:
    {{python}} -m pytest --golden tests/test_pages.py

# many new examples for the laws
explore:
    HYPOTHESIS_PROFILE=explore {{python}} -m pytest tests/test_laws.py

# how fast and how large: ratios on this machine, about ten minutes
bench:
    {{python}} benchmarks/one_page.py
    {{python}} benchmarks/parts.py
    {{python}} benchmarks/peers.py
    {{python}} benchmarks/growth.py
    {{python}} benchmarks/startup.py
    {{python}} benchmarks/folder.py --pages 300 --rounds 3 --only workers
    {{python}} benchmarks/folder.py --unchanged 1000 --only runs

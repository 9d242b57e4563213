"""Prints the lowest versions that a pyproject.toml allows, one requirement a line."""

import sys
import tomllib
from pathlib import Path

PROJECT = tomllib.loads(Path(sys.argv[1]).read_text("utf-8"))["project"]

for requirement in PROJECT["dependencies"]:
    sys.stdout.write(requirement.replace(">=", "==") + "\n")

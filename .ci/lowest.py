"""Prints the lowest versions that pyproject.toml allows, one requirement a line."""

import sys
import tomllib
from pathlib import Path

for requirement in tomllib.loads(Path(sys.argv[1]).read_text("utf-8"))["project"]["dependencies"]:
    print(requirement.replace(">=", "=="))

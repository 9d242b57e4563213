"""Workers that are let go while they are busy."""

import subprocess
import sys
from pathlib import Path
from typing import Final

# the result is larger than the pipe to the parent holds
SCRIPT: Final = """
import time
from peelparse.batch.workers import Workers

def answer(number):
    return "x" * 20_000_000

if __name__ == "__main__":
    for wait in range(1, 7):
        workers = Workers(2)
        futures = [workers.submit(answer, [(n, n)]) for n in range(6)]
        time.sleep(wait / 20)
        workers.kill()
    print("done")
"""


def test_workers_that_are_killed_amid_a_result_hold_up_nobody(tmp_path: Path) -> None:
    script = tmp_path / "busy.py"
    script.write_text(SCRIPT, "utf-8")
    done = subprocess.run(
        [sys.executable, str(script)],
        capture_output=True,
        check=True,
        text=True,
        timeout=120,
    )
    assert done.stdout == "done\n"

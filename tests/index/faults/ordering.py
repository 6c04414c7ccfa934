"""Start a program that obeys orders (`obeying.py`), and give them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

COUNT, KILL, FULL = 0, 1, 2  # modes: nothing goes wrong, the process is killed, the disk is full
SOURCE = Path(__file__).parent / "faults.c"
ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Program:
    """A program that waits for orders; what it does happens in the folder `case`, made anew each time."""

    process: subprocess.Popen[str]
    case: Path

    def order(self, number: int, mode: int) -> tuple[int, int]:
        """Have the `number`-th change go wrong; return exit status and how many changes there were."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{number} {mode}\n")
        self.process.stdin.flush()
        status, calls = map(int, self.process.stdout.readline().split())
        return status, calls


@contextmanager
def program(folder: Path, module: str, last: Path, environment: Mapping[str, str] | None = None) -> Iterator[Program]:
    """Compile the faults and start a module with the arguments `folder`/template, `folder`/case and `last`.

    What it says on stderr is in `folder`/said. It ends with the context.
    """
    shared, case = folder / "faults.so", folder / "case"
    subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-o", shared, SOURCE, "-ldl"], check=True)
    faults = {"LD_PRELOAD": str(shared), "FAULT_ROOT": str(case), "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-m", module, folder / "template", case, last],
        env=os.environ | faults | dict(environment or {}),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=(folder / "said").open("w"),
        text=True,
    )
    try:
        yield Program(process, case)
    finally:
        process.kill()
        process.wait()

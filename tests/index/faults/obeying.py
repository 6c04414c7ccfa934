"""Do the same thing again and again in a child process, the n-th change of a file going wrong as ordered.

Orders come as lines `n mode` on stdin (see faults.c); one line `status calls` goes back for each, where status is the
exit status, negative for a signal, and calls says how many changes there were.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path


def obey_orders(template: Path, case: Path, act: Callable[[], object]) -> None:
    """For every order copy the folder `template` to `case`, and act in a child process, which fails when that raises.

    What was loaded before is loaded in every child, as each is a fork.
    """
    faults = ctypes.CDLL(os.environ["LD_PRELOAD"])
    faults.fault_calls.restype = ctypes.c_long
    faults.fault_arm.argtypes = [ctypes.c_long, ctypes.c_int]
    for order in sys.stdin:
        number, mode = map(int, order.split())
        shutil.rmtree(case, ignore_errors=True)
        shutil.copytree(template, case)
        readable, writable = os.pipe()
        child = os.fork()
        if child == 0:
            status = 1
            faults.fault_arm(number, mode)
            try:
                act()
                status = 0
            finally:
                os.write(writable, str(faults.fault_calls()).encode())
                os._exit(status)
        os.close(writable)
        with os.fdopen(readable) as told:
            calls = told.read()
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        sys.stdout.write(f"{status} {calls or 0}\n")
        sys.stdout.flush()

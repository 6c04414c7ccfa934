"""A restore that is killed at its n-th change of a file. Orders come as in tests/index/faults/program.py.

The arguments are TEMPLATE CASE FILE: the data folder TEMPLATE is copied to CASE, and FILE restored there.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from pathlib import Path

import alembic.command  # noqa: F401 - loaded before the fork, used after it

from assistant.backups.restoring import restore
from assistant.settings import Settings

_FAULTS = ctypes.CDLL(os.environ["LD_PRELOAD"])
_FAULTS.fault_calls.restype = ctypes.c_long
_FAULTS.fault_arm.argtypes = [ctypes.c_long, ctypes.c_int]


def main() -> None:
    template, case, file = map(Path, sys.argv[1:])
    for order in sys.stdin:
        number, mode = map(int, order.split())
        shutil.rmtree(case, ignore_errors=True)
        shutil.copytree(template, case)
        readable, writable = os.pipe()
        child = os.fork()
        if child == 0:
            status = 1
            _FAULTS.fault_arm(number, mode)
            try:
                restore(Settings(data=case), file, force=True)
                status = 0
            finally:
                os.write(writable, str(_FAULTS.fault_calls()).encode())
                os._exit(status)
        os.close(writable)
        with os.fdopen(readable) as told:
            calls = told.read()
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        sys.stdout.write(f"{status} {calls or 0}\n")
        sys.stdout.flush()


main()

"""A builder whose n-th change of a file goes wrong. Loads what a build needs once, then forks for every order.

Orders come as lines `n mode` on stdin (see faults.c); one line `status calls` goes back for each, where status is the
exit status, negative for a signal. The arguments are TEMPLATE CASE ARTICLES: the data folder TEMPLATE is copied to
CASE, and the index there is built from ARTICLES.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from pathlib import Path

import chromadb  # noqa: F401 - loaded before the fork, used after it
import numpy as np

from corpus.library import Library, load_library
from index.build import BuildOptions, build_index
from index.hits import SearchError
from tests.small import WordEncoder

_FAULTS = ctypes.CDLL(os.environ["LD_PRELOAD"])
_FAULTS.fault_calls.restype = ctypes.c_long
_FAULTS.fault_arm.argtypes = [ctypes.c_long, ctypes.c_int]


def main() -> None:
    template, case, articles = map(Path, sys.argv[1:])
    library = load_library([articles])
    WordEncoder().encode(["warm"])
    np.zeros(2) @ np.zeros(2)
    for order in sys.stdin:
        number, mode = map(int, order.split())
        shutil.rmtree(case, ignore_errors=True)
        shutil.copytree(template, case)
        readable, writable = os.pipe()
        child = os.fork()
        if child == 0:
            _build(case, library, number, mode, writable)
        os.close(writable)
        with os.fdopen(readable) as told:
            calls = told.read()
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        sys.stdout.write(f"{status} {calls or 0}\n")
        sys.stdout.flush()


def _build(case: Path, library: Library, number: int, mode: int, told: int) -> None:
    _FAULTS.fault_arm(number, mode)
    status = 0
    try:
        build_index(case / "index", library, WordEncoder(), BuildOptions(wait=0))
    except SearchError as error:
        os.write(2, f"{error}\n".encode())
        status = 1
    finally:
        os.write(told, str(_FAULTS.fault_calls()).encode())
        os._exit(status)


main()

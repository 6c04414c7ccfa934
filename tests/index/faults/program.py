"""A builder whose n-th change of a file goes wrong. Loads what a build needs once, then obeys orders.

The arguments are TEMPLATE CASE ARTICLES: the data folder TEMPLATE is copied to CASE, and the index there is built from
ARTICLES.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import chromadb  # noqa: F401 - loaded before the fork, used after it
import numpy as np

from corpus.library import Library, load_library
from index.build import BuildOptions, build_index
from index.hits import SearchError
from tests.index.faults.obeying import obey_orders
from tests.small import WordEncoder


def main() -> None:
    template, case, articles = map(Path, sys.argv[1:])
    library = load_library([articles])
    WordEncoder().encode(["warm"])
    np.zeros(2) @ np.zeros(2)
    obey_orders(template, case, lambda: _build(case, library))


def _build(case: Path, library: Library) -> None:
    try:
        build_index(case / "index", library, WordEncoder(), BuildOptions(wait=0))
    except SearchError as error:
        os.write(2, f"{error}\n".encode())
        raise


main()

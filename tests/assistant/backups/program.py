"""A restore whose n-th change of a file goes wrong, as ordered.

The arguments are TEMPLATE CASE FILE: the data folder TEMPLATE is copied to CASE, and FILE restored there.
"""

from __future__ import annotations

import sys
from pathlib import Path

import alembic.command  # noqa: F401 - loaded before the fork, used after it

from assistant.backups.restoring import restore
from assistant.settings import Settings
from tests.index.faults.obeying import obey_orders


def main() -> None:
    template, case, file = map(Path, sys.argv[1:])
    obey_orders(template, case, lambda: restore(Settings(data=case), file, force=True))


main()

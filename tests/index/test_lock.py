"""Who is building can be asked at any time, and asking is never in a builder's way."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from pathlib import Path

from index.lock import building, holder

BUILD_AND_WAIT = """
import sys, time
from pathlib import Path
from index.lock import building
with building(Path(sys.argv[1]), 0, print):
    print("building", flush=True)
    time.sleep(60)
"""


def test_a_builder_is_never_turned_away_by_whoever_asks_who_is_building(tmp_path: Path) -> None:
    over, said = threading.Event(), set[str | None]()

    def ask() -> None:
        while not over.is_set():
            said.add(holder(tmp_path))

    asking = [threading.Thread(target=ask) for _ in range(2)]
    for thread in asking:
        thread.start()
    try:
        for _ in range(300):
            with building(tmp_path, 0, print):
                pass
    finally:
        over.set()
        for thread in asking:
            thread.join()
    assert said


def test_who_is_building_is_known_in_its_own_process_too_and_as_long_as_it_builds(tmp_path: Path) -> None:
    assert holder(tmp_path) is None
    assert list(tmp_path.iterdir()) == []
    with building(tmp_path, 0, print):
        assert re.fullmatch(rf"process {os.getpid()} on \S+, since \S+", holder(tmp_path) or "")
    assert holder(tmp_path) is None


def test_a_name_that_a_killed_builder_left_behind_means_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-c", BUILD_AND_WAIT, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as builder:
        assert builder.stdout is not None
        assert builder.stdout.readline() == "building\n"
        named = holder(tmp_path)
        builder.kill()
    assert f"process {builder.pid} on" in (named or "")
    assert (tmp_path / ".builder.json").exists()
    assert holder(tmp_path) is None
    with building(tmp_path, 0, print):
        assert f"process {os.getpid()} on" in (holder(tmp_path) or "")


def test_a_builder_that_has_not_signed_yet_is_named_no_further(tmp_path: Path) -> None:
    with building(tmp_path, 0, print):
        (tmp_path / ".builder.json").write_text("", encoding="utf-8")
        assert holder(tmp_path) == "another process"

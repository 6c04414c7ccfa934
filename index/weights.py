"""The trained models that come with the package, each used only when it is what was shipped.

`index/weights/` holds one folder for each, with safetensors or ONNX and nothing that could run code, and SHA256SUMS:
of the weights and of what lies beside them, as answers hang on that too (a tokenizer says what a model reads).
Without a model the assistant still works, weaker; `rolewise doctor` says so.
"""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

from index.hits import SearchError

WEIGHTS_FOLDER = Path(__file__).parent / "weights"
SUMS = "SHA256SUMS"
FILE_NAMES = ("model.safetensors", "model.onnx")
# What Python unpickles or imports: a model in one of these can do whatever its maker wants. Data formats run nothing.
UNSAFE = frozenset(
    {".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle", ".joblib", ".npy", ".npz", ".h5", ".keras", ".py"}
)
SAFE = frozenset({".safetensors", ".onnx"})
_CURE = "Install Rolewise again, or delete the folder to go on without it."


def trained(name: str, folder: Path = WEIGHTS_FOLDER) -> Path | None:
    """Return the folder of a trained model, or None when it is left out; raise SearchError when it is damaged."""
    model = folder / name
    if weights_file(model) is None:
        return None
    known = _known(folder)
    listed = {folder / path for path in known if path.startswith(f"{name}/")}
    for file in sorted({*listed, *deciding_files(model)}):
        if not file.is_file():
            raise SearchError(f"{file} is missing, {folder / SUMS} lists it. {_CURE}")
        if known.get(file.relative_to(folder).as_posix()) != file_hash(file):
            raise SearchError(
                f"{file} is not the file that was shipped (its SHA-256 is not in {folder / SUMS}). {_CURE}"
            )
    return model


def deciding_files(model: Path) -> list[Path]:
    """Return the files in a model's folder that its results hang on: the weights, what is known, all that is JSON."""
    weights = weights_file(model)
    beside = [path for path in model.rglob("*") if path.suffix == ".json" or path.suffix in SAFE]
    return [*([weights] if weights else []), *sorted(path for path in beside if path != weights)]


def weights_file(model: Path) -> Path | None:
    """Return the file of the weights in a model's folder, None when there is none."""
    return next((model / name for name in FILE_NAMES if (model / name).is_file()), None)


def weights_hash(model: Path) -> str:
    """Return the SHA-256 of the weights in a model's folder, in hexadecimal; raise OSError when there are none."""
    return file_hash(weights_file(model) or model / FILE_NAMES[0])


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal; raise OSError when there is none."""
    seen = path.stat()
    return _hash(path, seen.st_size, seen.st_mtime_ns)


@functools.lru_cache(maxsize=16)
def _hash(path: Path, _size: int, _changed: int) -> str:
    """Return the hash of a file, computed once while its size and time stay what they are."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def refuse_code(model: Path) -> None:
    """Raise SearchError when a model's folder holds weights or code that could run, unless safe weights lie beside."""
    files = [path for path in sorted(model.rglob("*")) if path.is_file()]
    safe = {path.parent for path in files if path.suffix in SAFE}
    code = [path for path in files if path.suffix == ".py" or (path.suffix in UNSAFE and path.parent not in safe)]
    if code:
        raise SearchError(
            f"{code[0]} could run code when it is loaded. "
            "Take a model that brings model.safetensors and no Python files."
        )


def _known(folder: Path) -> dict[str, str]:
    try:
        lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    except OSError:
        return {}
    return {path: digest for digest, path in (line.split() for line in lines)}

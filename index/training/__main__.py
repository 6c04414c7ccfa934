"""`python -m index.training [--target FOLDER]`: train encoder and ranker again, then read the shipped articles.

The encoder starts from all-mpnet-base-v2, which the extra "train" brings. The ranker starts from nothing, on what the
encoder in the same folder says of tokens, and is to be trained again whenever the encoder is.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from corpus.bank import load_bank
from corpus.chunks import chunks_of
from corpus.library import SHIPPED_ARTICLES, Library, load_library
from index.encoder import TRAINED_MODEL
from index.known import write_known
from index.quantized import QuantizedModel
from index.ranker import RANKER
from index.training.base import TrainingError, unpack_base
from index.training.encoder import train_encoder
from index.training.examples import TrainingSet, training_set
from index.training.quantize import quantize
from index.training.ranker import train_ranker
from index.weights import SUMS, WEIGHTS_FOLDER, deciding_files, weights_file


def main() -> None:
    """Train what is asked for and write down the hashes of what is in the target."""
    options = _options()
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    library, started = load_library([SHIPPED_ARTICLES]), time.monotonic()
    data = training_set(library, load_bank())
    _say(f"{len(data.examples)} questions on {len(data.places)} articles, {len(data.passages)} sentences")
    makers: dict[str, Callable[[TrainingSet, Path, Path], None]] = {TRAINED_MODEL: make_encoder, RANKER: make_ranker}
    for name in options.models:
        with tempfile.TemporaryDirectory() as scratch:
            try:
                makers[name](data, Path(scratch), options.target / name)
            except TrainingError as error:
                sys.exit(str(error))
        _say(f"{name} trained, {(time.monotonic() - started) / 60:.0f} minutes since the start")
    make_known(library, options.target / TRAINED_MODEL)
    write_sums(options.target)


def make_encoder(data: TrainingSet, scratch: Path, target: Path) -> None:
    """Train the encoder from all-mpnet-base-v2 and write it, in four bits, to `target`."""
    train_encoder(data, unpack_base(scratch), scratch / "trained")
    quantize(scratch / "trained", target)


def make_ranker(data: TrainingSet, _scratch: Path, target: Path) -> None:
    """Train the ranker on the encoder that lies beside it, and write it to `target`."""
    encoder = target.parent / TRAINED_MODEL
    if weights_file(encoder) is None:
        raise TrainingError(f"There is no encoder in {encoder} to train on. Leave out --{RANKER}-only to train both.")
    train_ranker(data, encoder, target)


def make_known(library: Library, encoder: Path) -> None:
    """Let the encoder read the shipped articles, and keep what it says of them beside it."""
    articles = library.articles.values()
    texts = list(dict.fromkeys(chunk.text for article in articles for chunk in chunks_of(article)))
    write_known(encoder, texts, QuantizedModel(encoder).read(texts, progress=True))


def write_sums(target: Path) -> None:
    """Write the SHA-256 of what each model in `target` hangs on, in the form of `sha256sum`."""
    files = [file for name in (TRAINED_MODEL, RANKER) for file in deciding_files(target / name)]
    lines = [
        f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.relative_to(target).as_posix()}\n" for file in files
    ]
    (target / SUMS).write_text("".join(lines), encoding="utf-8")


def _options() -> argparse.Namespace:
    options = argparse.ArgumentParser(prog="python -m index.training", description=__doc__)
    options.add_argument("--target", type=Path, default=WEIGHTS_FOLDER, help="folder that the models are written to")
    options.set_defaults(models=(TRAINED_MODEL, RANKER))
    only = options.add_mutually_exclusive_group()
    only.add_argument(
        "--known-only", dest="models", action="store_const", const=(), help="train nothing, only read the articles anew"
    )
    only.add_argument(
        f"--{RANKER}-only",
        dest="models",
        action="store_const",
        const=(RANKER,),
        help="train the ranker on the encoder that is there",
    )
    return options.parse_args()


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201 - progress of a command


if __name__ == "__main__":
    main()

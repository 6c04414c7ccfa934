"""The files of record of a generation: articles, chunks, vectors and keywords, written and read back together."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from corpus.article import CorpusError
from corpus.chunks import Chunk
from corpus.library import Library
from corpus.record import library_record, recorded_library
from index.hits import SearchError, Tokens, Vectors
from index.keywords import Bm25Keywords
from index.manifest import Manifest
from index.seal import DamagedError, Seals, check
from index.stores import PART
from index.tokens import TokenRows, read_tokens, write_tokens

ARTICLES, CHUNKS, VECTORS, KEYWORDS = "articles.json", "chunks.json", "vectors.npy", "keywords"


@dataclass(frozen=True, slots=True)
class Parts:
    """What is ours of a generation. Row n of `vectors`, `tokens` and of the keyword scores belongs to `chunks[n]`.

    There are no tokens when the model in use tells none.
    """

    library: Library
    chunks: tuple[Chunk, ...]
    vectors: Vectors
    keywords: Bm25Keywords
    tokens: TokenRows | None = None


def write_parts(
    folder: Path, library: Library, chunks: Sequence[Chunk], vectors: Vectors, tokens: Sequence[Tokens] = ()
) -> None:
    """Write the files of record into the folder of a generation; `vectors` has the shape (len(chunks), dimension).

    `tokens`, if there are any, are those of each chunk, shape (tokens, width). Raises OSError.
    """
    (folder / ARTICLES).write_text(library_record(library), encoding="utf-8")
    (folder / CHUNKS).write_text(json.dumps([asdict(chunk) for chunk in chunks]), encoding="utf-8")
    np.save(folder / VECTORS, vectors)
    if tokens:
        write_tokens(folder, tokens)
    Bm25Keywords.build([chunk.text for chunk in chunks]).save(folder / KEYWORDS)


def read_parts(folder: Path) -> Parts:
    """Check the files of record against their seals and read them; raise DamagedError for the first that is damaged."""
    check(folder, of_record(Manifest.read(folder).files))
    try:
        library = recorded_library((folder / ARTICLES).read_text(encoding="utf-8"))
        chunks, vectors = read_chunks(folder), np.load(folder / VECTORS)
        keywords, tokens = Bm25Keywords.load(folder / KEYWORDS), read_tokens(folder)
    except (OSError, ValueError, CorpusError) as error:
        raise DamagedError(f"{folder} is damaged: it cannot be read ({error})") from error
    if len(chunks) != len(vectors) or (tokens is not None and len(tokens) != len(chunks)):
        raise DamagedError(f"{folder} is damaged: its parts do not fit together")
    return Parts(library, tuple(chunks), vectors, keywords, tokens)


def of_record(files: Seals) -> Seals:
    """Return the seals of the files that nothing else can replace: all but those of the vector store."""
    return {name: seal for name, seal in files.items() if not name.startswith(f"{PART}/")}


def read_chunks(folder: Path) -> list[Chunk]:
    """Read the chunks of a generation, in the order of the rows of its vectors. Raise SearchError if that fails."""
    try:
        rows = json.loads((folder / CHUNKS).read_text(encoding="utf-8"))
        return [Chunk(**row) for row in rows]
    except (OSError, ValueError, TypeError) as error:
        raise SearchError(
            f"The chunks in {folder} cannot be read. Build the index again: rolewise index build"
        ) from error

"""Collections on a Chroma server, one for each generation; the folder of the generation says which is its own.

A collection is called `rolewise-<data set>-<generation>-<token>`. The data set is drawn once for each index folder, the
token for each build, so installations that share a server, or began as copies of each other, never meet. The name is
written before the collection is created, and kept until it is deleted: nothing is forgotten on the server.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.durable import replace_file
from index.generation import BUILDING
from index.hits import OutOfReachError, SearchError, Vectors
from index.manifest import Manifest
from index.seal import DamagedError, check, part_of
from index.server import ASKING, WORKING, ChromaServer
from index.stores import PART

NAMED = "server.json"  # in the part of a generation: which collection is its own
DATA_SET = "data-set"  # in the folder of the index
TO_DELETE = "collections-to-delete"  # there too: the names of collections that could not be deleted yet
_ROWS_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class ServerStores:
    """The stores of generations on a server, for every process that uses the same folder of the index."""

    server: ChromaServer

    @property
    def version(self) -> str:
        """What wrote the data: a server of any version; it brings its own data up to date."""
        return "on a server"

    def build(self, generation: Path, ids: Sequence[str], vectors: Vectors) -> None:
        """Create and fill the collection of a generation, or raise SearchError."""
        self._delete_left(generation.parent)
        (generation / PART).mkdir(exist_ok=True)  # there, when a collection that lost vectors is filled anew
        name = _new_name(generation)
        _write(generation / PART / NAMED, {"collection": name})  # without a name it could never be deleted
        collection = self.server.create(name)
        for start in range(0, len(ids), _ROWS_AT_ONCE):
            rows = slice(start, start + _ROWS_AT_ONCE)
            self.server.put(collection, ids[rows], vectors[rows])
        _write(generation / PART / NAMED, {"collection": name, "id": collection})

    def open(self, generation: Path) -> ServerStore:
        """Check the file that names the collection, and open that; raise DamagedError when it is damaged.

        The server is asked when there is a question.
        """
        return ServerStore(self.server, _collection(generation)[1])

    def damage(self, generation: Path) -> tuple[str, ...]:
        """Say whether the collection is gone, is another one, or has lost vectors."""
        try:
            name, collection = _collection(generation)
            if self.server.find(name) != collection:
                return (f"Chroma at {self.server.url} has lost the collection {name} of {generation.name}",)
            held, wanted = self.server.count(collection), Manifest.read(generation).chunks
        except OutOfReachError:
            return ()
        except SearchError as error:
            return (str(error),)
        return () if held == wanted else (f"{name} holds {held} of {wanted} vectors",)

    def remove(self, generation: Path) -> None:
        """Delete the collection of a generation, now or with a later one."""
        try:
            name = str(json.loads((generation / PART / NAMED).read_text(encoding="utf-8"))["collection"])
        except (OSError, ValueError, KeyError, TypeError):
            return  # built on this machine, or never begun
        _keep_left(generation.parent, {*_left(generation.parent), name})
        self._delete_left(generation.parent)

    def described(self) -> str:
        """Say which server it is and whether it answers."""
        try:
            self.server.check()
        except SearchError as error:
            return f"by exact search: {error}"
        return f"on the Chroma server at {self.server.url}"

    def _delete_left(self, root: Path) -> None:
        left = _left(root)
        for name in sorted(left):
            try:
                self.server.delete(name)
            except SearchError:
                return  # the next build tries again
            left.discard(name)
            _keep_left(root, left)


class ServerStore:
    """One collection on a server."""

    def __init__(self, server: ChromaServer, collection: str) -> None:
        self._server = server
        self._collection = collection

    def ids(self) -> set[str]:
        """Return the ids of all vectors."""
        return set(self._server.ids(self._collection))

    def count(self) -> int:
        """Return how many vectors there are."""
        return self._server.count(self._collection)

    def nearest(self, vector: Vectors, limit: int) -> list[tuple[str, float]]:
        """Return up to `limit` pairs of id and cosine, best first, or raise SearchError within a few seconds."""
        return self._server.nearest(self._collection, vector[None, :], limit, ASKING)[0]

    def nearest_to_each(self, vectors: Vectors, limit: int) -> list[list[tuple[str, float]]]:
        """Return what `nearest` returns, for each row of `vectors`, shape (rows, dimension); more time is allowed."""
        return self._server.nearest(self._collection, vectors, limit, WORKING)

    def close(self) -> None:
        """Do nothing: connections are shared by all that is open."""


def _collection(generation: Path) -> tuple[str, str]:
    """Return name and id of the collection of a published generation; raise DamagedError when its file is damaged."""
    check(generation, part_of(Manifest.read(generation).files, PART))
    try:
        named = json.loads((generation / PART / NAMED).read_text(encoding="utf-8"))
        return str(named["collection"]), str(named["id"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedError(f"{generation} names no collection on a Chroma server") from error


def _new_name(generation: Path) -> str:
    path = generation.parent / DATA_SET
    if not path.exists():
        replace_file(path, secrets.token_hex(4).encode())
    data_set = path.read_text(encoding="utf-8").strip()
    return f"rolewise-{data_set}-{generation.name.removesuffix(BUILDING)}-{secrets.token_hex(4)}"


def _write(path: Path, named: dict[str, str]) -> None:
    replace_file(path, json.dumps(named).encode())


def _left(root: Path) -> set[str]:
    try:
        return set((root / TO_DELETE).read_text(encoding="utf-8").split())
    except OSError:
        return set()


def _keep_left(root: Path, names: set[str]) -> None:
    if names:
        replace_file(root / TO_DELETE, "\n".join(sorted(names)).encode())
    else:
        (root / TO_DELETE).unlink(missing_ok=True)

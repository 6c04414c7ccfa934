"""The door to a Chroma server: its HTTP interface (API v2), with a bound on everything that a call may take.

Chroma's own client waits without end for a server that is stopped, and while it adds vectors it makes the embedding
function that a collection's stored settings name, with whatever code those point to. So it is not used here: vectors
are always given, and of what a server stores only ids, counts and distances are read.
"""

from __future__ import annotations

import base64
import contextlib
import json
import ssl
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import httpx
from httpx import codes

from index.hits import OutOfReachError, SearchError, Vectors
from index.vectors import HNSW

API = "/api/v2"
_COLLECTIONS = f"{API}/tenants/default_tenant/databases/default_database/collections"
_CONNECT = 2.0  # seconds to be let in; a server in the same building needs a thousandth of that
_LONGEST_ANSWER = 64_000_000  # bytes; 500 times 100 ids and distances take less than five million
_IDS_AT_ONCE = 10_000
_FIRST_PAUSE = 0.5  # seconds before the second try of a build's call, doubled for each further one
_REFUSED = (codes.UNAUTHORIZED, codes.FORBIDDEN)

Body = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Patience:
    """How many seconds one try of a call may take, how many tries there are, and whether they are spread over time."""

    seconds: float
    tries: int
    pauses: bool = False


ASKING = Patience(2.0, 2)  # somebody waits for the answer, and exact search stands by. Twice: a connection may be stale
WORKING = Patience(30.0, 2)
BUILDING = Patience(60.0, 6, pauses=True)  # 15 s of pauses: a server that is started anew is waited for


class ChromaServer:
    """A Chroma server at an address. Safe to use from several threads.

    What fails raises SearchError: OutOfReachError when the server cannot be reached in time, NotThereError when a
    collection is gone.
    """

    def __init__(self, url: str, token: str = "") -> None:
        """Take an address such as http://chroma:8000, and what a proxy before it wants to see as a bearer token."""
        if not (token.isascii() and token.isprintable()):
            raise SearchError("ROLEWISE_CHROMA_TOKEN holds characters that cannot be sent. Set it to the token alone.")
        self.url = url
        # Certificates as the machine trusts them; no proxy from the environment: nothing goes to a third party.
        self._client = httpx.Client(
            base_url=url,
            verify=ssl.create_default_context(),
            trust_env=False,
            headers={"Authorization": f"Bearer {token}"} if token else {},
        )

    def check(self) -> None:
        """Raise SearchError unless a Chroma server answers."""
        with self._understood():
            int(self._called("GET", f"{API}/heartbeat", None, ASKING)["nanosecond heartbeat"])

    def create(self, name: str) -> str:
        """Create a collection for unit vectors under a name that nobody else has, and return its id.

        A try whose answer was lost may have created it already; then the next one gets the same.
        """
        wanted = {"name": name, "configuration": {"hnsw": HNSW}, "get_or_create": True}
        with self._understood():
            return str(self._called("POST", _COLLECTIONS, wanted, BUILDING)["id"])

    def find(self, name: str) -> str | None:
        """Return the id of the collection of that name, None when there is none."""
        try:
            with self._understood():
                return str(self._called("GET", f"{_COLLECTIONS}/{name}", None, ASKING)["id"])
        except NotThereError:
            return None

    def delete(self, name: str) -> None:
        """Delete a collection, if it is there."""
        with contextlib.suppress(NotThereError):
            self._called("DELETE", f"{_COLLECTIONS}/{name}", None, WORKING)

    def put(self, collection: str, ids: Sequence[str], vectors: Vectors) -> None:
        """Store one vector under each id; what is there under that id already is replaced, so tries may repeat."""
        packed = [base64.b64encode(row.astype("<f4").tobytes()).decode() for row in vectors]
        self._called("POST", f"{_COLLECTIONS}/{collection}/upsert", {"ids": list(ids), "embeddings": packed}, BUILDING)

    def count(self, collection: str) -> int:
        """Return how many vectors a collection holds."""
        with self._understood():
            return int(self._called("GET", f"{_COLLECTIONS}/{collection}/count", None, ASKING))

    def ids(self, collection: str) -> Iterator[str]:
        """Yield the ids of all vectors."""
        for offset in range(0, self.count(collection), _IDS_AT_ONCE):
            wanted = {"include": [], "limit": _IDS_AT_ONCE, "offset": offset}
            with self._understood():
                names = self._called("POST", f"{_COLLECTIONS}/{collection}/get", wanted, WORKING)["ids"]
            yield from map(str, names)

    def nearest(
        self, collection: str, vectors: Vectors, limit: int, patience: Patience
    ) -> list[list[tuple[str, float]]]:
        """Return for each row of `vectors`, shape (rows, dimension), up to `limit` ids and cosines, best first."""
        wanted = {"query_embeddings": vectors.tolist(), "n_results": limit, "include": ["distances"]}
        with self._understood():
            found = self._called("POST", f"{_COLLECTIONS}/{collection}/query", wanted, patience)
            return [
                [(str(name), 1.0 - float(distance)) for name, distance in zip(names, distances, strict=True)]
                for names, distances in zip(found["ids"], found["distances"], strict=True)
            ]

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _called(self, method: str, path: str, body: Body | None, patience: Patience) -> Any:
        """Make a call and return what the answer says; try again when the server cannot be reached."""
        for tried in range(1, patience.tries):
            try:
                return self._once(method, path, body, patience.seconds)
            except OutOfReachError as error:
                # Who waits for an answer does not wait a second time for a server that says nothing.
                if isinstance(error.__cause__, (httpx.TimeoutException, TimeoutError)) and not patience.pauses:
                    raise
                if patience.pauses:
                    time.sleep(_FIRST_PAUSE * 2 ** (tried - 1))
        return self._once(method, path, body, patience.seconds)

    def _once(self, method: str, path: str, body: Body | None, seconds: float) -> Any:
        ends = time.monotonic() + seconds
        request = self._client.build_request(
            method, path, json=body, timeout=httpx.Timeout(seconds, connect=min(seconds, _CONNECT))
        )
        received = bytearray()
        try:
            with contextlib.closing(self._client.send(request, stream=True)) as response:
                for piece in response.iter_bytes():
                    received += piece
                    self._bounded(received, ends)
        except (httpx.RequestError, TimeoutError) as error:
            said = str(error) or type(error).__name__
            raise OutOfReachError(
                f"Chroma at {self.url} cannot be reached ({said}). Start it, or correct ROLEWISE_CHROMA_URL."
            ) from error
        return self._read(response.status_code, bytes(received))

    def _bounded(self, received: bytearray, ends: float) -> None:
        """Raise when an answer gets too long, or comes too slowly."""
        if time.monotonic() > ends:
            raise TimeoutError("it answers too slowly")
        if len(received) > _LONGEST_ANSWER:
            raise self._strange(f"it answers more than {_LONGEST_ANSWER} bytes")

    def _read(self, status: int, received: bytes) -> Any:
        if status >= codes.INTERNAL_SERVER_ERROR or status == codes.TOO_MANY_REQUESTS:
            raise OutOfReachError(f"Chroma at {self.url} is not ready: it answers {status}. Look at its log.")
        if status in _REFUSED:
            raise SearchError(f"Chroma at {self.url} answers {status}. Set ROLEWISE_CHROMA_TOKEN to what it asks for.")
        with self._understood():
            said: Any = json.loads(received) if received else None
            if status == codes.NOT_FOUND:
                message = said["message"]
                raise NotThereError(f"Chroma at {self.url} says: {message}. Build anew: rolewise index build")
        if status != codes.OK and status != codes.CREATED:
            raise SearchError(f"Chroma at {self.url} answers {status}: {received[:200].decode(errors='replace')}")
        return said

    @contextlib.contextmanager
    def _understood(self) -> Iterator[None]:
        """Turn what an answer lacks into an error that says so."""
        try:
            yield
        except (KeyError, TypeError, ValueError) as error:
            raise self._strange(f"{type(error).__name__}: {error}") from error

    def _strange(self, why: str) -> SearchError:
        return SearchError(f"What answers at {self.url} is no Chroma of API v2 ({why}). Correct ROLEWISE_CHROMA_URL.")


class NotThereError(SearchError):
    """There is no such collection on the server."""

"""Order builds from `program.py` whose n-th change of a file goes wrong, and look at what they left behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.build import BuildOptions, build_index
from index.generation import generations, read_pointer
from index.manifest import Manifest
from index.opening import open_generation
from index.seal import check
from index.stores import LocalStores
from tests.index.faults.ordering import Program, program
from tests.small import KITCHEN, PAGES, WordEncoder, library_of, write_pages

BEFORE, AFTER = "each season", "twice a year"


@dataclass(frozen=True)
class Left:
    """How a build ended, how many changes it had made, and which wording the index answers with."""

    status: int
    calls: int
    wording: str


class FaultyBuilder:
    """Runs builds of a changed article over two generations of the old one, each in a folder that is made anew.

    `trace` holds what the last of them wrote, settled and renamed, in order.
    """

    def __init__(self, program: Program, trace: Path) -> None:
        self._program = program
        self.case = program.case
        self.trace = trace

    def run(self, number: int, mode: int, *, exact: bool = True) -> Left:
        """Build with the `number`-th change going wrong; check that what is in use is whole and answers right."""
        self.trace.unlink(missing_ok=True)
        status, calls = self._program.order(number, mode)
        return Left(status, calls, self._wording(exact=exact))

    def _wording(self, *, exact: bool) -> str:
        root = self.case / "index"
        pointer = read_pointer(root)
        assert pointer is not None
        for folder in generations(root):
            check(folder, Manifest.read(folder).files)
        opened = open_generation(root / pointer.name, WordEncoder(), LocalStores(), exact=exact)
        chunk = opened.searcher.search("who writes the menu")[0].chunk
        article = opened.library.articles[KITCHEN]
        quote = next(article.quote(s.span) for s in article.sentences() if s.number == chunk.sentence)
        opened.searcher.close()
        words = {BEFORE: "generation-0002", AFTER: "generation-0003"}
        (wording,) = [word for word in words if word in quote and word in chunk.text]
        assert words[wording] == pointer.name
        return wording


@contextmanager
def faulty_builder(folder: Path) -> Iterator[FaultyBuilder]:
    """Make the generations before and start the program; it ends with the context."""
    before = library_of(folder / "articles")
    for _ in range(2):
        build_index(folder / "template" / "index", before, WordEncoder(), BuildOptions(force=True))
    write_pages(folder / "articles", {KITCHEN: PAGES[KITCHEN].replace(BEFORE, AFTER)})
    (folder / "temporary").mkdir()
    environment = {"FAULT_TRACE": str(folder / "trace"), "TMPDIR": str(folder / "temporary")}
    with program(folder, "tests.index.faults.program", folder / "articles", environment) as started:
        yield FaultyBuilder(started, folder / "trace")

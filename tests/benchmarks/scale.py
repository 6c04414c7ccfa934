"""How far one machine goes: build, open, memory and search at growing sizes, with Chroma here and on a server.

    python -m tests.benchmarks.scale 1000 10000 100000          (sections; the last takes an hour on two busy cores)
    python -m tests.benchmarks.scale --without-chroma 100000    (minutes: all but Chroma's part)

Articles are the shipped ones over and over, each time with other role names and a place in every sentence, so that all
sentences differ. Vectors are random ones of length 1: they make the search no easier and cost next to nothing to make.
So are those of tokens, as many of a sentence as the trained encoder tells. Making them is not counted as building;
what embedding takes is measured on a sample. Times are wall-clock; in brackets the processor's, which other work on
the machine hardly changes, that of a Chroma server included where it builds. Figures of one run.
"""

from __future__ import annotations

import argparse
import json
import math
import multiprocessing
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from assistant.chat import Assistant
from corpus.library import SHIPPED_ARTICLES, Library, load_library
from index.build import BuildOptions, build_index
from index.encoder import TRAINED_MODEL
from index.exact import ExactVectors
from index.generation import current_generation
from index.hits import VectorStores
from index.opening import open_published
from index.parts import read_parts
from index.quantized import QuantizedModel
from index.search import CANDIDATES, Searcher
from index.server import ChromaServer
from index.server_stores import ServerStores
from index.stores import LocalStores
from index.weights import WEIGHTS_FOLDER
from tests.benchmarks.large import NoStores, RandomEncoder, write_articles
from tests.chroma import running_chroma

ASKED = 100  # questions for each median
SAMPLE = 512  # sentences embedded for the rate

Figures = dict[str, float]


def measured(sections: int, places: Sequence[str]) -> Figures:
    """Return the figures of one size, with the index in these places."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="rolewise-scale-")))
        write_articles(folder / "articles", sections)
        figures: Figures = {}
        with timed(figures, "read"):
            library = load_library([folder / "articles"])
        articles = library.articles.values()
        figures["articles"] = len(articles)
        figures["sections"] = sum(len(article.sections) for article in articles)
        figures["sentences"] = sum(1 for article in articles for _ in article.sentences())
        figures["roles"] = len(library.roles())
        chroma = stack.enter_context(running_chroma(folder / "chroma"))
        url = chroma.url
        for where in places:
            note(f"{sections} sections: building, {where}")
            before = sum(psutil.Process(chroma.pid).cpu_times()[:2])
            with timed(figures, f"build {where}"):
                encoder, figures[f"lost {where}"] = _build(folder / where, library, _stores(where, url))
            figures[f"build {where}"] -= encoder.seconds
            figures[f"build {where} cpu"] += (
                sum(psutil.Process(chroma.pid).cpu_times()[:2]) - before - encoder.processor
            )
            figures[f"disk {where}"] = sum(path.stat().st_size for path in (folder / where).rglob("*")) / 1e6
        del library
        for where in places:
            note(f"{sections} sections: asking, {where}")
            with multiprocessing.get_context("spawn").Pool(1) as pool:  # its memory is that of a server
                figures |= pool.apply(_asked, (folder / where, where, url))
        figures["peak build"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
        figures["memory chroma"] = psutil.Process(chroma.pid).memory_info().rss / 1e6
    return figures


def _build(root: Path, library: Library, stores: VectorStores) -> tuple[RandomEncoder, int]:
    """Return the encoder, which knows what it took, and how many vectors Chroma lost: if any, it is left out."""
    encoder = RandomEncoder()
    built = build_index(root, library, encoder, BuildOptions(stores=stores))
    return encoder, built.lost


def _stores(where: str, url: str) -> VectorStores:
    if where == "none":
        return NoStores()
    return LocalStores() if where == "local" else ServerStores(ChromaServer(url))


def _asked(root: Path, where: str, url: str) -> Figures:
    """Open an index and ask; what a process of its own does."""
    figures: Figures = {}
    encoder, before = RandomEncoder(), psutil.Process().memory_info().rss
    with timed(figures, f"open {where}"):
        opened = open_published(root, encoder, _stores(where, url))
    searcher, library = opened.searcher, opened.library
    questions, named = _questions(library)
    ask_each(figures, f"search {where}", searcher.search, questions)
    figures[f"memory {where}"] = (psutil.Process().memory_info().rss - before) / 1e6
    if where != "server":
        pairs = iter(named * 2)
        ask_each(figures, "search roles", lambda question: searcher.search(question, next(pairs)), questions)
        assistant = Assistant(library, searcher)
        asked = [f"Who has the bigger budget, the {' or the '.join(library.articles[n[0]].roles)}?" for n in named]
        ask_each(figures, "answer", lambda question: assistant.answer([question]), asked[: ASKED // 5])
        parts = read_parts(current_generation(root) or root)
        exact = ExactVectors([chunk.id for chunk in parts.chunks], parts.vectors)
        ask_each(figures, "search exact", Searcher.over(parts, exact, encoder).search, questions)
        ask_each(figures, "words alone", parts.keywords.scores, questions)
        vectors = iter([*encoder.encode(questions), *encoder.encode(questions)])
        ask_each(figures, "vectors alone", lambda _: exact.nearest(next(vectors), CANDIDATES), questions)
    with timed(figures, f"open again {where}"):
        open_published(root, encoder, _stores(where, url)).searcher.close()
    return figures


def _questions(library: Library) -> tuple[list[str], list[tuple[str, ...]]]:
    """Return sentences to ask for, and the articles on the roles of each."""
    articles = list(library.articles.values())
    chosen = [articles[n] for n in np.random.default_rng(3).integers(len(articles), size=ASKED)]
    texts = [article.quote(list(article.sentences())[-1].span) for article in chosen]
    about = [tuple(sorted({a.id for role in article.roles for a in library.about(role)})) for article in chosen]
    return texts, about


class Known(dict[str, float]):
    """Figures, of which some may not have been measured."""

    def __missing__(self, _name: str) -> float:
        return math.nan


def ask_each(figures: Figures, name: str, ask: Callable[[str], Any], questions: Sequence[str]) -> None:
    """Note the median milliseconds of a call, after one that is not counted: wall-clock, and of the processor."""
    ask(questions[0])
    walls, processors = [], []
    for question in questions:
        wall, processor = time.perf_counter(), time.process_time()
        ask(question)
        walls.append(1000 * (time.perf_counter() - wall))
        processors.append(1000 * (time.process_time() - processor))
    figures[name], figures[f"{name} cpu"] = statistics.median(walls), statistics.median(processors)


@contextmanager
def timed(figures: Figures, name: str) -> Iterator[None]:
    """Note the wall-clock seconds of what the context does, and the processor's seconds of this process."""
    wall, processor = time.perf_counter(), time.process_time()
    yield
    figures[name] = time.perf_counter() - wall
    figures[f"{name} cpu"] = time.process_time() - processor


def embedding_rate() -> float:
    """Return how many sentences a second are embedded, by what threads this process may use."""
    library = load_library([SHIPPED_ARTICLES])
    texts = [a.quote(s.span) for a in library.articles.values() for s in a.sentences()][:SAMPLE]
    encoder = QuantizedModel(WEIGHTS_FOLDER / TRAINED_MODEL)  # which looks up nothing
    encoder.read(texts[:64])
    started = time.perf_counter()
    encoder.read(texts)
    return len(texts) / (time.perf_counter() - started)


_ROWS: tuple[tuple[str, Callable[[Figures], str]], ...] = (
    ("sections", lambda f: f"{f['sections']:,.0f}"),
    ("articles; roles", lambda f: f"{f['articles']:,.0f}; {f['roles']:,.0f}"),
    ("sentences, each with a vector", lambda f: f"{f['sentences']:,.0f}"),
    ("reading the articles, s", lambda f: both(f, "read")),
    ("build without embedding, s: here; server; none", lambda f: places(f, "build")),
    ("vectors lost, Chroma left out: here; server", lambda f: f"{f['lost local']:,.0f}; {f['lost server']:,.0f}"),
    ("a generation on disk, MB: here; server; none", lambda f: places(f, "disk", processor=False)),
    ("opening it, s: here; server; none", lambda f: places(f, "open")),
    ("opening the next one beside it, s: here; server; none", lambda f: places(f, "open again")),
    ("memory of index and articles, MB: here; server; none", lambda f: places(f, "memory", processor=False)),
    ("memory of the building process at most, MB", lambda f: f"{f['peak build']:,.0f}"),
    ("memory of the Chroma server, MB", lambda f: f"{f['memory chroma']:,.0f}"),
    ("search within the articles on two roles, ms", lambda f: both(f, "search roles")),
    ("search of all, ms: here; server", lambda f: f"{both(f, 'search local')}; {both(f, 'search server')}"),
    ("search of all without Chroma (exact), ms", lambda f: both(f, "search exact")),
    ("of it words; vectors", lambda f: f"{both(f, 'words alone')}; {both(f, 'vectors alone')}"),
    ("whole answer about two roles, without models, ms", lambda f: both(f, "answer")),
)  # fmt: skip


def both(figures: Figures, name: str) -> str:
    """Return a time with that of the processor in brackets."""
    return f"{figures[name]:.1f} ({figures[f'{name} cpu']:.1f})"


def places(figures: Figures, name: str, *, processor: bool = True) -> str:
    """Return a figure for each place of the vectors."""
    names = [f"{name} {where}" for where in ("local", "server", "none")]
    return "; ".join(both(figures, one) if processor else f"{figures[one]:,.0f}" for one in names)


def table(all_figures: Sequence[Figures]) -> str:
    """Return the figures as a table in Markdown."""
    rows = [(name, *(said(Known(figures)).replace("nan", "–") for figures in all_figures)) for name, said in _ROWS]
    lines = [" | ".join(row) for row in rows]
    return "\n".join(f"| {line} |" for line in [lines[0], "|".join("---" for _ in rows[0]), *lines[1:]])


def note(line: str) -> None:
    """Say how far it is."""
    print(f"{time.strftime('%H:%M:%S')} {line}, load {os.getloadavg()[0]:.1f}", file=sys.stderr, flush=True)


def main() -> None:
    """Measure each size, and print the table."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("sections", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    given.add_argument("--json", type=Path, help="file of lines, one for each size: written, and read when given alone")
    given.add_argument("--without-chroma", action="store_true")
    given.add_argument("--embedding", action="store_true", help="measure the encoder on a sample, too")
    arguments = given.parse_args()
    found = []
    for sections in arguments.sections:
        found.append(measured(sections, ("none",) if arguments.without_chroma else ("local", "server")))
        if arguments.json:
            with arguments.json.open("a", encoding="utf-8") as file:
                file.write(json.dumps(found[-1]) + "\n")
    print(table(found))
    if arguments.embedding:
        print(f"\nembedding: {embedding_rate():.0f} sentences a second, load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()

"""Ask questions of the bank as a user would, in this process or in several, and judge the answers."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from tqdm import tqdm

from assistant.chat import Assistant
from assistant.evaluation.selection import Round
from assistant.evaluation.trial import Trial, judge
from assistant.evaluation.vectors import KeptVectors
from assistant.wiring import assistant_over
from corpus.library import Library, article_files, load_library
from corpus.reading import article_id
from index.build import build_index
from index.encoder import SentenceEncoder, limit_threads
from index.hits import Encoder, Ranker
from index.ranker import shipped_ranker

_WARMING = "Who has the bigger budget?"  # asked first, so that no question's time holds the loading of the model
_PIECE = 50  # questions handed to a process at once: few enough that none waits long for another at the end
_KEPT_OPEN = 4  # assistants a process keeps, the one in use and those that pieces handed out late may still need


@dataclass(frozen=True, slots=True)
class Bench:
    """Where the articles lie, where indexes for evaluation are kept, how the encoder is made, and whether to rank.

    It can be handed to another process, and equal benches open the same assistants.
    """

    folder: Path
    root: Path
    make_encoder: Callable[[str], Encoder]
    model: str = ""
    ranker: bool = True

    def library(self, articles: Sequence[str]) -> Library:
        """Read these articles and no others, by their ids."""
        paths = {article_id(path): path for path in article_files(self.folder)}
        return load_library([], [paths[name] for name in articles])

    def index_root(self, articles: Sequence[str]) -> Path:
        """Return the folder of the index of these articles, the same at every run."""
        return self.root / hashlib.sha256("\n".join(articles).encode()).hexdigest()[:16]

    def prepare(self, planned: Sequence[Round]) -> None:
        """Build the indexes that are missing or outdated; a sentence is embedded once for all of them."""
        encoder = KeptVectors(self.make_encoder(self.model), self.root)
        for one in planned:
            build_index(self.index_root(one.articles), self.library(one.articles), encoder)


def run(bench: Bench, planned: Sequence[Round], jobs: int = 1) -> tuple[Trial, ...]:
    """Ask every question of its library, in `jobs` processes; the trials come round by round.

    `Assistant.answer` gets the turns of the bank and nothing else.
    """
    bench.prepare(planned)
    pieces = [piece for one in planned for piece in _pieces(one)]
    with tqdm(total=sum(len(piece.questions) for piece in pieces), unit=" questions", disable=None) as bar:
        trials = []
        for asked in _ask_all(bench, pieces, jobs):
            trials += asked
            bar.update(len(asked))
    return tuple(trials)


def _ask_all(bench: Bench, pieces: Sequence[Round], jobs: int) -> Iterator[list[Trial]]:
    if jobs == 1:
        try:
            yield from (ask(bench, piece) for piece in pieces)
        finally:
            _opened.cache_clear()  # the articles may have changed when this process asks again
        return
    spawn, threads = multiprocessing.get_context("spawn"), max(1, (os.cpu_count() or 1) // jobs)
    with ProcessPoolExecutor(jobs, spawn, initializer=limit_threads, initargs=(threads,)) as processes:
        yield from processes.map(ask, [bench] * len(pieces), pieces)


def _pieces(planned: Round) -> Iterator[Round]:
    for start in range(0, len(planned.questions), _PIECE):
        yield replace(planned, questions=planned.questions[start : start + _PIECE])


def ask(bench: Bench, asked: Round) -> list[Trial]:
    """Ask the questions of one round, one after the other."""
    assistant = _opened(bench, asked.articles)
    trials = []
    for question in asked.questions:
        started = time.perf_counter()
        answer = assistant.answer(question.turns)
        seconds = time.perf_counter() - started
        trials.append(judge(question, answer, assistant.library.articles, seconds))
    return trials


@lru_cache(maxsize=_KEPT_OPEN)
def _opened(bench: Bench, articles: tuple[str, ...]) -> Assistant:
    assistant = assistant_over(bench.library(articles), bench.index_root(articles), _encoder(bench), _ranker(bench))
    assistant.answer([_WARMING])
    return assistant


@lru_cache(maxsize=1)
def _ranker(bench: Bench) -> Ranker | None:
    encoder = _encoder(bench)
    return shipped_ranker(encoder if isinstance(encoder, SentenceEncoder) else None) if bench.ranker else None


@lru_cache(maxsize=1)
def _encoder(bench: Bench) -> Encoder:
    return bench.make_encoder(bench.model)

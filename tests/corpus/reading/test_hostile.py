"""Files that are broken, hostile or strange: an article comes out, or one clear error, and in time."""

from __future__ import annotations

import multiprocessing
import os
import random
import threading
import time
from pathlib import Path

import psutil
import pytest

from corpus.article import CorpusError
from corpus.catalogue import shipped_catalogue
from corpus.library import load_library
from corpus.reading import file_content, read_article, read_content
from corpus.shelf import Shelf
from tests.corpus.reading.exact import assert_exact

CATALOGUE = shipped_catalogue()
GOOD = "# Beekeeper vs Shepherd\n\nThe Beekeeper keeps bees. The Shepherd keeps sheep.\n"
PAGE = "<!doctype html><title>Beekeeper vs Shepherd</title><body>{}<p>The Beekeeper keeps bees. The Shepherd naps.</p>"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.md", b"", "there is no text in it"),
        ("empty.html", b"", "there is no text in it"),
        ("garbage.txt", bytes(random.Random(1).randbytes(2_000)), "line 1"),
        ("word.md", b"PK\x03\x04" + b"x" * 100, "is a ZIP archive (Word files are such) by its first bytes"),
        ("page.txt", b"<!doctype html><p>One.</p>", "is a web page by its first bytes. Save it as text, or rename it"),
        ("text.html", b"Chef vs Cook\nThe Chef cooks.", "holds no HTML tag"),
        ("mixed.html", PAGE.format("café").encode() + b"caf\xe9 au lait", "mixes UTF-8 with another encoding (line 1"),
        ("deep.html", PAGE.format("<div>" * 100_000).encode(), "tags are nested over 3,000 levels deep"),
        ("wide.html", PAGE.format("<p " + "a='1' " * 200_000 + ">").encode(), "has over 2,000 attributes"),
        ("big.html", b"<p>" + b"x" * 50_000_000, "50,000,003 bytes, the limit is 8,000,000"),
        ("big.md", b"x" * 5_000_001, "5,000,001 bytes, the limit is 5,000,000"),
        ("bars.md", b"|" * 200_000, "a table has over 100 columns"),
        ("one.html", b"<title>The Beekeeper</title><p>The Beekeeper keeps bees.</p>", "a comparison needs two roles"),
        ("none.txt", b"A walk in the park\nIt rained.\n", "a comparison needs two roles, found: none"),
        ("menu.html", b"<nav>One, two</nav><footer>One, six</footer>", "no article was found"),
    ],
)
def test_a_bad_file_is_named_with_its_cure_and_the_others_go_in(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "good.md").write_text(GOOD, encoding="utf-8")
    shelf = Shelf(tmp_path / "own", CATALOGUE)
    began = time.monotonic()
    bad, good = shelf.add([tmp_path / name, tmp_path / "good.md"])
    assert time.monotonic() - began < 10
    assert str(tmp_path / name) in bad.error
    assert reason in bad.error
    assert good.done == "added"
    assert [path.name for path in (tmp_path / "own").iterdir()] == ["good.md"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bom.md", b"\xef\xbb\xbf" + GOOD.encode()),
        ("utf16.md", GOOD.encode("utf-16")),
        ("windows.txt", "Beekeeper vs Shepherd\nThe Beekeeper’s café.\n".encode("cp1252")),
        ("mac.md", GOOD.replace("\n", "\r").encode()),
        ("windows.html", PAGE.format("“x” – ").encode("cp1252")),
        ("nested.html", PAGE.format("<div>" * 2_000).encode()),
        ("comments.html", PAGE.format("<!-- x -->" * 100_000).encode()),
        ("headings.md", (GOOD + "".join(f"\n## Part {n}\n\nThe Shepherd naps.\n" for n in range(10_000))).encode()),
        (
            "headings.html",
            PAGE.format("".join(f"<h2>Part {n}</h2><p>He naps {n}.</p>" for n in range(10_000))).encode(),
        ),
        ("quotes.md", (GOOD + ">" * 5_000 + " deep\n").encode()),
        ("brackets.md", (GOOD + "[" * 10_000 + "\n").encode()),
        ("stars.md", (GOOD + "*a_ " * 20_000 + "\n").encode()),
        ("ragged.md", (GOOD + "\n| T | Beekeeper |\n|---|---|\n| a | b | c |\n| d |\n").encode()),
        ("long.txt", b"Beekeeper vs Shepherd\nThe Beekeeper naps. " + b"word " * 30_000),
    ],
)
def test_a_strange_file_is_read_in_time(tmp_path: Path, name: str, content: bytes) -> None:
    began = time.monotonic()
    article = read_content(tmp_path / name, content, CATALOGUE).article
    assert time.monotonic() - began < 20
    assert article.roles == ("Beekeeper", "Shepherd")
    assert_exact(article)


def test_a_row_with_more_cells_than_the_header_is_reported() -> None:
    table = f"{GOOD}\n| T | Beekeeper |\n|---|---|\n| Team | b | c |\n| Tools |\n"
    reading = read_content(Path("any.md"), table.encode(), CATALOGUE)
    (finding,) = reading.findings
    assert (finding.code, "| Team | b | c |" in finding.message) == ("ragged-row", True)
    assert reading.article.text.endswith("\n\nb")


def test_a_text_in_another_language_is_a_finding() -> None:
    german = "Der Küchenchef leitet die ganze Küche und schreibt die Karte für den Abend, sein Vertreter hilft. " * 5
    (finding,) = read_content(Path("x.md"), f"# Head Chef vs Sous Chef\n\n{german}".encode(), CATALOGUE).findings
    assert finding.code == "other-language"
    assert not read_content(Path("x.md"), GOOD.encode(), CATALOGUE).findings


def test_links_that_lead_out_or_round_in_a_circle_are_named_and_the_others_are_read(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (tmp_path / "secret.md").write_text(GOOD, encoding="utf-8")
    (folder / "good.md").write_text(GOOD, encoding="utf-8")
    (folder / "alias.md").symlink_to("good.md")
    (folder / "out.md").symlink_to("../secret.md")
    (folder / "loop.md").symlink_to("loop.md")
    (folder / "round").symlink_to(".")
    library = load_library([folder])
    assert list(library.articles) == ["alias", "good"]
    assert [problem.split(": ")[0] for problem in sorted(library.problems)] == [
        str(folder / "loop.md"), str(folder / "out.md"),
    ]  # fmt: skip
    errors = [added.error for added in Shelf(tmp_path / "own", CATALOGUE).add([folder]) if added.error]
    assert len(errors) == 2
    assert "leads out of" in " ".join(errors)


def test_what_is_no_regular_file_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    with pytest.raises(CorpusError, match="is no regular file"):
        read_article(tmp_path / "pipe.md", CATALOGUE)


def test_a_file_that_changes_while_it_is_read_is_refused_or_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "busy.md"
    path.write_text(GOOD * 20_000, encoding="utf-8")
    stop = threading.Event()

    def write() -> None:
        with path.open("a", encoding="utf-8") as file:
            while not stop.is_set():
                file.write("More. ")
                file.flush()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        with pytest.raises(CorpusError, match=r"changed while it was being read|the limit is"):
            _read_often(path)
    finally:
        stop.set()
        writer.join()


def _read_often(path: Path) -> None:
    for _ in range(500):
        file_content(path)


@pytest.mark.slow
@pytest.mark.alone
def test_a_page_of_five_megabytes_is_read_in_ten_seconds_and_500_megabytes(tmp_path: Path) -> None:
    paragraph = "<h2>Budget {0}</h2><p>The <b>Beekeeper</b> has {0} jars, e.g. for honey. The Shepherd has none.</p>\n"
    page = PAGE.format("".join(paragraph.format(n) for n in range(49_000)))
    (tmp_path / "large.html").write_text(page, encoding="utf-8")
    assert (tmp_path / "large.html").stat().st_size > 5_000_000
    # Each time in a process of its own: what other tests left in memory costs nothing. The least of the times is what
    # reading takes; what is above it, others took of a processor that is shared, by up to a half of it.
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        readings = pool.map(_reading, [tmp_path / "large.html"] * 5, chunksize=1)
    assert min(seconds for seconds, _, _ in readings) < 10
    assert max(grown for _, grown, _ in readings) < 500_000_000
    assert min(sentences for _, _, sentences in readings) > 90_000


def _reading(path: Path) -> tuple[float, int, int]:
    """Return the processor's seconds and the bytes that reading takes, and the sentences read."""
    before, began = psutil.Process().memory_info().rss, time.process_time()
    article = read_article(path, CATALOGUE).article
    seconds = time.process_time() - began
    return seconds, psutil.Process().memory_info().rss - before, sum(1 for _ in article.sentences())

"""The main job from end to end: real articles, the real model, a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from corpus.library import Library
from index.encoder import SentenceEncoder
from index.ranker import shipped_ranker
from tests.browser.conftest import Watched, serving
from tests.small import assistant_of

pytestmark = pytest.mark.browser


def test_a_question_is_asked_a_chip_clicked_and_the_sentence_read(
    context: BrowserContext, library: Library, sentence_encoder: SentenceEncoder, tmp_path: Path
) -> None:
    assistant = assistant_of(library, tmp_path / "index", sentence_encoder, shipped_ranker(sentence_encoder))
    with serving(assistant, tmp_path) as address:
        watched = Watched(context.new_page())
        page = watched.page
        page.goto(address)
        page.locator("#question textarea").fill("Who has the bigger budget, the ops manager or the production mgr?")
        page.locator("#question textarea").press("Enter")
        answer = page.locator("#chat .bot-row").last
        expect(answer).to_contain_text("Operations Manager:")
        expect(answer).to_contain_text("Production Manager:")
        answer.locator("a.cite", has_text="1").click()
        read = page.locator("#source .now")
        expect(read).to_be_in_viewport()
        expect(read).to_contain_text("runs to much larger amounts")
        assert str(read.text_content()) in library.articles["operations-manager-vs-production-manager"].text
        assert watched.complaints == []
        assert {url.split("/")[2] for url in watched.requests if url.startswith("http")} == {address.split("/")[2]}

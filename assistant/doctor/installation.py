"""What is examined, read once for all that look at it, and what they raise when something is wrong."""

from __future__ import annotations

import functools

from assistant.settings import Settings
from assistant.wiring import Index, index_of
from corpus.library import Library, load_library


class FindingError(Exception):
    """Something is not as it should be. The message says what, and what to do."""


class Installation:
    """The settings, and the articles and the index that they speak of."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @functools.cached_property
    def library(self) -> Library:
        """The articles in use; raise CorpusError when none can be used."""
        return load_library(self.settings.article_folders)

    @functools.cached_property
    def index(self) -> Index:
        """The index; raise SearchError when its model is damaged."""
        return index_of(self.settings)

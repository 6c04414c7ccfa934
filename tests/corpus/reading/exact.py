"""What holds for every article that was read."""

from __future__ import annotations

from corpus.article import Article


def assert_exact(article: Article) -> None:
    end = 0
    for sentence in article.sentences():
        quote = article.text[sentence.span.start : sentence.span.end]
        assert end <= sentence.span.start < sentence.span.end <= len(article.text)
        assert quote == quote.strip() != ""
        assert set(sentence.roles) <= set(article.roles)
        end = sentence.span.end
    article.text.encode("utf-8")

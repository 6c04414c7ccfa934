"""An article written out line by line: title, roles, then for each section its sentences with their roles."""

from __future__ import annotations

from corpus.article import Article


def written_out(article: Article) -> str:
    """Return the form in which `tests/data/office/expected` holds what should be read."""
    lines = [f"# {article.title}", f"roles: {', '.join(article.roles)}"]
    for section in article.sections:
        lines += ["", f"## {section.heading or '-'} ({section.topic or '-'})"]
        lines += [f"{' + '.join(s.roles) or '-'} | {article.quote(s.span)}" for s in section.sentences]
    return "\n".join(lines) + "\n"

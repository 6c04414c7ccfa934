"""What a page says about itself in its head: title, date and address, from JSON-LD, meta tags and the first heading."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from corpus.reading.blocks import FrontMatter, one_line
from corpus.reading.web_tree import Node, raw_text, walk

_SITE_NAME = re.compile(r"\s+(?:[|–—»·]|-)\s+[^|–—»·]{1,60}$")
_DATES = ("article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.created", "pubdate")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_LONGEST_JSON = 500_000  # characters


def about(page: Node, article: Node) -> FrontMatter:
    """Return title, date and source of the article in a page. What the page does not say is left empty."""
    said = next(_linked_data(page), {})
    meta = dict(_meta(page))
    return FrontMatter(
        title=_title(page, article, said, meta),
        date=_date(said.get("datePublished")) or _first_date(page, meta),
        source=_source(page, meta),
    )


def _title(page: Node, article: Node, said: Mapping[str, Any], meta: Mapping[str, str]) -> str:
    element = page.css_first("head title")
    in_head = one_line(raw_text(element)) if element is not None else ""
    named = [one_line(str(said.get("headline") or "")), meta.get("og:title", ""), in_head]
    headings = [one_line(raw_text(heading)) for heading in page.css("h1")]
    inside = [one_line(raw_text(heading)) for heading in article.css("h1")]
    for heading in [*inside, *headings]:
        if heading and (len(headings) == 1 or any(heading in name for name in named)):
            return heading
    if inside and inside[0]:
        return inside[0]
    site = meta.get("og:site_name", "")
    return next((_without_site(name, site) for name in named if name), "")


def _without_site(title: str, site: str) -> str:
    """Take the name of the site off the end of a title."""
    if site and title.endswith(site):
        return title.removesuffix(site).rstrip(" |–—»·-:")
    return _SITE_NAME.sub("", title)


def _meta(page: Node) -> Iterator[tuple[str, str]]:
    for element in reversed(page.css("meta")):
        attributes = element.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        if name and attributes.get("content"):
            yield name.lower(), one_line(attributes["content"] or "")


def _first_date(page: Node, meta: Mapping[str, str]) -> dt.date | None:
    times = [
        element.attributes.get("datetime")
        for element in page.css("time[itemprop=datePublished], time.entry-date, time.published")
    ]
    return next((date for value in [*map(meta.get, _DATES), *times] if (date := _date(value))), None)


def _date(value: object) -> dt.date | None:
    day = _DAY.match(str(value or "").strip())
    try:
        return dt.date.fromisoformat(day[0]) if day else None
    except ValueError:  # the 31st of February
        return None


def _source(page: Node, meta: Mapping[str, str]) -> str | None:
    links = [element.attributes.get("href") for element in page.css("link[rel~=canonical]")]
    addresses = [*links, meta.get("og:url")]
    return next((one_line(a) for a in addresses if a and re.match(r"https?://[^\s<>\"']+$", a.strip(), re.I)), None)


def _linked_data(page: Node) -> Iterator[dict[str, Any]]:
    """Yield what the JSON-LD of a page says about an article; what is no JSON is passed over."""
    for element in page.css('script[type="application/ld+json"]'):
        source = "".join(node.text_content or "" for node, entering in walk(element) if entering and node.is_text_node)
        if len(source) > _LONGEST_JSON:
            continue
        try:
            data = json.loads(source)
        except (ValueError, RecursionError):
            continue
        found = data if isinstance(data, list) else [data]
        graphs = [entry.get("@graph") for entry in found if isinstance(entry, dict)]
        for graph in graphs:
            found = [*found, *graph] if isinstance(graph, list) else found
        yield from (entry for entry in found if isinstance(entry, dict) and entry.get("headline"))

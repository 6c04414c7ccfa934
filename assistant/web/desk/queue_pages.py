"""The queue: which answers to look at, the riskiest first, and where to go on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from assistant.reviews.desk import Flag, Order
from assistant.web.desk.parts import Desk
from assistant.web.pages import root_of

LATELY = timedelta(days=30)  # what the median time per claim is taken over
_MOST_DIGITS = 15

FLAG_NAMES = {
    Flag.UNREVIEWED: "Not reviewed",
    Flag.THUMBS_DOWN: "Thumbs down",
    Flag.LOW_CONFIDENCE: "Low confidence",
    Flag.NEW_ARTICLE: "New article",
    Flag.CHANGED_SOURCE: "Changed source",
    Flag.REFUSED: "Refused",
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of the queue: the flags that must apply, the order, and the place to go on below."""

    flags: tuple[Flag, ...]
    order: Order
    below: int | None

    def address(self, below: int | None = None, flags: Sequence[Flag] | None = None, order: Order | None = None) -> str:
        """Return the query of an address that asks for this, or for the same with something changed."""
        parts = [("flag", flag.value) for flag in (self.flags if flags is None else flags)]
        parts += [("order", (order or self.order).value)] if (order or self.order) is not Order.RISK else []
        return urlencode([*parts, *([("below", str(below))] if below is not None else [])])

    def toggled(self, flag: Flag) -> str:
        """Return the query with one flag more, or one less."""
        kept = [one for one in Flag if (one in self.flags) != (one is flag)]
        return self.address(flags=kept)


def wish_of(request: Request) -> Wish:
    """Read an address; what makes no sense in it is passed over, for addresses are typed by hand too."""
    names, order = request.query_params.getlist("flag"), request.query_params.get("order")
    below = request.query_params.get("below", "")
    number = int(below) if below.isascii() and below.isdigit() and len(below) <= _MOST_DIGITS else None
    flags = tuple(flag for flag in Flag if flag.value in names)
    return Wish(flags, Order.LATEST if order == Order.LATEST else Order.RISK, number)


def add_queue(router: APIRouter, desk: Desk) -> None:
    """Add the routes /review and /review/next."""

    @router.get("")
    def queue(request: Request) -> Response:
        desk.follower.follow(desk.answers.library)
        wish = wish_of(request)
        since = datetime.now(UTC) - LATELY
        return desk.frame.draw(
            request, "queue.html", wish=wish, page=desk.reviews.queue(wish.flags, wish.below, order=wish.order),
            waiting=desk.reviews.waiting(), names=FLAG_NAMES, orders=Order,
            seconds=desk.reviews.seconds_per_claim(since),
        )  # fmt: skip

    @router.get("/next")
    def following(request: Request) -> Response:
        """Go to the answer below a place, or back to the queue when there is none."""
        wish = wish_of(request)
        page = desk.reviews.queue(wish.flags, wish.below, limit=1, order=wish.order)
        if not page.items:
            return RedirectResponse(f"{root_of(request)}/review?{wish.address()}", status_code=303)
        item = page.items[0]
        return RedirectResponse(
            f"{root_of(request)}/review/answers/{item.answer_id}?{wish.address(item.place)}", status_code=303
        )

"""Coroutines in a thread of their own: where a browser is driven, the test's thread has a running loop already."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Given = TypeVar("Given")


def run(coroutine: Coroutine[Any, Any, Given]) -> Given:
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()

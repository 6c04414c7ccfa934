"""What can go wrong with a run besides articles, index and settings."""

from __future__ import annotations


class EvaluationError(Exception):
    """A kept run or a chart cannot be read, written or drawn. The message names it and says what to do."""

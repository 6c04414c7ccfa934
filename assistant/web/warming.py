"""What Gradio puts off until its first event, done while nobody waits yet."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec


def warm_up() -> None:
    """Load what the first event of a page would load.

    Around every event Gradio looks which backend matplotlib draws with, if that is installed: 0.87 s at the first time.
    """
    if find_spec("matplotlib"):
        import_module("matplotlib").get_backend()

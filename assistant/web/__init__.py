"""The web side: chat page, article reader, JSON API. Gradio is imported under this package and nowhere else.

The two variables below must be in force before Gradio is imported, hence here, in the first module that Python runs on
the way to it: without them the server asks api.gradio.app for its version and tells huggingface.co that it started.
Nothing may leave the machine, so they are set, not defaulted: a stray value in the environment must not undo it.
"""

import os

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_OFFLINE"] = "1"

"""How the tables came to be, step by step; `assistant/records/opening.py` takes the steps that are missing."""

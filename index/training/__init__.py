"""Train the encoder and the ranker on the question bank: `python -m index.training`. Not needed to answer.

Only questions of the split "train" are read, and only articles of that split; a test proves it.
"""

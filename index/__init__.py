"""Find the sentences that may answer: the doors to sentence-transformers, Chroma and bm25s, fused."""

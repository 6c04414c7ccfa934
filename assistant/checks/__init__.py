"""Does a sentence say what another text says? Rules on words, without a model."""

"""Look at an installation where it runs: what is there, whole, fresh, free and open, and whether it needs a network."""

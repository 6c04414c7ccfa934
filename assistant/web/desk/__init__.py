"""The review desk: pages for reviewers alone, drawn by the server, that work without scripts where they can."""
